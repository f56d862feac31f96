// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/float_kernels.h"

#include <cstring>

namespace lexiscope {
namespace {

constexpr std::size_t lanes = 16;

#if defined(__GNUC__)
// Vectors of GCC and Clang: the compiler keeps each in registers of whatever width the processor has.
typedef float Lanes __attribute__((vector_size(lanes * sizeof(float))));
#else
struct Lanes {
    float at[lanes] = {};
    float operator[](std::size_t i) const { return at[i]; }
    friend Lanes operator*(const Lanes& a, const Lanes& b) {
        return map(a, b, [](float x, float y) { return x * y; });
    }
    friend Lanes operator-(const Lanes& a, const Lanes& b) {
        return map(a, b, [](float x, float y) { return x - y; });
    }
    Lanes& operator+=(const Lanes& b) {
        return *this = map(*this, b, [](float x, float y) { return x + y; });
    }
    template <typename Function>
    static Lanes map(const Lanes& a, const Lanes& b, Function function) {
        Lanes result;
        for (std::size_t i = 0; i < lanes; ++i) {
            result.at[i] = function(a.at[i], b.at[i]);
        }
        return result;
    }
};
#endif

// By reference: passing vectors by value would tie the code to one width of register.
inline void load(Lanes& to, const float* from) {
    std::memcpy(&to, from, sizeof to);
}

inline float total(const Lanes& a, const Lanes& b) {
    float sum = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        sum += a[i] + b[i];
    }
    return sum;
}

}  // namespace

float fastDot(const float* a, const float* b, std::size_t count) {
    Lanes even = {};
    Lanes odd = {};
    Lanes x;
    Lanes y;
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        load(x, a + i);
        load(y, b + i);
        even += x * y;
        load(x, a + i + lanes);
        load(y, b + i + lanes);
        odd += x * y;
    }
    float sum = total(even, odd);
    for (; i < count; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

DotAndSquare fastDotAndSquare(const float* row, const float* query, std::size_t count) {
    Lanes dots = {};
    Lanes squares = {};
    Lanes x;
    Lanes y;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        load(x, row + i);
        load(y, query + i);
        dots += x * y;
        squares += x * x;
    }
    DotAndSquare sums = {total(dots, Lanes{}), total(squares, Lanes{})};
    for (; i < count; ++i) {
        sums.dot += row[i] * query[i];
        sums.square += row[i] * row[i];
    }
    return sums;
}

float fastSquaredDistance(const float* a, const float* b, std::size_t count) {
    Lanes even = {};
    Lanes odd = {};
    Lanes x;
    Lanes y;
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        load(x, a + i);
        load(y, b + i);
        const Lanes first = x - y;
        even += first * first;
        load(x, a + i + lanes);
        load(y, b + i + lanes);
        const Lanes second = x - y;
        odd += second * second;
    }
    float sum = total(even, odd);
    for (; i < count; ++i) {
        const float difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

double sumError(std::size_t count) {
    // Each number goes through the additions of its lane, of the lanes among themselves and of the rest that
    // fills no lane.
    const double additions = static_cast<double>(count / lanes + 3 * lanes + 2);
    const double roundings = 2 * additions + 16;
    constexpr double unit = 0x1p-24;
    return roundings * unit / (1 - roundings * unit);
}

}  // namespace lexiscope

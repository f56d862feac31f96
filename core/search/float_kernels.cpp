// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/float_kernels.h"

#include <cstring>

namespace lexiscope {
namespace {

// Four numbers are one register on every 64-bit processor. Wider vectors would leave it to the compiler to
// split them, and gcc 12 then keeps the sums in memory.
constexpr std::size_t width = 4;
constexpr std::size_t registers = 4;
constexpr std::size_t lanes = width * registers;

#if defined(__GNUC__)
using Four [[gnu::vector_size(width * sizeof(float))]] = float;
#else
struct Four {
    float at[width] = {};
    float operator[](std::size_t i) const { return at[i]; }
    friend Four operator*(const Four& a, const Four& b) {
        return {{a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]}};
    }
    friend Four operator-(const Four& a, const Four& b) {
        return {{a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]}};
    }
    Four& operator+=(const Four& b) {
        return *this = {{at[0] + b[0], at[1] + b[1], at[2] + b[2], at[3] + b[3]}};
    }
};
#endif

inline Four load(const float* from) {
    Four four;
    std::memcpy(&four, from, sizeof four);
    return four;
}

/// Sums side by side, so that additions do not wait for each other.
struct Sums {
    Four at[registers] = {};

    float total() const {
        float sum = 0;
        for (const Four& four : at) {
            sum += (four[0] + four[1]) + (four[2] + four[3]);
        }
        return sum;
    }
};

}  // namespace

float fastDot(const float* a, const float* b, std::size_t count) {
    Sums sums;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t j = 0; j < registers; ++j) {
            sums.at[j] += load(a + i + j * width) * load(b + i + j * width);
        }
    }
    float sum = sums.total();
    for (; i < count; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

DotAndSquare fastDotAndSquare(const float* row, const float* query, std::size_t count) {
    Sums dots;
    Sums squares;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t j = 0; j < registers; ++j) {
            const Four four = load(row + i + j * width);
            dots.at[j] += four * load(query + i + j * width);
            squares.at[j] += four * four;
        }
    }
    DotAndSquare sums = {dots.total(), squares.total()};
    for (; i < count; ++i) {
        sums.dot += row[i] * query[i];
        sums.square += row[i] * row[i];
    }
    return sums;
}

float fastSquaredDistance(const float* a, const float* b, std::size_t count) {
    Sums sums;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t j = 0; j < registers; ++j) {
            const Four difference = load(a + i + j * width) - load(b + i + j * width);
            sums.at[j] += difference * difference;
        }
    }
    float sum = sums.total();
    for (; i < count; ++i) {
        const float difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

double sumError(std::size_t count) {
    // Each number goes through the additions of its lane, of the lanes among themselves and of the rest that
    // fills no lane.
    const std::size_t additions = count / lanes + 3 * lanes + 2;
    const auto roundings = static_cast<double>(2 * additions + 16);
    constexpr double unit = 0x1p-24;
    return roundings * unit / (1 - roundings * unit);
}

}  // namespace lexiscope

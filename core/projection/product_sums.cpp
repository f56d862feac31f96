// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/product_sums.h"

#include <algorithm>
#include <cstring>

namespace lexiscope {
namespace {

// Four lines of two registers, and those that are multiplied, fit into the sixteen that there are.
constexpr std::size_t lines = 4;
constexpr std::size_t registers = 2;
/// Rows whose columns stay in the cache while they are multiplied with each other.
constexpr std::size_t bandRows = 256;

using Two [[gnu::vector_size(2 * sizeof(double))]] = double;
using Four [[gnu::vector_size(4 * sizeof(double))]] = double;

template <typename Vector>
[[gnu::always_inline]] inline void addBlock(const double* left, const double* right, std::size_t rows,
                                            double* sums, std::size_t width) {
    constexpr std::size_t lanes = sizeof(Vector) / sizeof(double);
    Vector block[lines][registers] = {};
    for (std::size_t row = 0; row < rows; ++row, left += stripWidth, right += stripWidth) {
        for (std::size_t part = 0; part < registers; ++part) {
            Vector factor;
            std::memcpy(&factor, right + part * lanes, sizeof factor);
            for (std::size_t line = 0; line < lines; ++line) {
                block[line][part] += left[line] * factor;
            }
        }
    }
    for (std::size_t line = 0; line < lines; ++line) {
        for (std::size_t part = 0; part < registers; ++part) {
            double* to = sums + line * width + part * lanes;
            Vector sum;
            std::memcpy(&sum, to, sizeof sum);
            sum += block[line][part];
            std::memcpy(to, &sum, sizeof sum);
        }
    }
}

template <typename Vector>
[[gnu::always_inline]] inline void addBand(const StripedRows& band, Columns left, Columns right, double* sums,
                                           std::size_t width) {
    constexpr std::size_t step = registers * sizeof(Vector) / sizeof(double);
    const auto at = [&band](std::size_t column) {
        return band.strips + column / stripWidth * band.capacity * stripWidth + column % stripWidth;
    };
    for (std::size_t i = left.begin; i < left.end; i += lines) {
        for (std::size_t j = std::max(right.begin, i - i % stripWidth); j < right.end; j += step) {
            addBlock<Vector>(at(i), at(j), band.count, sums + i * width + j, width);
        }
    }
}

using AddBand = void (*)(const StripedRows&, Columns, Columns, double*, std::size_t);

void addBandPlain(const StripedRows& band, Columns left, Columns right, double* sums, std::size_t width) {
    addBand<Two>(band, left, right, sums, width);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void addBandWide(const StripedRows& band, Columns left, Columns right, double* sums,
                                         std::size_t width) {
    addBand<Four>(band, left, right, sums, width);
}

AddBand fastest() {
    return __builtin_cpu_supports("avx2") ? addBandWide : addBandPlain;
}
#else
AddBand fastest() {
    return addBandPlain;
}
#endif

}  // namespace

void addProducts(const StripedRows& rows, Columns left, Columns right, double* sums, std::size_t width) {
    const AddBand add = fastest();
    for (std::size_t row = 0; row < rows.count; row += bandRows) {
        add({rows.strips + row * stripWidth, rows.capacity, std::min(bandRows, rows.count - row)}, left,
            right, sums, width);
    }
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lexiscope {

/// Columns lie together in strips as wide as this, so that the numbers that are multiplied with each other
/// are read one after the other.
constexpr std::size_t stripWidth = 8;

/// A matrix of doubles in strips: column c of row r is strips[(c / stripWidth · capacity + r) · stripWidth +
/// c % stripWidth].
struct StripedRows {
    const double* strips;
    std::size_t capacity;  ///< rows that a strip has room for
    std::size_t count;     ///< rows that count
};

/// Columns begin … end - 1, both multiples of stripWidth.
struct Columns {
    std::size_t begin;
    std::size_t end;
};

/// sums[i · width + j] += the sum over all rows of column i · column j, for i of `left` and j of `right`;
/// strips of `right` before that of i are left out, for the sums are symmetric.
///
/// Each sum goes through the same roundings on every processor, whatever registers it offers.
void addProducts(const StripedRows& rows, Columns left, Columns right, double* sums, std::size_t width);

}  // namespace lexiscope

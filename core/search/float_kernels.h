// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lexiscope {

// The fast half of a search: sums in float over one row, as fast as memory gives the row. How far they may be
// off is bounded by sumError(); what matters is computed anew in double precision.

float fastDot(const float* a, const float* b, std::size_t count);

struct DotAndSquare {
    float dot = 0;
    float square = 0;  ///< of the row with itself
};
DotAndSquare fastDotAndSquare(const float* row, const float* query, std::size_t count);

float fastSquaredDistance(const float* a, const float* b, std::size_t count);

/// Bound of |computed - true| / Σ|terms| of these sums over `count` numbers (Higham, Accuracy and Stability
/// of Numerical Algorithms, 2nd ed., section 3.1), with room for the rounding of a scaled query and of a
/// final division.
double sumError(std::size_t count);

/// Squared norms and distances within these bounds neither overflow nor lose accuracy to denormal numbers on
/// the way.
constexpr float smallestSafeSquare = 1e-28F;
constexpr float largestSafeSquare = 1e28F;

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace lexiscope {

// Of two vectors of one size, accumulated in double precision.
double dot(std::span<const float> a, std::span<const float> b);
double norm(std::span<const float> a);
double euclidean(std::span<const float> a, std::span<const float> b);
/// dot / (norm · norm), from -1 to 1; NaN when either norm is 0: the angle to nothing is undefined.
double cosine(std::span<const float> a, std::span<const float> b);

}  // namespace lexiscope

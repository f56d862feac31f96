// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace lexiscope {

/// The sum of the squares of the finite values; adds how many those are to `count`.
double sumOfSquares(std::span<const float> values, double& count);

/// The limit of a signed colour scale for `count` numbers whose squares have this sum: 3 × root mean square,
/// rounded to two digits. 1 where that says nothing.
double scaleLimit(double squares, double count);

}  // namespace lexiscope

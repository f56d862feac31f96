// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace lexiscope {

/// The ends of a scale on which many numbers are shown.
struct NumberScale {
    double low = 0;
    double high = 0;
    bool isBelow = false;  ///< numbers lie below `low`
    bool isAbove = false;
};

/// Runs over all finite numbers but the n / 200 lowest and highest (rounded down) of n, so that a few far off
/// do not make all others look alike. Both ends are among the numbers; 0 and 0 where none is finite.
NumberScale scaleOf(std::span<const float> numbers);

}  // namespace lexiscope

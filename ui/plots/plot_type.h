// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexiscope {

// Sizes of type in plots, in pixels at a font scale of 1.
inline constexpr double numberPixels = 11;  ///< ticks, read-outs, numbers in cells
inline constexpr double namePixels = 12;    ///< titles, names of rows and of axes

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/position/position_limits.h"

#include <cstddef>

namespace lexiscope {

/// Rotary positions (Su et al., RoFormer, 2021, section 3.2.2): the pair i of a query or key at position p is
/// turned by the angle p · base^(-2i / D).
struct RotaryOptions {
    std::size_t length = 128;     ///< positions L: 1 … mostPositions
    std::size_t dimension = 128;  ///< numbers of one head D, even: 2 … mostPositionDimensions
    double base = 10000;          ///< above 0
};

/// InvalidArgument when a field is out of its range, D is odd, or L × D above mostPositionValues.
Result<Done> validate(const RotaryOptions& options);

/// L × D: of each position first the cosines of the D / 2 angles, then their sines. The error of validate().
Result<PositionArray> rotaryTable(const RotaryOptions& options);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace lexiscope {

/// What the transformer reads at one place: the token's row plus the position's row, each number added in
/// float32 as the model does, so that it is the same to the last bit. Both have the same size.
std::vector<float> inputSum(std::span<const float> tokenRow, std::span<const float> positionRow);

}  // namespace lexiscope

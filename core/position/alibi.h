// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/position/position_limits.h"

#include <cstddef>
#include <vector>

namespace lexiscope {

/// Attention with linear biases (Press, Smith & Lewis, Train Short, Test Long, ICLR 2022).
struct AlibiOptions {
    std::size_t length = 128;  ///< positions L: 1 … mostPositions
    std::size_t heads = 8;     ///< heads H: 1 … mostHeads

    bool operator==(const AlibiOptions&) const = default;
};

/// InvalidArgument when a field is out of its range, or H × L × L above mostPositionValues.
Result<Done> validate(const AlibiOptions& options);

/// The slope of each head. For a power of two n they are 2^(-8/n), 2^(-16/n), …, 2^-8. For other counts, as
/// the authors' program has it: those of the largest power of two m below, then the 1st, 3rd, 5th, … of 2m
/// until there are enough. `heads` is valid.
std::vector<double> alibiSlopes(std::size_t heads);

/// H × L × L: what is added to the score of query i for key j, -slope · |i - j|. Where attention looks back
/// only (j ≤ i) these are the paper's numbers; the other half, which such attention masks, mirrors them. The
/// error of validate().
Result<PositionArray> alibiBias(const AlibiOptions& options);

/// L × L: the same for one head, which alone has to fit. InvalidArgument also when there is no such head.
Result<PositionArray> alibiBias(const AlibiOptions& options, std::size_t head);

}  // namespace lexiscope

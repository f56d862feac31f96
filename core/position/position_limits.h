// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace lexiscope {

// What may be asked for. More than any model in use has; the bound on all values together keeps an array in
// memory.
inline constexpr std::size_t mostPositions = std::size_t(1) << 20;
inline constexpr std::size_t mostPositionDimensions = std::size_t(1) << 16;
inline constexpr std::size_t mostHeads = 4096;
inline constexpr std::size_t mostPositionValues = std::size_t(1) << 28;

/// InvalidArgument when the count is 0 or above `most`; `name` says which count it is ("length").
Result<Done> checkPositionCount(std::string_view name, std::size_t count, std::size_t most);

/// The base of a geometric row of wavelengths: InvalidArgument unless it is finite and above 0.
Result<Done> checkPositionBase(double base);

/// InvalidArgument when an array of that shape would hold more than mostPositionValues. Each extent must be
/// checked before.
Result<Done> checkPositionShape(std::span<const std::size_t> shape);

/// An array of float32, row-major: the last extent runs fastest.
struct PositionArray {
    std::vector<std::size_t> shape;
    std::vector<float> values;
};

}  // namespace lexiscope

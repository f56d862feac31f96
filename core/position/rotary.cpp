// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/rotary.h"

#include "core/base/grouped.h"

#include <array>
#include <cmath>

namespace lexiscope {

Result<Done> validate(const RotaryOptions& options) {
    const std::array checks = {checkPositionCount("length", options.length, mostPositions),
                               checkPositionCount("dimension", options.dimension, mostPositionDimensions),
                               checkPositionBase(options.base)};
    for (const Result<Done>& check : checks) {
        if (!check.ok()) {
            return check;
        }
    }
    if (options.dimension % 2 != 0) {
        return Error{ErrorCode::InvalidArgument, "dimension",
                     grouped(options.dimension) + " is odd, and rotary positions turn pairs",
                     "take an even number"};
    }
    return checkPositionShape(std::array{options.length, options.dimension});
}

Result<PositionArray> rotaryTable(const RotaryOptions& options) {
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    const std::size_t pairs = options.dimension / 2;
    PositionArray table{{options.length, options.dimension},
                        std::vector<float>(options.length * options.dimension)};
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const double divisor =
            std::pow(options.base, 2.0 * static_cast<double>(pair) / static_cast<double>(options.dimension));
        for (std::size_t position = 0; position < options.length; ++position) {
            const double angle = static_cast<double>(position) / divisor;
            float* row = table.values.data() + position * options.dimension;
            row[pair] = static_cast<float>(std::cos(angle));
            row[pairs + pair] = static_cast<float>(std::sin(angle));
        }
    }
    return table;
}

}  // namespace lexiscope

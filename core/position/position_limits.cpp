// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/position_limits.h"

#include "core/base/grouped.h"

#include <cmath>
#include <string>

namespace lexiscope {
namespace {

Error refused(std::string_view name, std::string what, std::string hint) {
    return {ErrorCode::InvalidArgument, std::string(name), std::move(what), std::move(hint)};
}

}  // namespace

Result<Done> checkPositionCount(std::string_view name, std::size_t count, std::size_t most) {
    if (count == 0 || count > most) {
        return refused(name, grouped(count) + (count == 0 ? " is too little" : " is too much"),
                       "a number from 1 to " + grouped(most));
    }
    return Done{};
}

Result<Done> checkPositionBase(double base) {
    if (!std::isfinite(base) || base <= 0) {
        return refused("base", "is no number above 0", "10000 in the paper");
    }
    return Done{};
}

Result<Done> checkPositionShape(std::span<const std::size_t> shape) {
    std::size_t room = mostPositionValues;
    std::string text;
    bool fits = true;
    for (const std::size_t extent : shape) {
        fits = fits && extent <= room;
        room /= extent;
        text += (text.empty() ? "" : " × ") + grouped(extent);
    }
    if (!fits) {
        return refused("positions", text + " values are more than " + grouped(mostPositionValues),
                       "take a smaller length");
    }
    return Done{};
}

}  // namespace lexiscope

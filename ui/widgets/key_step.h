// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <optional>

#include <Qt>

namespace lexiscope {

/// Where a key leads from place `current` of 0 … last in a row of things: arrows to the one beside it, Home
/// and End to the ends. None for other keys, and where there is nothing.
inline std::optional<int> placeAfterKey(int key, int current, int last) {
    if (last < 0) {
        return std::nullopt;
    }
    switch (key) {
        case Qt::Key_Left:
        case Qt::Key_Up:
            return std::clamp(current - 1, 0, last);
        case Qt::Key_Right:
        case Qt::Key_Down:
            return std::clamp(current + 1, 0, last);
        case Qt::Key_Home:
            return 0;
        case Qt::Key_End:
            return last;
        default:
            return std::nullopt;
    }
}

}  // namespace lexiscope

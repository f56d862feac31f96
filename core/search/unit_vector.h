// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/distances.h"

#include <algorithm>
#include <span>
#include <vector>

namespace lexiscope {

/// The vector divided by its norm; zeros stay zeros.
inline std::vector<float> unitVector(std::span<const float> vector) {
    const double length = norm(vector);
    std::vector<float> unit(vector.size(), 0.0F);
    if (length > 0) {
        std::transform(vector.begin(), vector.end(), unit.begin(), [length](float value) {
            return static_cast<float>(static_cast<double>(value) / length);
        });
    }
    return unit;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/input_sum.h"

#include <cassert>
#include <cstddef>

namespace lexiscope {

std::vector<float> inputSum(std::span<const float> tokenRow, std::span<const float> positionRow) {
    assert(tokenRow.size() == positionRow.size());
    std::vector<float> sum(tokenRow.size());
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] = tokenRow[i] + positionRow[i];
    }
    return sum;
}

}  // namespace lexiscope

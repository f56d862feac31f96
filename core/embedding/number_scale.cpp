// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/number_scale.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

namespace lexiscope {

NumberScale scaleOf(std::span<const float> numbers) {
    std::vector<float> finite;
    finite.reserve(numbers.size());
    std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(finite),
                 [](float number) { return std::isfinite(number); });
    if (finite.empty()) {
        return {};
    }
    constexpr std::size_t leftOut = 200;
    const auto cut = static_cast<std::ptrdiff_t>(finite.size() / leftOut);
    const auto low = finite.begin() + cut;
    const auto high = finite.end() - 1 - cut;
    std::nth_element(finite.begin(), low, finite.end());
    const float least = *low;
    std::nth_element(low, high, finite.end());
    const float most = *high;
    const bool isBelow = std::any_of(finite.begin(), low, [&](float number) { return number < least; });
    const bool isAbove = std::any_of(high, finite.end(), [&](float number) { return number > most; });
    return {static_cast<double>(least), static_cast<double>(most), isBelow, isAbove};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_tint.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {

std::shared_ptr<const PointTint> PointTint::of(const PointIndex& points,
                                               std::shared_ptr<const PointTraits> traits) {
    const std::span<const std::uint32_t> rows = points.rows();
    const bool isClass = !traits->classes.empty();
    const std::size_t known = isClass ? traits->classOf.size() : traits->numbers.size();
    if (std::any_of(rows.begin(), rows.end(), [known](std::uint32_t row) { return row >= known; })) {
        return nullptr;
    }
    auto tint = std::make_shared<PointTint>();
    tint->shades.resize(rows.size());
    const double width = traits->scale.high - traits->scale.low;
    const double perUnit = width > 0 ? lastPlace / width : 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (isClass) {
            tint->shades[i] = traits->classOf[rows[i]];
        } else {
            const double place =
                (static_cast<double>(traits->numbers[rows[i]]) - traits->scale.low) * perUnit;
            tint->shades[i] =
                static_cast<std::uint16_t>(std::lround(std::clamp(place, 0.0, double{lastPlace})));
        }
    }
    tint->traits = std::move(traits);
    return tint;
}

PointFilter PointTint::filter(std::uint32_t hidden) const {
    return hasClasses() ? PointFilter{shades, hidden} : PointFilter{};
}

std::vector<QRgb> paletteOf(const PointTraits& traits, const Theme& theme) {
    std::vector<QRgb> palette;
    for (const PointClass& one : traits.classes) {
        palette.push_back(theme.category(one.color).rgb());
    }
    for (int place = 0; palette.size() <= PointTint::lastPlace && traits.classes.empty(); ++place) {
        palette.push_back(theme.number(static_cast<double>(place) / PointTint::lastPlace).rgb());
    }
    return palette;
}

}  // namespace lexiscope

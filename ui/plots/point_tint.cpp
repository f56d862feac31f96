// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_tint.h"

#include <algorithm>

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
    for (std::size_t i = 0; i < rows.size(); ++i) {
        tint->shades[i] = isClass ? traits->classOf[rows[i]] : traits->placeOf(traits->numbers[rows[i]]);
    }
    tint->traits = std::move(traits);
    return tint;
}

PointFilter PointTint::filter(const HiddenPoints& hidden) const {
    return hasClasses() ? PointFilter{shades, hidden.classes}
                        : PointFilter{shades, 0, hidden.first, hidden.last};
}

std::vector<QRgb> paletteOf(const PointTraits& traits, const Theme& theme) {
    std::vector<QRgb> palette;
    for (const PointClass& one : traits.classes) {
        palette.push_back(theme.category(one.color).rgb());
    }
    for (int place = 0; palette.size() <= PointTraits::lastPlace && traits.classes.empty(); ++place) {
        palette.push_back(theme.number(static_cast<double>(place) / PointTraits::lastPlace).rgb());
    }
    return palette;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_index.h"
#include "ui/plots/point_traits.h"
#include "ui/plots/theme.h"

#include <cstdint>
#include <memory>
#include <vector>

#include <QRgb>

namespace lexiscope {

/// The traits of an index' points, in its order: what a picture of them reads from front to back. Immutable.
struct PointTint {
    std::shared_ptr<const PointTraits> traits;
    std::vector<std::uint16_t> shades;  ///< class, or place on the scale

    /// Null where a row has no trait: those are another model's.
    static std::shared_ptr<const PointTint> of(const PointIndex& points,
                                               std::shared_ptr<const PointTraits> traits);
    bool hasClasses() const { return !traits->classes.empty(); }
    PointFilter filter(const HiddenPoints& hidden) const;
};

/// A colour for each class, or for each place on the scale.
std::vector<QRgb> paletteOf(const PointTraits& traits, const Theme& theme);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/cloud_style.h"
#include "ui/plots/point_index.h"
#include "ui/plots/point_tint.h"

#include <cstdint>
#include <memory>
#include <vector>

#include <QImage>
#include <QRectF>
#include <QRgb>

namespace lexiscope {

/// The colours of the points themselves.
struct CloudTint {
    std::shared_ptr<const PointTint> points;  ///< of the same index; null: all of the style's colour
    std::vector<QRgb> palette;                ///< by shade
    HiddenPoints hidden;                      ///< points that are not drawn

    bool operator==(const CloudTint&) const = default;
};

/// An image of `size` device pixels that shows `view`, y upwards, with one soft round dot per point. What
/// each pixel holds follows from the dots on it, see CloudSums, whatever their order, and no point is left
/// out. Its alpha, and without a tint its colour, says how many there are: see CloudTable. With a tint its
/// colour is the mean of theirs, each counted by how much of it is on the pixel: of numbers the mean, then
/// its colour; of classes the mean of their colours in linear light, which is what an eye too far away to
/// tell dots apart would see. Premultiplied ARGB, transparent where there is nothing.
QImage cloudImage(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style,
                  const CloudTint& tint = {});

/// About how long that takes, in nanoseconds.
double cloudImageCost(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style,
                      const CloudTint& tint);

}  // namespace lexiscope

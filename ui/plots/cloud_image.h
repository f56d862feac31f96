// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_index.h"

#include <QColor>
#include <QImage>
#include <QRectF>

namespace lexiscope {

struct CloudStyle {
    QColor color;
    double radius = 1.2;  ///< of a dot, device pixels
    double alpha = 0.5;   ///< of a single dot, 0 … 1
};

/// An image of `size` device pixels that shows `view`, y upwards, with one soft round dot per point. Where n
/// dots of alpha a overlap, the pixel's alpha is 1 - (1 - a)ⁿ whatever their order, so that darker is denser.
/// Dots are placed to a quarter of a pixel. Premultiplied ARGB, transparent where there is nothing.
QImage cloudImage(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style);

/// The alpha that keeps a cloud readable: single dots stand out in a thin one, and a dense one still shows
/// where it is denser. `dotsPerPixel` is how many dots would cover each pixel if they were spread evenly over
/// the cloud.
double cloudAlpha(double dotsPerPixel);

}  // namespace lexiscope

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
    double squeeze =
        0;  ///< 0: n dots cover as much as n sheets of alpha would; more: crowds are told apart for longer
};

/// An image of `size` device pixels that shows `view`, y upwards, with one soft round dot per point. Where
/// dots add up to n (a whole dot counts 1, its edge less), the pixel's alpha is 1 - (1 - alpha)^c, c = ln(1 +
/// n·squeeze) / ln(1 + squeeze), or n if squeeze is 0: it grows with n whatever the order, and a single dot
/// is always seen. Dots are placed to a quarter of a pixel. Premultiplied ARGB, transparent where there is
/// nothing.
QImage cloudImage(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style);

/// Alpha and squeeze that keep a cloud readable where `crowd` dots lie on each other at a typical point:
/// single dots stand out, and what is three times as crowded is not yet a solid patch.
CloudStyle cloudStyle(const QColor& color, double radius, double crowd);

}  // namespace lexiscope

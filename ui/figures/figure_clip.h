// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_picture.h"

#include <optional>
#include <vector>

#include <QPolygonF>

namespace lexiscope {

/// What painting is confined to.
struct FigureClip {
    QRectF rect;
    QPainterPath shape;  ///< inside of `rect`; empty: all of it
};

/// The parts of a line through these points that lie in the rectangle, edges included.
std::vector<QPolygonF> cutLine(const QPolygonF& line, const QRectF& rect);

/// The shape as far as it lies inside, its pen's width included. It stays one shape where nothing of it is
/// cut; lines that are cut stay lines; of other outlines that are cut, the stroke becomes an area.
std::vector<FigureShape> cutShape(FigureShape shape, const FigureClip& clip);

/// The image's pixels that lie wholly inside the rectangle; none if there are none.
std::optional<FigureImage> cutImage(FigureImage image, const QRectF& rect);

}  // namespace lexiscope

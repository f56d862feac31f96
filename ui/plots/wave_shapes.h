// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QRectF>

namespace lexiscope {

/// The line through the values: the first at the left edge of `plot`, the last at the right one, a limit at
/// the top or bottom; what lies outside is cut to the edge, and NaN leaves a gap.
QPainterPath waveLine(std::span<const float> values, const QRectF& plot, double limit);

/// What a wave covers where several values share a step of `pixel`: for each step a column from the least to
/// the largest, so that no crest is lost, and the edges of all of them. A fast wave is a band then instead of
/// thousands of lines over each other.
struct WaveBand {
    std::vector<QRectF> columns;
    QPainterPath upper;
    QPainterPath lower;
};
WaveBand waveBand(std::span<const float> values, const QRectF& plot, double limit, double pixel);

/// How often the line runs over the whole height of the plot, up and down added.
double swings(const QPainterPath& line, double height);

/// The columns as a picture of `scale` pixels for each unit of the plot: as rectangles they would take a
/// hundred times as long.
QImage bandImage(const WaveBand& band, const QRectF& plot, double scale, const QColor& color);

/// Draws the line in pieces: the raster engine's time grows with the square of the edges that one path has in
/// a row of pixels. A piece begins where the one before it ends.
void drawInPieces(QPainter& painter, const QPainterPath& line);

}  // namespace lexiscope

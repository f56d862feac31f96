// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/wave_shapes.h"

#include "ui/plots/heat_map_image.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

double yOfValue(const QRectF& plot, double limit, float value) {
    const double share = limit > 0 ? std::clamp(static_cast<double>(value) / limit, -1.0, 1.0) : 0;
    return plot.center().y() - share * plot.height() / 2;
}

/// Adds a point, or begins the line anew after a gap.
void addPoint(QPainterPath& path, QPointF point, bool begins) {
    if (begins) {
        path.moveTo(point);
    } else {
        path.lineTo(point);
    }
}

}  // namespace

QPainterPath waveLine(std::span<const float> values, const QRectF& plot, double limit) {
    const double last = static_cast<double>(std::max<std::size_t>(values.size(), 2) - 1);
    QPainterPath path;
    bool begins = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i])) {
            const double x = plot.left() + static_cast<double>(i) / last * plot.width();
            addPoint(path, {x, yOfValue(plot, limit, values[i])}, begins);
        }
        begins = std::isnan(values[i]);
    }
    return path;
}

WaveBand waveBand(std::span<const float> values, const QRectF& plot, double limit, double pixel) {
    const auto steps = static_cast<std::size_t>(std::max(1.0, std::floor(plot.width() / pixel)));
    WaveBand band;
    bool begins = true;
    for (std::size_t step = 0; step < steps; ++step) {
        const auto [first, end] = coveredCells(step, steps, values.size());
        float low = std::numeric_limits<float>::infinity();
        float high = -low;
        for (std::size_t i = first; i < std::min(end, values.size()); ++i) {
            // A comparison with NaN is false.
            low = values[i] < low ? values[i] : low;
            high = values[i] > high ? values[i] : high;
        }
        if (low > high) {
            begins = true;
            continue;
        }
        const double left = plot.left() + static_cast<double>(step) * pixel;
        const double top = yOfValue(plot, limit, high);
        const double bottom = yOfValue(plot, limit, low);
        band.columns.emplace_back(left, top, pixel, bottom - top);
        addPoint(band.upper, {left + pixel / 2, top}, begins);
        addPoint(band.lower, {left + pixel / 2, bottom}, begins);
        begins = false;
    }
    return band;
}

double swings(const QPainterPath& line, double height) {
    double way = 0;
    for (int i = 1; i < line.elementCount(); ++i) {
        way += line.elementAt(i).isMoveTo() ? 0 : std::abs(line.elementAt(i).y - line.elementAt(i - 1).y);
    }
    return height > 0 ? way / height : 0;
}

QImage bandImage(const WaveBand& band, const QRectF& plot, double scale, const QColor& color) {
    QImage image((plot.size() * scale).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return image;
    }
    image.fill(Qt::transparent);
    const QRgb fill = qPremultiply(color.rgba());
    const int stride = static_cast<int>(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb)));
    auto* pixels = reinterpret_cast<QRgb*>(image.bits());
    for (const QRectF& column : band.columns) {
        const int x = static_cast<int>(std::lround((column.left() - plot.left()) * scale));
        const int top = static_cast<int>(std::lround((column.top() - plot.top()) * scale));
        const int bottom = static_cast<int>(std::lround((column.bottom() - plot.top()) * scale));
        for (int y = std::max(top, 0); x < image.width() && y < std::min(bottom, image.height()); ++y) {
            pixels[y * stride + x] = fill;
        }
    }
    return image;
}

void drawInPieces(QPainter& painter, const QPainterPath& line) {
    constexpr int pieceLength = 16;
    QPolygonF piece;
    const auto flush = [&] {
        painter.drawPolyline(piece);
        piece = piece.isEmpty() ? QPolygonF() : QPolygonF{piece.last()};
    };
    for (int i = 0; i < line.elementCount(); ++i) {
        if (line.elementAt(i).isMoveTo()) {
            flush();
            piece.clear();
        }
        piece << QPointF(line.elementAt(i));
        if (piece.size() > pieceLength) {
            flush();
        }
    }
    flush();
}

}  // namespace lexiscope

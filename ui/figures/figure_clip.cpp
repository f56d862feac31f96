// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_clip.h"

#include <algorithm>
#include <cmath>

#include <QPainterPathStroker>

namespace lexiscope {
namespace {

constexpr double tolerance = 1e-6;  // of pixels: what rounding may add to a place

/// The part of the line from a to b inside of the rectangle (Liang & Barsky 1984).
std::optional<QLineF> cutSegment(QPointF a, QPointF b, const QRectF& rect) {
    const QPointF step = b - a;
    double from = 0;
    double to = 1;
    const auto bound = [&](double speed, double room) {
        if (speed == 0) {
            return room >= 0;
        }
        const double at = room / speed;
        (speed < 0 ? from : to) = speed < 0 ? std::max(from, at) : std::min(to, at);
        return from <= to;
    };
    if (!bound(-step.x(), a.x() - rect.left()) || !bound(step.x(), rect.right() - a.x()) ||
        !bound(-step.y(), a.y() - rect.top()) || !bound(step.y(), rect.bottom() - a.y())) {
        return std::nullopt;
    }
    return QLineF(from == 0 ? a : a + from * step, to == 1 ? b : a + to * step);
}

bool isOfLines(const QPainterPath& path) {
    for (int i = 0; i < path.elementCount(); ++i) {
        if (path.elementAt(i).isCurveTo()) {
            return false;
        }
    }
    return true;
}

/// How far the pen reaches to each side of the path.
double reachOf(const QPen& pen) {
    if (pen.style() == Qt::NoPen) {
        return 0;
    }
    const double half = pen.widthF() / 2;
    const bool pointed = pen.joinStyle() == Qt::MiterJoin || pen.joinStyle() == Qt::SvgMiterJoin;
    return pointed ? half * std::max(1.0, pen.miterLimit()) : half;
}

QPainterPath strokeOf(const FigureShape& shape) {
    QPainterPathStroker stroker(shape.pen);
    return stroker.createStroke(shape.path);
}

/// A rectangle that is larger by the tolerance: what touches from inside is inside.
QRectF widened(const QRectF& rect, double by) {
    return rect.adjusted(-by, -by, by, by);
}

bool isInside(const QRectF& bounds, const QPainterPath& outline, const FigureClip& clip) {
    return widened(clip.rect, tolerance).contains(bounds) &&
           (clip.shape.isEmpty() || clip.shape.contains(outline));
}

QPainterPath areaOf(const FigureClip& clip) {
    if (!clip.shape.isEmpty()) {
        return clip.shape;
    }
    QPainterPath area;
    area.addRect(clip.rect);
    return area;
}

void addLines(std::vector<FigureShape>& parts, const FigureShape& shape, const FigureClip& clip) {
    const double half = shape.pen.widthF() / 2;
    const QRectF inner = clip.rect.adjusted(half, half, -half, -half);
    QPainterPath lines;
    for (const QPolygonF& line : shape.path.toSubpathPolygons()) {
        for (const QPolygonF& part : inner.isValid() ? cutLine(line, inner) : std::vector<QPolygonF>()) {
            lines.addPolygon(part);
        }
    }
    if (!lines.isEmpty()) {
        QPen pen = shape.pen;
        if (pen.capStyle() == Qt::SquareCap) {
            pen.setCapStyle(Qt::FlatCap);  // it would reach over the edge that the line was cut at
        }
        parts.push_back({lines, Qt::NoBrush, pen, shape.opacity, false});
    }
}

}  // namespace

std::vector<QPolygonF> cutLine(const QPolygonF& line, const QRectF& rect) {
    std::vector<QPolygonF> parts;
    bool open = false;  // the last part goes on with the next segment
    for (qsizetype i = 1; i < line.size(); ++i) {
        const std::optional<QLineF> inside = cutSegment(line[i - 1], line[i], rect);
        if (!inside) {
            open = false;
            continue;
        }
        if (!open) {
            parts.push_back({inside->p1()});
        }
        parts.back() << inside->p2();
        open = inside->p2() == line[i];
    }
    return parts;
}

std::vector<FigureShape> cutShape(FigureShape shape, const FigureClip& clip) {
    const double reach = reachOf(shape.pen);
    const QRectF bounds = widened(shape.path.controlPointRect(), reach);
    const bool outside = bounds.right() < clip.rect.left() || bounds.left() > clip.rect.right() ||
                         bounds.bottom() < clip.rect.top() || bounds.top() > clip.rect.bottom();
    std::vector<FigureShape> parts;
    if (outside || clip.rect.isEmpty()) {
        return parts;
    }
    if (isInside(bounds, shape.path, clip)) {
        parts.push_back(std::move(shape));
        return parts;
    }
    if (shape.fill.style() != Qt::NoBrush) {
        const QPainterPath part = shape.path.intersected(areaOf(clip));
        if (!part.isEmpty()) {
            parts.push_back({part, shape.fill, Qt::NoPen, shape.opacity, false});
        }
    }
    if (shape.pen.style() == Qt::NoPen) {
        return parts;
    }
    const std::size_t filled = parts.size();
    if (clip.shape.isEmpty() && isOfLines(shape.path)) {
        addLines(parts, shape, clip);
    }
    if (parts.size() == filled) {
        const QPainterPath part = strokeOf(shape).intersected(areaOf(clip));
        if (!part.isEmpty()) {
            parts.push_back({part, shape.pen.brush(), Qt::NoPen, shape.opacity, false});
        }
    }
    return parts;
}

std::optional<FigureImage> cutImage(FigureImage image, const QRectF& rect) {
    if (widened(rect, tolerance).contains(image.place)) {
        return image;
    }
    const double scaleX = image.image.width() / image.place.width();
    const double scaleY = image.image.height() / image.place.height();
    const auto pixel = [](double place, int most, bool up) {
        const double whole = up ? std::ceil(place - 1e-3) : std::floor(place + 1e-3);
        return static_cast<int>(std::clamp(whole, 0.0, static_cast<double>(most)));
    };
    const int left = pixel((rect.left() - image.place.left()) * scaleX, image.image.width(), true);
    const int right = pixel((rect.right() - image.place.left()) * scaleX, image.image.width(), false);
    const int top = pixel((rect.top() - image.place.top()) * scaleY, image.image.height(), true);
    const int bottom = pixel((rect.bottom() - image.place.top()) * scaleY, image.image.height(), false);
    if (left >= right || top >= bottom) {
        return std::nullopt;
    }
    image.image = image.image.copy(left, top, right - left, bottom - top);
    image.place = QRectF(image.place.left() + left / scaleX, image.place.top() + top / scaleY,
                         (right - left) / scaleX, (bottom - top) / scaleY);
    return image;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/label_sprites.h"

#include "ui/plots/paint_target.h"
#include "ui/plots/text_outline.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <QFontMetricsF>
#include <QPainterPath>

namespace lexiscope {
namespace {

constexpr double rimWidth = 1.6;
constexpr float rimOpacity = 0.85F;
constexpr int directions = 12;
constexpr qsizetype mostKept = 3000;

/// The outlines of the text in steps of half a pixel: a wide pen makes no use of finer ones, and a file of
/// hundreds of labels is a fraction of the size.
QPainterPath rimPath(QPointF base, const QFont& font, const QString& text) {
    constexpr double step = 0.5;
    QPainterPath rough;
    for (const QPolygonF& outline : textOutline(base, font, text).toSubpathPolygons()) {
        QPolygonF kept;
        for (const QPointF& point : outline) {
            if (kept.isEmpty() || (point - kept.last()).manhattanLength() >= step) {
                kept << point;
            }
        }
        rough.addPolygon(kept);
        rough.closeSubpath();
    }
    return rough;
}

}  // namespace

QImage LabelSprites::make(const QString& text, const QFont& font, const QColor& color, const QColor& rim,
                          QSizeF size, double scale) {
    const QSizeF full = (size + QSizeF(4, 4)) * scale;
    QImage image(static_cast<int>(std::ceil(full.width())), static_cast<int>(std::ceil(full.height())),
                 QImage::Format_ARGB32_Premultiplied);
    // Painters take no ratio below one, as of a preview.
    const double ratio = std::max(scale, 1.0);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    const QPointF base(2, 2 + QFontMetricsF(font).ascent());
    QImage shape = image;
    const auto write = [&](QImage& target, const QColor& ink) {
        QPainter pen(&target);
        pen.scale(std::min(scale, 1.0), std::min(scale, 1.0));
        pen.setFont(font);
        pen.setPen(ink);
        pen.drawText(base, text);
    };
    write(shape, rim);
    shape.setDevicePixelRatio(1);
    // Copies of a picture, moved by whole pixels, cost a fraction of what setting the text again does.
    QPainter painter(&image);
    painter.scale(1 / ratio, 1 / ratio);
    for (int i = 0; i < directions; ++i) {
        const double angle = 2 * std::numbers::pi * i / directions;
        painter.drawImage(QPointF(std::round(rimWidth * scale * std::cos(angle)),
                                  std::round(rimWidth * scale * std::sin(angle))),
                          shape);
    }
    painter.resetTransform();
    // The copies add up to full opacity; the rim as a whole lets a little of the cloud through.
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.fillRect(QRectF(QPointF(), image.deviceIndependentSize()), QColor::fromRgbF(0, 0, 0, rimOpacity));
    painter.end();
    write(image, color);
    image.setDevicePixelRatio(1);
    return image;
}

void LabelSprites::draw(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font,
                        const QColor& color, const QColor& rim) {
    if (!hasPixels(painter)) {
        const QPointF base(rect.left(), rect.top() + QFontMetricsF(font).ascent());
        QColor soft = rim;
        soft.setAlphaF(rimOpacity);
        painter.strokePath(rimPath(base, font, text),
                           QPen(soft, 2 * rimWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(base, text);
        return;
    }
    const QTransform device = painter.deviceTransform();
    const double scale = std::hypot(device.m11(), device.m12());
    const QString key = QStringLiteral("%1 %2 %3 %4 %5 ")
                            .arg(font.pixelSize())
                            .arg(font.weight())
                            .arg(scale)
                            .arg(color.rgba())
                            .arg(rim.rgba()) +
                        text;
    auto found = m_images.constFind(key);
    if (found == m_images.constEnd()) {
        if (m_images.size() >= mostKept) {
            m_images.clear();
        }
        found = m_images.insert(key, make(text, font, color, rim, rect.size(), scale));
    }
    // On whole device pixels and in its own size, or the image would be drawn slowly and blurred.
    const QPointF corner = device.map(rect.topLeft() - QPointF(2, 2));
    painter.save();
    painter.scale(1 / scale, 1 / scale);
    painter.drawImage(QPointF(std::round(corner.x()) - device.dx(), std::round(corner.y()) - device.dy()),
                      *found);
    painter.restore();
}

}  // namespace lexiscope

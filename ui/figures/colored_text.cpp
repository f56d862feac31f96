// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colored_text.h"

#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {

FigureImage coloredText(const QString& text, const QFont& font, const QColor& color) {
    constexpr double scale = 300.0 / 72.0;
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(text) + 1, metrics.height());
    QImage image(static_cast<int>(std::ceil(size.width() * scale)),
                 static_cast<int>(std::ceil(size.height() * scale)), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QPointF(0, metrics.ascent()), text);
    painter.end();
    return {QRectF(QPointF(0, -metrics.ascent()), QSizeF(image.size()) / scale), image, 1};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/read_out.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>

namespace lexiscope {

QRectF readOutRect(QPointF at, QSizeF size, const QRectF& bounds) {
    constexpr double gap = 12;
    const double right = at.x() + gap;
    const double x = right + size.width() <= bounds.right() ? right : at.x() - gap - size.width();
    const double above = at.y() - gap - size.height();
    const double y = above >= bounds.top() ? above : at.y() + gap;
    const QPointF corner(std::max(bounds.left(), std::min(x, bounds.right() - size.width())),
                         std::max(bounds.top(), std::min(y, bounds.bottom() - size.height())));
    return {std::floor(corner.x()), std::floor(corner.y()), std::ceil(size.width()),
            std::ceil(size.height())};
}

QRectF paintReadOut(QPainter& painter, const Theme& theme, QPointF at, const QRectF& bounds,
                    const QString& text) {
    const QFont font = tokenFont(theme.monoFont(12), text);
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(text) + 14, metrics.ascent() + metrics.descent() + 6);
    const QRectF rect = readOutRect(at, size, bounds);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.muted, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, text);
    painter.restore();
    return rect;
}

}  // namespace lexiscope

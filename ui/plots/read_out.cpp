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

QStringList readOutLines(const QFont& font, const QString& text, double width) {
    const QFontMetricsF metrics(font);
    const QString separator = QStringLiteral(" · ");
    QStringList lines;
    for (const QString& part : text.split(separator)) {
        const QString longer = lines.isEmpty() ? part : lines.last() + separator + part;
        if (lines.isEmpty() || metrics.horizontalAdvance(longer) > width) {
            lines.append(part);
        } else {
            lines.last() = longer;
        }
    }
    for (QString& line : lines) {
        line = metrics.elidedText(line, Qt::ElideMiddle, width);
    }
    return lines;
}

QRectF paintReadOut(QPainter& painter, const Theme& theme, QPointF at, const QRectF& bounds,
                    const QString& text) {
    constexpr double margin = 7;
    const QFont font = tokenFont(theme.monoFont(12), text);
    const QFontMetricsF metrics(font);
    const QStringList lines = readOutLines(font, text, bounds.width() - 2 * margin);
    double width = 0;
    for (const QString& line : lines) {
        width = std::max(width, metrics.horizontalAdvance(line));
    }
    const double height = metrics.ascent() + metrics.descent();
    const QSizeF size(width + 2 * margin, height * static_cast<double>(lines.size()) + 6);
    const QRectF rect = readOutRect(at, size, bounds);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.muted, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(font);
    painter.setPen(theme.text);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QRectF line(rect.left() + margin, rect.top() + 3 + height * static_cast<double>(i),
                          rect.width() - 2 * margin, height);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         lines[i]);
    }
    painter.restore();
    return rect;
}

}  // namespace lexiscope

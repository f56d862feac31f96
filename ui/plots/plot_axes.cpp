// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_axes.h"

#include "ui/plots/plot_type.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"

#include <algorithm>

#include <QFontMetricsF>

namespace lexiscope {

void paintMessage(QPainter& painter, const Theme& theme, const QRectF& rect, const QString& text,
                  Qt::Alignment alignment) {
    painter.setFont(theme.textFont(13));
    painter.setPen(theme.muted);
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextWordWrap, text);
}

bool beginPlot(QPainter& painter, const Theme& theme, const PlotGround& ground, const QRectF& rect,
               const QString& message, Qt::Alignment alignment) {
    painter.fillRect(ground.all, theme.surface);
    if (ground.isEmpty) {
        paintMessage(painter, theme, rect, message, alignment);
        return false;
    }
    painter.setOpacity(ground.dimmed ? dimmedOpacity : 1);
    return true;
}

void paintLevel(QPainter& painter, const Theme& theme, const QRectF& plot, double y, const QString& number) {
    const double tall = textHeight(theme.monoFont(numberPixels));
    painter.setFont(theme.monoFont(numberPixels));
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(0, y - tall / 2, plot.left() - axisGap, tall),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, number);
}

void paintHorizontalAxis(QPainter& painter, const Theme& theme, const QRectF& plot,
                         const HorizontalAxis& axis) {
    const double tall = textHeight(theme.monoFont(numberPixels));
    const double titleLeft =
        plot.right() - QFontMetricsF(theme.textFont(namePixels)).horizontalAdvance(axis.title) - axisGap;
    painter.setFont(theme.monoFont(numberPixels));
    for (const Tick& tick : ticks(axis.first, axis.last, axis.step)) {
        const double x = axis.placeOf(tick.value);
        painter.setPen(QPen(theme.grid, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const double half = QFontMetricsF(painter.font()).horizontalAdvance(tick.label) / 2;
        if (x + half < titleLeft) {
            painter.setPen(theme.muted);
            painter.drawText(QRectF(std::max(x - half - 1, 0.0), plot.bottom() + axisGap, 2 * half + 2, tall),
                             Qt::AlignCenter | Qt::TextDontClip, tick.label);
        }
    }
    painter.setFont(theme.textFont(namePixels));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(titleLeft, plot.bottom() + axisGap - 1, plot.right() - titleLeft, tall + 2),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, axis.title);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {

void paintRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill,
                  const QColor& border, double borderWidth) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(border.isValid() ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = border.isValid() ? borderWidth / 2 : 0;
    const double bend = std::max(0.0, radius - inset);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), bend, bend);
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const Theme& theme) {
    paintRounded(painter, rect, radius, {}, theme.accent, 2);
}

QString thatFits(const QStringList& texts, const QFontMetrics& metrics, int room) {
    for (const QString& text : texts) {
        if (metrics.horizontalAdvance(text) < room) {
            return text;
        }
    }
    return texts.isEmpty() ? QString() : texts.back();
}

void paintTokenChip(QPainter& painter, const QRectF& chip, const Theme& theme, const ChipLook& look) {
    constexpr double radius = 6;
    QColor fill = look.fill;
    if (look.isSelected) {
        fill = blend(fill, theme.accent, 0.12);
    } else if (look.isUnderPointer) {
        fill = blend(fill, theme.text, 0.07);
    }
    paintRounded(painter, chip, radius, fill);
    if (look.isUnknown) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.muted, 1.2, Qt::DashLine));
        painter.drawRoundedRect(chip.adjusted(0.6, 0.6, -0.6, -0.6), radius, radius);
    }
    if (look.isSelected) {
        paintRounded(painter, chip.adjusted(-1, -1, 1, 1), radius + 1, {}, theme.accent, 2);
        if (look.hasFocus) {
            paintRounded(painter, chip.adjusted(1, 1, -1, -1), radius - 1, {}, theme.surface, 1.5);
        }
    } else if (look.isHighlighted) {
        paintRounded(painter, chip, radius, {}, theme.accent, 1);
    } else if (look.isUnderPointer) {
        paintRounded(painter, chip, radius, {}, theme.muted, 1);
    }
}

}  // namespace lexiscope

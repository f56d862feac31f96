// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QColor>
#include <QFontMetrics>
#include <QPainter>
#include <QRectF>
#include <QStringList>

namespace lexiscope {

/// A rounded rectangle whose border lies wholly inside `rect`; an invalid colour leaves its part out.
void paintRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill,
                  const QColor& border = {}, double borderWidth = 1);

/// The ring around what has the keyboard.
void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const Theme& theme);

/// The first of the texts that there is room for in a line, else the last.
QString thatFits(const QStringList& texts, const QFontMetrics& metrics, int room);

/// How a token's chip stands out.
struct ChipLook {
    QColor fill;
    bool isUnknown = false;  ///< dashed: not in the vocabulary
    bool isSelected = false;
    bool hasFocus = false;       ///< and is what the keys move
    bool isHighlighted = false;  ///< the same token as another one that matters
    bool isUnderPointer = false;
};
void paintTokenChip(QPainter& painter, const QRectF& chip, const Theme& theme, const ChipLook& look);

/// A bar that moves along its track while nobody knows how far a job is takes so many steps from end to end;
/// where it begins and how long it is, as parts of the track.
inline constexpr int wanderSteps = 60;
inline constexpr double wanderLength = 0.3;
constexpr double wanderBegin(int step) {
    return (1 + wanderLength) * step / wanderSteps - wanderLength;
}

}  // namespace lexiscope

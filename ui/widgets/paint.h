// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace lexiscope {

/// A rounded rectangle whose border lies wholly inside `rect`; an invalid colour leaves its part out.
void paintRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill,
                  const QColor& border = {}, double borderWidth = 1);

/// The ring around what has the keyboard.
void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const Theme& theme);

/// `a` with `share` (0…1) of `b` in it.
QColor blend(const QColor& a, const QColor& b, double share);

}  // namespace lexiscope

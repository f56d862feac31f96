// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QPainter>
#include <QRectF>
#include <QString>

namespace lexiscope {

/// `text` in lines no wider than `width`, cut at its " · "; a part too wide by itself is elided.
QStringList readOutLines(const QFont& font, const QString& text, double width);

/// A small box that says what is under the pointer: beside `at`, inside `bounds`, whole pixels, in as many
/// lines as that takes. Returns its rectangle.
QRectF paintReadOut(QPainter& painter, const Theme& theme, QPointF at, const QRectF& bounds,
                    const QString& text);

/// Where such a box of that size stands: right of and above `at`, on the other side where there is no room,
/// and always inside `bounds` as far as it fits.
QRectF readOutRect(QPointF at, QSizeF size, const QRectF& bounds);

}  // namespace lexiscope

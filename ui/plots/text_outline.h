// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainterPath>
#include <QPointF>
#include <QString>

namespace lexiscope {

/// The outlines of a text whose baseline begins at `base`. The same text gives the same outlines, whatever
/// has been painted before.
QPainterPath textOutline(QPointF base, const QFont& font, const QString& text);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QString>

class QWidget;

namespace lexiscope {

constexpr double smallestFigureScale = 1;
constexpr double largestFigureScale = 4;

/// The widget as it stands, painted anew at `scale` device pixels for each of its own: text and lines are as
/// sharp as the larger picture allows, nothing is enlarged afterwards.
QImage paintFigure(QWidget& widget, double scale);

/// Writes a PNG in one piece: the file appears whole or not at all. Unreadable when it cannot be written,
/// Unsupported when the name has another ending.
Result<Done> savePng(const QImage& image, const QString& path);

}  // namespace lexiscope

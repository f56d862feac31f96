// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_picture.h"

#include <QByteArray>
#include <QString>

namespace lexiscope {

/// The picture as a file of SVG 1.1 (W3C Recommendation of 16 August 2011), UTF-8. Text is text, in the
/// family whose font is seen on screen, with "monospace" or "sans-serif" for machines without it; images are
/// PNG inside of it; places have two decimals. Nothing relies on a clip but text that is partly out of sight.
/// Brushes other than colours and linear gradients become their colour. The same picture gives the same
/// bytes.
///
/// `width` and `height` are what the file says of its size ("920", "160mm"); the picture's own pixels are
/// its units.
QByteArray svgOf(const FigurePicture& picture, const QString& width, const QString& height);

}  // namespace lexiscope

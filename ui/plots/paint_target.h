// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>

namespace lexiscope {

/// Whether the painter's target is made of pixels: a screen or an image. SVG and PDF are not.
bool hasPixels(const QPainter& painter);

/// Pixels that an image drawn now should have for each of the painter's units, so that it is as sharp as its
/// target: those of the target, or where it has none, 300 dpi at 72 units an inch.
double imageScale(const QPainter& painter);

}  // namespace lexiscope

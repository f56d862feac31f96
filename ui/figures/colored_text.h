// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_picture.h"

namespace lexiscope {

/// Text whose characters are small pictures, emoji, as an image of 300 dpi (at 72 pixels an inch) beside the
/// left end of its baseline, which is at (0, 0). Few programs that read SVG or PDF draw such characters in
/// their colours.
FigureImage coloredText(const QString& text, const QFont& font, const QColor& color);

}  // namespace lexiscope

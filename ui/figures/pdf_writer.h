// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_picture.h"

#include <QByteArray>
#include <QSizeF>

namespace lexiscope {

/// The picture as a PDF of one page. Fonts are embedded and text can be searched and copied; lines are
/// lines; images are kept without loss. Characters that are small pictures themselves, emoji, become images.
///
/// The same picture gives the same bytes but for its date. Where the environment variable SOURCE_DATE_EPOCH
/// holds a number (https://reproducible-builds.org/specs/source-date-epoch/), that is the date, in UTC.
///
/// `points` is the size of the page, 72 an inch; the picture fills it.
QByteArray pdfOf(const FigurePicture& picture, QSizeF points);

}  // namespace lexiscope

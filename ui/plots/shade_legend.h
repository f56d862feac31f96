// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/cloud_style.h"
#include "ui/plots/theme.h"

#include <QPainter>
#include <QRectF>

namespace lexiscope {

/// What the shades of a crowd mean, in one line of text height: "overlapping points, log  1 ▬▬▬▬ ≥ 340".
class ShadeLegend {
  public:
    /// Nothing to explain where the style has no shades. With `strengths`, points have colours of their own.
    ShadeLegend(const Theme& theme, const CloudStyle& style, CloudTable::Of of);

    /// Width it takes of what there is; without room for the words, the scale alone; 0 for nothing.
    double widthIn(double room) const;
    /// Into the right end of `line`.
    void paint(QPainter& painter, const QRectF& line) const;

  private:
    double scaleWidth() const;
    double wordsWidth() const;
    /// As it looks there; not all files know gradients of opacity.
    QColor onField(QRgb premultiplied) const;

    const Theme& m_theme;
    CloudStyle m_style;
    CloudTable::Of m_of;
    QString m_words;
    QString m_first;
    QString m_last;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QHash>
#include <QImage>
#include <QPainter>
#include <QString>

namespace lexiscope {

/// Texts with a rim of the background's colour, readable on any cloud. Making one costs more than drawing it,
/// so each is kept as an image in the resolution of its target; a target without pixels of its own gets text
/// and outlines.
class LabelSprites {
  public:
    /// `rect` is the text's place in the painter's coordinates, as high as ascent and descent of the font.
    void draw(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font,
              const QColor& color, const QColor& rim);

  private:
    static QImage make(const QString& text, const QFont& font, const QColor& color, const QColor& rim,
                       QSizeF size, double scale);

    QHash<QString, QImage> m_images;
};

}  // namespace lexiscope

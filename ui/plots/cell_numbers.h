// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/color_scale.h"
#include "ui/plots/theme.h"

#include <optional>
#include <span>

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QSizeF>

namespace lexiscope {

/// The numbers of a matrix written into its cells, where those are large enough: on each cell's colour in
/// whichever of text and ground tells itself apart better.
class CellNumbers {
  public:
    /// For cells of that size. As many decimals as tell numbers of that scale apart, or one less where that
    /// fits better; none where not even that does.
    static std::optional<CellNumbers> fitting(const Theme& theme, const ColorScale& scale, QSizeF cell);

    /// What stands in a cell of that value; a number far beyond the scale loses its decimals.
    QString textOf(float value) const;
    void paint(QPainter& painter, const QRectF& cell, float value) const;

  private:
    CellNumbers(const Theme& theme, const ColorScale& scale, double width, int decimals);

    const Theme& m_theme;
    ColorScale m_scale;
    ColorTable m_colors;
    QFont m_font;
    double m_width;
    int m_decimals;
};

/// The numbers of one row of cells, of one width, that fills `place`; nothing where they do not fit.
void paintCellNumbers(QPainter& painter, const Theme& theme, const ColorScale& scale, const QRectF& place,
                      std::span<const float> values);

}  // namespace lexiscope

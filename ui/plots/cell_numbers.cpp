// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cell_numbers.h"

#include "ui/plots/plot_type.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>

namespace lexiscope {
namespace {

constexpr double sideMargin = 2;
constexpr int mostDecimals = 6;

}  // namespace

CellNumbers::CellNumbers(const Theme& theme, const ColorScale& scale, double width, int decimals)
    : m_theme(theme),
      m_scale(scale),
      m_colors(theme, scale),
      m_font(theme.monoFont(numberPixels)),
      m_width(width),
      m_decimals(decimals) {}

std::optional<CellNumbers> CellNumbers::fitting(const Theme& theme, const ColorScale& scale, QSizeF cell) {
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    const double room = cell.width() - 2 * sideMargin;
    if (metrics.ascent() + metrics.descent() > cell.height() + 1) {
        return std::nullopt;
    }
    const double limit = std::max(std::abs(scale.low), std::abs(scale.high));
    const int most = decimalsFor(limit, 3, mostDecimals);
    for (const int decimals : {most, most - 1}) {
        if (decimals >= 0 && metrics.horizontalAdvance(numberText(-limit, decimals)) <= room) {
            return CellNumbers(theme, scale, room, decimals);
        }
    }
    return std::nullopt;
}

QString CellNumbers::textOf(float value) const {
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    const QFontMetricsF metrics(m_font);
    for (int decimals = m_decimals; decimals >= 0; --decimals) {
        const QString text = numberText(static_cast<double>(value), decimals);
        if (metrics.horizontalAdvance(text) <= m_width) {
            return text;
        }
    }
    return {};
}

void CellNumbers::paint(QPainter& painter, const QRectF& cell, float value) const {
    const QColor ground(m_colors(value));
    const bool isDark = contrast(m_theme.surface, ground) > contrast(m_theme.text, ground);
    painter.setFont(m_font);
    painter.setPen(isDark ? m_theme.surface : m_theme.text);
    painter.drawText(cell, Qt::AlignCenter | Qt::TextDontClip, textOf(value));
}

void paintCellNumbers(QPainter& painter, const Theme& theme, const ColorScale& scale, const QRectF& place,
                      std::span<const float> values) {
    const QSizeF cell(place.width() / static_cast<double>(values.size()), place.height());
    const std::optional<CellNumbers> numbers = CellNumbers::fitting(theme, scale, cell);
    for (std::size_t i = 0; numbers && i < values.size(); ++i) {
        const QPointF corner(place.left() + static_cast<double>(i) * cell.width(), place.top());
        numbers->paint(painter, QRectF(corner, cell), values[i]);
    }
}

}  // namespace lexiscope

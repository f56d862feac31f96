// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/color_scale.h"

#include "ui/plots/plot_type.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QFontMetricsF>
#include <QLinearGradient>

namespace lexiscope {
namespace {

constexpr double endGap = 8;  // between two numbers
constexpr double barLength = 104;
constexpr double belowBar = 3;

// More shades than 8 bits a channel can show.
constexpr int steps = 1024;

/// `place` runs from 0 at the low end to 1 at the high end.
QRgb colorAt(const Theme& theme, ColorScale::Kind kind, double place) {
    const bool isSigned = kind == ColorScale::Kind::Signed;
    const QColor& low = isSigned ? theme.signedLow : theme.sequentialLow;
    const QColor& middle = isSigned ? theme.signedMid : theme.sequentialMid;
    const QColor& high = isSigned ? theme.signedHigh : theme.sequentialHigh;
    return place < 0.5 ? blend(middle, low, 1 - 2 * place).rgb() : blend(middle, high, 2 * place - 1).rgb();
}

/// The numbers that the scale begins and ends with.
struct Ends {
    QString low;
    QString high;
};

Ends endsOf(const ColorScale& scale) {
    const bool isSigned = scale.kind == ColorScale::Kind::Signed;
    const int decimals = decimalsFor(isSigned ? scale.high : scale.high - scale.low, 2);
    return {numberText(scale.low, decimals), numberText(scale.high, decimals)};
}

double numberHeight(const Theme& theme) {
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    return std::ceil(metrics.ascent() + metrics.descent());
}

}  // namespace

QRgb signedColor(const Theme& theme, double value, double limit) {
    if (std::isnan(value)) {
        return theme.muted.rgb();
    }
    const double share = limit > 0   ? std::clamp(value / limit, -1.0, 1.0)
                         : value > 0 ? 1
                         : value < 0 ? -1
                                     : 0;
    return colorAt(theme, ColorScale::Kind::Signed, std::round((share + 1) / 2 * steps) / steps);
}

ColorTable::ColorTable(const Theme& theme, const ColorScale& scale)
    : m_colors(steps + 1),
      m_notANumber(theme.muted.rgb()),
      m_low(static_cast<float>(scale.low)),
      m_end(static_cast<float>(steps + 1)) {
    for (std::size_t i = 0; i <= steps; ++i) {
        m_colors[i] = colorAt(theme, scale.kind, static_cast<double>(i) / steps);
    }
    if (scale.high > scale.low) {
        m_perUnit = static_cast<float>(steps / (scale.high - scale.low));
    } else {
        // Without extent it tells below from above: the number itself is in the middle, all others at the
        // ends.
        m_perUnit = std::numeric_limits<float>::max();
        m_atLow = m_end / 2;
    }
}

double colorLegendWidth(const Theme& theme, const ColorScale& scale) {
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    const Ends ends = endsOf(scale);
    return metrics.horizontalAdvance(ends.low) + metrics.horizontalAdvance(ends.high) + endGap;
}

QRectF paintColorLegend(QPainter& painter, const Theme& theme, const ColorScale& scale, QPointF corner,
                        double room) {
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    const bool isSigned = scale.kind == ColorScale::Kind::Signed;
    const auto [low, high] = endsOf(scale);
    const QString zero = QStringLiteral("0");
    const double shortest = colorLegendWidth(theme, scale);
    const double length = std::clamp(room, shortest, std::max(barLength, shortest));
    const QRectF bar(corner.x() - length, corner.y(), length, scaleBarHeight);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (const double place : {0.0, 0.5, 1.0}) {
        gradient.setColorAt(place, QColor(colorAt(theme, scale.kind, place)));
    }
    painter.fillRect(bar, gradient);
    const QRectF numbers(bar.left(), bar.bottom() + belowBar, bar.width(), numberHeight(theme));
    painter.setFont(theme.monoFont(numberPixels));
    painter.setPen(theme.muted);
    painter.drawText(numbers, Qt::AlignLeft | Qt::TextDontClip, low);
    if (isSigned && length >= shortest + metrics.horizontalAdvance(zero) + 2 * endGap) {
        painter.drawText(numbers, Qt::AlignHCenter | Qt::TextDontClip, zero);
    }
    painter.drawText(numbers, Qt::AlignRight | Qt::TextDontClip, high);
    return bar;
}

double colorLegendHeight(const Theme& theme) {
    return scaleBarHeight + belowBar + 1 + numberHeight(theme);
}

}  // namespace lexiscope

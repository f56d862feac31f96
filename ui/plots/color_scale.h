// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include <QPainter>
#include <QPointF>
#include <QRectF>

namespace lexiscope {

/// Which numbers get which colours. Signed ones run from blue over white (or the dark surface), which is
/// always zero, to red; magnitudes from the surface's colour to a strong blue, in even steps of lightness.
struct ColorScale {
    enum class Kind { Signed, Sequential };
    Kind kind = Kind::Signed;
    double low = -1;
    double high = 1;

    static ColorScale symmetric(double limit) { return {Kind::Signed, -limit, limit}; }
    static ColorScale sequential(double low, double high) { return {Kind::Sequential, low, high}; }
    bool operator==(const ColorScale&) const = default;
};

/// Colour of value / limit clamped to -1 … 1 on the diverging scale. NaN is `muted`. A limit of 0 shows signs
/// alone.
QRgb signedColor(const Theme& theme, double value, double limit);

/// The colours of a scale, looked up: for pictures of many numbers.
class ColorTable {
  public:
    ColorTable(const Theme& theme, const ColorScale& scale);
    QRgb operator()(float value) const {
        const float place = (value - m_low) * m_perUnit + m_atLow;
        if (place > 0) {
            return place < m_end ? m_colors[static_cast<std::size_t>(place)] : m_colors.back();
        }
        return std::isnan(place) ? m_notANumber : m_colors.front();
    }

  private:
    std::vector<QRgb> m_colors;
    QRgb m_notANumber;
    float m_low = 0;
    float m_perUnit = 0;
    float m_atLow = 0.5F;  // place of the low end: the middle of its step
    float m_end = 0;       // past the last colour
};

inline constexpr double scaleBarHeight = 7;
inline constexpr double legendGap = 8;  ///< between a plot and the legend below it

/// The scale as a bar with the numbers of its ends below it, and zero where there is room; the bar's top
/// right corner at `corner`. It is at most as long as `room`, down to the numbers of its ends. Returns the
/// bar.
QRectF paintColorLegend(QPainter& painter, const Theme& theme, const ColorScale& scale, QPointF corner,
                        double room);

/// The least room it needs: for the numbers of its ends.
double colorLegendWidth(const Theme& theme, const ColorScale& scale);

/// Height of bar and numbers together.
double colorLegendHeight(const Theme& theme);

}  // namespace lexiscope

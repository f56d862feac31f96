// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_style.h"

#include "ui/plots/oklab.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lexiscope {
namespace {

constexpr double weakest = 0.35;  // strength of a single dot

using Premultiplied = std::array<double, 4>;  // red, green, blue, alpha: 0 … 1

Premultiplied premultiplied(const QColor& color, double alpha) {
    return {color.redF() * alpha, color.greenF() * alpha, color.blueF() * alpha, alpha};
}

Premultiplied sheets(const CloudStyle& style, double n) {
    const double clear = std::log1p(-std::min(style.alpha, 0.999));
    const double cover = style.squeeze > 0 ? std::log1p(n * style.squeeze) / std::log1p(style.squeeze) : n;
    return premultiplied(style.color, 1 - std::exp(clear * cover));
}

double placeOf(const CloudStyle& style, double n) {
    return std::clamp(std::log(std::max(n, 1.0)) / std::log(style.top), 0.0, 1.0);
}

/// The way from one colour to another in Oklab, prepared: a table of thousands is made anew for each zoom.
class Ramp {
  public:
    Ramp(const QColor& first, const QColor& last) {
        for (std::size_t i = 0; i < m_colors.size(); ++i) {
            const double place = static_cast<double>(i) / parts;
            m_colors.at(i) = premultiplied(fromOklab(between(toOklab(first), toOklab(last), place)), 1);
        }
    }
    Premultiplied at(double place) const {
        const double along = std::clamp(place, 0.0, 1.0) * parts;
        const auto from = std::min(static_cast<std::size_t>(along), parts - 1);
        const double share = along - static_cast<double>(from);
        Premultiplied color{};
        for (std::size_t i = 0; i < color.size(); ++i) {
            color.at(i) = m_colors.at(from).at(i) * (1 - share) + m_colors.at(from + 1).at(i) * share;
        }
        return color;
    }

  private:
    static constexpr std::size_t parts = 64;
    std::array<Premultiplied, parts + 1> m_colors{};
};

Premultiplied shades(const CloudStyle& style, const Ramp& ramp, double n) {
    Premultiplied color = ramp.at(placeOf(style, n));
    for (double& part : color) {
        part *= std::min(n, 1.0);
    }
    return color;
}

Premultiplied strengths(const CloudStyle& style, double n) {
    return premultiplied(style.color, std::min(n, 1.0) * (weakest + (1 - weakest) * placeOf(style, n)));
}

}  // namespace

CloudStyle cloudStyle(const QColor& color, double radius, double crowd) {
    constexpr double solid = 5;  // as many sheets as a crowd may look like
    CloudStyle style;
    style.color = color;
    style.radius = radius;
    style.alpha = 0.25 + 0.33 / (1 + 1.2 * crowd);
    const double most = std::min(3 * crowd, 1e6);
    if (most <= solid) {
        return style;
    }
    // ln(1 + most·q) / ln(1 + q) falls from `most` towards 1 as q grows.
    double low = 1e-6;
    double high = 1e9;
    for (int i = 0; i < 60; ++i) {
        const double middle = std::sqrt(low * high);
        (std::log1p(most * middle) / std::log1p(middle) > solid ? low : high) = middle;
    }
    style.squeeze = low;
    return style;
}

void addShades(CloudStyle& style, double crowd, double peak, const QColor& first, const QColor& last) {
    constexpr double none = 3;
    constexpr double alone = 8;
    style.shading = std::clamp((crowd - none) / (alone - none), 0.0, 1.0);
    style.top = std::max({peak, crowd, 2.0});
    style.first = first;
    style.last = last;
    // Among so many, nobody sees where within its pixel a dot is.
    constexpr double many = 4;
    style.places = crowd >= many ? DotPlaces::Whole : DotPlaces::Quarter;
}

CloudTable::CloudTable(const CloudStyle& style, Of of) : m_colors(tableSize) {
    const Ramp ramp(style.first, style.last);
    const auto level = [](double part) { return static_cast<int>(std::lround(part * 255)); };
    for (std::size_t i = 1; i < tableSize; ++i) {
        const auto bits = (static_cast<std::uint32_t>(i) + firstBits) << bitsLeftOut;
        const double n = static_cast<double>(std::bit_cast<float>(bits));
        Premultiplied color{};
        if (style.shading < 1) {
            color = sheets(style, n);
        }
        if (style.shading > 0) {
            const Premultiplied shade = of == Of::Shades ? shades(style, ramp, n) : strengths(style, n);
            for (std::size_t part = 0; part < color.size(); ++part) {
                color[part] += (shade[part] - color[part]) * style.shading;
            }
        }
        m_colors[i] = qRgba(level(color[0]), level(color[1]), level(color[2]), level(color[3]));
    }
}

}  // namespace lexiscope

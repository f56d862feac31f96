// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/cloud_sums.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include <QColor>
#include <QRgb>

namespace lexiscope {

/// How the number of dots on a pixel is shown. Few dots: as sheets of one colour laid over each other.
/// Crowds: by shade, on a scale from one dot to `top` of them that is even in the logarithm: as many times as
/// many dots are as many steps of lightness. `shading` leads from the one to the other.
struct CloudStyle {
    QColor color;
    double radius = 1.2;  ///< of a dot, device pixels
    double alpha = 0.5;   ///< of a single dot, 0 … 1
    double squeeze =
        0;  ///< 0: n dots cover as much as n sheets of alpha would; more: crowds are told apart for longer
    double shading = 0;        ///< 0: sheets alone … 1: shades alone
    double top = 2;            ///< dots on a pixel that get the last shade, and so do more; at least 2
    QColor first = Qt::white;  ///< the shade of one dot
    QColor last = Qt::black;
    DotPlaces places = DotPlaces::Quarter;

    bool operator==(const CloudStyle&) const = default;
};

/// Alpha and squeeze that keep a cloud readable where `crowd` dots lie on each other at a typical point:
/// single dots stand out, and what is three times as crowded is not yet a solid patch.
CloudStyle cloudStyle(const QColor& color, double radius, double crowd);

/// Adds shades for a cloud in which `crowd` dots lie on each other at a typical point and `peak` where it is
/// crowded: none up to 3, nothing else from 8 on.
void addShades(CloudStyle& style, double crowd, double peak, const QColor& first, const QColor& last);

/// The colours of a style, looked up by the number of dots n on a pixel; premultiplied.
/// Sheets: alpha is 1 - (1 - alpha)^c, c = ln(1 + n·squeeze) / ln(1 + squeeze), or n if squeeze is 0.
/// Shades: `first` with alpha n below 1; from 1 on opaque, at ln(n) / ln(top) of the way from `first` to
/// `last` in Oklab. Where points have colours of their own, shades are strengths instead: alpha from 0.35
/// to 1.
class CloudTable {
  public:
    enum class Of { Shades, Strengths };
    CloudTable(const CloudStyle& style, Of of);

    /// Whole n below 512 are exact, others at most 1/256 too small. Below 1/256 nothing.
    QRgb operator()(float n) const { return m_colors[indexOf(n)]; }
    int alpha(float n) const { return qAlpha(m_colors[indexOf(n)]); }

  private:
    // A float's exponent and the first 8 bits of what follows it: steps of 1/256 or less, from 2^-8 to 2^24.
    static constexpr int bitsLeftOut = 15;
    static constexpr std::uint32_t firstBits = std::uint32_t{127 - 8} << 8;
    static constexpr std::size_t tableSize = std::size_t{32} << 8;
    static std::size_t indexOf(float n) {
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(n) >> bitsLeftOut;
        return bits < firstBits ? 0 : std::min<std::size_t>(bits - firstBits, tableSize - 1);
    }
    std::vector<QRgb> m_colors;
};

}  // namespace lexiscope

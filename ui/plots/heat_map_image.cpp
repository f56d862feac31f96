// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

// Shades on each side of zero: more than 8 bits a channel can show, so the steps are never seen.
constexpr int shades = 512;

QRgb shade(const Theme& theme, int index) {
    const QColor& end = index < 0 ? theme.signedLow : theme.signedHigh;
    const double share = std::abs(index) / static_cast<double>(shades);
    const auto part = [share](int mid, int far) {
        return static_cast<int>(std::lround(mid + (far - mid) * share));
    };
    return qRgb(part(theme.signedMid.red(), end.red()), part(theme.signedMid.green(), end.green()),
                part(theme.signedMid.blue(), end.blue()));
}

/// Of two values the one farther from zero; NaN is farthest of all, so that it is never hidden by a
/// neighbour.
float larger(float a, float b) {
    return std::abs(b) > std::abs(a) || std::isnan(b) ? b : a;
}

struct Range {
    std::size_t begin;
    std::size_t end;
};

/// The cells that pixel `pixel` of `pixels` covers: those that begin in it, or else the one that it lies in.
Range covered(std::size_t pixel, std::size_t pixels, std::size_t cells) {
    const std::size_t begin = pixel * cells / pixels;
    return {begin, std::max(begin + 1, (pixel + 1) * cells / pixels)};
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
    return shade(theme, static_cast<int>(std::lround(share * shades)));
}

QImage heatMapImage(std::span<const float> values, std::size_t rows, std::size_t columns, QSize size,
                    const Theme& theme, double limit) {
    assert(values.size() >= rows * columns);
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull()) {
        return image;
    }
    image.fill(theme.field);
    if (rows == 0 || columns == 0) {
        return image;
    }
    std::array<QRgb, 2 * shades + 1> table;
    for (int i = -shades; i <= shades; ++i) {
        table[static_cast<std::size_t>(i + shades)] = shade(theme, i);
    }
    const auto colorOf = [&, scale = limit > 0 ? shades / limit : 0.0](float value) {
        if (std::isnan(value) || scale == 0.0) {
            return signedColor(theme, static_cast<double>(value), limit);
        }
        const double place =
            std::clamp(value * scale, -static_cast<double>(shades), static_cast<double>(shades));
        return table[static_cast<std::size_t>(std::lround(place) + shades)];
    };

    const std::size_t width = static_cast<std::size_t>(size.width());
    const std::size_t height = static_cast<std::size_t>(size.height());
    std::vector<Range> columnRanges(width);
    for (std::size_t x = 0; x < width; ++x) {
        columnRanges[x] = covered(x, width, columns);
    }
    std::vector<float> merged(columns);
    Range last{0, 0};
    for (std::size_t y = 0; y < height; ++y) {
        const Range lines = covered(y, height, rows);
        QRgb* to = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(y)));
        if (y > 0 && lines.begin == last.begin && lines.end == last.end) {
            const auto* above = reinterpret_cast<const QRgb*>(image.constScanLine(static_cast<int>(y - 1)));
            std::copy(above, above + width, to);
            continue;
        }
        last = lines;
        const float* from = values.data() + lines.begin * columns;
        std::copy(from, from + columns, merged.begin());
        for (std::size_t line = lines.begin + 1; line < lines.end; ++line) {
            from += columns;
            for (std::size_t column = 0; column < columns; ++column) {
                merged[column] = larger(merged[column], from[column]);
            }
        }
        for (std::size_t x = 0; x < width; ++x) {
            float value = merged[columnRanges[x].begin];
            for (std::size_t column = columnRanges[x].begin + 1; column < columnRanges[x].end; ++column) {
                value = larger(value, merged[column]);
            }
            to[x] = colorOf(value);
        }
    }
    return image;
}

}  // namespace lexiscope

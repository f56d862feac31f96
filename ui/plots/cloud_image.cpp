// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_image.h"

#include "ui/plots/oklab.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lexiscope {
namespace {

/// For linear light in so many steps that each of the 256 levels of a channel is met again exactly; the entry
/// of a step is that of its middle, so that cutting off does what rounding would.
constexpr std::size_t lightSteps = 1 << 14;

const std::vector<std::uint8_t>& levels() {
    static const std::vector<std::uint8_t> table = [] {
        std::vector<std::uint8_t> made(lightSteps + 1);
        for (std::size_t i = 0; i <= lightSteps; ++i) {
            made[i] = static_cast<std::uint8_t>(
                std::lround(255 * std::min(encodedOf((static_cast<double>(i) + 0.5) / lightSteps), 1.0)));
        }
        return made;
    }();
    return table;
}

/// What is added up of each shade.
std::vector<float> numbersOf(const CloudTint& tint) {
    std::vector<float> numbers;
    if (tint.points && !tint.points->hasClasses()) {
        for (std::size_t place = 0; place < tint.palette.size(); ++place) {
            numbers.push_back(static_cast<float>(place) + 0.5F);  // cut off, the mean is rounded
        }
    } else if (tint.points) {
        for (const QRgb color : tint.palette) {
            for (const int level : {qRed(color), qGreen(color), qBlue(color)}) {
                numbers.push_back(static_cast<float>(linearOf(level / 255.0)));
            }
        }
    }
    return numbers;
}

std::size_t widthOf(const CloudTint& tint) {
    return !tint.points ? 0 : tint.points->hasClasses() ? 3 : 1;
}

QRgb withAlpha(QRgb color, int alpha) {
    return qPremultiply(qRgba(qRed(color), qGreen(color), qBlue(color), alpha));
}

QRgb meanColor(const float* sums) {
    const auto level = [&](float sum) {
        const float light = std::min(sum / sums[0], 1.0F);
        return static_cast<int>(levels()[static_cast<std::size_t>(light * lightSteps)]);
    };
    return qRgb(level(sums[1]), level(sums[2]), level(sums[3]));
}

QRgb colorOfMean(const float* sums, const std::vector<QRgb>& palette) {
    const auto place = static_cast<std::size_t>(sums[1] / sums[0]);
    return palette[std::min(place, palette.size() - 1)];
}

}  // namespace

QImage cloudImage(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style,
                  const CloudTint& tint) {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return image;
    }
    const std::vector<float> numbers = numbersOf(tint);
    CloudParts parts{numbers, widthOf(tint), {}, {}};
    if (tint.points) {
        parts.filter = tint.points->filter(tint.hidden);
        parts.shades = tint.points->shades;
    }
    const CloudTable table(style, tint.points ? CloudTable::Of::Strengths : CloudTable::Of::Shades);
    const std::size_t channels = parts.width + 1;
    // Not within the lines below: whoever asks for them first would take a copy of the whole image.
    uchar* const bits = image.bits();
    const auto paintLine = [&](int y, std::span<const float> sums) {
        QRgb* to = reinterpret_cast<QRgb*>(bits + y * image.bytesPerLine());
        const float* from = sums.data();
        for (int x = 0; x < size.width(); ++x, from += channels) {
            if (channels == 1) {
                to[x] = table(from[0]);
            } else if (const int alpha = table.alpha(from[0]); alpha == 0) {
                to[x] = 0;
            } else {
                to[x] = withAlpha(channels == 2 ? colorOfMean(from, tint.palette) : meanColor(from), alpha);
            }
        }
    };
    cloudSums(points, view, size, style.radius, style.places, parts, paintLine);
    return image;
}

double cloudImageCost(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style,
                      const CloudTint& tint) {
    const double coloring = tint.points ? 4.5 : 0.7;
    return cloudSumsCost(points, view, size, style.radius, style.places, widthOf(tint) + 1) +
           coloring * size.width() * size.height();
}

}  // namespace lexiscope

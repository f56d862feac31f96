// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace lexiscope {
namespace {

// Dots are summed in whole numbers: sums do not depend on the order, so neither do pixels.
constexpr std::uint32_t wholeDot = 256;
constexpr std::uint32_t tableSize = 1 << 13;
constexpr int steps = 4;  // places of a dot per pixel and axis

struct Stamp {
    int width = 0;   ///< pixels, both ways
    int before = 0;  ///< pixels left of and above the one the centre is in
    std::array<std::vector<std::uint32_t>, steps * steps> parts;  ///< of wholeDot
};

Stamp makeStamp(const CloudStyle& style) {
    Stamp stamp;
    stamp.before = static_cast<int>(std::ceil(style.radius + 0.5));
    stamp.width = 2 * stamp.before + 1;
    for (int sub = 0; sub < steps * steps; ++sub) {
        const int line = sub / steps;
        const double centreX = stamp.before + (sub % steps + 0.5) / steps;
        const double centreY = stamp.before + (line + 0.5) / steps;
        auto& parts = stamp.parts[static_cast<std::size_t>(sub)];
        parts.reserve(static_cast<std::size_t>(stamp.width * stamp.width));
        for (int y = 0; y < stamp.width; ++y) {
            for (int x = 0; x < stamp.width; ++x) {
                const double distance = std::hypot(x + 0.5 - centreX, y + 0.5 - centreY);
                const double coverage = std::clamp(style.radius + 0.5 - distance, 0.0, 1.0);
                parts.push_back(static_cast<std::uint32_t>(std::lround(coverage * wholeDot)));
            }
        }
    }
    return stamp;
}

/// Colour of the sums i << shift, up to `most`.
std::vector<QRgb> colorTable(const CloudStyle& style, std::uint32_t most, int shift) {
    std::vector<QRgb> table((most >> shift) + 1);
    const double clear = std::log1p(-std::min(style.alpha, 0.999));
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        const double dots = static_cast<double>(i << shift) / wholeDot;
        const double cover =
            style.squeeze > 0 ? std::log1p(dots * style.squeeze) / std::log1p(style.squeeze) : dots;
        const double alpha = 1 - std::exp(clear * cover);
        table[i] = qPremultiply(qRgba(style.color.red(), style.color.green(), style.color.blue(),
                                      static_cast<int>(std::lround(alpha * 255))));
    }
    return table;
}

}  // namespace

QImage cloudImage(const PointIndex& points, const QRectF& view, QSize size, const CloudStyle& style) {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return image;
    }
    const Stamp stamp = makeStamp(style);
    // A border as wide as a dot takes what hangs over the edge: no pixel needs a test of its own.
    const int border = stamp.width;
    const int width = size.width() + 2 * border;
    const int height = size.height() + 2 * border;
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);

    const double scaleX = size.width() / view.width();
    const double scaleY = size.height() / view.height();
    const double reachX = (stamp.before + 1) / scaleX;
    const double reachY = (stamp.before + 1) / scaleY;
    const double left = view.left();
    const double top = view.bottom();
    // Shifted by the border, so that truncation rounds down everywhere it matters.
    const double limitX = (width - border + stamp.before) * steps;
    const double limitY = (height - border + stamp.before) * steps;
    const double least = (border - stamp.before) * steps;
    points.visitNear(view.adjusted(-reachX, -reachY, reachX, reachY), [&](float x, float y) {
        const double px = ((x - left) * scaleX + border) * steps;
        const double py = ((top - y) * scaleY + border) * steps;
        if (!(px >= least && py >= least && px < limitX && py < limitY)) {
            return;
        }
        const int ix = static_cast<int>(px);
        const int iy = static_cast<int>(py);
        const std::uint32_t* from =
            stamp.parts[static_cast<std::size_t>(iy % steps * steps + ix % steps)].data();
        std::uint32_t* to = sums.data() + static_cast<std::ptrdiff_t>(iy / steps - stamp.before) * width +
                            (ix / steps - stamp.before);
        for (int line = 0; line < stamp.width; ++line, from += stamp.width, to += width) {
            for (int column = 0; column < stamp.width; ++column) {
                to[column] += from[column];
            }
        }
    });

    const std::uint32_t most = *std::max_element(sums.begin(), sums.end());
    int shift = 0;
    while (most >> shift >= tableSize) {
        ++shift;
    }
    const std::vector<QRgb> table = colorTable(style, most, shift);
    for (int y = 0; y < size.height(); ++y) {
        const std::uint32_t* from = sums.data() + static_cast<std::ptrdiff_t>(y + border) * width + border;
        QRgb* to = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            to[x] = table[from[x] >> shift];
        }
    }
    return image;
}

CloudStyle cloudStyle(const QColor& color, double radius, double crowd) {
    constexpr double solid = 5;  // as many sheets as a crowd may look like
    CloudStyle style{color, radius, 0.25 + 0.33 / (1 + 1.2 * crowd), 0};
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

}  // namespace lexiscope

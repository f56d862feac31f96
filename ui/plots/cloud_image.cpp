// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace lexiscope {
namespace {

// Dots are summed as optical depth, -ln(1 - alpha), in whole numbers: sums do not depend on the order, so
// neither do pixels.
constexpr double depthUnit = 4096;
constexpr int tableBits = 3;  // depths that the table tells apart are 8 units wide
constexpr std::uint32_t deepest = 8 * 4096 >> tableBits;  // e^-8: nothing shines through any more
constexpr int steps = 4;                                  // places of a dot per pixel and axis

struct Stamp {
    int width = 0;   ///< pixels, both ways
    int before = 0;  ///< pixels left of and above the one the centre is in
    std::array<std::vector<std::uint32_t>, steps * steps> depths;
};

Stamp makeStamp(const CloudStyle& style) {
    Stamp stamp;
    stamp.before = static_cast<int>(std::ceil(style.radius + 0.5));
    stamp.width = 2 * stamp.before + 1;
    for (int sub = 0; sub < steps * steps; ++sub) {
        const double centreX = stamp.before + (sub % steps + 0.5) / steps;
        const double centreY = stamp.before + (sub / steps + 0.5) / steps;
        auto& depths = stamp.depths[static_cast<std::size_t>(sub)];
        depths.reserve(static_cast<std::size_t>(stamp.width * stamp.width));
        for (int y = 0; y < stamp.width; ++y) {
            for (int x = 0; x < stamp.width; ++x) {
                const double distance = std::hypot(x + 0.5 - centreX, y + 0.5 - centreY);
                const double coverage = std::clamp(style.radius + 0.5 - distance, 0.0, 1.0);
                const double alpha = std::min(style.alpha * coverage, 0.9997);
                depths.push_back(static_cast<std::uint32_t>(std::lround(-std::log1p(-alpha) * depthUnit)));
            }
        }
    }
    return stamp;
}

std::vector<QRgb> colorTable(const QColor& color) {
    std::vector<QRgb> table(deepest + 1);
    for (std::uint32_t i = 0; i <= deepest; ++i) {
        const double alpha = 1 - std::exp(-static_cast<double>(i << tableBits) / depthUnit);
        table[i] = qPremultiply(
            qRgba(color.red(), color.green(), color.blue(), static_cast<int>(std::lround(alpha * 255))));
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
    std::vector<std::uint32_t> depth(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);

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
            stamp.depths[static_cast<std::size_t>(iy % steps * steps + ix % steps)].data();
        std::uint32_t* to = depth.data() + static_cast<std::ptrdiff_t>(iy / steps - stamp.before) * width +
                            (ix / steps - stamp.before);
        for (int line = 0; line < stamp.width; ++line, from += stamp.width, to += width) {
            for (int column = 0; column < stamp.width; ++column) {
                to[column] += from[column];
            }
        }
    });

    const std::vector<QRgb> table = colorTable(style.color);
    for (int y = 0; y < size.height(); ++y) {
        const std::uint32_t* from = depth.data() + static_cast<std::ptrdiff_t>(y + border) * width + border;
        QRgb* to = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            to[x] = table[std::min(from[x] >> tableBits, deepest)];
        }
    }
    return image;
}

double cloudAlpha(double dotsPerPixel) {
    return std::clamp(0.68 / (1 + 1.1 * dotsPerPixel), 0.03, 0.68);
}

}  // namespace lexiscope

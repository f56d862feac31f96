// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_sums.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lexiscope {
namespace {

constexpr int quarters = 4;  // places of a dot per pixel and axis

/// The square of pixels that a dot may touch.
struct Stamp {
    explicit Stamp(double dotRadius)
        : radius(dotRadius), before(static_cast<int>(std::ceil(dotRadius + 0.5))), width(2 * before + 1) {}

    /// What a dot covers, row by row, whose centre is there in the middle pixel.
    std::vector<float> coverage(double centreX, double centreY) const {
        std::vector<float> result;
        result.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(width));
        for (int y = 0; y < width; ++y) {
            for (int x = 0; x < width; ++x) {
                const double distance = std::hypot(x + 0.5 - before - centreX, y + 0.5 - before - centreY);
                // Whole parts of 256: their sums do not depend on the order.
                const double part = std::clamp(radius + 0.5 - distance, 0.0, 1.0);
                result.push_back(static_cast<float>(std::lround(part * 256)) / 256);
            }
        }
        return result;
    }

    double radius;
    int before;  ///< pixels left of and above the middle one
    int width;
};

/// Sums with a border all around that takes what hangs over the edge: no pixel needs a test of its own.
struct Plane {
    Plane(QSize size, std::size_t channelCount, int borderWidth)
        : border(borderWidth),
          width(size.width() + 2 * borderWidth),
          height(size.height() + 2 * borderWidth),
          channels(channelCount),
          values(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels, 0.0F) {}

    float* at(int x, int y) {
        return values.data() +
               (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
                   channels;
    }

    int border;
    int width;
    int height;
    std::size_t channels;
    std::vector<float> values;
};

/// Calls visit(x, y, place) for every point that is seen and whose dot may touch the picture; x and y in
/// `parts` of a pixel of the plane, never negative.
template <bool Filtered, typename Visit>
void visitSeen(const PointIndex& points, const QRectF& view, const Plane& plane, int before, int parts,
               const PointFilter& filter, const Visit& visit) {
    const double scaleX = (plane.width - 2 * plane.border) / view.width();
    const double scaleY = (plane.height - 2 * plane.border) / view.height();
    const double left = view.left();
    const double top = view.bottom();
    // Shifted by the border, so that truncation rounds down everywhere it matters.
    const double least = (plane.border - before) * parts;
    const double limitX = (plane.width - plane.border + before) * parts;
    const double limitY = (plane.height - plane.border + before) * parts;
    const PlanePoint* const all = points.points().data();
    const double reachX = (before + 1) / scaleX;
    const double reachY = (before + 1) / scaleY;
    points.visitNear(view.adjusted(-reachX, -reachY, reachX, reachY),
                     [&](std::size_t begin, std::size_t end) {
                         for (std::size_t i = begin; i < end; ++i) {
                             const double x = ((all[i].x - left) * scaleX + plane.border) * parts;
                             const double y = ((top - all[i].y) * scaleY + plane.border) * parts;
                             if (!(x >= least && y >= least && x < limitX && y < limitY)) {
                                 continue;
                             }
                             if constexpr (Filtered) {
                                 if (filter.hides(i)) {
                                     continue;
                                 }
                             }
                             visit(static_cast<int>(x), static_cast<int>(y), i);
                         }
                     });
}

template <typename Visit>
void visitSeen(const PointIndex& points, const QRectF& view, const Plane& plane, int before, int parts,
               const PointFilter& filter, const Visit& visit) {
    if (filter.hidden != 0) {
        visitSeen<true>(points, view, plane, before, parts, filter, visit);
    } else {
        visitSeen<false>(points, view, plane, before, parts, filter, visit);
    }
}

/// The numbers of each shade, the count before them.
template <std::size_t Channels>
std::vector<std::array<float, Channels>> shadeValues(const CloudParts& parts) {
    const std::size_t shades = Channels > 1 ? parts.numbers.size() / (Channels - 1) : 1;
    std::vector<std::array<float, Channels>> values(std::max<std::size_t>(shades, 1));
    for (std::size_t shade = 0; shade < values.size(); ++shade) {
        values[shade][0] = 1;
        for (std::size_t i = 1; i < Channels; ++i) {
            values[shade][i] = parts.numbers[shade * (Channels - 1) + i - 1];
        }
    }
    return values;
}

template <std::size_t Channels>
void drawDots(Plane& plane, const PointIndex& points, const QRectF& view, const Stamp& stamp,
              const CloudParts& parts) {
    const auto values = shadeValues<Channels>(parts);
    std::array<std::vector<float>, std::size_t{quarters} * quarters> stamps;
    for (int sub = 0; sub < quarters * quarters; ++sub) {
        stamps.at(static_cast<std::size_t>(sub)) =
            stamp.coverage((sub % quarters + 0.5) / quarters, (sub / quarters + 0.5) / quarters);
    }
    const std::size_t stride = static_cast<std::size_t>(plane.width) * Channels;
    visitSeen(
        points, view, plane, stamp.before, quarters, parts.filter, [&](int x, int y, std::size_t place) {
            const float* from =
                stamps[static_cast<std::size_t>(y % quarters * quarters + x % quarters)].data();
            const std::array<float, Channels>& value = values[parts.shades.empty() ? 0 : parts.shades[place]];
            float* to = plane.at(x / quarters - stamp.before, y / quarters - stamp.before);
            for (int line = 0; line < stamp.width; ++line, to += stride) {
                for (int column = 0; column < stamp.width; ++column) {
                    const float covered = *from++;
                    for (std::size_t i = 0; i < Channels; ++i) {
                        to[static_cast<std::size_t>(column) * Channels + i] += covered * value[i];
                    }
                }
            }
        });
}

template <std::size_t Channels>
void countPoints(Plane& plane, const PointIndex& points, const QRectF& view, const Stamp& stamp,
                 const CloudParts& parts) {
    const auto values = shadeValues<Channels>(parts);
    visitSeen(points, view, plane, stamp.before, 1, parts.filter, [&](int x, int y, std::size_t place) {
        float* to = plane.at(x, y);
        const std::array<float, Channels>& value = values[parts.shades.empty() ? 0 : parts.shades[place]];
        for (std::size_t i = 0; i < Channels; ++i) {
            to[i] += value[i];
        }
    });
}

/// Each pixel of `sums` becomes what the dots around it leave on it.
void spread(Plane& plane, const Stamp& stamp, CloudSums& sums) {
    const std::vector<float> coverage = stamp.coverage(0.5, 0.5);
    const std::size_t length = static_cast<std::size_t>(sums.size.width()) * sums.channels;
    for (int y = 0; y < sums.size.height(); ++y) {
        float* const to = sums.values.data() + static_cast<std::size_t>(y) * length;
        for (int line = 0; line < stamp.width; ++line) {
            for (int column = 0; column < stamp.width; ++column) {
                const float covered = coverage[static_cast<std::size_t>(line * stamp.width + column)];
                if (covered == 0) {
                    continue;
                }
                const float* const from =
                    plane.at(plane.border + column - stamp.before, plane.border + y + line - stamp.before);
                for (std::size_t i = 0; i < length; ++i) {
                    to[i] += covered * from[i];
                }
            }
        }
    }
}

void cutBorder(Plane& plane, CloudSums& sums) {
    const std::size_t length = static_cast<std::size_t>(sums.size.width()) * sums.channels;
    for (int y = 0; y < sums.size.height(); ++y) {
        std::copy_n(plane.at(plane.border, plane.border + y), length,
                    sums.values.data() + static_cast<std::size_t>(y) * length);
    }
}

template <std::size_t Channels>
CloudSums sumsOf(const PointIndex& points, const QRectF& view, QSize size, double radius, DotPlaces places,
                 const CloudParts& parts) {
    const Stamp stamp(radius);
    CloudSums sums{size, Channels, {}};
    sums.values.resize(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height()) *
                       Channels);
    Plane plane(size, Channels, stamp.width);
    if (places == DotPlaces::Quarter) {
        drawDots<Channels>(plane, points, view, stamp, parts);
        cutBorder(plane, sums);
    } else {
        countPoints<Channels>(plane, points, view, stamp, parts);
        spread(plane, stamp, sums);
    }
    return sums;
}

}  // namespace

CloudSums cloudSums(const PointIndex& points, const QRectF& view, QSize size, double radius, DotPlaces places,
                    const CloudParts& parts) {
    switch (parts.width) {
        case 0:
            return sumsOf<1>(points, view, size, radius, places, parts);
        case 1:
            return sumsOf<2>(points, view, size, radius, places, parts);
        default:
            return sumsOf<4>(points, view, size, radius, places, parts);
    }
}

double cloudSumsCost(const PointIndex& points, const QRectF& view, QSize size, double radius,
                     DotPlaces places, std::size_t channels) {
    const auto seen = static_cast<double>(points.countNear(view));
    const double pixels = static_cast<double>(size.width()) * size.height();
    const double dot = std::pow(2 * std::ceil(radius + 0.5) + 1, 2);
    const auto width = static_cast<double>(channels);
    return places == DotPlaces::Quarter ? seen * (5 + dot * (0.4 + 0.3 * width)) + pixels * (2 + width)
                                        : seen * (3 + width / 2) + pixels * (2 + 0.25 * dot * width);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_index.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <QRectF>
#include <QSize>

namespace lexiscope {

/// What is added up for every point that is seen.
struct CloudParts {
    /// By shade: 0, 1 or 3 numbers beside the count, `width` in all.
    std::span<const float> numbers;
    std::size_t width = 0;
    std::span<const std::uint16_t> shades;  ///< of each point; empty: all have the first shade
    PointFilter filter;
};

/// On each pixel: how many dots lie on it, the soft edge of a dot counting less, and the sums of their
/// numbers weighted alike. Row-major, `channels` values a pixel, the count first.
struct CloudSums {
    QSize size;
    std::size_t channels = 1;
    std::vector<float> values;

    const float* pixel(int x, int y) const {
        return values.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width()) +
                                static_cast<std::size_t>(x)) *
                                   channels;
    }
};

/// How dots are placed. A dot of radius r around a centre covers the pixel whose middle is d away by
/// min(1, max(0, r + 1/2 - d)).
enum class DotPlaces {
    Quarter,  ///< the centre is rounded to the middle of a quarter of a pixel: each dot is drawn
    Whole,    ///< to that of a pixel: points are counted, the counts spread. For crowds, at no cost per dot
};

/// `size` device pixels that show `view`, y upwards; not empty. `radius` in device pixels. Sums of whole
/// numbers are exact below 16,777,216.
CloudSums cloudSums(const PointIndex& points, const QRectF& view, QSize size, double radius, DotPlaces places,
                    const CloudParts& parts);

/// About how long that takes, in nanoseconds of one usual core.
double cloudSumsCost(const PointIndex& points, const QRectF& view, QSize size, double radius,
                     DotPlaces places, std::size_t channels);

}  // namespace lexiscope

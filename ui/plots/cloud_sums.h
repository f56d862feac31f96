// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_index.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

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

/// For each pixel of a line: how many dots lie on it, the soft edge of a dot counting less, and then the sums
/// of their numbers weighted alike: `width` + 1 values a pixel.
using TakeLine = std::function<void(int y, std::span<const float> sums)>;

/// How dots are placed. A dot of radius r around a centre covers the pixel whose middle is d away by
/// min(1, max(0, r + 1/2 - d)).
enum class DotPlaces {
    Quarter,  ///< the centre is rounded to the middle of a quarter of a pixel: each dot is drawn
    Whole,    ///< to that of a pixel: points are counted, the counts spread. For crowds, at no cost per dot
};

/// Adds up `size` device pixels that show `view`, y upwards, and hands over each line, in no order and from
/// several threads at once. `radius` in device pixels. Sums of whole numbers are exact below 16,777,216. The
/// result does not depend on the number of threads.
void cloudSums(const PointIndex& points, const QRectF& view, QSize size, double radius, DotPlaces places,
               const CloudParts& parts, const TakeLine& take);

/// About how long that takes, in nanoseconds of one usual core.
double cloudSumsCost(const PointIndex& points, const QRectF& view, QSize size, double radius,
                     DotPlaces places, std::size_t channels);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/color_scale.h"

#include <cstddef>
#include <span>
#include <utility>

#include <QImage>
#include <QSize>

namespace lexiscope {

/// A stretch of a matrix: `rows` rows, and of each the columns firstColumn … firstColumn + columns - 1 of
/// `stride` (0: it has no others).
struct MatrixCells {
    std::span<const float> values;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t firstColumn = 0;
    std::size_t stride = 0;
};

/// One picture of it: a pixel that covers several cells shows the one of largest magnitude. `size` is in
/// device pixels. Columns and rows may be fewer or more than pixels.
QImage heatMapImage(const MatrixCells& cells, QSize size, const Theme& theme, const ColorScale& scale);

/// The cells, first and past the last, that pixel `pixel` of `pixels` covers: those that begin in it, or else
/// the one that it lies in.
std::pair<std::size_t, std::size_t> coveredCells(std::size_t pixel, std::size_t pixels, std::size_t cells);

}  // namespace lexiscope

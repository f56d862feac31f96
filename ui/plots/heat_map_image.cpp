// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map_image.h"

#include "core/embedding/matrix_levels.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace lexiscope {
namespace {

/// Of each column the value farthest from zero over the lines [first, last).
void mergeLines(const MatrixCells& cells, std::size_t stride, std::size_t first, std::size_t last,
                std::span<float> merged) {
    const float* from = cells.values.data() + first * stride + cells.firstColumn;
    std::copy_n(from, cells.columns, merged.begin());
    for (std::size_t line = first + 1; line < last; ++line) {
        from += stride;
        for (std::size_t column = 0; column < cells.columns; ++column) {
            merged[column] = fartherFromZero(merged[column], from[column]);
        }
    }
}

}  // namespace

std::pair<std::size_t, std::size_t> coveredCells(std::size_t pixel, std::size_t pixels, std::size_t cells) {
    const std::size_t begin = pixel * cells / pixels;
    return {begin, std::max(begin + 1, (pixel + 1) * cells / pixels)};
}

QImage heatMapImage(const MatrixCells& cells, QSize size, const Theme& theme, const ColorScale& scale) {
    const std::size_t stride = cells.stride == 0 ? cells.columns : cells.stride;
    assert(cells.rows == 0 ||
           (cells.firstColumn + cells.columns <= stride &&
            cells.values.size() >= (cells.rows - 1) * stride + cells.firstColumn + cells.columns));
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull()) {
        return image;
    }
    image.fill(theme.field);
    if (cells.rows == 0 || cells.columns == 0) {
        return image;
    }
    const ColorTable colorOf(theme, scale);
    const auto width = static_cast<std::size_t>(size.width());
    const auto height = static_cast<std::size_t>(size.height());
    std::vector<std::pair<std::size_t, std::size_t>> columnRanges(width);
    for (std::size_t x = 0; x < width; ++x) {
        columnRanges[x] = coveredCells(x, width, cells.columns);
    }
    std::vector<float> merged(cells.columns);
    std::pair<std::size_t, std::size_t> last{0, 0};
    for (std::size_t y = 0; y < height; ++y) {
        const auto lines = coveredCells(y, height, cells.rows);
        QRgb* to = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(y)));
        if (lines == last) {
            const auto* above = reinterpret_cast<const QRgb*>(image.constScanLine(static_cast<int>(y - 1)));
            std::copy(above, above + width, to);
            continue;
        }
        last = lines;
        mergeLines(cells, stride, lines.first, lines.second, merged);
        for (std::size_t x = 0; x < width; ++x) {
            const auto [begin, end] = columnRanges[x];
            float value = merged[begin];
            for (std::size_t column = begin + 1; column < end; ++column) {
                value = fartherFromZero(value, merged[column]);
            }
            to[x] = colorOf(value);
        }
    }
    return image;
}

}  // namespace lexiscope

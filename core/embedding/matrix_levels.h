// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace lexiscope {

/// Of two values the one farther from zero, the first of equal ones; NaN is farthest of all, so that it is
/// never hidden by a neighbour.
inline float fartherFromZero(float a, float b) {
    // Without the sign the bits of a float order as its magnitude does, NaN above infinity. Whole numbers,
    // because compilers choose between those many at a time.
    constexpr std::uint32_t magnitude = 0x7FFFFFFFU;
    return (std::bit_cast<std::uint32_t>(b) & magnitude) > (std::bit_cast<std::uint32_t>(a) & magnitude) ? b
                                                                                                         : a;
}

/// A matrix in memory with coarser copies of itself, so that any stretch of it is painted without reading all
/// rows of that stretch. Immutable; takes about half as much memory again as the matrix.
class MatrixLevels {
  public:
    /// Lines of so many rows each, that hold per column the value farthest from zero; the last line may cover
    /// fewer rows. Row-major.
    struct Level {
        std::size_t rowsPerLine = 1;
        std::vector<float> values;
    };

    /// `values` holds whole rows. InvalidArgument for no columns or no rows; Cancelled.
    static Result<std::shared_ptr<const MatrixLevels>> build(std::vector<float> values, std::size_t columns,
                                                             WorkerPool& pool, Progress& progress);

    std::size_t rows() const { return m_levels.front().values.size() / m_columns; }
    std::size_t columns() const { return m_columns; }
    /// The matrix itself.
    std::span<const float> values() const { return m_levels.front().values; }
    std::span<const float> row(std::size_t row) const { return values().subspan(row * m_columns, m_columns); }
    /// Rows first … first + count - 1 of one column.
    std::vector<float> column(std::size_t column, std::size_t first, std::size_t count) const;

    /// The coarsest level whose lines cover no more rows than a pixel does; the matrix itself below four.
    const Level& levelFor(double rowsPerPixel) const;

  private:
    std::vector<Level> m_levels;  // 1, 4, 8, 16, … rows to a line
    std::size_t m_columns = 0;
};

}  // namespace lexiscope

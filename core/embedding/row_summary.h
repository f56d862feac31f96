// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/embedding/embedding_table.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// One vector in five numbers. Of equal extremes the first index counts. Values that are not finite are left
/// out of all numbers and counted.
struct RowSummary {
    double norm = 0;
    double mean = 0;
    float min = 0;
    std::size_t minAt = 0;
    float max = 0;
    std::size_t maxAt = 0;
    std::size_t notFinite = 0;
};
RowSummary summarize(std::span<const float> values);

/// A stretch of the matrix in at most so many lines.
struct MatrixWindow {
    std::size_t firstRow = 0;
    std::size_t rowCount = 0;  ///< rows covered
    std::size_t rowsPerLine =
        1;  ///< each line holds, per column, the value of largest magnitude over so many rows
    std::vector<float> values;  ///< lines × D, row-major; the last line may cover fewer rows
};

/// Rows [firstRow, firstRow + rowCount) as they are when they fit into `maxLines` lines, else reduced. The
/// stretch is cut to the table. InvalidArgument for no lines; Cancelled; the table's check(). NaN counts as
/// larger than any number, so that it is not hidden.
Result<MatrixWindow> matrixWindow(const EmbeddingTable& table, std::size_t firstRow, std::size_t rowCount,
                                  std::size_t maxLines, Progress& progress);

}  // namespace lexiscope

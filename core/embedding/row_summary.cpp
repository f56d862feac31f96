// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/row_summary.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {
namespace {

constexpr std::size_t blockRows = 256;

void keepLarger(float& kept, float value) {
    if (std::isnan(kept)) {
        return;
    }
    if (std::isnan(value) || std::abs(value) > std::abs(kept)) {
        kept = value;
    }
}

}  // namespace

RowSummary summarize(std::span<const float> values) {
    RowSummary summary;
    double sum = 0;
    double squares = 0;
    std::size_t finite = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float value = values[i];
        if (!std::isfinite(value)) {
            ++summary.notFinite;
            continue;
        }
        sum += value;
        squares += static_cast<double>(value) * value;
        if (finite == 0 || value < summary.min) {
            summary.min = value;
            summary.minAt = i;
        }
        if (finite == 0 || value > summary.max) {
            summary.max = value;
            summary.maxAt = i;
        }
        ++finite;
    }
    summary.norm = std::sqrt(squares);
    summary.mean = finite == 0 ? 0 : sum / static_cast<double>(finite);
    return summary;
}

Result<MatrixWindow> matrixWindow(const EmbeddingTable& table, std::size_t firstRow, std::size_t rowCount,
                                  std::size_t maxLines, Progress& progress) {
    if (maxLines == 0) {
        return Error{ErrorCode::InvalidArgument, "matrix window", "no lines were asked for",
                     "ask for at least one line"};
    }
    const std::size_t dimension = table.dimension();
    MatrixWindow window;
    window.firstRow = std::min(firstRow, table.rows());
    window.rowCount = std::min(rowCount, table.rows() - window.firstRow);
    window.rowsPerLine = std::max<std::size_t>(1, (window.rowCount + maxLines - 1) / maxLines);
    const std::size_t lines = (window.rowCount + window.rowsPerLine - 1) / window.rowsPerLine;
    window.values.assign(lines * dimension, 0.0F);

    const Row first{static_cast<std::uint32_t>(window.firstRow)};
    const Row last{static_cast<std::uint32_t>(window.firstRow + window.rowCount)};
    table.willRead(first, last);
    bool stopped = false;
    table.visitBlocks(first, last, blockRows, [&](Row blockFirst, std::span<const float> values) {
        const std::size_t done = blockFirst.value - window.firstRow;
        progress.report(done, window.rowCount, "rows");
        if (progress.stopRequested()) {
            stopped = true;
            return false;
        }
        for (std::size_t row = 0; row * dimension < values.size(); ++row) {
            float* line = window.values.data() + (done + row) / window.rowsPerLine * dimension;
            for (std::size_t column = 0; column < dimension; ++column) {
                keepLarger(line[column], values[row * dimension + column]);
            }
        }
        return true;
    });
    if (stopped) {
        return cancelled();
    }
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    progress.report(window.rowCount, window.rowCount, "rows");
    return window;
}

}  // namespace lexiscope

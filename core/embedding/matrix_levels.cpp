// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/matrix_levels.h"

#include "core/embedding/table_pass.h"

#include <algorithm>
#include <cassert>

namespace lexiscope {
namespace {

constexpr std::size_t firstStep = 4;  // a copy at two rows to a line would cost more than it saves
constexpr std::size_t fewestLines = 32;
constexpr std::size_t pieceBytes = 512 * 1024;

/// Line `line` of a level made from groups of `group` lines of the level below it.
void mergeLines(std::span<const float> below, std::size_t columns, std::size_t group, std::size_t line,
                std::span<float> out) {
    const std::size_t lines = below.size() / columns;
    const std::size_t first = line * group;
    const std::size_t last = std::min(first + group, lines);
    std::copy_n(below.begin() + static_cast<std::ptrdiff_t>(first * columns), columns, out.begin());
    for (std::size_t from = first + 1; from < last; ++from) {
        const float* values = below.data() + from * columns;
        for (std::size_t column = 0; column < columns; ++column) {
            out[column] = fartherFromZero(out[column], values[column]);
        }
    }
}

}  // namespace

Result<std::shared_ptr<const MatrixLevels>> MatrixLevels::build(std::vector<float> values,
                                                                std::size_t columns, WorkerPool& pool,
                                                                Progress& progress) {
    if (columns == 0 || values.size() < columns) {
        return Error{ErrorCode::InvalidArgument, "matrix", "it has no rows or no columns", {}};
    }
    assert(values.size() % columns == 0);
    std::shared_ptr<MatrixLevels> matrix(new MatrixLevels);
    matrix->m_columns = columns;
    matrix->m_levels.push_back({1, std::move(values)});
    SharedProgress shared(progress, matrix->rows(), "rows");
    for (std::size_t group = firstStep;; group = 2) {
        const std::size_t below = matrix->m_levels.back().values.size() / columns;
        if (below <= fewestLines) {
            break;
        }
        Level level{matrix->m_levels.back().rowsPerLine * group, {}};
        const std::size_t lines = (below + group - 1) / group;
        level.values.resize(lines * columns);
        const std::span<const float> source = matrix->m_levels.back().values;
        const auto merge = [&](std::size_t first, std::size_t last) {
            if (shared.stopRequested()) {
                return;
            }
            for (std::size_t line = first; line < last; ++line) {
                mergeLines(source, columns, group, line,
                           std::span(level.values).subspan(line * columns, columns));
            }
            // The first copy is half of the work and more; the others are not worth a number.
            shared.add(level.rowsPerLine == firstStep ? (last - first) * group : 0);
        };
        pool.parallelFor(lines, rowsOfBytes(columns * group, pieceBytes), merge, Priority::Normal);
        if (shared.stopRequested()) {
            return cancelled();
        }
        matrix->m_levels.push_back(std::move(level));
    }
    return std::shared_ptr<const MatrixLevels>(std::move(matrix));
}

std::vector<float> MatrixLevels::column(std::size_t column, std::size_t first, std::size_t count) const {
    assert(column < m_columns && first <= rows() && count <= rows() - first);
    std::vector<float> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = values()[(first + i) * m_columns + column];
    }
    return out;
}

const MatrixLevels::Level& MatrixLevels::levelFor(double rowsPerPixel) const {
    const auto tooCoarse = std::find_if(m_levels.begin() + 1, m_levels.end(), [&](const Level& level) {
        return static_cast<double>(level.rowsPerLine) > rowsPerPixel;
    });
    return *(tooCoarse - 1);
}

}  // namespace lexiscope

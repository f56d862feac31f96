// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/position_similarity.h"

#include "core/embedding/table_pass.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

namespace lexiscope {
namespace {

using Eigen::Index;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr std::size_t blockRows = 64;

/// The chosen rows at length 1; NaN all over where a row has no direction.
RowMajor unitRows(std::span<const float> matrix, std::size_t dimension, std::size_t step, std::size_t count) {
    RowMajor units(static_cast<Index>(count), static_cast<Index>(dimension));
    for (std::size_t i = 0; i < count; ++i) {
        const Eigen::Map<const Eigen::RowVectorXf> row(matrix.data() + i * step * dimension,
                                                       static_cast<Index>(dimension));
        const Eigen::RowVectorXd wide = row.cast<double>();
        units.row(static_cast<Index>(i)) = wide / wide.norm();
    }
    return units;
}

void findEnds(PositionSimilarity& similarity) {
    bool any = false;
    for (const float value : similarity.values) {
        if (!std::isnan(value)) {
            similarity.low = any ? std::min(similarity.low, value) : value;
            similarity.high = any ? std::max(similarity.high, value) : value;
            any = true;
        }
    }
}

}  // namespace

Result<PositionSimilarity> positionSimilarity(std::span<const float> matrix, std::size_t dimension,
                                              std::size_t most, WorkerPool& pool, Progress& progress) {
    if (dimension == 0 || most == 0 || matrix.size() < dimension) {
        return Error{ErrorCode::InvalidArgument, "similarity of positions", "there is nothing to compare",
                     "take a length and a dimension of at least 1"};
    }
    const std::size_t rows = matrix.size() / dimension;
    PositionSimilarity similarity;
    similarity.step = (rows + most - 1) / most;
    const std::size_t count = (rows + similarity.step - 1) / similarity.step;
    similarity.positions = count;
    similarity.values.resize(count * count);
    const RowMajor units = unitRows(matrix, dimension, similarity.step, count);
    SharedProgress shared(progress, count, "positions");
    const auto compare = [&](std::size_t first, std::size_t last) {
        if (shared.stopRequested()) {
            return;
        }
        // The rows from this block on; what lies left of the diagonal is the mirror of an earlier block.
        const auto from = static_cast<Index>(first);
        const auto height = static_cast<Index>(last - first);
        const RowMajor cosines =
            units.middleRows(from, height) * units.bottomRows(units.rows() - from).transpose();
        for (std::size_t row = first; row < last; ++row) {
            for (std::size_t column = row; column < count; ++column) {
                double cosine = cosines(static_cast<Index>(row - first), static_cast<Index>(column - first));
                // Rounding must not lead out of what a cosine can be; NaN stays.
                cosine = row == column && !std::isnan(cosine) ? 1 : std::clamp(cosine, -1.0, 1.0);
                similarity.values[row * count + column] = static_cast<float>(cosine);
                similarity.values[column * count + row] = static_cast<float>(cosine);
            }
        }
        shared.add(last - first);
    };
    pool.parallelFor(count, blockRows, compare, Priority::Normal);
    if (shared.stopRequested()) {
        return cancelled();
    }
    findEnds(similarity);
    return similarity;
}

}  // namespace lexiscope

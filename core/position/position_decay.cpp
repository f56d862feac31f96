// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/position_decay.h"

#include "core/embedding/table_pass.h"

#include <cmath>
#include <limits>

#include <Eigen/Core>

namespace lexiscope {
namespace {

using Eigen::Index;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr std::size_t blockRows = 64;

/// Sum and number of what has one.
struct Mean {
    double sum = 0;
    double count = 0;

    void add(double value) {
        if (std::isfinite(value)) {
            sum += value;
            count += 1;
        }
    }
    void add(const Mean& other) {
        sum += other.sum;
        count += other.count;
    }
    double value() const { return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN(); }
};

/// By distance.
struct Sums {
    explicit Sums(std::size_t distances) : dot(distances), cosine(distances) {}
    std::vector<Mean> dot;
    std::vector<Mean> cosine;
};

RowMajor chosenRows(std::span<const float> matrix, std::size_t dimension, std::size_t step,
                    std::size_t count) {
    RowMajor rows(static_cast<Index>(count), static_cast<Index>(dimension));
    for (std::size_t i = 0; i < count; ++i) {
        const Eigen::Map<const Eigen::RowVectorXf> row(matrix.data() + i * step * dimension,
                                                       static_cast<Index>(dimension));
        rows.row(static_cast<Index>(i)) = row.cast<double>();
    }
    return rows;
}

/// Rows first … last - 1 with all that come after them.
Sums sumsOf(const RowMajor& rows, const Eigen::VectorXd& norms, std::size_t first, std::size_t last) {
    const Index begin = static_cast<Index>(first);
    const Index own = static_cast<Index>(last - first);
    const Index after = rows.rows() - begin;
    const RowMajor products = rows.middleRows(begin, own) * rows.middleRows(begin, after).transpose();
    Sums sums(static_cast<std::size_t>(rows.rows()));
    for (Index i = 0; i < own; ++i) {
        for (Index j = i; j < after; ++j) {
            const auto distance = static_cast<std::size_t>(j - i);
            sums.dot[distance].add(products(i, j));
            sums.cosine[distance].add(products(i, j) / (norms(begin + i) * norms(begin + j)));
        }
    }
    return sums;
}

}  // namespace

Result<PositionDecay> positionDecay(std::span<const float> matrix, std::size_t dimension, std::size_t most,
                                    WorkerPool& pool, Progress& progress) {
    if (dimension == 0 || most == 0 || matrix.size() < dimension) {
        return Error{ErrorCode::InvalidArgument, "decay of positions", "there is nothing to compare",
                     "take a length and a dimension of at least 1"};
    }
    const std::size_t total = matrix.size() / dimension;
    PositionDecay decay;
    decay.step = (total + most - 1) / most;
    const std::size_t count = (total + decay.step - 1) / decay.step;
    const RowMajor rows = chosenRows(matrix, dimension, decay.step, count);
    const Eigen::VectorXd norms = rows.rowwise().norm();
    // Kept apart by block and added in order, so that the sums are the same on any number of threads.
    std::vector<Sums> blocks((count + blockRows - 1) / blockRows, Sums(0));
    SharedProgress shared(progress, count, "positions");
    pool.parallelFor(
        count, blockRows,
        [&](std::size_t first, std::size_t last) {
            if (!shared.stopRequested()) {
                blocks[first / blockRows] = sumsOf(rows, norms, first, last);
                shared.add(last - first);
            }
        },
        Priority::Normal);
    if (shared.stopRequested()) {
        return cancelled();
    }
    Sums sums(count);
    for (const Sums& block : blocks) {
        for (std::size_t distance = 0; distance < count; ++distance) {
            sums.dot[distance].add(block.dot[distance]);
            sums.cosine[distance].add(block.cosine[distance]);
        }
    }
    for (std::size_t distance = 0; distance < count; ++distance) {
        decay.dot.push_back(sums.dot[distance].value());
        decay.cosine.push_back(sums.cosine[distance].value());
    }
    return decay;
}

}  // namespace lexiscope

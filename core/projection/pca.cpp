// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/pca.h"

#include "core/embedding/table_pass.h"
#include "core/projection/covariance.h"
#include "core/projection/symmetric_eigen.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include <Eigen/Core>

namespace lexiscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t mostComponents = 50;
constexpr std::size_t ratiosGiven = 10;
/// The D × D covariances of this many dimensions take 2 GB.
constexpr std::size_t mostDimensions = 16384;
constexpr std::uint64_t passes = 3;

Error invalid(std::string what, std::string hint) {
    return {ErrorCode::InvalidArgument, {}, std::move(what), std::move(hint)};
}

std::optional<Error> refuse(const EmbeddingTable& table, const PcaOptions& options) {
    if (options.components == 0 || options.components > mostComponents) {
        return invalid("principal components can be computed 1 to 50 at a time, not " +
                           std::to_string(options.components),
                       "ask for two or three");
    }
    if (table.dimension() == 0) {
        return invalid("the vectors have no dimensions, so there is nothing to project", {});
    }
    if (table.dimension() > mostDimensions) {
        return Error{ErrorCode::Unsupported,
                     {},
                     "vectors of " + std::to_string(table.dimension()) +
                         " dimensions are too long for the exact method",
                     "up to 16384 dimensions are projected"};
    }
    return std::nullopt;
}

/// Turns each direction so that its loading of largest magnitude is positive: a picture never flips.
void fixSigns(MatrixXd& directions) {
    for (Index column = 0; column < directions.cols(); ++column) {
        Index largest = 0;
        directions.col(column).cwiseAbs().maxCoeff(&largest);
        if (directions(largest, column) < 0) {
            directions.col(column) *= -1;
        }
    }
}

std::vector<double> ratios(const VectorXd& values, double total) {
    std::vector<double> result;
    for (const double value : values) {
        result.push_back(total > 0 ? std::clamp(value / total, 0.0, 1.0) : 0.0);
    }
    return result;
}

Result<std::vector<float>> coordinates(const EmbeddingTable& table, std::size_t rows, const RowMean& mean,
                                       const MatrixXd& directions, WorkerPool& pool,
                                       SharedProgress& progress) {
    const std::size_t dimension = table.dimension();
    const std::size_t components = static_cast<std::size_t>(directions.cols());
    std::vector<float> result(rows * components, std::numeric_limits<float>::quiet_NaN());
    const Result<Done> passed = visitRows(
        table, rows, rowsOfBytes(dimension, 2 * 1024 * 1024), pool, Priority::Normal, progress,
        [&](const RowBlock& block) {
            VectorXd centred(directions.rows());
            for (std::size_t i = 0; (i + 1) * dimension <= block.values.size(); ++i) {
                const std::size_t row = block.first.value + i;
                if (mean.usable[row] == 0) {
                    continue;
                }
                const Eigen::Map<const Eigen::VectorXf> values(&block.values[i * dimension], centred.size());
                centred = values.cast<double>() - mean.mean;
                Eigen::Map<Eigen::VectorXf> to(&result[row * components], directions.cols());
                to = (directions.transpose() * centred).cast<float>();
            }
        });
    if (!passed.ok()) {
        return passed.error();
    }
    return result;
}

}  // namespace

Result<std::shared_ptr<const PcaResult>> pca(const EmbeddingTable& table, const PcaOptions& options,
                                             WorkerPool& pool, Progress& progress) {
    if (const std::optional<Error> error = refuse(table, options)) {
        return *error;
    }
    auto result = std::make_shared<PcaResult>();
    result->rows = options.firstRows > 0 ? std::min(options.firstRows, table.rows()) : table.rows();
    result->dimension = table.dimension();
    result->components = std::min(options.components, table.dimension());
    SharedProgress shared(progress, passes * result->rows, "row readings");

    const Result<RowMean> mean = meanOfRows(table, result->rows, pool, shared);
    if (!mean.ok()) {
        return mean.error();
    }
    result->rowsLeftOut = result->rows - mean.value().usableRows;
    if (mean.value().usableRows < 2) {
        return invalid("a projection needs at least two rows without NaN, and there are " +
                           std::to_string(mean.value().usableRows),
                       "use more rows");
    }
    const Result<MatrixXd> scatter = scatterMatrix(table, result->rows, mean.value(), pool, shared);
    if (!scatter.ok()) {
        return scatter.error();
    }
    const std::size_t wanted = std::min(std::max(ratiosGiven, result->components), result->dimension);
    const Result<EigenPairs> pairs =
        largestEigenpairs(scatter.value(), wanted, pool, [&shared] { return shared.stopRequested(); });
    if (!pairs.ok()) {
        return pairs.error();
    }
    MatrixXd directions = pairs.value().vectors.leftCols(static_cast<Index>(result->components));
    fixSigns(directions);
    Result<std::vector<float>> projected =
        coordinates(table, result->rows, mean.value(), directions, pool, shared);
    if (!projected.ok()) {
        return projected.error();
    }
    result->mean.assign(mean.value().mean.begin(), mean.value().mean.end());
    result->directions.assign(directions.data(), directions.data() + directions.size());
    result->explainedVarianceRatio = ratios(pairs.value().values, scatter.value().trace());
    result->coordinates = std::move(projected).value();
    return std::shared_ptr<const PcaResult>(std::move(result));
}

}  // namespace lexiscope

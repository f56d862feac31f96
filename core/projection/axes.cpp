// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/axes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>

namespace lexiscope {
namespace {

constexpr std::size_t blockRows = 4096;

bool isFinite(std::span<const float> row) {
    return std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); });
}

/// Calls visit(row, values) for all rows. False when it was stopped.
template <typename Visit>
bool visitRows(const EmbeddingTable& table, Progress& progress, Visit visit) {
    const std::size_t dimension = table.dimension();
    bool stopped = false;
    table.visitBlocks(Row{0}, Row{static_cast<std::uint32_t>(table.rows())}, blockRows,
                      [&](Row first, std::span<const float> values) {
                          for (std::size_t i = 0; i * dimension < values.size(); ++i) {
                              visit(first.value + i, values.subspan(i * dimension, dimension));
                          }
                          stopped = progress.stopRequested();
                          return !stopped;
                      });
    return !stopped;
}

/// Sets mean and rowsLeftOut.
bool takeMean(const EmbeddingTable& table, PcaResult& result, Progress& progress) {
    result.mean.assign(result.dimension, 0);
    const bool finished = visitRows(table, progress, [&](std::size_t, std::span<const float> row) {
        if (!isFinite(row)) {
            ++result.rowsLeftOut;
            return;
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            result.mean[i] += static_cast<double>(row[i]);
        }
    });
    const std::size_t counted = std::max<std::size_t>(result.rows - result.rowsLeftOut, 1);
    for (double& value : result.mean) {
        value /= static_cast<double>(counted);
    }
    return finished;
}

bool takeCoordinates(const EmbeddingTable& table, PcaResult& result, Progress& progress) {
    result.coordinates.assign(result.rows * result.components, std::numeric_limits<float>::quiet_NaN());
    std::vector<double> along(result.components);
    std::vector<double> centred(result.dimension);
    double variance = 0;
    const bool finished = visitRows(table, progress, [&](std::size_t index, std::span<const float> row) {
        if (!isFinite(row)) {
            return;
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            centred[i] = static_cast<double>(row[i]) - result.mean[i];
            variance += centred[i] * centred[i];
        }
        for (std::size_t c = 0; c < result.components; ++c) {
            double sum = 0;
            for (std::size_t i = 0; i < row.size(); ++i) {
                sum += centred[i] * result.directions[c * result.dimension + i];
            }
            result.coordinates[index * result.components + c] = static_cast<float>(sum);
            along[c] += sum * sum;
        }
    });
    for (const double each : along) {
        result.explainedVarianceRatio.push_back(variance > 0 ? each / variance : 0);
    }
    return finished;
}

}  // namespace

Result<std::shared_ptr<const PcaResult>> projectOnAxes(const EmbeddingTable& table, const PcaResult& axes,
                                                       Progress& progress) {
    if (axes.dimension != table.dimension()) {
        return Error{ErrorCode::InvalidArgument, "axes",
                     "are of " + std::to_string(axes.dimension) + " dimensions, the rows of " +
                         std::to_string(table.dimension()),
                     "take axes of vectors of the same model"};
    }
    auto result = std::make_shared<PcaResult>();
    result->rows = table.rows();
    result->dimension = axes.dimension;
    result->components = axes.components;
    result->directions = axes.directions;
    if (!takeMean(table, *result, progress) || !takeCoordinates(table, *result, progress)) {
        return cancelled();
    }
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    return std::shared_ptr<const PcaResult>(std::move(result));
}

void turnLike(PcaResult& result, const PcaResult& reference) {
    if (result.rows != reference.rows) {
        return;
    }
    const std::size_t shared = std::min(result.components, reference.components);
    for (std::size_t c = 0; c < shared; ++c) {
        double product = 0;  // both are centred
        for (std::size_t row = 0; row < result.rows; ++row) {
            const double each = static_cast<double>(result.coordinates[row * result.components + c]) *
                                static_cast<double>(reference.coordinates[row * reference.components + c]);
            product += std::isfinite(each) ? each : 0;
        }
        if (product >= 0) {
            continue;
        }
        for (std::size_t row = 0; row < result.rows; ++row) {
            float& value = result.coordinates[row * result.components + c];
            value = -value;
        }
        for (std::size_t i = 0; i < result.dimension; ++i) {
            double& value = result.directions[c * result.dimension + i];
            value = -value;
        }
    }
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/embedding/table_pass.h"

#include <cstddef>
#include <vector>

#include <Eigen/Core>

namespace lexiscope {

/// The mean of the rows that can be used, and which these are.
struct RowMean {
    Eigen::VectorXd mean;      ///< D
    std::vector<char> usable;  ///< one per row: 1 unless it holds NaN or infinity
    std::size_t usableRows = 0;
};

// Both work on the first `rows` rows, in double precision, in the same order of additions on any number of
// threads.

/// Exact for rows that are all equal. The mean of no usable rows is zero.
Result<RowMean> meanOfRows(const EmbeddingTable& table, std::size_t rows, WorkerPool& pool,
                           SharedProgress& progress);

/// Σ (x - mean)(x - mean)ᵀ over the usable rows: D × D, both triangles. Holds one such matrix and one block
/// of rows.
Result<Eigen::MatrixXd> scatterMatrix(const EmbeddingTable& table, std::size_t rows, const RowMean& mean,
                                      WorkerPool& pool, SharedProgress& progress);

}  // namespace lexiscope

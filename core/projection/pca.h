// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace lexiscope {

struct PcaOptions {
    std::size_t components = 2;  ///< directions wanted; at most min(D, 50)
    std::size_t firstRows = 0;   ///< fit and project these first rows only; 0: all
};

/// Principal components of the rows, mean removed, nothing sampled (Pearson 1901; scikit-learn's PCA with a
/// full solver gives the same up to sign). Each direction's sign is fixed: its loading of largest magnitude
/// is positive.
struct PcaResult {
    std::size_t rows = 0;            ///< rows projected
    std::size_t rowsLeftOut = 0;     ///< rows with NaN or infinity: not in the fit, their coordinates are NaN
    std::size_t dimension = 0;       ///< D
    std::size_t components = 0;      ///< C = min(options.components, D)
    std::vector<double> mean;        ///< D
    std::vector<double> directions;  ///< C × D, row-major, orthonormal
    std::vector<double> explainedVarianceRatio;  ///< of the first min(max(10, C), D) components; zeros when
                                                 ///< all rows are equal
    std::vector<float> coordinates;              ///< rows × C, row-major, in the units of the vectors
};

/// InvalidArgument for zero components or fewer than two usable rows; Cancelled; the table's check().
Result<std::shared_ptr<const PcaResult>> pca(const EmbeddingTable& table, const PcaOptions& options,
                                             WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

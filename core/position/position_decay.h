// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// How alike the vectors of two positions are, by their distance: the mean over all pairs p and p + d. NaN
/// where no pair has a number.
struct PositionDecay {
    std::size_t step = 1;        ///< distances 0, step, 2 · step, …, of every step-th position from 0
    std::vector<double> dot;     ///< pairs whose product is not finite are left out
    std::vector<double> cosine;  ///< so are those with a vector that is all zeros
};

/// `matrix` holds whole rows of `dimension` numbers; of more than `most` positions every second, third … is
/// compared, such that at most `most` are. InvalidArgument for no rows, a dimension or a `most` of 0;
/// Cancelled.
Result<PositionDecay> positionDecay(std::span<const float> matrix, std::size_t dimension, std::size_t most,
                                    WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// The cosine of each position's vector with each other's.
struct PositionSimilarity {
    std::size_t step = 1;       ///< every step-th position, from 0
    std::size_t positions = 0;  ///< N, how many those are
    std::vector<float> values;  ///< N × N, symmetric, in double precision rounded once; NaN where a vector is
                                ///< all zeros or holds NaN or infinity; else the diagonal is exactly 1
    float low = 0;  ///< the least and the largest of them, NaN left out; 0 and 0 if all are NaN
    float high = 0;
};

/// `matrix` holds whole rows of `dimension` numbers. All positions are compared up to `most` of them; of
/// more, every second, third … such that at most `most` are. InvalidArgument for no rows, a dimension or a
/// `most` of 0; Cancelled.
Result<PositionSimilarity> positionSimilarity(std::span<const float> matrix, std::size_t dimension,
                                              std::size_t most, WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

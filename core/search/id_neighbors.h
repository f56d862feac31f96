// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/search/nearest.h"

#include <cstddef>
#include <vector>

namespace lexiscope {

/// The rows beside a row in the table, and those beside it in meaning: each with its cosine to that row, both
/// with the row itself.
struct IdNeighbors {
    std::vector<Neighbor> byId;      ///< rows row - reach … row + reach, as far as the table goes
    std::vector<Neighbor> byVector;  ///< the row, then the 2 × reach nearest ones, best first
    /// Of the others than the row itself; undefined cosines are left out. NaN where none is left.
    double meanById = 0;
    double meanByVector = 0;
};

/// Exact, over all rows. Cosines with rows of zeros, or of NaN or infinity, are NaN. InvalidArgument when the
/// row itself is such a one, or `reach` is 0; Cancelled; the table's check(). `row` lies in the table.
Result<IdNeighbors> idNeighbors(const EmbeddingTable& table, Row row, std::size_t reach, WorkerPool& pool,
                                Progress& progress);

}  // namespace lexiscope

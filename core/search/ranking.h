// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"
#include "core/search/nearest.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// The true score lies between these. Both NaN: undefined.
struct ScoreBounds {
    double lower = 0;
    double upper = 0;
};

/// What rows are ranked by; larger is better. Used by several threads at once.
class RowScorer {
  public:
    virtual ~RowScorer() = default;

    /// Quick bounds of the scores of consecutive rows; values holds out.size() rows.
    virtual void bounds(Row first, std::span<const float> values, std::span<ScoreBounds> out) const = 0;
    /// In double precision; not finite: undefined.
    virtual double exact(std::span<const float> row) const = 0;
};

struct RankingQuery {
    std::size_t k = 0;
    std::vector<Row> excluded;
    std::size_t restrictTo = 0;  ///< only rows below this are candidates; 0: all
};

/// The k rows with the largest exact score, best first, equal scores in row order; undefined ones are left
/// out. One pass over the table keeps the rows whose bounds reach those of the k best; only these are then
/// scored exactly. Cancelled, or the table's check().
Result<std::vector<Neighbor>> rankRows(const EmbeddingTable& table, const RowScorer& scorer,
                                       const RankingQuery& query, WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace lexiscope {

enum class Metric { Cosine, Euclidean, Dot };
std::string_view name(Metric metric);  // "cosine"

struct Neighbor {
    Row row;
    double score =
        0;  ///< cosine or dot product, larger is nearer; for Euclidean the distance, smaller is nearer
    bool operator==(const Neighbor&) const = default;
};

/// The Euclidean norm of each row, prepared once for faster cosine and Euclidean queries. 0 for rows of
/// zeros; NaN for rows that hold NaN or infinity.
class RowNorms {
  public:
    /// Cancelled, or the table's check().
    static Result<std::shared_ptr<const RowNorms>> compute(const EmbeddingTable& table, WorkerPool& pool,
                                                           Progress& progress);
    std::span<const float> values() const { return m_values; }

  private:
    std::vector<float> m_values;
};

struct NearestQuery {
    std::vector<float> vector;  ///< D numbers
    Metric metric = Metric::Cosine;
    std::size_t k = 10;          ///< how many; fewer come back when there are fewer
    std::vector<Row> excluded;   ///< left out of the answer: the query's own rows
    std::size_t restrictTo = 0;  ///< only rows below this are candidates; 0: all
};

/// Exact: every row is compared, nothing is sampled. Best first; equal scores in row order. Scores of the
/// answer are computed in double precision from the table's own numbers. Rows whose score is undefined (zero
/// rows under cosine, NaN rows) come after all others and are left out of the answer. `norms` may be null:
/// they are then computed on the way. InvalidArgument when the vector's size is not D, when it holds NaN
/// or infinity, or for cosine when it is a zero vector; Cancelled, or the table's check().
Result<std::vector<Neighbor>> nearest(const EmbeddingTable& table, const RowNorms* norms,
                                      const NearestQuery& query, WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/id_neighbors.h"

#include "core/embedding/distances.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

double meanOfOthers(const std::vector<Neighbor>& neighbors, Row row) {
    double sum = 0;
    std::size_t count = 0;
    for (const Neighbor& neighbor : neighbors) {
        if (neighbor.row != row && !std::isnan(neighbor.score)) {
            sum += neighbor.score;
            ++count;
        }
    }
    return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(count);
}

}  // namespace

Result<IdNeighbors> idNeighbors(const EmbeddingTable& table, Row row, std::size_t reach, WorkerPool& pool,
                                Progress& progress) {
    assert(row.value < table.rows());
    if (reach == 0) {
        return Error{ErrorCode::InvalidArgument, "neighbours by ID", "a reach of 0 holds none",
                     "take at least 1"};
    }
    NearestQuery query;
    query.vector = table.row(row);
    query.k = 2 * reach;
    query.excluded = {row};
    Result<std::vector<Neighbor>> nearestRows = nearest(table, nullptr, query, pool, progress);
    if (!nearestRows.ok()) {
        return nearestRows.error();
    }
    IdNeighbors neighbors;
    neighbors.byVector = std::move(nearestRows).value();
    neighbors.byVector.insert(neighbors.byVector.begin(), {row, 1});
    const std::size_t first = row.value - std::min<std::size_t>(row.value, reach);
    const std::size_t end = std::min(table.rows(), row.value + reach + 1);
    for (std::size_t id = first; id < end; ++id) {
        const Row other{static_cast<std::uint32_t>(id)};
        neighbors.byId.push_back({other, other == row ? 1 : cosine(query.vector, table.row(other))});
    }
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    neighbors.meanById = meanOfOthers(neighbors.byId, row);
    neighbors.meanByVector = meanOfOthers(neighbors.byVector, row);
    return neighbors;
}

}  // namespace lexiscope

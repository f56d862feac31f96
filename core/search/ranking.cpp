// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/ranking.h"

#include "core/embedding/table_pass.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <mutex>

namespace lexiscope {
namespace {

constexpr std::size_t pieceBytes = 2 * 1024 * 1024;
constexpr double nothing = -std::numeric_limits<double>::infinity();

struct Candidate {
    Row row;
    ScoreBounds bounds;
};

/// The rows that may still be among the k best. Its floor is a score that k rows are known to reach: what
/// cannot reach it is dropped.
class Candidates {
  public:
    explicit Candidates(std::size_t k) : m_k(k), m_pruneAt(2 * k + 1024) {}

    double floor() const { return m_floor.load(std::memory_order_relaxed); }

    void add(const std::vector<Candidate>& some) {
        const std::lock_guard lock(m_mutex);
        m_candidates.insert(m_candidates.end(), some.begin(), some.end());
        if (m_candidates.size() >= m_pruneAt) {
            prune();
            m_pruneAt = std::max(m_pruneAt, 2 * m_candidates.size());
        }
    }

    std::vector<Candidate> take() {
        const std::lock_guard lock(m_mutex);
        prune();
        return std::move(m_candidates);
    }

  private:
    void prune() {
        if (m_candidates.size() <= m_k) {
            return;
        }
        std::vector<double> lowers;
        lowers.reserve(m_candidates.size());
        for (const Candidate& candidate : m_candidates) {
            lowers.push_back(candidate.bounds.lower);
        }
        const auto kth = lowers.begin() + static_cast<std::ptrdiff_t>(m_k - 1);
        std::nth_element(lowers.begin(), kth, lowers.end(), std::greater<>());
        const double floor = std::max(m_floor.load(std::memory_order_relaxed), *kth);
        m_floor.store(floor, std::memory_order_relaxed);
        std::erase_if(m_candidates,
                      [floor](const Candidate& candidate) { return candidate.bounds.upper < floor; });
    }

    std::size_t m_k;
    std::size_t m_pruneAt;
    std::atomic<double> m_floor = nothing;
    std::mutex m_mutex;
    std::vector<Candidate> m_candidates;
};

void offerBlock(const RowScorer& scorer, std::size_t dimension, const std::vector<Row>& excluded,
                const RowBlock& block, Candidates& candidates) {
    std::vector<ScoreBounds> bounds(block.values.size() / dimension);
    scorer.bounds(block.first, block.values, bounds);
    const double floor = candidates.floor();
    std::vector<Candidate> reaching;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (!(bounds[i].upper >= floor)) {  // NaN reaches nothing
            continue;
        }
        const Row row{block.first.value + static_cast<std::uint32_t>(i)};
        if (!std::binary_search(excluded.begin(), excluded.end(), row)) {
            reaching.push_back({row, bounds[i]});
        }
    }
    if (!reaching.empty()) {
        candidates.add(reaching);
    }
}

void scoreExactly(const EmbeddingTable& table, const RowScorer& scorer, std::vector<Neighbor>& rows,
                  WorkerPool& pool, SharedProgress& progress) {
    const std::size_t grain = rowsOfBytes(table.dimension(), pieceBytes);
    pool.parallelFor(rows.size(), grain, [&](std::size_t first, std::size_t last) {
        if (progress.stopRequested()) {
            return;
        }
        std::vector<float> values(table.dimension());
        for (std::size_t i = first; i < last; ++i) {
            table.widen(rows[i].row, 1, values);
            rows[i].score = scorer.exact(values);
        }
    });
}

bool better(const Neighbor& a, const Neighbor& b) {
    return a.score != b.score ? a.score > b.score : a.row < b.row;
}

}  // namespace

Result<std::vector<Neighbor>> rankRows(const EmbeddingTable& table, const RowScorer& scorer,
                                       const RankingQuery& query, WorkerPool& pool, Progress& progress) {
    const std::size_t rows = query.restrictTo > 0 ? std::min(query.restrictTo, table.rows()) : table.rows();
    const std::size_t k = std::min(query.k, rows);
    if (k == 0 || table.dimension() == 0) {
        return std::vector<Neighbor>{};
    }
    std::vector<Row> excluded = query.excluded;
    std::sort(excluded.begin(), excluded.end());
    Candidates candidates(k);
    SharedProgress shared(progress, rows, "rows");
    const Result<Done> passed = visitRows(
        table, rows, rowsOfBytes(table.dimension(), pieceBytes), pool, Priority::Interactive, shared,
        [&](const RowBlock& block) { offerBlock(scorer, table.dimension(), excluded, block, candidates); });
    if (!passed.ok()) {
        return passed.error();
    }
    std::vector<Neighbor> best;
    for (const Candidate& candidate : candidates.take()) {
        best.push_back({candidate.row, 0});
    }
    scoreExactly(table, scorer, best, pool, shared);
    if (shared.stopRequested()) {
        return cancelled();
    }
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    std::erase_if(best, [](const Neighbor& neighbor) { return !std::isfinite(neighbor.score); });
    const auto end = best.begin() + static_cast<std::ptrdiff_t>(std::min(k, best.size()));
    std::partial_sort(best.begin(), end, best.end(), better);
    best.erase(end, best.end());
    return best;
}

}  // namespace lexiscope

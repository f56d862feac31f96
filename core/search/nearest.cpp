// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nearest.h"

#include "core/embedding/distances.h"
#include "core/search/float_kernels.h"
#include "core/search/ranking.h"
#include "core/search/unit_vector.h"

#include <cmath>
#include <limits>
#include <string>

namespace lexiscope {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

ScoreBounds exactBounds(double score) {
    const double bound = std::isfinite(score) ? score : undefined;
    return {bound, bound};
}

bool isSafe(float square) {
    return square >= smallestSafeSquare && square <= largestSafeSquare;  // false for NaN
}

/// Shared by the scorers: one row after the other.
template <typename BoundsOfRow>
void forRows(std::span<const float> values, std::span<ScoreBounds> out, const BoundsOfRow& boundsOfRow) {
    const std::size_t dimension = values.size() / out.size();
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = boundsOfRow(i, values.subspan(i * dimension, dimension));
    }
}

class CosineScorer final : public RowScorer {
  public:
    CosineScorer(std::span<const float> query, std::vector<float> unit, std::span<const float> norms)
        : m_query(query), m_unit(std::move(unit)), m_norms(norms), m_error(sumError(query.size())) {}

    void bounds(Row first, std::span<const float> values, std::span<ScoreBounds> out) const override {
        if (m_norms.empty()) {
            forRows(values, out, [this](std::size_t, std::span<const float> row) {
                const DotAndSquare sums = fastDotAndSquare(row.data(), m_unit.data(), row.size());
                return isSafe(sums.square) ? around(sums.dot / std::sqrt(sums.square))
                                           : exactBounds(exact(row));
            });
            return;
        }
        const std::span<const float> norms = m_norms.subspan(first.value, out.size());
        forRows(values, out, [this, norms](std::size_t i, std::span<const float> row) {
            const float dot = fastDot(row.data(), m_unit.data(), row.size());
            return isSafe(norms[i] * norms[i]) ? around(dot / norms[i]) : exactBounds(exact(row));
        });
    }

    double exact(std::span<const float> row) const override { return cosine(m_query, row); }

  private:
    ScoreBounds around(float score) const { return {score - m_error, score + m_error}; }

    std::span<const float> m_query;
    std::vector<float> m_unit;
    std::span<const float> m_norms;
    double m_error;
};

class DotScorer final : public RowScorer {
  public:
    DotScorer(std::span<const float> query, std::vector<float> unit)
        : m_query(query), m_unit(std::move(unit)), m_length(norm(query)), m_error(sumError(query.size())) {}

    void bounds(Row, std::span<const float> values, std::span<ScoreBounds> out) const override {
        forRows(values, out, [this](std::size_t, std::span<const float> row) -> ScoreBounds {
            const DotAndSquare sums = fastDotAndSquare(row.data(), m_unit.data(), row.size());
            if (!isSafe(sums.square)) {
                return exactBounds(exact(row));
            }
            const double score = m_length * static_cast<double>(sums.dot);
            const double error = m_length * m_error * std::sqrt(static_cast<double>(sums.square));
            return {score - error, score + error};
        });
    }

    double exact(std::span<const float> row) const override { return dot(m_query, row); }

  private:
    std::span<const float> m_query;
    std::vector<float> m_unit;
    double m_length;
    double m_error;
};

/// Scored by the negative distance.
class EuclideanScorer final : public RowScorer {
  public:
    explicit EuclideanScorer(std::span<const float> query)
        : m_query(query), m_error(sumError(query.size())) {}

    void bounds(Row, std::span<const float> values, std::span<ScoreBounds> out) const override {
        forRows(values, out, [this](std::size_t, std::span<const float> row) -> ScoreBounds {
            const float square = fastSquaredDistance(row.data(), m_query.data(), row.size());
            if (!isSafe(square)) {
                return exactBounds(exact(row));
            }
            const double distance = std::sqrt(static_cast<double>(square));
            return {-distance * (1 + m_error), -distance * (1 - m_error)};
        });
    }

    double exact(std::span<const float> row) const override { return -euclidean(m_query, row); }

  private:
    std::span<const float> m_query;
    double m_error;
};

}  // namespace

std::string_view name(Metric metric) {
    switch (metric) {
        case Metric::Cosine:
            return "cosine";
        case Metric::Euclidean:
            return "euclidean";
        case Metric::Dot:
            return "dot";
    }
    return {};
}

Result<std::vector<Neighbor>> nearest(const EmbeddingTable& table, const RowNorms* norms,
                                      const NearestQuery& query, WorkerPool& pool, Progress& progress) {
    if (query.vector.size() != table.dimension()) {
        return Error{ErrorCode::InvalidArgument,
                     {},
                     "the vector has " + std::to_string(query.vector.size()) +
                         " numbers, but the model has " + std::to_string(table.dimension()) + " dimensions",
                     "give as many numbers as the model has dimensions"};
    }
    const double length = norm(query.vector);
    if (!std::isfinite(length)) {
        return Error{ErrorCode::InvalidArgument,
                     {},
                     "the vector holds NaN or infinity, so nothing is near to it or far from it",
                     "take another token"};
    }
    if (length == 0 && query.metric == Metric::Cosine) {
        return Error{ErrorCode::InvalidArgument,
                     {},
                     "all numbers of the vector are zero, so it has no direction to compare",
                     "compare by Euclidean distance"};
    }
    const RankingQuery ranking = {query.k, query.excluded, query.restrictTo};
    switch (query.metric) {
        case Metric::Euclidean: {
            Result<std::vector<Neighbor>> ranked =
                rankRows(table, EuclideanScorer(query.vector), ranking, pool, progress);
            if (ranked.ok()) {
                for (Neighbor& neighbor : ranked.value()) {
                    neighbor.score = std::abs(neighbor.score);
                }
            }
            return ranked;
        }
        case Metric::Dot:
            return rankRows(table, DotScorer(query.vector, unitVector(query.vector)), ranking, pool,
                            progress);
        case Metric::Cosine:
            break;
    }
    const std::span<const float> known = norms != nullptr ? norms->values() : std::span<const float>{};
    return rankRows(table, CosineScorer(query.vector, unitVector(query.vector), known), ranking, pool,
                    progress);
}

}  // namespace lexiscope

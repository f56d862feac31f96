// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analogy.h"

#include "core/embedding/distances.h"
#include "core/search/float_kernels.h"
#include "core/search/ranking.h"
#include "core/search/unit_vector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

/// Keeps the quotient of 3CosMul finite (Levy & Goldberg 2014, section 5).
constexpr double epsilon = 1e-6;

using Vectors = std::vector<std::vector<float>>;

Error invalid(std::string where, std::string what, std::string hint) {
    return {ErrorCode::InvalidArgument, std::move(where), std::move(what), std::move(hint)};
}

/// The rows' own numbers, each with a direction.
Result<Vectors> readDirections(const EmbeddingTable& table, std::span<const Row> rows) {
    Vectors vectors;
    for (const Row row : rows) {
        if (row.value >= table.rows()) {
            return invalid("row " + std::to_string(row.value), "there is no such row",
                           "rows are numbered from 0 to " + std::to_string(table.rows()) +
                               ", the last one not included");
        }
        vectors.push_back(table.row(row));
        const double length = norm(vectors.back());
        if (!(length > 0) || !std::isfinite(length)) {
            return invalid("row " + std::to_string(row.value),
                           length == 0 ? "all its numbers are zero, so it has no direction"
                                       : "it holds NaN or infinity, so it has no direction",
                           "leave this token out");
        }
    }
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    return vectors;
}

void addUnit(std::vector<double>& sum, std::span<const float> vector, double weight) {
    const double scale = weight / norm(vector);
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += scale * static_cast<double>(vector[i]);
    }
}

double length(const std::vector<double>& vector) {
    double square = 0;
    for (const double value : vector) {
        square += value * value;
    }
    return std::sqrt(square);
}

/// 3CosMul of each row. A cosine known to within an error gives bounds of each factor, and those the bounds
/// of the quotient.
class MultiplyScorer final : public RowScorer {
  public:
    MultiplyScorer(Vectors positive, Vectors negative)
        : m_positive(std::move(positive)),
          m_negative(std::move(negative)),
          m_error(sumError(m_positive[0].size())) {
        for (const std::vector<float>& vector : m_positive) {
            m_positiveUnits.push_back(unitVector(vector));
        }
        for (const std::vector<float>& vector : m_negative) {
            m_negativeUnits.push_back(unitVector(vector));
        }
    }

    void bounds(Row, std::span<const float> values, std::span<ScoreBounds> out) const override {
        const std::size_t dimension = values.size() / out.size();
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = boundsOf(values.subspan(i * dimension, dimension));
        }
    }

    double exact(std::span<const float> row) const override {
        double above = 1;
        double below = 1;
        for (const std::vector<float>& vector : m_positive) {
            above *= (1 + cosine(vector, row)) / 2;
        }
        for (const std::vector<float>& vector : m_negative) {
            below *= (1 + cosine(vector, row)) / 2;
        }
        return above / (below + epsilon);
    }

  private:
    ScoreBounds boundsOf(std::span<const float> row) const {
        const float square = fastDot(row.data(), row.data(), row.size());
        if (!(square >= smallestSafeSquare && square <= largestSafeSquare)) {
            const double score = exact(row);
            const double bound = std::isfinite(score) ? score : std::numeric_limits<double>::quiet_NaN();
            return {bound, bound};
        }
        const ScoreBounds above = product(m_positiveUnits, row, std::sqrt(square));
        const ScoreBounds below = product(m_negativeUnits, row, std::sqrt(square));
        return {above.lower / (below.upper + epsilon), above.upper / (below.lower + epsilon)};
    }

    ScoreBounds product(const Vectors& units, std::span<const float> row, float rowNorm) const {
        ScoreBounds bounds = {1, 1};
        for (const std::vector<float>& unit : units) {
            const double cosine = fastDot(row.data(), unit.data(), row.size()) / rowNorm;
            bounds.lower *= std::max(0.0, (1 + cosine - m_error) / 2);
            bounds.upper *= std::max(0.0, (1 + cosine + m_error) / 2);
        }
        return bounds;
    }

    Vectors m_positive;
    Vectors m_negative;
    Vectors m_positiveUnits;
    Vectors m_negativeUnits;
    double m_error;
};

Result<std::vector<Neighbor>> addAnalogy(const EmbeddingTable& table, const RowNorms* norms,
                                         const Vectors& positive, const Vectors& negative,
                                         RankingQuery ranking, WorkerPool& pool, Progress& progress) {
    std::vector<double> sum(table.dimension(), 0.0);
    for (const std::vector<float>& vector : positive) {
        addUnit(sum, vector, 1);
    }
    for (const std::vector<float>& vector : negative) {
        addUnit(sum, vector, -1);
    }
    const double sumLength = length(sum);
    // Below this, what is left of the sum is rounding of the unit vectors and points nowhere.
    if (sumLength < 1e-12) {
        return invalid({}, "the vectors cancel each other out, so their mean has no direction",
                       "take out tokens that are both added and subtracted");
    }
    NearestQuery query;
    for (const double value : sum) {
        query.vector.push_back(static_cast<float>(value / sumLength));
    }
    query.k = ranking.k;
    query.excluded = std::move(ranking.excluded);
    return nearest(table, norms, query, pool, progress);
}

}  // namespace

Result<std::vector<Neighbor>> analogy(const EmbeddingTable& table, const RowNorms* norms,
                                      std::span<const Row> positive, std::span<const Row> negative,
                                      AnalogyMethod method, std::size_t k, WorkerPool& pool,
                                      Progress& progress) {
    if (positive.empty() && (negative.empty() || method == AnalogyMethod::Multiply)) {
        return invalid({}, "an analogy needs at least one token to add",
                       "name the tokens to add, then those to subtract");
    }
    Result<Vectors> added = readDirections(table, positive);
    if (!added.ok()) {
        return added.error();
    }
    Result<Vectors> subtracted = readDirections(table, negative);
    if (!subtracted.ok()) {
        return subtracted.error();
    }
    RankingQuery ranking;
    ranking.k = k;
    ranking.excluded.assign(positive.begin(), positive.end());
    ranking.excluded.insert(ranking.excluded.end(), negative.begin(), negative.end());
    if (method == AnalogyMethod::Add) {
        return addAnalogy(table, norms, added.value(), subtracted.value(), std::move(ranking), pool,
                          progress);
    }
    const MultiplyScorer scorer(std::move(added).value(), std::move(subtracted).value());
    return rankRows(table, scorer, ranking, pool, progress);
}

Result<std::vector<double>> centralities(const EmbeddingTable& table, std::span<const Row> rows) {
    if (rows.size() < 2) {
        return invalid({}, "the odd one out needs at least two tokens", "name more tokens");
    }
    const Result<Vectors> vectors = readDirections(table, rows);
    if (!vectors.ok()) {
        return vectors.error();
    }
    std::vector<double> sum(table.dimension(), 0.0);
    for (const std::vector<float>& vector : vectors.value()) {
        addUnit(sum, vector, 1);
    }
    const double sumLength = length(sum);
    std::vector<double> result;
    for (const std::vector<float>& vector : vectors.value()) {
        double dotWithSum = 0;
        for (std::size_t i = 0; i < sum.size(); ++i) {
            dotWithSum += static_cast<double>(vector[i]) * sum[i];
        }
        result.push_back(sumLength > 0 ? dotWithSum / (norm(vector) * sumLength) : 0.0);
    }
    return result;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/nearest.h"

#include <span>
#include <vector>

namespace lexiscope {

enum class AnalogyMethod {
    Add,  ///< 3CosAdd (Mikolov et al. 2013): rows nearest to the mean of the unit vectors, negatives with
          ///< weight -1
    Multiply,  ///< 3CosMul (Levy & Goldberg 2014): Π((1+cos)/2 of positives) / (Π((1+cos)/2 of negatives) +
               ///< 1e-6)
};

/// positive - negative, as gensim's most_similar and most_similar_cosmul: input rows are left out of the
/// answer. InvalidArgument when both lists are empty, for Multiply when `positive` is, when a row is not in
/// the table, is a zero vector or holds NaN, or for Add when the vectors cancel each other out.
Result<std::vector<Neighbor>> analogy(const EmbeddingTable& table, const RowNorms* norms,
                                      std::span<const Row> positive, std::span<const Row> negative,
                                      AnalogyMethod method, std::size_t k, WorkerPool& pool,
                                      Progress& progress);

/// Cosine of each row's unit vector with the unit mean of all of them, in the order given, as gensim's
/// doesnt_match; the odd one out is the lowest. All 0 when the mean is a zero vector. InvalidArgument for
/// fewer than two rows, and for a row that is not in the table, is a zero vector or holds NaN.
Result<std::vector<double>> centralities(const EmbeddingTable& table, std::span<const Row> rows);

}  // namespace lexiscope

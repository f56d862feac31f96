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
/// answer. InvalidArgument when both lists are empty, for Multiply when `positive` is, or when a row is a
/// zero vector.
Result<std::vector<Neighbor>> analogy(const EmbeddingTable& table, const RowNorms* norms,
                                      std::span<const Row> positive, std::span<const Row> negative,
                                      AnalogyMethod method, std::size_t k, WorkerPool& pool,
                                      Progress& progress);

/// Cosine of each row's unit vector with the unit mean of all of them, in the order given, as gensim's
/// doesnt_match; the odd one out is the lowest. InvalidArgument for fewer than two rows.
Result<std::vector<double>> centralities(const EmbeddingTable& table, std::span<const Row> rows);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/compare/shared_words.h"
#include "core/embedding/embedding_table.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// The vectors of some words of one model, in the order of the words: copies, as floats.
struct SharedVectors {
    std::size_t count = 0;
    std::size_t dimension = 0;
    std::vector<float> values;  ///< count × dimension, row-major
    std::vector<double> norms;  ///< count; finite and above 0

    std::span<const float> at(std::size_t word) const {
        return std::span(values).subspan(word * dimension, dimension);
    }
};

/// cosine() of two of the words.
double cosineOf(const SharedVectors& vectors, std::size_t a, std::size_t b);

struct WordPairVectors {
    std::vector<SharedWord> words;  ///< those with a direction in both models
    std::size_t leftOut = 0;  ///< the others: a row of zeros, or one with NaN or infinity, in either model
    SharedVectors first;
    SharedVectors second;
};

/// Copies the rows of the words out of both tables. Cancelled, or a table's check().
Result<WordPairVectors> vectorsOf(const std::vector<SharedWord>& words, const EmbeddingTable& first,
                                  const EmbeddingTable& second, WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

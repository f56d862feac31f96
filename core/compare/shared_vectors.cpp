// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/shared_vectors.h"

#include "core/embedding/distances.h"
#include "core/embedding/table_pass.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {
namespace {

constexpr std::size_t wordsPerPiece = 256;

bool hasDirection(double norm) {
    return std::isfinite(norm) && norm > 0;
}

/// Rows as they lie in the table, and their norms; false once it was asked to stop.
bool copyRows(const EmbeddingTable& table, const std::vector<SharedWord>& words, Row SharedWord::*row,
              WorkerPool& pool, SharedProgress& progress, SharedVectors& to) {
    to.count = words.size();
    to.dimension = table.dimension();
    to.values.resize(to.count * to.dimension);
    to.norms.resize(to.count);
    pool.parallelFor(
        words.size(), wordsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end && !progress.stopRequested(); ++i) {
                const std::span<float> copy = std::span(to.values).subspan(i * to.dimension, to.dimension);
                table.widen(words[i].*row, 1, copy);
                to.norms[i] = norm(copy);
            }
        },
        Priority::Normal);
    return !progress.stopRequested();
}

/// Closes the gaps that words left out leave behind.
void keepOnly(const std::vector<char>& isKept, std::size_t kept, SharedVectors& vectors) {
    std::size_t to = 0;
    for (std::size_t from = 0; from < vectors.count; ++from) {
        if (isKept[from] == 0) {
            continue;
        }
        if (to != from) {
            const std::span<const float> row = vectors.at(from);
            std::copy(row.begin(), row.end(),
                      vectors.values.begin() + static_cast<std::ptrdiff_t>(to * vectors.dimension));
            vectors.norms[to] = vectors.norms[from];
        }
        ++to;
    }
    vectors.count = kept;
    vectors.values.resize(kept * vectors.dimension);
    vectors.norms.resize(kept);
}

}  // namespace

double cosineOf(const SharedVectors& vectors, std::size_t a, std::size_t b) {
    return std::clamp(dot(vectors.at(a), vectors.at(b)) / (vectors.norms[a] * vectors.norms[b]), -1.0, 1.0);
}

Result<WordPairVectors> vectorsOf(const std::vector<SharedWord>& words, const EmbeddingTable& first,
                                  const EmbeddingTable& second, WorkerPool& pool, Progress& progress) {
    WordPairVectors pair;
    SharedProgress shared(progress, words.size(), "words");
    if (!copyRows(first, words, &SharedWord::first, pool, shared, pair.first) ||
        !copyRows(second, words, &SharedWord::second, pool, shared, pair.second)) {
        return cancelled();
    }
    for (const EmbeddingTable* table : {&first, &second}) {
        if (const Result<Done> read = table->check(); !read.ok()) {
            return read.error();
        }
    }
    std::vector<char> isKept(words.size(), 0);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (hasDirection(pair.first.norms[i]) && hasDirection(pair.second.norms[i])) {
            isKept[i] = 1;
            pair.words.push_back(words[i]);
        }
    }
    pair.leftOut = words.size() - pair.words.size();
    keepOnly(isKept, pair.words.size(), pair.first);
    keepOnly(isKept, pair.words.size(), pair.second);
    return pair;
}

}  // namespace lexiscope

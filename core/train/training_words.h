// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/vocabulary.h"
#include "core/train/corpus.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lexiscope {

/// The words of a corpus that are learned, the most frequent first; equally frequent ones by their bytes.
struct TrainingWords {
    Vocabulary vocabulary;
    std::vector<std::uint64_t> counts;  ///< of each row, falling
    std::uint64_t total = 0;            ///< sum of the counts
    std::uint64_t distinct = 0;         ///< words met, rare ones included
    std::uint64_t words = 0;            ///< how often any word was met
    std::uint64_t brokenBytes = 0;      ///< bytes that are no UTF-8 (see WordCursor)
};

struct WordChoice {
    std::uint64_t minCount = 5;  ///< rarer words are left out; at least 1
    std::size_t most = 0;        ///< the most frequent so many, at least 2; 0: all
};

/// Counts the words of the corpus. Broken when fewer than two are left to learn, and with what to do about
/// it; Cancelled; the corpus' check(). Reports bytes.
Result<TrainingWords> countWords(const Corpus& corpus, const WordChoice& choice, WorkerPool& pool,
                                 Progress& progress);

}  // namespace lexiscope

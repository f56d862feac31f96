// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/tokenize/normalizer.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/train/piece_counts.h"

namespace lexiscope {

/// The pieces that the first two stages of a tokenizer make of words, each word looked at once, and how often
/// each was met. Either stage may be null. Their order is not the same each time. The stages' errors;
/// Cancelled. Reports words.
Result<PieceCounts> prepareWords(const PieceCounts& words, const NormalizerPtr& normalizer,
                                 const PreTokenizerPtr& preTokenizer, WorkerPool& pool, Progress& progress);

/// A character, as UTF-8, and how often it was met.
struct CountedCharacter {
    std::string text;
    std::uint64_t count = 0;
};

/// The characters of these pieces, the most frequent first, of equally frequent ones that of the lower code
/// point. Bytes that are no UTF-8 are left out.
std::vector<CountedCharacter> charactersOf(const PieceCounts& pieces);

}  // namespace lexiscope

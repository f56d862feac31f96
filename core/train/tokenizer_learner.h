// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/tokenize/normalizer.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/train/corpus.h"
#include "core/train/piece_counts.h"
#include "core/train/tokenizer_training.h"

namespace lexiscope {

/// The first two stages of the tokenizers learned here. Bpe: neither, for it learns from the pieces of a
/// split scheme. WordPiece: BertNormalizer and BertPreTokenizer. Unigram: NFKC, then words, each with "▁"
/// before it.
NormalizerPtr normalizerOf(const TokenizerTrainingOptions& options);
PreTokenizerPtr preTokenizerOf(const TokenizerTrainingOptions& options);

/// What the text is made of: the pieces of the split scheme for Bpe, the words between white space for the
/// others. The errors of countPieces().
Result<PieceCounts> countForTokenizer(const Corpus& corpus, const TokenizerTrainingOptions& options,
                                      WorkerPool& pool, Progress& progress);

/// Learns a tokenizer from what countForTokenizer() has counted. The result follows from text and options
/// alone, whatever the threads.
///
/// - Bpe begins with the 256 bytes, in the order of GPT-2's alphabet, and merges as PairMerging says.
/// - WordPiece merges likewise, as Hugging Face's trainer does (what the original maximizes was never
///   published): characters that go on within a word are symbols of their own, "##a". The alphabet are the
///   most frequent characters, 1,000 at most and a quarter of the vocabulary; words with other characters
///   teach nothing, for they will be unknown as a whole.
/// - Unigram: see learnUnigram().
///
/// InvalidArgument (see validate()); Broken when the text is too large or has nothing to learn from;
/// Cancelled. Reports merges or rounds. `watcher` may be null.
Result<LearnedTokenizer> learnTokenizer(const PieceCounts& counts, const TokenizerTrainingOptions& options,
                                        TokenizerWatcher* watcher, WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

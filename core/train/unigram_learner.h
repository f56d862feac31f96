// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/train/piece_counts.h"
#include "core/train/tokenizer_training.h"

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {

struct UnigramLearning {
    std::size_t pieces = 0;             ///< wanted, single characters included; at least 16
    double characterCoverage = 0.9995;  ///< the most frequent characters that make up so much of the text
    std::size_t longestPiece = 16;      ///< characters
    std::size_t mostSeeds = 1'000'000;  ///< strings to begin with
    double shrinking = 0.75;            ///< what a round leaves, until the wanted number is near
    std::size_t steps = 2;              ///< of expectation and maximization in a round
};

/// Learns the pieces of a unigram language model of words (Kudo, Subword Regularization, 2018, section 3.2;
/// as SentencePiece's trainer goes about it, whose figures are the defaults above):
///
/// 1. The alphabet are the most frequent characters that cover `characterCoverage` of the text, at most half
///    of the pieces. The first pieces are these and the `mostSeeds` frequentStrings() of the words.
/// 2. Expectation: how often each piece is met over all ways to tell the words. Maximization: its
///    log-probability becomes digamma(count) - digamma(sum of counts); a longer one met less than half a time
///    goes.
/// 3. A piece whose own text is told better without it goes; of the others those go whose loss costs the text
///    the least probability, count × (log p - log p of the most probable other way), until `shrinking` of
///    them are left, or a tenth more than wanted. Single characters stay. Then 2. again.
/// 4. At the end all single characters, and the most probable others.
///
/// All sums are of whole numbers, millionths of a count, so that the same words give the same pieces whatever
/// the threads. Cancelled. Broken where no character is left. Reports rounds. `watcher` may be null.
///
/// The pieces with their scores, the most probable first, of equally probable ones by their text.
Result<std::vector<std::pair<std::string, double>>> learnUnigram(const PieceCounts& words,
                                                                 const UnigramLearning& options,
                                                                 TokenizerWatcher* watcher, WorkerPool& pool,
                                                                 Progress& progress);

/// The derivative of log Γ(x), x > 0, within 1e-12 (Abramowitz & Stegun 6.3.5 and 6.3.18).
double digamma(double x);

}  // namespace lexiscope

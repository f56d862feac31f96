// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/train/corpus.h"

#include <cstddef>
#include <cstdint>

namespace lexiscope {

enum class WordModel : std::uint8_t {
    SkipGram,  ///< each word of the context predicts the word in the middle
    Cbow,      ///< their mean predicts it (continuous bag of words)
};

inline constexpr std::size_t mostTrainingDimensions = 8192;
inline constexpr std::size_t mostTrainingWindow = 1000;
inline constexpr std::size_t mostTrainingNegatives = 1000;
inline constexpr std::size_t mostTrainingEpochs = 10'000;
inline constexpr std::size_t mostTrainingThreads = 1024;

/// How word vectors are learned; names as in word2vec.
struct WordTrainingOptions {
    WordModel model = WordModel::SkipGram;
    std::size_t dimension = 100;  ///< numbers a word: 1 … mostTrainingDimensions
    /// Words to each side, at most: 1 … mostTrainingWindow; how many is drawn for each word.
    std::size_t window = 5;
    std::size_t negatives = 5;   ///< words drawn against each right one: 1 … mostTrainingNegatives
    std::size_t epochs = 5;      ///< passes over the text: 1 … mostTrainingEpochs
    std::uint64_t minCount = 5;  ///< words met less often are left out; at least 1
    std::size_t mostWords = 0;   ///< learn the most frequent so many, at least 2; 0: all
    /// Of words that make up a larger share of the text than this some are passed over, drawn anew each time;
    /// 0: none. At most 1.
    double sample = 1e-4;
    /// Of learning, at the start; it falls evenly to a ten-thousandth. 0: as word2vec, 0.025, and 0.05 for
    /// Cbow. At most 1.
    double rate = 0;
    std::size_t threads = 0;  ///< 0: one for each worker of the pool; at most mostTrainingThreads
    std::uint64_t seed = 1;

    double startRate() const { return rate != 0 ? rate : (model == WordModel::Cbow ? 0.05 : 0.025); }
};

/// InvalidArgument when a field is out of its range.
Result<Done> validate(const WordTrainingOptions& options);

}  // namespace lexiscope

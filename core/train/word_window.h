// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random_source.h"
#include "core/train/negative_sampler.h"
#include "core/train/word_training.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace lexiscope {

// What chance decides when words are learned, in the order in which it does: how far each window reaches, and
// which words are drawn against the one in its middle.

/// Where chance begins for a block of a text; `index` counts blocks over all passes. So random numbers follow
/// from the seed and the block alone, whoever learns it and when.
inline RandomSource randomOfBlock(std::uint64_t seed, std::uint64_t index) {
    return RandomSource(RandomSource(seed + index).next() ^ index);
}

/// How many words are drawn for each negative, and then weigh the less. Those that all words of a window
/// share say less than as many drawn for each of them; the mean of a window is alone with its own.
inline std::size_t drawsForEachNegative(WordModel model) {
    return model == WordModel::Cbow ? 1 : 2;
}

/// What each word drawn adds to the loss, where the right one adds 1.
inline float weightOfDrawn(WordModel model) {
    return 1 / static_cast<float>(drawsForEachNegative(model));
}

/// The words around one of a line: those of [begin, end) but the one in the middle.
struct WordWindow {
    std::size_t middle = 0;
    std::size_t reach = 0;  ///< to each side, where the line does not end before
    std::size_t begin = 0;
    std::size_t end = 0;

    bool isEmpty() const { return end - begin <= 1; }
};

/// The reach is drawn from 1 … widest.
inline WordWindow drawWindow(std::size_t middle, std::size_t lineLength, std::size_t widest,
                             RandomSource& random) {
    const std::size_t reach = 1 + random.below(static_cast<std::uint32_t>(widest));
    return {middle, reach, middle - std::min(middle, reach), std::min(middle + reach + 1, lineLength)};
}

/// Draws so many words against `word` and calls take(other) for each but `word` itself, which is left out
/// where it is drawn.
template <typename Take>
void drawAgainst(std::uint32_t word, std::size_t draws, const NegativeSampler& sampler, RandomSource& random,
                 const Take& take) {
    for (std::size_t i = 0; i < draws; ++i) {
        const std::uint32_t other = sampler.draw(random);
        if (other != word) {
            take(other);
        }
    }
}

/// Whether the loss of a step is looked at, which takes longer than the step: of one in 16.
inline bool drawsLoss(RandomSource& random) {
    constexpr std::uint32_t stepsBetweenLosses = 16;
    return random.below(stepsBetweenLosses) == 0;
}

}  // namespace lexiscope

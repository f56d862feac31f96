// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/compare/shared_words.h"
#include "core/model.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace lexiscope {

/// How alike two models are over the words that both have: n words, rows x of Dx and y of Dy numbers. Every
/// word counts, nothing is sampled but the pairs of `similarityCorrelation`. A number that has no meaning is
/// NaN.
struct PairNumbers {
    /// The n words the numbers are over, in row order of the first model.
    std::vector<SharedWord> words;
    /// Words in both that none of the numbers is over: one of their rows is all zeros, or holds NaN or
    /// infinity.
    std::size_t leftOut = 0;

    /// Linear centred kernel alignment (Kornblith et al., Similarity of Neural Network Representations
    /// Revisited, 2019): |XᵀY|² / (|XᵀX| |YᵀY|) with columns centred, Frobenius norms. 0 to 1; 1: one shape,
    /// up to rotation and one scale. NaN when all rows of a model are equal.
    double linearCka = 0;

    /// Mean share of the k nearest words (cosine, among the n) that a word has in common in both models, for
    /// k of overlapSizes: 1, 10, 100. NaN where a word has fewer than k others.
    std::array<double, 3> overlap = {};
    /// Of each word: how many of its ten and of its hundred nearest are in common; of all others where there
    /// are fewer. Equal cosines: the earlier word is nearer.
    std::vector<std::uint8_t> commonOfTen;
    std::vector<std::uint8_t> commonOfHundred;
    /// How many words have 0 … 10 of their ten nearest in common.
    std::array<std::size_t, 11> wordsByCommon = {};

    /// 1 - (Σσ)², σ the singular values of XᵀY after both were centred and scaled to unit Frobenius norm:
    /// what is left of the squared distance after the best rotation and scale (scipy.spatial.procrustes; the
    /// narrower padded with zeros, which changes no σ). 0 to 1; NaN like linearCka.
    double procrustesResidual = 0;

    /// Pearson correlation, over pairs of words, of their cosine in one model with that in the other. All
    /// pairs where there are at most 100,000; else 100,000 drawn independently: from std::mt19937 of seed 1,
    /// one number r for each word of a pair, the first word being r n / 2³² rounded down, the second likewise
    /// of the n - 1 others. NaN when the cosines of a model are all equal.
    double similarityCorrelation = 0;
    std::size_t pairs = 0;  ///< that the correlation is over
};

/// NotFound when the models have no word in common (see sharedWords), InvalidArgument when fewer than two of
/// these have a direction in both, Unsupported when Dx + Dy is above 16,384; Cancelled, soon after it was
/// asked for; a table's check(). Takes about n² (Dx + Dy) / 2 + n (Dx + Dy)² / 2 multiplications, and memory
/// for two copies of the vectors and 4 KB a word.
Result<std::shared_ptr<const PairNumbers>> pairNumbers(const Model& first, const Model& second,
                                                       WorkerPool& pool, Progress& progress);

/// Places in `words` of those that anybody knows: their rows are among the first commonRows of both models,
/// which in nearly all vocabularies have the most frequent words, and they have letters of one script and
/// three characters or more, or one of Chinese, Japanese or Korean. What begins longer words in one model
/// ("com") is a rare word of its own in the other; that two models differ there says little.
constexpr std::size_t commonRows = 3000;
std::vector<std::size_t> commonWords(const PairNumbers& numbers, const Vocabulary& first);
/// All places.
std::vector<std::size_t> allWords(const PairNumbers& numbers);

/// Of these places those of the words whose neighbours are least (or most) alike, at most `count`: by common
/// of ten, then of a hundred, then the earlier word.
std::vector<std::size_t> leastAlike(const PairNumbers& numbers, std::vector<std::size_t> places,
                                    std::size_t count);
std::vector<std::size_t> mostAlike(const PairNumbers& numbers, std::vector<std::size_t> places,
                                   std::size_t count);

}  // namespace lexiscope

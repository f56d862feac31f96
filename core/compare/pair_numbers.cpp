// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/pair_numbers.h"

#include "core/base/grouped.h"
#include "core/base/script.h"
#include "core/base/utf8.h"
#include "core/compare/neighbor_sets.h"
#include "core/compare/shared_vectors.h"
#include "core/compare/singular_values.h"
#include "core/projection/covariance.h"
#include "core/search/correlation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <random>
#include <string>

#include <Eigen/Core>

namespace lexiscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
/// The products of this many columns with each other take 2 GB.
constexpr std::size_t mostDimensions = 16384;
constexpr std::size_t mostPairs = 100000;
constexpr std::size_t pairsPerPiece = 1024;
constexpr std::size_t wordsPerPiece = 1024;

/// Passes on how many multiplications are done, in millions: whole ones run into the trillions.
class Millions final : public Progress {
  public:
    explicit Millions(Progress& progress) : m_progress(progress) {}
    void report(std::uint64_t done, std::uint64_t total, std::string_view) override {
        m_progress.report(done / million, total / million + 1, "million multiplications");
    }
    bool stopRequested() const override { return m_progress.stopRequested(); }

  private:
    static constexpr std::uint64_t million = 1000000;
    Progress& m_progress;
};

/// A part of the work that counts in its own unit, each worth `weight` multiplications; 0: not told.
class Part final : public Progress {
  public:
    Part(SharedProgress& whole, std::uint64_t weight) : m_whole(whole), m_weight(weight) {}
    void report(std::uint64_t done, std::uint64_t, std::string_view) override {
        if (m_weight > 0 && done > m_done) {
            m_whole.add((done - m_done) * m_weight);
            m_done = done;
        }
    }
    bool stopRequested() const override { return m_whole.stopRequested(); }

  private:
    SharedProgress& m_whole;
    std::uint64_t m_weight;
    std::uint64_t m_done = 0;
};

/// Products of all columns, X's first, with all columns, after centring.
Result<MatrixXd> columnProducts(const WordPairVectors& pair, WorkerPool& pool, SharedProgress& progress) {
    const std::size_t count = pair.words.size();
    const std::size_t dimension = pair.first.dimension + pair.second.dimension;
    std::vector<float> joined;
    joined.reserve(count * dimension);
    for (std::size_t word = 0; word < count; ++word) {
        for (const SharedVectors* vectors : {&pair.first, &pair.second}) {
            const std::span<const float> row = vectors->at(word);
            joined.insert(joined.end(), row.begin(), row.end());
        }
    }
    const std::shared_ptr<const EmbeddingTable> table =
        EmbeddingTable::owned(std::move(joined), count, dimension);
    Part meanPart(progress, 0);
    SharedProgress meanProgress(meanPart, count, {});
    const Result<RowMean> mean = meanOfRows(*table, count, pool, meanProgress);
    if (!mean.ok()) {
        return mean.error();
    }
    Part part(progress, dimension * dimension / 2);
    SharedProgress partProgress(part, count, {});
    return scatterMatrix(*table, count, mean.value(), pool, partProgress);
}

/// Linear CKA and the Procrustes residual, both from the products of the columns.
std::optional<Error> addShape(const MatrixXd& products, std::size_t firstDimension, WorkerPool& pool,
                              SharedProgress& progress, PairNumbers& numbers) {
    const auto first = static_cast<Index>(firstDimension);
    const Index second = products.rows() - first;
    const Eigen::Block<const MatrixXd> within = products.topLeftCorner(first, first);
    const Eigen::Block<const MatrixXd> there = products.bottomRightCorner(second, second);
    numbers.linearCka = undefined;
    numbers.procrustesResidual = undefined;
    if (within.trace() == 0 || there.trace() == 0) {
        return std::nullopt;
    }
    // Scaled to unit Frobenius norm first: squares of squares may leave the range of numbers.
    MatrixXd between = products.topRightCorner(first, second) / std::sqrt(within.trace());
    between /= std::sqrt(there.trace());
    const double lengths = (within / within.trace()).norm() * (there / there.trace()).norm();
    numbers.linearCka = std::clamp(between.squaredNorm() / lengths, 0.0, 1.0);
    const Result<Eigen::VectorXd> values =
        singularValues(std::move(between), pool, [&progress] { return progress.stopRequested(); });
    if (!values.ok()) {
        return values.error();
    }
    const double sum = values.value().sum();
    numbers.procrustesResidual = std::clamp(1 - sum * sum, 0.0, 1.0);
    return std::nullopt;
}

std::optional<Error> addOverlap(const WordPairVectors& pair, WorkerPool& pool, SharedProgress& progress,
                                PairNumbers& numbers) {
    const Result<NeighborSets> here = neighborSets(pair.first, pool, progress);
    if (!here.ok()) {
        return here.error();
    }
    const Result<NeighborSets> there = neighborSets(pair.second, pool, progress);
    if (!there.ok()) {
        return there.error();
    }
    const std::size_t count = pair.words.size();
    std::vector<std::uint8_t> isFirstShared(count);
    numbers.commonOfTen.resize(count);
    numbers.commonOfHundred.resize(count);
    const auto common = [&](std::size_t word, std::size_t size) {
        return static_cast<std::uint8_t>(commonNeighbors(here.value(), there.value(), word, size));
    };
    pool.parallelFor(
        count, wordsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t word = begin; word < end; ++word) {
                isFirstShared[word] = common(word, overlapSizes[0]);
                numbers.commonOfTen[word] = common(word, overlapSizes[1]);
                numbers.commonOfHundred[word] = common(word, overlapSizes[2]);
            }
        },
        Priority::Normal);
    const std::array<const std::vector<std::uint8_t>*, 3> commons = {&isFirstShared, &numbers.commonOfTen,
                                                                     &numbers.commonOfHundred};
    for (std::size_t i = 0; i < commons.size(); ++i) {
        const auto total = std::accumulate(commons[i]->begin(), commons[i]->end(), std::uint64_t{0});
        numbers.overlap[i] = overlapSizes[i] < count
                                 ? static_cast<double>(total) / static_cast<double>(count * overlapSizes[i])
                                 : undefined;
    }
    for (const std::uint8_t shared : numbers.commonOfTen) {
        ++numbers.wordsByCommon[shared];
    }
    return std::nullopt;
}

using WordPair = std::pair<std::uint32_t, std::uint32_t>;

std::vector<WordPair> pairsOf(std::size_t count) {
    std::vector<WordPair> pairs;
    if (count * (count - 1) / 2 <= mostPairs) {
        for (std::uint32_t a = 0; a < count; ++a) {
            for (std::uint32_t b = a + 1; b < count; ++b) {
                pairs.emplace_back(a, b);
            }
        }
        return pairs;
    }
    std::mt19937 random(1);
    const auto below = [&random](std::size_t limit) {
        return static_cast<std::uint32_t>((std::uint64_t{random()} * limit) >> 32U);
    };
    pairs.reserve(mostPairs);
    while (pairs.size() < mostPairs) {
        const std::uint32_t a = below(count);
        const std::uint32_t b = below(count - 1);
        pairs.emplace_back(a, b < a ? b : b + 1);
    }
    return pairs;
}

std::optional<Error> addCorrelation(const WordPairVectors& pair, WorkerPool& pool, SharedProgress& progress,
                                    PairNumbers& numbers) {
    const std::vector<WordPair> pairs = pairsOf(pair.words.size());
    std::vector<double> here(pairs.size());
    std::vector<double> there(pairs.size());
    pool.parallelFor(
        pairs.size(), pairsPerPiece,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end && !progress.stopRequested(); ++i) {
                here[i] = cosineOf(pair.first, pairs[i].first, pairs[i].second);
                there[i] = cosineOf(pair.second, pairs[i].first, pairs[i].second);
            }
        },
        Priority::Normal);
    if (progress.stopRequested()) {
        return cancelled();
    }
    numbers.pairs = pairs.size();
    constexpr double rounding = 1e-14;  // cosines that differ by it alone are equal
    numbers.similarityCorrelation = pearsonCorrelation(here, there, rounding);
    return std::nullopt;
}

Result<WordPairVectors> sharedVectors(const Model& first, const Model& second, WorkerPool& pool,
                                      Progress& progress) {
    if (first.table->dimension() + second.table->dimension() > mostDimensions) {
        return Error{ErrorCode::Unsupported,
                     {},
                     "the two models have more than " + grouped(mostDimensions) + " dimensions together",
                     "compare models with shorter vectors"};
    }
    const Result<std::vector<SharedWord>> words =
        sharedWords(*first.vocabulary, *second.vocabulary, progress);
    if (!words.ok()) {
        return words.error();
    }
    Result<WordPairVectors> pair = vectorsOf(words.value(), *first.table, *second.table, pool, progress);
    if (pair.ok() && pair.value().words.size() < 2) {
        return Error{ErrorCode::InvalidArgument,
                     {},
                     "of " + grouped(words.value().size()) + " words in both models, " +
                         grouped(pair.value().words.size()) +
                         " have vectors with a direction in both; two are needed",
                     "compare models that share more words"};
    }
    return pair;
}

std::vector<std::size_t> ranked(const PairNumbers& numbers, std::vector<std::size_t> places,
                                std::size_t count, bool most) {
    const auto comesFirst = [&numbers, most](std::size_t a, std::size_t b) {
        const int ten = numbers.commonOfTen[a] - numbers.commonOfTen[b];
        const int difference = ten != 0 ? ten : numbers.commonOfHundred[a] - numbers.commonOfHundred[b];
        return difference != 0 ? (difference > 0) == most : a < b;
    };
    const auto end = places.begin() + static_cast<std::ptrdiff_t>(std::min(count, places.size()));
    std::partial_sort(places.begin(), end, places.end(), comesFirst);
    places.erase(end, places.end());
    return places;
}

}  // namespace

Result<std::shared_ptr<const PairNumbers>> pairNumbers(const Model& first, const Model& second,
                                                       WorkerPool& pool, Progress& progress) {
    const Result<WordPairVectors> pair = sharedVectors(first, second, pool, progress);
    if (!pair.ok()) {
        return pair.error();
    }
    auto numbers = std::make_shared<PairNumbers>();
    numbers->words = pair.value().words;
    numbers->leftOut = pair.value().leftOut;
    const std::uint64_t count = numbers->words.size();
    const std::uint64_t dimension = first.table->dimension() + second.table->dimension();
    Millions millions(progress);
    SharedProgress shared(millions, count * (dimension * dimension / 2) + count * count / 2 * dimension, {});
    {
        const Result<MatrixXd> products = columnProducts(pair.value(), pool, shared);
        if (!products.ok()) {
            return products.error();
        }
        if (const auto error = addShape(products.value(), first.table->dimension(), pool, shared, *numbers)) {
            return *error;
        }
    }
    if (const auto error = addOverlap(pair.value(), pool, shared, *numbers)) {
        return *error;
    }
    if (const auto error = addCorrelation(pair.value(), pool, shared, *numbers)) {
        return *error;
    }
    return std::shared_ptr<const PairNumbers>(std::move(numbers));
}

std::vector<std::size_t> commonWords(const PairNumbers& numbers, const Vocabulary& first) {
    constexpr std::size_t leastCharacters = 3;
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < numbers.words.size(); ++place) {
        const SharedWord& word = numbers.words[place];
        if (word.first.value >= commonRows || word.second.value >= commonRows) {
            continue;
        }
        const std::string text = bareText(first, word.first);
        const Script script = scriptOf(text);
        const bool hasLetters =
            script != Script::Digits && script != Script::Punctuation && script != Script::Other;
        if (hasLetters && (groupOf(script) == ScriptGroup::Cjk || countCharacters(text) >= leastCharacters)) {
            places.push_back(place);
        }
    }
    return places;
}

std::vector<std::size_t> allWords(const PairNumbers& numbers) {
    std::vector<std::size_t> places(numbers.words.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    return places;
}

std::vector<std::size_t> leastAlike(const PairNumbers& numbers, std::vector<std::size_t> places,
                                    std::size_t count) {
    return ranked(numbers, std::move(places), count, false);
}

std::vector<std::size_t> mostAlike(const PairNumbers& numbers, std::vector<std::size_t> places,
                                   std::size_t count) {
    return ranked(numbers, std::move(places), count, true);
}

}  // namespace lexiscope

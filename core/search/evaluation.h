// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/model.h"
#include "core/search/word_questions.h"

#include <cstddef>
#include <string>
#include <vector>

namespace lexiscope {

// How well a model's vectors answer what people know, by the rules of gensim's evaluate_word_analogies and
// evaluate_word_pairs (4.2), so that the numbers compare: words are looked up whatever their case, the first
// row of those that differ in case counts, and questions with a word that is not among the first rows are
// skipped. Where a vocabulary marks word starts, words are the tokens with that mark.

/// How many rows are looked at if nobody says otherwise.
inline constexpr std::size_t rowsToEvaluate = 300'000;

struct SectionScore {
    std::string name;
    std::size_t correct = 0;
    std::size_t total = 0;  ///< answered questions
    std::size_t skipped = 0;
};

struct AnalogyScores {
    std::vector<SectionScore> sections;  ///< in the file's order
    SectionScore all;                    ///< their sum, without a name
    /// Share of correct ones among the answered; NaN when none was answered.
    double accuracy() const;
};

/// Answers "a is to b as c is to ?" by 3CosAdd (Mikolov et al. 2013): the row r among the first `rows` with
/// the largest cos(r, b) - cos(r, a) + cos(r, c) in double precision, which orders rows as their cosine with
/// the mean of unit vectors does; the lower one of equals. Rows of a, b and c in any case, and rows without a
/// direction, are no answer. As in gensim there is no answer when five rows of a, b and c in another case
/// than the ones asked with come before it. Reports rows; Cancelled, the table's check(). rows = 0 means all.
Result<AnalogyScores> evaluateAnalogies(const Model& model, const AnalogyQuestions& questions,
                                        std::size_t rows, WorkerPool& pool, Progress& progress);

struct PairScores {
    double spearman = 0;  ///< of the model's cosines with people's scores; NaN: no spread
    double pearson = 0;
    std::size_t used = 0;
    std::size_t skipped = 0;  ///< a word is unknown, or its row without a direction
};

/// NotFound when the model knows both words of no pair; the table's check().
Result<PairScores> evaluatePairs(const Model& model, const JudgedPairs& pairs, std::size_t rows);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/evaluation.h"

#include "core/embedding/distances.h"
#include "core/search/analogy_pass.h"
#include "core/search/correlation.h"
#include "core/search/folded_words.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

std::size_t rowsAsked(const Model& model, std::size_t rows) {
    return rows == 0 ? model.table->rows() : std::min(rows, model.table->rows());
}

}  // namespace

double AnalogyScores::accuracy() const {
    return all.total == 0 ? std::numeric_limits<double>::quiet_NaN()
                          : static_cast<double>(all.correct) / static_cast<double>(all.total);
}

Result<AnalogyScores> evaluateAnalogies(const Model& model, const AnalogyQuestions& questions,
                                        std::size_t rows, WorkerPool& pool, Progress& progress) {
    const FoldedWords words(*model.vocabulary, rowsAsked(model, rows));
    AnalogyScores scores;
    std::vector<KnownQuestion> known;
    std::vector<std::size_t> sectionOf;
    std::vector<std::uint32_t> expected;
    for (const AnalogySection& section : questions.sections) {
        scores.sections.emplace_back().name = section.name;
        for (const AnalogyQuestion& question : section.questions) {
            const std::optional<std::uint32_t> a = words.find(question[0]);
            const std::optional<std::uint32_t> b = words.find(question[1]);
            const std::optional<std::uint32_t> c = words.find(question[2]);
            const std::optional<std::uint32_t> d = words.find(question[3]);
            if (!a || !b || !c || !d) {
                ++scores.sections.back().skipped;
                continue;
            }
            known.push_back({*a, *b, *c});
            sectionOf.push_back(scores.sections.size() - 1);
            expected.push_back(*d);
        }
    }
    const Result<std::vector<std::uint32_t>> answers =
        answerAnalogies(*model.table, words, known, pool, progress);
    if (!answers.ok()) {
        return answers.error();
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        SectionScore& section = scores.sections[sectionOf[i]];
        ++section.total;
        section.correct += answers.value()[i] == expected[i] ? 1 : 0;
    }
    for (const SectionScore& section : scores.sections) {
        scores.all.correct += section.correct;
        scores.all.total += section.total;
        scores.all.skipped += section.skipped;
    }
    return scores;
}

Result<PairScores> evaluatePairs(const Model& model, const JudgedPairs& pairs, std::size_t rows) {
    const FoldedWords words(*model.vocabulary, rowsAsked(model, rows));
    PairScores scores;
    std::vector<double> people;
    std::vector<double> cosines;
    for (const JudgedPair& pair : pairs.pairs) {
        const std::optional<std::uint32_t> first = words.find(pair.first);
        const std::optional<std::uint32_t> second = words.find(pair.second);
        const double found = first && second ? cosine(model.table->row(words.firstRow(*first)),
                                                      model.table->row(words.firstRow(*second)))
                                             : std::numeric_limits<double>::quiet_NaN();
        if (!std::isfinite(found)) {
            ++scores.skipped;
            continue;
        }
        people.push_back(pair.score);
        cosines.push_back(found);
    }
    if (const Result<Done> read = model.table->check(); !read.ok()) {
        return read.error();
    }
    if (people.empty()) {
        return Error{ErrorCode::NotFound, model.path.string(), "knows both words of no pair",
                     "take pairs of words in the model's language"};
    }
    scores.used = people.size();
    scores.spearman = spearmanCorrelation(people, cosines);
    scores.pearson = pearsonCorrelation(people, cosines);
    return scores;
}

}  // namespace lexiscope

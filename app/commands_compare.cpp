// SPDX-License-Identifier: GPL-3.0-or-later
// compare: how alike two models are over the words that both have.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/base/worker_pool.h"
#include "core/compare/neighbor_sets.h"
#include "core/compare/pair_numbers.h"

#include <array>

namespace lexiscope {
namespace {

constexpr std::array onlyJson = {jsonOption};
constexpr std::size_t wordsNamed = 6;

std::string reportJson(const PairNumbers& numbers) {
    JsonWriter json;
    json.beginObject().key("shared").count(numbers.words.size());
    json.key("linear_cka").number(numbers.linearCka).key("overlap").beginObject();
    for (std::size_t i = 0; i < overlapSizes.size(); ++i) {
        json.key(std::to_string(overlapSizes[i])).number(numbers.overlap[i]);
    }
    json.endObject().key("procrustes_residual").number(numbers.procrustesResidual);
    json.key("similarity_correlation").number(numbers.similarityCorrelation).endObject();
    return std::move(json).line();
}

std::string named(const Model& model, const PairNumbers& numbers, const std::vector<std::size_t>& places) {
    std::string words;
    for (const std::size_t place : places) {
        words += (words.empty() ? "" : ", ") +
                 displayText(bareText(*model.vocabulary, numbers.words[place].first));
    }
    return words;
}

std::string reportText(const Model& first, const PairNumbers& numbers) {
    const auto line = [](std::string_view name, double value, const std::string& meaning) {
        return padRight(name, 24) + padLeft(fixed(value, 4), 7) + "  " + meaning + "\n";
    };
    std::string text = padRight("words in both", 24) + padLeft(grouped(numbers.words.size()), 7) +
                       "  matched by text, without the word-start mark and case\n";
    text += line("linear CKA", numbers.linearCka, "1 = same shape up to rotation and scale");
    for (std::size_t i = 0; i < overlapSizes.size(); ++i) {
        const std::string size = std::to_string(overlapSizes[i]);
        text += line("neighbour overlap at " + size, numbers.overlap[i],
                     i == 0 ? "share of words with the same first neighbour"
                            : "mean share of the " + size + " nearest in common");
    }
    text += line("Procrustes residual", numbers.procrustesResidual,
                 "what the best rotation and scale leave over");
    text += line("similarity correlation", numbers.similarityCorrelation,
                 "Pearson, of the cosines of " + grouped(numbers.pairs) + " pairs of words");
    const std::vector<std::size_t> common = commonWords(numbers, *first.vocabulary);
    const std::vector<std::size_t> places = common.empty() ? allWords(numbers) : common;
    text += "least alike  " + named(first, numbers, leastAlike(numbers, places, wordsNamed)) + "\n";
    text += "most alike   " + named(first, numbers, mostAlike(numbers, places, wordsNamed)) + "\n";
    return common.empty()
               ? text
               : text + "(of " + grouped(common.size()) + " common words: with letters, among the first " +
                     grouped(commonRows) + " rows of both)\n";
}

Result<int> runCompare(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> first = openVectors(arguments.operands()[0]);
    if (!first.ok()) {
        return first.error();
    }
    const Result<std::shared_ptr<const Model>> second = openVectors(arguments.operands()[1]);
    if (!second.ok()) {
        return second.error();
    }
    WorkerPool pool;
    Result<std::shared_ptr<const PairNumbers>> numbers = [&] {
        TerminalProgress progress("comparing");
        return pairNumbers(*first.value(), *second.value(), pool, progress);
    }();
    if (!numbers.ok()) {
        Error error = numbers.error();
        if (error.where.empty() && error.code != ErrorCode::Cancelled) {
            error.where = arguments.operands()[0] + " and " + arguments.operands()[1];
        }
        return error;
    }
    if (numbers.value()->leftOut > 0) {
        printWarning(grouped(numbers.value()->leftOut) +
                     " words in both are left out: a row of zeros, or one with NaN or infinity");
    }
    const Result<Done> printed =
        print(arguments.has("--json") ? reportJson(*numbers.value())
                                      : reportText(*first.value(), *numbers.value()));
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command compareCommand() {
    return {.name = "compare",
            .operands = "MODEL MODEL",
            .summary = "How alike two models are over the words that both have",
            .fewest = 2,
            .most = 2,
            .options = onlyJson,
            .run = runCompare};
}

}  // namespace lexiscope

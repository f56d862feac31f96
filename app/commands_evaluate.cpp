// SPDX-License-Identifier: GPL-3.0-or-later
// evaluate: how well a model's vectors answer what people know.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/search/evaluation.h"

#include <algorithm>
#include <array>
#include <limits>

namespace lexiscope {
namespace {

constexpr std::array evaluateOptions = {
    OptionSpec{"--analogies", Takes::Text, "F",
               "Questions of four words a line, in sections \": NAME\" (questions-words.txt)"},
    OptionSpec{"--pairs", Takes::Text, "F",
               "Two words and how alike people find them a line, parted by tabs (WordSim-353, SimLex-999)"},
    OptionSpec{"--restrict",
               Takes::Count,
               "N",
               "Look at the first N rows alone (default: 300000)",
               {},
               1,
               std::numeric_limits<std::uint32_t>::max()},
    jsonOption,
};

Result<Done> checkEvaluate(const Arguments& arguments) {
    if (arguments.has("--analogies") == arguments.has("--pairs")) {
        return usageError("evaluate",
                          arguments.has("--pairs") ? "--analogies and --pairs exclude each other"
                                                   : "--analogies F or --pairs F is missing",
                          "see lexiscope evaluate --help");
    }
    return Done{};
}

void warnOfOddLines(const std::string& file, const OddLines& lines, std::string_view what) {
    if (lines.count > 0) {
        printWarning(file + ", line " + grouped(lines.first) + ": is no " + std::string(what) + "; " +
                     (lines.count == 1 ? "it was passed over"
                                       : grouped(lines.count) + " such lines were passed over"));
    }
}

std::string shareText(const SectionScore& section) {
    return section.total == 0
               ? "–"
               : fixed(100 * static_cast<double>(section.correct) / static_cast<double>(section.total), 1) +
                     " %";
}

std::string analogiesText(const AnalogyScores& scores) {
    using Line = std::array<std::string, 5>;
    std::vector<Line> lines = {{"section", "correct", "total", "accuracy", "skipped"}};
    const auto add = [&lines](const std::string& name, const SectionScore& section) {
        lines.push_back({name, grouped(section.correct), grouped(section.total), shareText(section),
                         grouped(section.skipped)});
    };
    for (const SectionScore& section : scores.sections) {
        add(oneLine(section.name), section);
    }
    add("all", scores.all);
    std::array<std::size_t, 5> widths = {};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], countCharacters(line[i]));
        }
    }
    std::string text;
    for (const Line& line : lines) {
        text += padRight(line[0], widths[0]);
        for (std::size_t i = 1; i < line.size(); ++i) {
            text += "  " + padLeft(line[i], widths[i]);
        }
        text += '\n';
    }
    return text;
}

std::string analogiesJson(const AnalogyScores& scores) {
    JsonWriter json;
    json.beginObject().key("sections").beginArray();
    for (const SectionScore& section : scores.sections) {
        json.beginObject().key("name").text(section.name).key("correct").count(section.correct);
        json.key("total").count(section.total).key("skipped").count(section.skipped).endObject();
    }
    json.endArray().key("accuracy").number(scores.accuracy()).endObject();
    return std::move(json).line();
}

std::string pairsText(const PairScores& scores) {
    return "spearman  " + fixed(scores.spearman, 4) + "\npearson   " + fixed(scores.pearson, 4) +
           "\nused      " + grouped(scores.used) + (scores.used == 1 ? " pair" : " pairs") + "\nskipped   " +
           grouped(scores.skipped) + "\n";
}

std::string pairsJson(const PairScores& scores) {
    JsonWriter json;
    json.beginObject().key("spearman").number(scores.spearman).key("pearson").number(scores.pearson);
    json.key("used").count(scores.used).key("skipped").count(scores.skipped).endObject();
    return std::move(json).line();
}

Result<std::string> scoreAnalogies(const Model& model, const std::string& file, std::size_t rows, bool json) {
    const Result<std::string> bytes = readFile(file);
    if (!bytes.ok()) {
        return bytes.error();
    }
    const Result<AnalogyQuestions> questions = parseAnalogyQuestions(bytes.value(), file);
    if (!questions.ok()) {
        return questions.error();
    }
    warnOfOddLines(file, questions.value().oddLines, "question of four words");
    WorkerPool pool;
    TerminalProgress progress("answering");
    const Result<AnalogyScores> scores = evaluateAnalogies(model, questions.value(), rows, pool, progress);
    if (!scores.ok()) {
        return scores.error();
    }
    if (scores.value().all.total == 0) {
        printWarning(file + ": the model knows all four words of no question");
    }
    return json ? analogiesJson(scores.value()) : analogiesText(scores.value());
}

Result<std::string> scorePairs(const Model& model, const std::string& file, std::size_t rows, bool json) {
    const Result<std::string> bytes = readFile(file);
    if (!bytes.ok()) {
        return bytes.error();
    }
    const Result<JudgedPairs> pairs = parseJudgedPairs(bytes.value(), file);
    if (!pairs.ok()) {
        return pairs.error();
    }
    warnOfOddLines(file, pairs.value().oddLines, "pair of words with a number");
    const Result<PairScores> scores = evaluatePairs(model, pairs.value(), rows);
    if (!scores.ok()) {
        return scores.error();
    }
    return json ? pairsJson(scores.value()) : pairsText(scores.value());
}

Result<int> runEvaluate(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> model = openVectors(arguments.operands()[0]);
    if (!model.ok()) {
        return model.error();
    }
    const auto rows = static_cast<std::size_t>(arguments.count("--restrict", rowsToEvaluate));
    const bool json = arguments.has("--json");
    const std::optional<std::string> analogies = arguments.text("--analogies");
    const Result<std::string> report =
        analogies ? scoreAnalogies(*model.value(), *analogies, rows, json)
                  : scorePairs(*model.value(), arguments.text("--pairs", {}), rows, json);
    if (!report.ok()) {
        return report.error();
    }
    const Result<Done> printed = print(report.value());
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command evaluateCommand() {
    return {.name = "evaluate",
            .operands = "MODEL",
            .summary = "How well the vectors answer analogies, or agree with people on pairs of words",
            .fewest = 1,
            .most = 1,
            .options = evaluateOptions,
            .check = checkEvaluate,
            .run = runEvaluate};
}

}  // namespace lexiscope

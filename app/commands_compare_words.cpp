// SPDX-License-Identifier: GPL-3.0-or-later
// similarity and odd-one-out: a few words among themselves.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/utf8.h"
#include "core/embedding/distances.h"
#include "core/search/analogy.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lexiscope {
namespace {

constexpr std::array onlyJson = {jsonOption};

struct Similarity {
    double cosine = 0;
    double euclidean = 0;
    double dot = 0;
};

Result<Similarity> similarityOf(const Model& model, Row a, Row b) {
    const Result<std::vector<float>> first = rowValues(model, a);
    if (!first.ok()) {
        return first.error();
    }
    const Result<std::vector<float>> second = rowValues(model, b);
    if (!second.ok()) {
        return second.error();
    }
    const std::vector<float>& x = first.value();
    const std::vector<float>& y = second.value();
    return Similarity{cosine(x, y), euclidean(x, y), dot(x, y)};
}

Result<int> runSimilarity(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> model = openVectors(arguments.operands()[0]);
    if (!model.ok()) {
        return model.error();
    }
    const Result<std::vector<Row>> rows =
        lookUp(*model.value(), {arguments.operands()[1], arguments.operands()[2]});
    if (!rows.ok()) {
        return rows.error();
    }
    const Result<Similarity> found = similarityOf(*model.value(), rows.value()[0], rows.value()[1]);
    if (!found.ok()) {
        return found.error();
    }
    const Similarity& value = found.value();
    std::string text;
    if (arguments.has("--json")) {
        JsonWriter json;
        json.beginObject().key("cosine").number(value.cosine).key("euclidean").number(value.euclidean);
        text = std::move(json.key("dot").number(value.dot).endObject()).line();
    } else {
        text = "cosine     " + padLeft(fixed(value.cosine, 5), 10) + "\neuclidean  " +
               padLeft(fixed(value.euclidean, 5), 10) + "\ndot        " + padLeft(fixed(value.dot, 5), 10) +
               "\n";
    }
    const Result<Done> printed = print(text);
    return printed.ok() ? Result<int>(0) : printed.error();
}

// The rows of the words that are there; the others are named in a warning.
Result<std::vector<Row>> knownRows(const Model& model, const std::vector<std::string>& words) {
    std::vector<Row> rows;
    for (const std::string& word : words) {
        const Result<Row> row = lookUp(model, word);
        if (row.ok()) {
            rows.push_back(row.value());
        } else if (row.error().code == ErrorCode::NotFound) {
            Error leftOut = row.error();
            leftOut.what += "; left out";
            printWarning(toString(leftOut));
        } else {
            return row.error();
        }
    }
    if (rows.size() < 2) {
        return Error{
            ErrorCode::NotFound, "odd-one-out", "fewer than two of the words are in the vocabulary", {}};
    }
    return rows;
}

std::string oddText(const Model& model, std::span<const Row> rows, std::span<const double> scores,
                    std::size_t odd) {
    std::size_t width = 0;
    for (const Row row : rows) {
        width = std::max(width, countCharacters(displayText(model.vocabulary->spelling(row))));
    }
    std::string text = displayText(model.vocabulary->spelling(rows[odd])) + "\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        text += "  " + padRight(displayText(model.vocabulary->spelling(rows[i])), width) + "  " +
                padLeft(fixed(scores[i], 5), 9) + "\n";
    }
    return text;
}

std::string oddJson(const Model& model, std::span<const Row> rows, std::span<const double> scores,
                    std::size_t odd) {
    JsonWriter json;
    json.beginObject().key("word").text(model.vocabulary->spelling(rows[odd])).key("scores").beginArray();
    for (const double score : scores) {
        json.number(score);
    }
    return std::move(json.endArray().endObject()).line();
}

// The lowest score; of equal ones the word that sorts first, as gensim answers. Scores of rows that mirror
// each other differ only by rounding.
std::size_t oddOf(const Model& model, std::span<const Row> rows, std::span<const double> scores) {
    constexpr double rounding = 1e-12;
    const double lowest = *std::min_element(scores.begin(), scores.end());
    std::optional<std::size_t> odd;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (scores[i] - lowest <= rounding &&
            (!odd || model.vocabulary->spelling(rows[i]) < model.vocabulary->spelling(rows[*odd]))) {
            odd = i;
        }
    }
    return odd.value_or(0);
}

Result<int> runOddOneOut(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> opened = openVectors(arguments.operands()[0]);
    if (!opened.ok()) {
        return opened.error();
    }
    const Model& model = *opened.value();
    const std::vector<std::string> words(arguments.operands().begin() + 1, arguments.operands().end());
    const Result<std::vector<Row>> rows = knownRows(model, words);
    if (!rows.ok()) {
        return rows.error();
    }
    const Result<std::vector<double>> scores = centralities(*model.table, rows.value());
    if (!scores.ok()) {
        return withToken(scores.error(), model, rows.value());
    }
    const std::size_t odd = oddOf(model, rows.value(), scores.value());
    const Result<Done> printed =
        print(arguments.has("--json") ? oddJson(model, rows.value(), scores.value(), odd)
                                      : oddText(model, rows.value(), scores.value(), odd));
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command similarityCommand() {
    return {.name = "similarity",
            .operands = "MODEL TOKEN TOKEN",
            .summary = "How near two tokens are: cosine, Euclidean distance and dot product",
            .fewest = 3,
            .most = 3,
            .options = onlyJson,
            .run = runSimilarity};
}

Command oddOneOutCommand() {
    return {.name = "odd-one-out",
            .operands = "MODEL W…",
            .summary = "The word that fits least: its unit vector is farthest from the mean of all of them",
            .fewest = 2,
            .most = Command::any,
            .options = onlyJson,
            .run = runOddOneOut};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
// neighbors and analogy: the rows nearest to one or to several.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/utf8.h"
#include "core/base/worker_pool.h"
#include "core/search/analogy.h"
#include "core/search/nearest.h"

#include <algorithm>
#include <array>
#include <functional>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 3> metrics = {"cosine", "euclidean", "dot"};
constexpr std::array<std::string_view, 2> methods = {"add", "mul"};
constexpr std::uint64_t defaultK = 10;

constexpr OptionSpec kOption = {"-k", Takes::Count, "N", "How many (default: 10)", {}, 1};
constexpr std::array neighborsOptions = {
    kOption,
    OptionSpec{"--metric", Takes::Choice, "cosine|euclidean|dot", "What near means (default: cosine)",
               metrics},
    jsonOption,
};
constexpr std::array analogyOptions = {
    OptionSpec{"--positive", Takes::Words, "W…", "Words whose directions are added"},
    OptionSpec{"--negative", Takes::Words, "W…", "Words whose directions are taken away"},
    kOption,
    OptionSpec{"--method", Takes::Choice, "add|mul",
               "Mean of the directions, or product of the cosines (default: add)", methods},
    jsonOption,
};

struct Seconds {
    double load = 0;
    double query = 0;
};

// No vocabulary has more rows than it has, whatever was asked for.
std::size_t countAsked(const Arguments& arguments, const Model& model) {
    const std::uint64_t k = arguments.count("-k", defaultK);
    return static_cast<std::size_t>(std::min<std::uint64_t>(k, model.table->rows()));
}

// `query` writes the value of the key of that name.
std::string answerJson(const Model& model, std::string_view metric, std::span<const Neighbor> neighbors,
                       Seconds seconds, const std::function<void(JsonWriter&)>& query) {
    JsonWriter json;
    json.beginObject().key("query");
    query(json);
    json.key("metric").text(metric).key("neighbors").beginArray();
    for (const Neighbor& neighbor : neighbors) {
        json.beginObject().key("token").text(model.vocabulary->spelling(neighbor.row));
        json.key("id").count(neighbor.row.value).key("score").number(neighbor.score).endObject();
    }
    json.endArray().key("seconds").beginObject();
    json.key("load").number(seconds.load).key("query").number(seconds.query).endObject();
    return std::move(json.endObject()).line();
}

std::string answerText(const Model& model, std::string_view heading, std::span<const Neighbor> neighbors) {
    std::size_t width = 0;
    std::size_t idWidth = 0;
    for (const Neighbor& neighbor : neighbors) {
        width = std::max(width, countCharacters(displayText(model.vocabulary->spelling(neighbor.row))));
        idWidth = std::max(idWidth, std::to_string(neighbor.row.value).size());
    }
    std::string text = std::string(heading) + "\n";
    std::size_t rank = 0;
    for (const Neighbor& neighbor : neighbors) {
        const std::string token = displayText(model.vocabulary->spelling(neighbor.row));
        text += padLeft(std::to_string(++rank), 4) + "  " + padRight(token, width) + "  " +
                padLeft(std::to_string(neighbor.row.value), idWidth) + "  " +
                padLeft(fixed(neighbor.score, 5), 9) + "\n";
    }
    return text;
}

Metric metricOf(std::string_view word) {
    return word == "euclidean" ? Metric::Euclidean : word == "dot" ? Metric::Dot : Metric::Cosine;
}

// What every query of one call shares.
struct NeighborSearch {
    const Model& model;
    std::shared_ptr<const RowNorms> norms;
    Metric metric;
    std::size_t k;
    double loadSeconds;
    WorkerPool& pool;
};

Result<Done> printNeighbors(const NeighborSearch& search, Row row, bool first, bool asJson) {
    const Stopwatch watch;
    const Result<std::vector<float>> vector = rowValues(search.model, row);
    if (!vector.ok()) {
        return vector.error();
    }
    NearestQuery query;
    query.vector = vector.value();
    query.metric = search.metric;
    query.k = search.k;
    query.excluded = {row};
    TerminalProgress progress("comparing");
    const Result<std::vector<Neighbor>> found =
        nearest(*search.model.table, search.norms.get(), query, search.pool, progress);
    if (!found.ok()) {
        Error error = found.error();
        if (error.code == ErrorCode::InvalidArgument) {
            error.where = displayText(spellingOf(search.model, row));
        }
        return error;
    }
    const Seconds seconds = {search.loadSeconds, watch.seconds()};
    const std::string token = spellingOf(search.model, row);
    if (asJson) {
        return print(answerJson(search.model, name(search.metric), found.value(), seconds,
                                [&token](JsonWriter& json) { json.text(token); }));
    }
    const std::string heading = displayText(token) + "  id " + std::to_string(row.value) + ", " +
                                std::string(name(search.metric)) +
                                (search.metric == Metric::Euclidean ? " distance" : "");
    return print((first ? "" : "\n") + answerText(search.model, heading, found.value()));
}

Result<int> runNeighbors(const Arguments& arguments) {
    const Stopwatch watch;
    const Result<std::shared_ptr<const Model>> opened = openVectors(arguments.operands()[0]);
    if (!opened.ok()) {
        return opened.error();
    }
    const Model& model = *opened.value();
    const std::vector<std::string> words(arguments.operands().begin() + 1, arguments.operands().end());
    const Result<std::vector<Row>> rows = lookUp(model, words);
    if (!rows.ok()) {
        return rows.error();
    }
    WorkerPool pool;
    NeighborSearch search = {
        model, nullptr, metricOf(arguments.text("--metric", "cosine")), countAsked(arguments, model),
        0,     pool};
    // One query alone is faster when the norms are computed on its way; a dot product needs none.
    if (words.size() > 1 && search.metric != Metric::Dot) {
        TerminalProgress progress("norms");
        const Result<std::shared_ptr<const RowNorms>> norms = RowNorms::compute(*model.table, pool, progress);
        if (!norms.ok()) {
            return norms.error();
        }
        search.norms = norms.value();
    }
    search.loadSeconds = watch.seconds();
    bool first = true;
    for (const Row row : rows.value()) {
        const Result<Done> printed = printNeighbors(search, row, first, arguments.has("--json"));
        if (!printed.ok()) {
            return printed.error();
        }
        first = false;
    }
    return 0;
}

Result<Done> checkAnalogy(const Arguments& arguments) {
    if (!arguments.has("--positive") && !arguments.has("--negative")) {
        return usageError("analogy", "--positive W… is missing", "see lexiscope analogy --help");
    }
    if (!arguments.has("--positive") && arguments.text("--method") == "mul") {
        return usageError("analogy", "--method mul needs --positive W…");
    }
    return Done{};
}

struct AnalogyQuery {
    std::vector<Row> positive;
    std::vector<Row> negative;
};

Result<AnalogyQuery> lookUpAnalogy(const Model& model, const Arguments& arguments) {
    const Result<std::vector<Row>> positive = lookUp(model, arguments.words("--positive"));
    if (!positive.ok()) {
        return positive.error();
    }
    const Result<std::vector<Row>> negative = lookUp(model, arguments.words("--negative"));
    if (!negative.ok()) {
        return negative.error();
    }
    return AnalogyQuery{positive.value(), negative.value()};
}

void writeQuery(JsonWriter& json, const Model& model, const AnalogyQuery& query) {
    const auto writeWords = [&](std::string_view key, std::span<const Row> rows) {
        json.key(key).beginArray();
        for (const Row row : rows) {
            json.text(model.vocabulary->spelling(row));
        }
        json.endArray();
    };
    json.beginObject();
    writeWords("positive", query.positive);
    writeWords("negative", query.negative);
    json.endObject();
}

std::string headingOf(const Model& model, const AnalogyQuery& query) {
    std::string heading;
    for (const Row row : query.positive) {
        heading += (heading.empty() ? "" : " + ") + displayText(model.vocabulary->spelling(row));
    }
    for (const Row row : query.negative) {
        heading += (heading.empty() ? "− " : " − ") + displayText(model.vocabulary->spelling(row));
    }
    return heading;
}

Result<int> runAnalogy(const Arguments& arguments) {
    Stopwatch watch;
    const Result<std::shared_ptr<const Model>> opened = openVectors(arguments.operands()[0]);
    if (!opened.ok()) {
        return opened.error();
    }
    const Model& model = *opened.value();
    const Result<AnalogyQuery> query = lookUpAnalogy(model, arguments);
    if (!query.ok()) {
        return query.error();
    }
    WorkerPool pool;
    Seconds seconds = {watch.seconds(), 0};
    watch = Stopwatch();
    const bool multiply = arguments.text("--method") == "mul";
    TerminalProgress progress("comparing");
    const Result<std::vector<Neighbor>> found =
        analogy(*model.table, nullptr, query.value().positive, query.value().negative,
                multiply ? AnalogyMethod::Multiply : AnalogyMethod::Add, countAsked(arguments, model), pool,
                progress);
    if (!found.ok()) {
        Error error = found.error();
        for (const std::vector<Row>& rows : {query.value().positive, query.value().negative}) {
            error = withToken(std::move(error), model, rows);
        }
        if (error.code == ErrorCode::InvalidArgument && error.where.empty()) {
            error.where = headingOf(model, query.value());
        }
        return error;
    }
    seconds.query = watch.seconds();
    // The sum is compared by cosine; the product is a score of its own.
    const std::string_view metric = multiply ? "3cosmul" : "cosine";
    const Result<Done> printed =
        arguments.has("--json")
            ? print(answerJson(model, metric, found.value(), seconds,
                               [&](JsonWriter& json) { writeQuery(json, model, query.value()); }))
            : print(answerText(model, headingOf(model, query.value()) + ", " + std::string(metric),
                               found.value()));
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command neighborsCommand() {
    return {.name = "neighbors",
            .operands = "MODEL TOKEN…",
            .summary = "The tokens nearest to a token, best first, every row compared",
            .fewest = 2,
            .most = Command::any,
            .options = neighborsOptions,
            .run = runNeighbors};
}

Command analogyCommand() {
    return {.name = "analogy",
            .operands = "MODEL",
            .summary = "The tokens nearest to positive words less negative ones, those words left out",
            .fewest = 1,
            .most = 1,
            .options = analogyOptions,
            .check = checkAnalogy,
            .run = runAnalogy};
}

}  // namespace lexiscope

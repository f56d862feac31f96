// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_access.h"

#include "app/resource_folder.h"
#include "app/streams.h"
#include "core/base/utf8.h"
#include "core/io/model_loader.h"
#include "core/search/token_lookup.h"

namespace lexiscope {

namespace {

/// An error has a place, and the empty path is none that could be seen.
Error placed(Error error, const std::string& spec) {
    if (error.where.empty() && error.code != ErrorCode::Cancelled) {
        error.where = spec.empty() ? "“”" : spec;
    }
    return error;
}

}  // namespace

Result<std::shared_ptr<const Model>> openModel(const std::string& spec) {
    const Result<std::filesystem::path> path = resolveModel(spec, modelFolder());
    if (!path.ok()) {
        return placed(path.error(), spec);
    }
    TerminalProgress progress("reading " + spec);
    WorkerPool pool;
    Result<std::shared_ptr<const Model>> model = loadModel(path.value(), progress, {&pool, {}});
    if (model.ok()) {
        for (const std::string& warning : model.value()->warnings) {
            printWarning(warning);
        }
    }
    return model.ok() ? model : placed(model.error(), spec);
}

Result<std::shared_ptr<const Model>> openVectors(const std::string& spec) {
    Result<std::shared_ptr<const Model>> model = openModel(spec);
    if (model.ok() && !model.value()->hasVectors()) {
        std::string why = model.value()->noVectors;
        why.erase(why.find_last_not_of('.') + 1);
        return Error{ErrorCode::Unsupported, spec, "has no vectors: " + why,
                     "open a model that has some; lexiscope tokens cuts texts with this one"};
    }
    return model;
}

Result<std::shared_ptr<const Tokenizer>> openTokenizer(const std::string& spec,
                                                       std::optional<SplitScheme> split) {
    const Result<std::filesystem::path> path = resolveModel(spec, modelFolder());
    if (!path.ok()) {
        return placed(path.error(), spec);
    }
    TerminalProgress progress("reading " + spec);
    WorkerPool pool;
    Result<std::shared_ptr<const Tokenizer>> tokenizer =
        loadTokenizer(path.value(), progress, {&pool, {}, split});
    if (!tokenizer.ok()) {
        return placed(tokenizer.error(), spec);
    }
    const std::string begin = spec + ": ";
    for (const std::string& warning : tokenizer.value()->warnings()) {
        printWarning(begin + warning);
    }
    return tokenizer;
}

Result<Row> lookUp(const Model& model, std::string_view word) {
    const Result<FoundToken> found = findToken(model, word);
    if (!found.ok()) {
        return found.error();
    }
    const Row row = found.value().row;
    // Written as the vocabulary writes it, or the answer would be about another spelling without a word.
    if (spellingOf(model, row) != word) {
        printNote(std::string(word) + ": found as " + spellingOf(model, row));
    }
    return row;
}

Result<std::vector<Row>> lookUp(const Model& model, const std::vector<std::string>& words) {
    std::vector<Row> rows;
    for (const std::string& word : words) {
        const Result<Row> row = lookUp(model, word);
        if (!row.ok()) {
            return row.error();
        }
        rows.push_back(row.value());
    }
    return rows;
}

std::string spellingOf(const Model& model, Row row) {
    return std::string(model.vocabulary->spelling(row));
}

Error withToken(Error error, const Model& model, std::span<const Row> rows) {
    for (const Row row : rows) {
        if (error.where == "row " + std::to_string(row.value)) {
            error.where = displayText(spellingOf(model, row));
            break;
        }
    }
    return error;
}

Result<std::vector<float>> rowValues(const Model& model, Row row) {
    std::vector<float> values = model.table->row(row);
    const Result<Done> sound = model.table->check();
    if (!sound.ok()) {
        return sound.error();
    }
    return values;
}

}  // namespace lexiscope

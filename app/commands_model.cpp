// SPDX-License-Identifier: GPL-3.0-or-later
// info and vector: what one model holds.
#include "app/commands.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/unicode_version.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>

namespace lexiscope {
namespace {

constexpr std::array onlyJson = {jsonOption};

std::uint64_t weightsOf(const Model& model) {
    return static_cast<std::uint64_t>(model.table->rows()) * model.table->dimension();
}

/// What opening it warns of, and what is told only here.
std::vector<std::string> warningsAndNotes(const Model& model) {
    std::vector<std::string> all = model.warnings;
    if (model.tokenizer != nullptr) {
        const std::vector<std::string> notes = model.tokenizer->notes();
        all.insert(all.end(), notes.begin(), notes.end());
    }
    return all;
}

std::string infoJson(const Model& model) {
    JsonWriter json;
    json.beginObject().key("format").text(model.format);
    json.key("vocab_size").count(model.vocabulary->size());
    json.key("dimension").count(model.table->dimension());
    json.key("dtype");
    model.hasVectors() ? json.text(name(model.table->dtype())) : json.null();
    json.key("weights").count(weightsOf(model));
    json.key("file_size").count(model.fileSize);
    json.key("tokenizer");
    model.tokenizer == nullptr ? json.null() : json.text(model.tokenizer->kind());
    json.key("positions");
    model.positions == nullptr ? json.null() : json.count(model.positions->rows());
    json.key("tensors").beginArray();
    for (const TensorInfo& tensor : model.tensors) {
        json.beginObject()
            .key("name")
            .text(tensor.name)
            .key("dtype")
            .text(tensor.dtype)
            .key("shape")
            .beginArray();
        for (const std::uint64_t size : tensor.shape) {
            json.count(size);
        }
        json.endArray().endObject();
    }
    json.endArray().key("warnings").beginArray();
    for (const std::string& warning : warningsAndNotes(model)) {
        json.text(warning);
    }
    json.endArray().endObject();
    return std::move(json).line();
}

std::string fact(std::string_view label, std::string_view value) {
    return padRight(label, 12) + oneLine(value) + "\n";
}

std::string shapeText(const std::vector<std::uint64_t>& shape) {
    std::string text;
    for (const std::uint64_t size : shape) {
        text += (text.empty() ? "" : " × ") + grouped(size);
    }
    return text.empty() ? "one number" : text;
}

std::string tensorLines(const std::vector<TensorInfo>& tensors) {
    std::size_t nameWidth = 0;
    std::size_t dtypeWidth = 0;
    for (const TensorInfo& tensor : tensors) {
        nameWidth = std::max(nameWidth, countCharacters(oneLine(tensor.name)));
        dtypeWidth = std::max(dtypeWidth, tensor.dtype.size());
    }
    std::string lines;
    for (const TensorInfo& tensor : tensors) {
        lines += "  " + padRight(oneLine(tensor.name), nameWidth) + "  " +
                 padRight(oneLine(tensor.dtype), dtypeWidth) + "  " + shapeText(tensor.shape) + "\n";
    }
    return lines;
}

std::string makeupText(const Tokenizer& tokenizer) {
    const std::optional<VocabularyMakeup> makeup = tokenizer.makeup();
    if (!makeup) {
        return {};
    }
    std::string text = ": " + grouped(makeup->bytes) + " bytes + " + grouped(makeup->merges) + " merges + " +
                       grouped(makeup->specials) + " special";
    if (makeup->other > 0) {
        text += " + " + grouped(makeup->other) + " other";
    }
    if (makeup->unused > 0) {
        text += " + " + grouped(makeup->unused) + " unused";
    }
    return text + " = " + grouped(tokenizer.vocabularySize());
}

std::string positionsText(const Model& model) {
    if (model.positions == nullptr) {
        return "none: " + model.noPositions;
    }
    std::string text = grouped(placeCount(model));
    if (model.firstPosition > 0) {
        text += ": the first token takes row " + grouped(model.firstPosition) + " of " +
                grouped(model.positions->rows());
    }
    return text + (model.afterSum.empty() ? "" : "; " + model.afterSum);
}

std::string infoText(const Model& model) {
    const std::string rows = grouped(model.table->rows());
    const std::string dimension = grouped(model.table->dimension());
    std::string text = fact("model", model.path.string());
    text += fact("format", model.format);
    text += fact("vocabulary", grouped(model.vocabulary->size()));
    if (model.hasVectors()) {
        text += fact("dimension", dimension);
        text += fact("dtype", name(model.table->dtype()));
        text += fact("weights", rows + " × " + dimension + " = " + grouped(weightsOf(model)));
    } else {
        text += fact("weights", "none: " + model.noVectors);
    }
    text += fact("tokenizer", model.tokenizer == nullptr
                                  ? "none: " + model.noTokenizer
                                  : std::string(model.tokenizer->kind()) + makeupText(*model.tokenizer));
    if (model.split) {
        text += fact("split", std::string(name(*model.split)) + ": " + std::string(patternOf(*model.split)));
    }
    if (model.tokenizer != nullptr) {
        const UnicodeVersions unicode = unicodeVersions();
        text += fact("Unicode", unicode.characters + "; " + unicode.patterns + " in patterns of the file");
    }
    text += fact("positions", positionsText(model));
    text += fact("file size", fileSizeText(model.fileSize) + " (" + grouped(model.fileSize) + " bytes)");
    text += fact("tensors", grouped(model.tensors.size()));
    text += tensorLines(model.tensors);
    const std::vector<std::string> warnings = warningsAndNotes(model);
    text += fact("warnings", warnings.empty() ? "none" : grouped(warnings.size()));
    for (const std::string& warning : warnings) {
        text += "  " + oneLine(warning) + "\n";
    }
    return text;
}

Result<int> runInfo(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> model = openModel(arguments.operands()[0]);
    if (!model.ok()) {
        return model.error();
    }
    const Result<Done> printed =
        print(arguments.has("--json") ? infoJson(*model.value()) : infoText(*model.value()));
    return printed.ok() ? Result<int>(0) : printed.error();
}

std::string vectorJson(std::string_view token, Row row, std::span<const float> values) {
    JsonWriter json;
    json.beginObject().key("token").text(token).key("id").count(row.value).key("values").beginArray();
    for (const float value : values) {
        json.number(value);
    }
    json.endArray().endObject();
    return std::move(json).line();
}

std::string vectorText(std::string_view token, Row row, std::span<const float> values) {
    constexpr std::size_t columns = 6;
    std::string text = displayText(token) + "  id " + std::to_string(row.value) + "  " +
                       grouped(values.size()) + " values\n";
    for (std::size_t i = 0; i < values.size(); ++i) {
        text += padLeft(shortest(values[i]), 16);
        if ((i + 1) % columns == 0 || i + 1 == values.size()) {
            text += '\n';
        }
    }
    return text;
}

Result<int> runVector(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> model = openVectors(arguments.operands()[0]);
    if (!model.ok()) {
        return model.error();
    }
    const Result<Row> row = lookUp(*model.value(), arguments.operands()[1]);
    if (!row.ok()) {
        return row.error();
    }
    const Result<std::vector<float>> values = rowValues(*model.value(), row.value());
    if (!values.ok()) {
        return values.error();
    }
    const std::string token = spellingOf(*model.value(), row.value());
    const Result<Done> printed =
        print(arguments.has("--json") ? vectorJson(token, row.value(), values.value())
                                      : vectorText(token, row.value(), values.value()));
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command infoCommand() {
    return {.name = "info",
            .operands = "MODEL",
            .summary = "What a model holds: format, sizes, tokenizer, positions, tensors, warnings",
            .fewest = 1,
            .most = 1,
            .options = onlyJson,
            .run = runInfo};
}

Command vectorCommand() {
    return {.name = "vector",
            .operands = "MODEL TOKEN",
            .summary = "The row of a token, in digits that give the same numbers back",
            .fewest = 2,
            .most = 2,
            .options = onlyJson,
            .run = runVector};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_positions.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/checkpoint_rotary.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::uint64_t usualPadding = 1;  // of RoBERTa and its kin, where config.json does not say

bool has(const CheckpointWeights& weights, const std::string& name) {
    return std::find(weights.names().begin(), weights.names().end(), name) != weights.names().end();
}

/// `wanted` beside the tensor of tokens: with what stands before that one.
std::string besideTokens(const std::string& tokens, std::string_view wanted, const CheckpointFamily& family) {
    return tokens.substr(0, tokens.size() - family.tokens.size()) + std::string(wanted);
}

/// BERT and its kin do more with the sum; the tensors for it tell.
std::string afterSumOf(const CheckpointWeights& weights, const std::string& tokens,
                       const CheckpointFamily& family) {
    const auto holds = [&](const char* name) {
        return has(weights, besideTokens(tokens, std::string("embeddings.") + name, family));
    };
    const bool addsSegment = holds("token_type_embeddings.weight");
    const bool normalises = holds("LayerNorm.weight") || holds("LayerNorm.gamma");
    if (!addsSegment && !normalises) {
        return {};
    }
    return std::string(family.name) + (addsSegment ? " also adds the segment's row" : "") +
           (addsSegment && normalises ? " and" : "") + (normalises ? " normalises the sum" : "") + ".";
}

std::optional<Error> readFirstPosition(Model& model, const PositionSource& source,
                                       const PlacedTensor& tensor) {
    if (source.family.scheme != PositionScheme::LearnedAfterPadding) {
        return std::nullopt;
    }
    const Result<std::optional<std::uint64_t>> padding = source.config.count("pad_token_id");
    if (!padding.ok()) {
        return padding.error();
    }
    const std::uint64_t row = padding.value().value_or(usualPadding);
    const std::size_t rows = model.positions->rows();
    if (row >= rows - 1) {
        return Error{ErrorCode::Broken, tensor.where(),
                     "has " + grouped(rows) + (rows == 1 ? " row" : " rows") +
                         ", none of them for a token: positions begin after that of padding, " +
                         grouped(row) + " (pad_token_id)",
                     "the files may belong to different models"};
    }
    model.firstPosition = static_cast<std::size_t>(row + 1);
    return std::nullopt;
}

std::optional<Error> readTable(Model& model, const PositionSource& source, const PlacedTensor& tensor) {
    Result<std::shared_ptr<const EmbeddingTable>> table = tableOf(tensor);
    if (!table.ok()) {
        return table.error();
    }
    const std::size_t dimension = model.table->dimension();
    if (table.value()->dimension() != dimension) {
        return Error{ErrorCode::Broken, tensor.where(),
                     "position rows have " + grouped(table.value()->dimension()) + " numbers, token rows " +
                         grouped(dimension) + ": they cannot be added",
                     "the file is damaged or no " + std::string(source.family.name)};
    }
    const std::string key(source.family.positionsKey);
    const std::uint64_t rows = table.value()->rows();
    const Result<std::optional<std::uint64_t>> said = source.config.count(key);
    if (!said.ok()) {
        return said.error();
    }
    if (said.value().value_or(rows) != rows) {
        model.warnings.push_back("config.json says " + grouped(*said.value()) + " positions (" + key +
                                 "), the table has " + grouped(rows) + "; the table counts");
    }
    model.positions = std::move(table).value();
    return readFirstPosition(model, source, tensor);
}

std::optional<Error> readLearned(Model& model, const PositionSource& source, CheckpointWeights& weights,
                                 const std::string& tokens) {
    const std::string wanted = besideTokens(tokens, source.family.positions, source.family);
    const Result<std::optional<std::string>> kind = source.config.text("position_embedding_type");
    if (!kind.ok()) {
        return kind.error();
    }
    if (kind.value().value_or("absolute") != "absolute") {
        model.noPositions = "No rows of positions are added: config.json says position_embedding_type “" +
                            displayText(kind.value()->substr(0, 40)) + "”.";
        return std::nullopt;
    }
    if (!has(weights, wanted)) {
        model.noPositions = "The file has no tensor " + wanted + ", so nothing is known of its positions.";
        return std::nullopt;
    }
    if (!source.isKnown) {
        model.noPositions =
            "There is a table of positions, but which of its rows the first token takes is not known "
            "without the model_type in config.json.";
        return std::nullopt;
    }
    const Result<PlacedTensor> tensor = weights.find(wanted);
    if (!tensor.ok()) {
        return tensor.error();
    }
    model.positionsName = shortTensorName(wanted);
    model.afterSum = afterSumOf(weights, tokens, source.family);
    return readTable(model, source, tensor.value());
}

void sayRotary(Model& model, const PositionSource& source) {
    RotaryReading reading = readRotary(source.config, source.family, model.table->dimension());
    const std::string end =
        ": " + std::string(source.family.name) + " turns queries and keys by them instead of adding rows.";
    if (reading.settings) {
        model.noPositions = "Rotary positions, " + rotaryText(*reading.settings) + end;
        model.rotary = reading.settings;
        return;
    }
    model.noPositions = "Rotary positions, how is not known (" + reading.unknown + ")" + end;
    model.warnings.push_back("config.json does not tell the rotary positions: " + reading.unknown);
}

}  // namespace

std::optional<Error> readPositions(Model& model, const PositionSource& source, CheckpointWeights& weights,
                                   const std::string& tokens) {
    const CheckpointFamily& family = source.family;
    if (!family.positions.empty()) {
        return readLearned(model, source, weights, tokens);
    }
    const std::string name(family.name);
    const ConfigValue* alibi = source.config.find("alibi");
    const bool usesAlibi =
        family.scheme == PositionScheme::Alibi ||
        (family.scheme == PositionScheme::RotaryOrAlibi && alibi != nullptr && alibi->text == "true");
    if (!source.isKnown) {
        model.noPositions = "Without the model_type in config.json nothing is known of its positions.";
    } else if (family.scheme == PositionScheme::RelativeBuckets) {
        model.noPositions = "Relative buckets: each head of " + name +
                            " learned a number for each stretch of distances, and no rows are added.";
    } else if (usesAlibi) {
        model.noPositions =
            "ALiBi: each head of " + name + " weighs tokens by their distance, and no rows are added.";
    } else {
        sayRotary(model, source);
    }
    return std::nullopt;
}

}  // namespace lexiscope

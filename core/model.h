// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/embedding_table.h"
#include "core/embedding/vocabulary.h"
#include "core/position/rotary_settings.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// One tensor a file holds, for the report of what is in it.
struct TensorInfo {
    std::string name;
    std::string dtype;
    std::vector<std::uint64_t> shape;
};

/// What a model is a part of, whose first rows it holds.
struct WholeModel {
    std::uint64_t rows = 0;
    bool isEstimate = false;  ///< the number of rows follows from the file's size; else the file says so
};

/// One loaded model. Immutable once a loader has returned it; shared by const pointer. Where a part is
/// absent, the sentence beside it says so, for the panel that would have shown it.
struct Model {
    std::string name;    ///< short, for people: the folder's or file's name without ending
    std::string format;  ///< "BERT folder", "word2vec binary"
    std::filesystem::path path;
    std::uint64_t fileSize = 0;  ///< bytes of the file that holds the vectors

    std::shared_ptr<const Vocabulary> vocabulary;  ///< never null; vocabulary->size() == table->rows()
    std::shared_ptr<const EmbeddingTable> table;  ///< never null; V × D, or V × 0 where there are no vectors
    std::string noVectors;                        ///< of a tokenizer that was opened alone
    std::shared_ptr<const Tokenizer> tokenizer;   ///< may be null
    std::string noTokenizer;
    /// How the tokenizer cuts texts before it merges, where its file does not say: as its name does, or as
    /// was chosen.
    std::optional<SplitScheme> split;
    std::shared_ptr<const EmbeddingTable> positions;  ///< may be null; rows × D
    /// The row of `positions` that the first token of a text takes; the next one takes the next, and so on.
    /// 0, but in RoBERTa and its kin, whose rows up to that of padding are no places of tokens. Below
    /// positions->rows().
    std::size_t firstPosition = 0;
    std::string noPositions;
    /// How queries and keys are turned, in models that do so instead of adding rows of positions.
    std::optional<RotarySettings> rotary;
    /// What the model does to the sum of token row and position row before its first layer reads it, for
    /// people; empty: nothing.
    std::string afterSum;

    /// What the two tables are called in the model's file, without what stands around: "wte", "wpe"; empty
    /// where there is no such name.
    std::string tableName;
    std::string positionsName;

    /// Set in a model that stands in until the whole file has been read.
    std::optional<WholeModel> partOf;

    std::vector<TensorInfo> tensors;
    std::vector<std::string> warnings;

    /// Rows that hold numbers. What searches, projects or paints them asks first.
    bool hasVectors() const { return table->dimension() > 0; }
};

/// The places of a text that have a row of positions; 0 where the model has no such table.
inline std::size_t placeCount(const Model& model) {
    return model.positions ? model.positions->rows() - model.firstPosition : 0;
}

/// The row that is added to the token at that place. place < placeCount(model).
inline Row positionRowAt(const Model& model, std::size_t place) {
    return Row{static_cast<std::uint32_t>(model.firstPosition + place)};
}

}  // namespace lexiscope

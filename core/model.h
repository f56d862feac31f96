// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/embedding_table.h"
#include "core/embedding/vocabulary.h"
#include "core/tokenize/tokenizer.h"

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
    std::string format;  ///< "GPT-2 folder", "word2vec binary"
    std::filesystem::path path;
    std::uint64_t fileSize = 0;  ///< bytes of the file that holds the vectors

    std::shared_ptr<const Vocabulary> vocabulary;  ///< never null; vocabulary->size() == table->rows()
    std::shared_ptr<const EmbeddingTable> table;   ///< never null; V × D
    std::shared_ptr<const Tokenizer> tokenizer;    ///< may be null
    std::string noTokenizer;
    std::shared_ptr<const EmbeddingTable> positions;  ///< may be null; positions × D
    std::string noPositions;

    /// Set in a model that stands in until the whole file has been read.
    std::optional<WholeModel> partOf;

    std::vector<TensorInfo> tensors;
    std::vector<std::string> warnings;
};

}  // namespace lexiscope

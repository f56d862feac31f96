// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/embedding_table.h"
#include "core/embedding/vocabulary.h"
#include "core/io/loader.h"
#include "core/model.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// What a file of words and their vectors holds.
struct WordVectors {
    std::shared_ptr<const Vocabulary> vocabulary;
    std::shared_ptr<const EmbeddingTable> table;
    std::vector<std::string> warnings;
};

/// Says how many words stand more than once, if any do.
std::optional<std::string> warningOfDuplicates(const Vocabulary& vocabulary);

/// A model of them, with a word-level tokenizer.
std::shared_ptr<Model> modelOfWords(const Source& source, std::string format, WordVectors vectors);

}  // namespace lexiscope

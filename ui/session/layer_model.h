// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/train/embedding_layer.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <QByteArray>

namespace lexiscope {

/// What the IDs of a layer made here stand for: the tokens of a model with as many; else words, one after the
/// other in the rows that are not the padding row; the IDs of a large layer stand for nothing but themselves.
struct LayerWords {
    std::shared_ptr<const Vocabulary> vocabulary;  ///< of that model, and its tokenizer, which may be null
    std::shared_ptr<const Tokenizer> tokenizer;
    std::string model;               ///< what it is called
    std::vector<std::string> words;  ///< each once; without a vocabulary alone

    bool operator==(const LayerWords&) const = default;
};

/// What a layer begins as here: small enough to see all of it, with a padding row.
LayerOptions usualLayer();

/// Layers of up to so many rows have words.
inline constexpr std::size_t mostNamedRows = 1000;

/// What the padding row of a layer with words is called.
inline constexpr std::string_view paddingWord = "<pad>";

/// The words and signs of a text, each once, in the order in which they come; at most `most`, and of a long
/// text only those of its beginning.
std::vector<std::string> wordsOfText(const QByteArray& text, std::size_t most);

/// The layer as a model. Rows for which there is no word are "[unused7]" by their number.
std::shared_ptr<const Model> layerModel(const LayerOptions& options, const LayerWords& words,
                                        std::shared_ptr<const EmbeddingTable> table);

/// The same words with other numbers.
std::shared_ptr<const Model> withTable(const Model& model, std::shared_ptr<const EmbeddingTable> table);

}  // namespace lexiscope

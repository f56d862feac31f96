// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/layer_model.h"

#include "core/tokenize/word_level.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace lexiscope {
namespace {

constexpr qsizetype longestText = 1 << 16;  // bytes that are looked at

std::shared_ptr<const Vocabulary> vocabularyOf(const LayerOptions& options,
                                               const std::vector<std::string>& words) {
    Vocabulary::Builder rows;
    const bool isNamed = options.rows <= mostNamedRows;
    auto next = words.begin();
    for (std::size_t row = 0; row < options.rows; ++row) {
        if (!isNamed) {
            rows.add(std::to_string(row));
        } else if (row == options.paddingRow) {
            rows.add(paddingWord);
        } else if (next != words.end()) {
            rows.add(*next++);
        } else {
            rows.add("[unused" + std::to_string(row) + "]");
        }
    }
    return std::make_shared<const Vocabulary>(std::move(rows).build(WordMark::None));
}

}  // namespace

LayerOptions usualLayer() {
    LayerOptions options;
    options.paddingRow = 0;
    return options;
}

std::vector<std::string> wordsOfText(const QByteArray& text, std::size_t most) {
    const std::string beginning = text.left(longestText).toStdString();
    NoProgress progress;
    const Result<Encoding> cut =
        makeWordLevelTokenizer(std::make_shared<const Vocabulary>())->encode(beginning, {}, progress);
    std::vector<std::string> words;
    std::unordered_set<std::string> known;
    if (!cut.ok()) {
        return words;
    }
    for (const Token& token : cut.value().tokens) {
        std::string word = beginning.substr(token.source.begin, token.source.size());
        if (words.size() < most && known.insert(word).second) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::shared_ptr<const Model> layerModel(const LayerOptions& options, const LayerWords& words,
                                        std::shared_ptr<const EmbeddingTable> table) {
    auto model = std::make_shared<Model>();
    model->name = "embedding layer";
    model->format = "embedding layer made here";
    model->table = std::move(table);
    if (words.vocabulary && words.vocabulary->size() == options.rows) {
        model->vocabulary = words.vocabulary;
        model->tokenizer = words.tokenizer;
        model->noTokenizer = words.tokenizer ? "" : "The model whose words these are has no tokenizer.";
    } else {
        model->vocabulary = vocabularyOf(options, words.words);
        model->tokenizer = makeWordLevelTokenizer(model->vocabulary);
    }
    model->noPositions = "An embedding layer knows tokens, not where they stand: there are no positions.";
    return model;
}

std::shared_ptr<const Model> withTable(const Model& model, std::shared_ptr<const EmbeddingTable> table) {
    auto changed = std::make_shared<Model>(model);
    changed->table = std::move(table);
    return changed;
}

}  // namespace lexiscope

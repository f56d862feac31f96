// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/word_vectors.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/tokenize/word_level.h"

#include <utility>

namespace lexiscope {
namespace {

/// The file's name without the ending of its format, and without ".gz" before that.
std::string nameOf(const std::filesystem::path& path) {
    const std::filesystem::path name = path.filename();
    return (name.extension() == ".gz" ? name.stem() : name).stem().string();
}

}  // namespace

std::optional<std::string> warningOfDuplicates(const Vocabulary& vocabulary) {
    const std::vector<Row>& again = vocabulary.duplicates();
    if (again.empty()) {
        return std::nullopt;
    }
    return grouped(again.size()) + (again.size() == 1 ? " word is" : " words are") +
           " there more than once (the first: “" + displayText(vocabulary.spelling(again[0]).substr(0, 60)) +
           "”, row " + grouped(again[0].value) + "); looking one up gives its first row";
}

std::shared_ptr<Model> modelOfWords(const Source& source, std::string format, WordVectors vectors) {
    auto model = std::make_shared<Model>();
    model->name = nameOf(source.path);
    model->format = std::move(format);
    model->path = source.path;
    model->fileSize = source.file->size();
    model->vocabulary = std::move(vectors.vocabulary);
    model->table = std::move(vectors.table);
    model->tokenizer = makeWordLevelTokenizer(model->vocabulary);
    model->noPositions = "Word vectors know no order of words, so this file holds no positions.";
    model->warnings = std::move(vectors.warnings);
    return model;
}

}  // namespace lexiscope

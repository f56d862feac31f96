// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lone_table.h"

#include "core/base/grouped.h"
#include "core/io/checkpoint_family.h"
#include "core/io/checkpoint_tokens.h"
#include "core/io/vector_writer.h"
#include "core/io/word_lines.h"
#include "core/io/word_vectors.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// The words, or why there are none.
struct Labels {
    std::shared_ptr<const Vocabulary> vocabulary;
    std::string missing;
};

Result<Labels> readLabels(const std::filesystem::path& path, std::size_t rows) {
    const std::string name = path.filename().string();
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file.ok()) {
        return file.error().code == ErrorCode::NotFound
                   ? Result(Labels{nullptr, "no " + name + " with a word a line lies beside the file"})
                   : file.error();
    }
    const std::vector<std::string_view> lines = wordLines(file.value()->text());
    Labels labels;
    if (lines.size() == rows) {
        Vocabulary::Builder words;
        words.reserve(rows, file.value()->size());
        for (const std::string_view line : lines) {
            words.add(line);
        }
        labels.vocabulary = std::make_shared<const Vocabulary>(std::move(words).build(WordMark::None));
    } else {
        labels.missing = name + " has " + grouped(lines.size()) + (lines.size() == 1 ? " line" : " lines") +
                         ", the table " + grouped(rows) + (rows == 1 ? " row" : " rows");
    }
    if (const Result<Done> check = file.value()->check(); !check.ok()) {
        return check.error();
    }
    return labels;
}

}  // namespace

bool isLoneTable(const CheckpointWeights& weights) {
    return weights.names().size() == 1 && weights.opened().size() == 1 &&
           weights.opened().front().shape.size() == 2 && !familyByNames(weights.names());
}

Result<std::shared_ptr<const Model>> loadLoneTable(const Source& source, CheckpointWeights& weights) {
    const Result<PlacedTensor> tensor = weights.find(weights.names().front());
    if (!tensor.ok()) {
        return tensor.error();
    }
    Result<std::shared_ptr<const EmbeddingTable>> table = tableOf(tensor.value());
    if (!table.ok()) {
        return table.error();
    }
    Result<Labels> labels = readLabels(labelsPath(source.path), table.value()->rows());
    if (!labels.ok()) {
        return labels.error();
    }
    const bool isNamed = labels.value().vocabulary != nullptr;
    WordVectors vectors{
        isNamed ? labels.value().vocabulary : numberedRows(table.value()->rows()), table.value(), {}};
    std::shared_ptr<Model> model = modelOfWords(source, "vectors in safetensors", std::move(vectors));
    model->tensors = weights.opened();
    if (isNamed) {
        if (std::optional<std::string> twice = warningOfDuplicates(*model->vocabulary)) {
            model->warnings.push_back(*std::move(twice));
        }
        return std::shared_ptr<const Model>(std::move(model));
    }
    model->tokenizer = nullptr;
    model->noTokenizer = "There are no words to cut a text into: " + labels.value().missing + ".";
    model->warnings.push_back(labels.value().missing + ": rows are named by their number (“#17”)");
    return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace lexiscope

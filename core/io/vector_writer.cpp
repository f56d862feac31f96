// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vector_writer.h"

#include "core/base/grouped.h"
#include "core/base/safe_file.h"
#include "core/io/npy_writer.h"
#include "core/io/row_stream.h"
#include "core/io/safetensors_writer.h"
#include "core/io/vocab_json.h"
#include "core/io/word2vec_binary_writer.h"
#include "core/io/word2vec_text_writer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// A new format is a line here.
constexpr std::array<const VectorWriter*, 4> writers = {&word2VecBinaryWriter, &word2VecTextWriter,
                                                        &npyWriter, &safetensorsWriter};

constexpr std::size_t rowsBetweenStopChecks = 1 << 16;
constexpr std::size_t labelBytes = 256 << 10;

/// Words of one kind, and the first of them.
struct Words {
    std::size_t count = 0;
    Row first;
};

std::string sentence(const Words& words, std::string_view what, const Vocabulary& vocabulary) {
    return grouped(words.count) + (words.count == 1 ? " word " : " words ") + std::string(what) +
           (words.count == 1 ? " (row " : " (the first in row ") + grouped(words.first.value) + ": " +
           quotedForError(vocabulary.spelling(words.first)) + ")";
}

/// Warnings, or the error of the first word that the format cannot hold.
Result<std::vector<std::string>> lookAtWords(const Model& model, const VectorWriter& writer, std::size_t rows,
                                             const Progress& progress) {
    Words awkward;
    Words changed;
    for (std::size_t i = 0; i < rows; ++i) {
        if (i % rowsBetweenStopChecks == 0 && progress.stopRequested()) {
            return cancelled();
        }
        const Row row{static_cast<std::uint32_t>(i)};
        const WordFit fit = writer.fit(model.vocabulary->spelling(row));
        if (fit == WordFit::Impossible) {
            return Error{ErrorCode::InvalidArgument, "row " + std::to_string(i),
                         "the word " + quotedForError(model.vocabulary->spelling(row)) + " " +
                             std::string(writer.impossible),
                         std::string(writer.instead)};
        }
        if (fit != WordFit::Whole) {
            Words& words = fit == WordFit::Awkward ? awkward : changed;
            words.first = words.count++ == 0 ? row : words.first;
        }
    }
    std::vector<std::string> warnings;
    if (awkward.count != 0) {
        warnings.push_back(sentence(awkward, writer.awkward, *model.vocabulary));
    }
    if (changed.count != 0) {
        warnings.push_back(sentence(changed, writer.changed, *model.vocabulary));
    }
    return warnings;
}

Result<Done> writeLabels(const Model& model, const VectorWriter& writer, std::size_t rows, SafeFile& file,
                         const Progress& progress) {
    std::string piece;
    for (std::size_t i = 0; i < rows; ++i) {
        writer.appendLabel(model.vocabulary->spelling(Row{static_cast<std::uint32_t>(i)}), piece);
        if (piece.size() >= labelBytes || i + 1 == rows) {
            if (progress.stopRequested()) {
                return cancelled();
            }
            Result<Done> written = file.write(piece);
            if (!written.ok()) {
                return written;
            }
            piece.clear();
        }
    }
    return file.close();
}

/// The second file, if the writer has one.
Result<std::optional<SafeFile>> createLabels(const Model& model, const VectorWriter& writer,
                                             const fs::path& path) {
    if (writer.appendLabel == nullptr) {
        return std::optional<SafeFile>();
    }
    const fs::path labels = labelsPath(path);
    std::error_code ignored;
    const bool isSpecial = fs::exists(path, ignored) && !fs::is_regular_file(path, ignored);
    if (isSpecial || labels == path) {
        return Error{ErrorCode::InvalidArgument, path.string(), "leaves no place for the words beside it",
                     "name a file that ends in .npy"};
    }
    if (fs::equivalent(labels, model.path, ignored)) {
        return Error{ErrorCode::InvalidArgument, labels.string(),
                     "is the model itself, and the words would replace it", "choose another name"};
    }
    Result<SafeFile> file = SafeFile::create(labels);
    return file.ok() ? Result<std::optional<SafeFile>>(std::optional(std::move(file).value())) : file.error();
}

}  // namespace

std::span<const VectorWriter* const> vectorWriters() {
    return writers;
}

std::string knownEndings() {
    std::string known;
    for (const VectorWriter* writer : writers) {
        for (const std::string_view ending : writer->endings) {
            known += known.empty() ? "" : ", ";
            known += ending;
        }
    }
    return known;
}

const VectorWriter* writerForEnding(const fs::path& path) {
    const std::string ending = path.extension().string();
    for (const VectorWriter* writer : writers) {
        if (std::find(writer->endings.begin(), writer->endings.end(), ending) != writer->endings.end()) {
            return writer;
        }
    }
    return nullptr;
}

std::string pytorchLine(const VectorWriter& writer, const fs::path& path, const PyTorchUse& use) {
    if (writer.pytorchBefore.empty()) {
        return {};
    }
    std::string quoted = "\"";
    for (const char c : path.string()) {
        quoted += c == '"' || c == '\\' ? std::string{'\\', c} : c == '\n' ? "\\n" : std::string{c};
    }
    std::string line = std::string(writer.pytorchBefore) + quoted + "\"" + std::string(writer.pytorchAfter);
    line += use.isTrained ? ", freeze=False" : "";
    line += use.paddingRow ? ", padding_idx=" + std::to_string(*use.paddingRow) : "";
    return line + ")";
}

fs::path labelsPath(const fs::path& path) {
    return fs::path(path).replace_extension(".txt");
}

Result<std::vector<std::string>> writeVectors(const Model& model, const VectorWriter& writer,
                                              const fs::path& path, const WriteVectorsOptions& options,
                                              Progress& progress) {
    const std::size_t rows = std::min(options.rows, model.table->rows());
    Result<std::vector<std::string>> warnings = lookAtWords(model, writer, rows, progress);
    if (!warnings.ok()) {
        return warnings;
    }
    Result<std::optional<SafeFile>> labels = createLabels(model, writer, path);
    if (!labels.ok()) {
        return labels.error();
    }
    Result<SafeFile> file = SafeFile::create(path);
    if (!file.ok()) {
        return file.error();
    }
    const WriteBytes write = [&](std::string_view bytes) { return file.value().write(bytes); };
    const AppendRow append = [&](Row row, std::span<const float> values, std::string& out) {
        writer.appendRow(model.vocabulary->spelling(row), values, out);
    };
    Result<Done> done = write(writer.head(rows, model.table->dimension()));
    done = done.ok() ? streamRows(*model.table, 0, rows, append, write, options.pool, progress) : done;
    done = done.ok() ? file.value().close() : done;
    if (done.ok() && labels.value()) {
        done = writeLabels(model, writer, rows, *labels.value(), progress);
        // Both stand complete before either takes its place.
        done = done.ok() ? labels.value()->commit() : done;
    }
    done = done.ok() ? file.value().commit() : done;
    return done.ok() ? std::move(warnings) : done.error();
}

}  // namespace lexiscope

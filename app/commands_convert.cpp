// SPDX-License-Identifier: GPL-3.0-or-later
// convert: a model's words and vectors in another format.
#include "app/commands.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/worker_pool.h"
#include "core/io/vector_writer.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace lexiscope {
namespace {

// What --format takes: the writers' own names, and the endings that stand for them.
constexpr std::array<std::string_view, 7> formats = {
    "word2vec-binary", "word2vec-text", "npy", "safetensors", "bin", "txt", "vec"};

constexpr std::array convertOptions = {
    OptionSpec{"--format", Takes::Choice, "word2vec-binary|word2vec-text|npy|safetensors",
               "What to write (default: told by OUT's ending, .bin, .txt or .vec, .npy, .safetensors)",
               formats},
    OptionSpec{"--top", Takes::Count, "N", "Write the first N rows alone (default: all)", {}, 1},
};

const VectorWriter* writerOf(const Arguments& arguments) {
    const std::optional<std::string> named = arguments.text("--format");
    if (!named) {
        return writerForEnding(arguments.operands()[1]);
    }
    for (const VectorWriter* writer : vectorWriters()) {
        if (writer->name == *named) {
            return writer;
        }
    }
    return writerForEnding("any." + *named);
}

Result<Done> checkConvert(const Arguments& arguments) {
    if (writerOf(arguments) == nullptr) {
        return usageError(arguments.operands()[1], "its ending tells no format",
                          "known are " + knownEndings() + "; or name a format with --format");
    }
    return Done{};
}

/// What a model has besides words and vectors is not written, and should not be missed later.
void warnOfWhatIsLeftOut(const Model& model) {
    if (model.positions) {
        printWarning(
            "only words and vectors are written: the model's positions have no place in this format");
    }
}

std::string report(const VectorWriter& writer, std::size_t rows, std::size_t dimension,
                   const std::string& out) {
    std::error_code ignored;
    const std::uintmax_t size = std::filesystem::file_size(out, ignored);
    std::string text =
        oneLine(out) + ": " + std::string(writer.format) + ", " + grouped(rows) + " × " + grouped(dimension);
    text += ignored ? "" : ", " + fileSizeText(size);
    if (writer.appendLabel != nullptr) {
        text += "; words in " + oneLine(labelsPath(out).string());
    }
    text += "\n";
    if (const std::string line = pytorchLine(writer, out); !line.empty()) {
        text += oneLine(line) + "\n";
    }
    return text;
}

Result<int> runConvert(const Arguments& arguments) {
    const std::string& out = arguments.operands()[1];
    const Result<std::shared_ptr<const Model>> opened = openVectors(arguments.operands()[0]);
    if (!opened.ok()) {
        return opened.error();
    }
    const Model& model = *opened.value();
    const VectorWriter& writer = *writerOf(arguments);
    WorkerPool pool;
    TerminalProgress progress("writing " + out);
    WriteVectorsOptions options;
    options.pool = &pool;
    options.rows = static_cast<std::size_t>(
        std::min<std::uint64_t>(arguments.count("--top", model.table->rows()), model.table->rows()));
    const Result<std::vector<std::string>> written = writeVectors(model, writer, out, options, progress);
    if (!written.ok()) {
        return written.error();
    }
    warnOfWhatIsLeftOut(model);
    for (const std::string& warning : written.value()) {
        printWarning(warning);
    }
    const Result<Done> printed = print(report(writer, options.rows, model.table->dimension(), out));
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command convertCommand() {
    return {.name = "convert",
            .operands = "MODEL OUT",
            .summary =
                "The words and vectors of a model in another format; of an array also the line that loads "
                "it into PyTorch",
            .fewest = 2,
            .most = 2,
            .options = convertOptions,
            .check = checkConvert,
            .run = runConvert};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/model.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What becomes of a word in a format.
enum class WordFit {
    Whole,       ///< it can be read back
    Awkward,     ///< it can be read back here, but not by every program
    Changed,     ///< it is written in another spelling
    Impossible,  ///< it would break the file
};

/// One format that the words and vectors of a model are written in.
struct VectorWriter {
    std::string_view name;    ///< "word2vec-text", as an option calls it
    std::string_view format;  ///< "word2vec text", as people call it
    std::span<const std::string_view> endings;

    std::string (*head)(std::size_t rows, std::size_t dimension);
    void (*appendRow)(std::string_view word, std::span<const float> values, std::string& out);
    /// Null where the words go into the same file; else appends the line of a second one, which lies beside
    /// the first and ends in .txt.
    void (*appendLabel)(std::string_view word, std::string& out);

    /// Around the file's name in quotes, the line of Python that makes a torch.nn.Embedding of it, up to
    /// where further arguments of from_pretrained() may stand; empty where PyTorch has no way to read the
    /// format.
    std::string_view pytorchBefore;
    std::string_view pytorchAfter;

    WordFit (*fit)(std::string_view word);
    std::string_view awkward;     ///< what is said of such words, after "3 words "
    std::string_view changed;     ///< likewise
    std::string_view impossible;  ///< what is said of one such word
    std::string_view instead;     ///< which format to take for it
};

/// In the order they are offered.
std::span<const VectorWriter* const> vectorWriters();
/// By the path's ending; null when none has it.
const VectorWriter* writerForEnding(const std::filesystem::path& path);

/// How PyTorch is to take the vectors; as its from_pretrained() does, unless told otherwise.
struct PyTorchUse {
    bool isTrained = false;  ///< learning goes on (freeze=False)
    std::optional<std::size_t> paddingRow;
};

/// What loads the file into PyTorch, to be run as it stands; empty where there is no such line.
std::string pytorchLine(const VectorWriter& writer, const std::filesystem::path& path,
                        const PyTorchUse& use = {});

/// All that writerForEnding() knows, for people: ".bin, .txt, .vec".
std::string knownEndings();

/// Where the words go, for a writer that puts them into a second file.
std::filesystem::path labelsPath(const std::filesystem::path& path);

struct WriteVectorsOptions {
    std::size_t rows = 0;        ///< the first so many, at most all
    WorkerPool* pool = nullptr;  ///< null: the calling thread does all the work
};

/// Writes the rows' words, in the vocabulary's own spelling, and vectors as float32; gives warnings. The
/// files are written whole or not at all (see SafeFile), both of them where there are two. InvalidArgument
/// (row and word) when a word cannot be held, or when the second file would replace the model's own;
/// Unreadable, Cancelled. Reports rows.
Result<std::vector<std::string>> writeVectors(const Model& model, const VectorWriter& writer,
                                              const std::filesystem::path& path,
                                              const WriteVectorsOptions& options, Progress& progress);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/load_aids.h"
#include "core/model.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

/// What a person asked to open: a folder, or a file of at least one byte.
struct Source {
    std::filesystem::path path;
    std::shared_ptr<const MappedFile> file;  ///< null for a folder

    bool isFolder() const { return file == nullptr; }
};

/// One format. recognises() looks at names and first bytes only, and says "mine" for damaged files too, so
/// that load() can tell what is wrong with them.
struct Loader {
    std::string_view format;
    bool (*recognises)(const Source& source);
    Result<std::shared_ptr<const Model>> (*load)(const Source& source, const LoadAids& aids,
                                                 Progress& progress);
};

/// What ends every refusal of a file that is not understood.
inline constexpr std::string_view whatCanBeOpened =
    "what can be opened: a Hugging Face folder (config.json, model.safetensors, and vocab.json with "
    "merges.txt, vocab.txt or tokenizer.json), a word2vec file (binary or text), GloVe text, a feature "
    "table (CSV), or a tokenizer alone (tokenizer.json, vocab.txt, .tiktoken, SentencePiece's .model, GGUF)";

}  // namespace lexiscope

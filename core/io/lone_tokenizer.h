// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/loader.h"
#include "core/model.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace lexiscope {

/// Files that hold a tokenizer and no vectors: what readTokenizerFile() reads, a tokenizer.json by any name,
/// vocab.json or merges.txt where both lie together. Folders are left to readTokenizerOf(). A .tiktoken whose
/// name does not tell how it cuts is cut as cl100k_base, with a warning.
extern const Loader loneTokenizerLoader;

/// The tokenizer of a file or folder, whether or not a model lies there too: a folder with vocab.json and
/// merges.txt, or one of these two; a tokenizer.json by any name that ends in .json, or a folder with one; a
/// file that holds nothing but a tokenizer; a folder with ranks (tokenizer.model, or one .tiktoken). Nothing
/// where there is none of these; else what the readers say. `split` is for ranks alone; InvalidArgument with
/// other files.
Result<std::optional<std::shared_ptr<const Tokenizer>>> readTokenizerOf(
    const std::filesystem::path& path, Progress& progress, std::optional<SplitScheme> split = std::nullopt);

/// The same for a folder that is no model: tokenizer.model, spiece.model or vocab.txt in it, too.
Result<std::optional<std::shared_ptr<const Tokenizer>>> readTokenizerIn(const std::filesystem::path& folder,
                                                                        Progress& progress);

/// What readTokenizerIn() finds as a model; null where it finds nothing. Ranks are cut as for the file alone.
Result<std::shared_ptr<const Model>> loadTokenizerIn(const std::filesystem::path& folder,
                                                     const LoadAids& aids, Progress& progress);

/// The tokenizer as a model of V rows without numbers (V × 0). Its warnings are the model's. V > 0.
std::shared_ptr<Model> modelOfTokenizer(std::shared_ptr<const Tokenizer> tokenizer, std::string name,
                                        std::string format);

/// The same for one that lies there; Broken when it has no tokens.
Result<std::shared_ptr<const Model>> modelOfTokenizer(std::shared_ptr<const Tokenizer> tokenizer,
                                                      const std::filesystem::path& path);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/load_aids.h"
#include "core/model.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

/// Opens a model of any format: the loaders are asked in a fixed order whether the file or folder is of
/// theirs, and the first that says yes loads it. "Not mine" differs from "broken": a broken file of a known
/// format is not offered to the next. A tokenizer alone is a model without vectors (V × 0); so is a
/// checkpoint's folder without its numbers. NotFound, Unreadable, Unsupported (names what can be opened),
/// Broken (file and place), Cancelled. Vectors stay in the file, but for those written as text.
Result<std::shared_ptr<const Model>> loadModel(const std::filesystem::path& path, Progress& progress,
                                               const LoadAids& aids = {});

/// Opens a tokenizer alone: a folder with vocab.json and merges.txt or else with tokenizer.json, a
/// tokenizer.json by any name that ends in .json, a file that holds nothing but a tokenizer (see
/// readTokenizerFile), a folder with one, or the tokenizer of a model file.
Result<std::shared_ptr<const Tokenizer>> loadTokenizer(const std::filesystem::path& path, Progress& progress,
                                                       const LoadAids& aids = {});

/// A path, or the built-in model that "builtin:NAME" names, which lies at `modelFolder`/NAME. NotFound lists
/// the built-in ones.
Result<std::filesystem::path> resolveModel(std::string_view spec, const std::filesystem::path& modelFolder);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/tokenizer.h"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace lexiscope {

// Ranks (tiktoken_file.h) where they lie, by themselves or beside a model.

/// Files that hold nothing but a tokenizer, looked for in a folder in this order, after vocab.json with
/// merges.txt and tokenizer.json.
inline constexpr std::array<const char*, 3> filesAlone = {"tokenizer.model", "spiece.model", "vocab.txt"};

/// The first bytes of a file; none of a folder.
std::string beginOf(const std::filesystem::path& path);

/// Does the file hold ranks, by its name or its first lines?
bool isRanks(const std::filesystem::path& path);

/// The ranks in a folder whose tokenizer they are: a tokenizer.model of that kind, else the only .tiktoken.
/// Nothing where a file lies there that goes first.
std::optional<std::filesystem::path> ranksIn(const std::filesystem::path& folder);

struct CutRanks {
    std::shared_ptr<const Tokenizer> tokenizer;
    SplitScheme split = SplitScheme::Cl100k;
    std::optional<std::string> warning;  ///< where nothing tells how they cut
};

/// Reads them with the cut that was chosen, else the one that the name tells, else that of cl100k_base.
/// Errors as readTiktoken() has them.
Result<CutRanks> readRanks(const std::filesystem::path& file, std::optional<SplitScheme> chosen,
                           Progress& progress);

}  // namespace lexiscope

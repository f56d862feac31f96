// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/embedding/vocabulary.h"
#include "core/io/checkpoint_family.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/tokenizer.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// What names the rows of a checkpoint's table, and what cuts text into them.
struct CheckpointTokens {
    std::shared_ptr<const Vocabulary> vocabulary;  ///< never null, one word a row
    std::shared_ptr<const Tokenizer> tokenizer;    ///< may be null; knows no more tokens than there are rows
    std::string noTokenizer;                       ///< why there is none
    /// How the tokenizer cuts texts, where its file does not say so (Model::split).
    std::optional<SplitScheme> split;
    std::vector<std::string> warnings;
};

/// Reads the token files of a family in that folder, for a table of so many rows. In this order, the first
/// that is there: vocab.json with merges.txt, where the family's are GPT-2's; vocab.txt, where it is
/// WordPiece; tokenizer.json; tokenizer.model or spiece.model; the only .tiktoken; vocab.json; vocab.txt.
/// Ranks are cut as was `chosen`, else as readRanks() has it. A tokenizer of a kind that is not read still
/// names the rows. Rows beyond the tokens are kept, under names that say so ("[unused 50257]"); with no file
/// at all, rows are named by their number ("#17").
///
/// Broken (file and place) when a file is damaged, or a tokenizer has more tokens than the table has rows;
/// Unreadable, Cancelled.
Result<CheckpointTokens> readCheckpointTokens(const std::filesystem::path& folder,
                                              const CheckpointFamily& family, std::size_t rows,
                                              std::optional<SplitScheme> chosen, Progress& progress);

/// The tokenizer of vocab.json and merges.txt in that folder, both of which are there. Unsupported when the
/// config.json beside them tells that they are not like GPT-2's.
Result<std::shared_ptr<const Tokenizer>> readPairOf(const std::filesystem::path& folder, Progress& progress);

/// A row for each ID, named as the tokenizer spells it.
std::shared_ptr<const Vocabulary> rowsOf(const Tokenizer& tokenizer);

/// Rows that only have their number.
std::shared_ptr<const Vocabulary> numberedRows(std::size_t rows);

}  // namespace lexiscope

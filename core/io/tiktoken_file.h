// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace lexiscope {

/// Does it begin as a .tiktoken file does: with lines of base64, white space and a number?
bool beginsAsTiktoken(std::string_view bytes);

/// Is a file with that beginning one? By its name (.tiktoken), whatever its first lines are, or by these.
bool isTiktoken(const std::filesystem::path& file, std::string_view begin);

/// How texts are cut for the ranks in a file of that name, for the file does not say: gpt2, r50k_base,
/// p50k_base, p50k_edit, cl100k_base, o200k_base, o200k_harmony, qwen, and Llama 3's tokenizer.model. Nothing
/// for other names.
std::optional<SplitScheme> tiktokenScheme(const std::filesystem::path& file);

/// Ranks as OpenAI's tiktoken keeps them (.tiktoken): on each line the bytes of a token in base64 (RFC 4648)
/// and its rank, which is its ID; two neighbours merge when both together are a token, the lowest rank first.
/// The special tokens of an encoding known by the file's name are added, at the IDs that tiktoken gives them,
/// or Llama 3.1's tokenizer.json; IDs that nobody uses in between are named "[unused N]". Qwen's texts are
/// put into NFC. The tokenizer warns of ranks that are left out, and of a file that has not as many as its
/// name promises.
///
/// Unsupported where neither `scheme` nor the name says how texts are cut. Broken (line): no such line, a
/// rank twice or far beyond the others, a token twice, a byte without a token. NotFound, Unreadable,
/// Cancelled.
Result<std::shared_ptr<const Tokenizer>> readTiktoken(const std::filesystem::path& path, Progress& progress,
                                                      std::optional<SplitScheme> scheme = std::nullopt);

/// The same from the file's content, without special tokens; `name` is what errors call it.
Result<std::shared_ptr<const Tokenizer>> parseTiktoken(std::string_view bytes, std::string_view name,
                                                       SplitScheme scheme, Progress& progress);

}  // namespace lexiscope

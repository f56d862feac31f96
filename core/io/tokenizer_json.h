// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

/// The tokenizer.json of Hugging Face's tokenizers, of GPT-2's kind alone: a byte-level BPE that gives the
/// same IDs as vocab.json and merges.txt. That is: model of type BPE without dropout, affixes, byte_fallback
/// or ignore_merges; pre_tokenizer ByteLevel without add_prefix_space; post_processor and decoder ByteLevel
/// or none; no normalizer; added_tokens all special, and taken as they stand. Merges may be "a b" or ["a",
/// "b"]. What truncation and padding would do to a text is left out.
///
/// Source: https://huggingface.co/docs/tokenizers and the files themselves. Unsupported (names what differs)
/// for other kinds; Broken (byte, or the part of the file) as readGpt2Tokenizer() has it; NotFound,
/// Unreadable, Cancelled.
Result<std::shared_ptr<const Tokenizer>> readTokenizerJson(const std::filesystem::path& path,
                                                           Progress& progress);

/// The same from the file's content, however few the merges are; `name` is what errors call it.
Result<std::shared_ptr<const Tokenizer>> parseTokenizerJson(std::string_view json, std::string_view name,
                                                            Progress& progress);

}  // namespace lexiscope

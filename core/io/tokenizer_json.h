// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace lexiscope {

/// The tokenizer.json of Hugging Face's tokenizers, of GPT-2's kind alone: a byte-level BPE that gives the
/// same IDs as vocab.json and merges.txt. That is: model of type BPE without dropout, affixes, byte_fallback
/// or ignore_merges; pre_tokenizer ByteLevel without add_prefix_space; decoder ByteLevel or none;
/// post_processor likewise, or RobertaProcessing, whose cls and sep addSpecial then puts around a text; no
/// normalizer; added_tokens all special, and taken as they stand, perhaps with the white space before them
/// (lstrip). Merges may be "a b" or ["a", "b"]. What truncation and padding would do to a text is left out.
///
/// Source: https://huggingface.co/docs/tokenizers and the files themselves. Unsupported (names what differs)
/// for other kinds; Broken (byte, or the part of the file) as readGpt2Tokenizer() has it; NotFound,
/// Unreadable, Cancelled.
Result<std::shared_ptr<const Tokenizer>> readTokenizerJson(const std::filesystem::path& path,
                                                           Progress& progress);

/// The same from the file's content, however few the merges are; `name` is what errors call it.
Result<std::shared_ptr<const Tokenizer>> parseTokenizerJson(std::string_view json, std::string_view name,
                                                            Progress& progress);

/// A tokenizer.json of any kind: the tokenizer, or the tokens that it names.
struct TokenizerJson {
    std::shared_ptr<const Tokenizer> tokenizer;  ///< null when it is of a kind that is not read
    std::optional<Error> unsupported;            ///< then: what differs
    std::vector<VocabEntry> words;               ///< then: the tokens and their IDs, in any order
};

/// As readTokenizerJson(), but a kind that is not read is no failure.
Result<TokenizerJson> readTokenizerJsonOrWords(const std::filesystem::path& path, Progress& progress);

}  // namespace lexiscope

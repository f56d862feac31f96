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

/// The tokenizer.json of Hugging Face's tokenizers, the whole of it: normalizers (NFC, NFD, NFKC, NFKD,
/// Lowercase, StripAccents, Strip, Replace, Prepend, BertNormalizer, Precompiled, Sequence), pre-tokenizers
/// (ByteLevel, Metaspace, BertPreTokenizer, Whitespace, WhitespaceSplit, Punctuation, Digits, Split,
/// CharDelimiterSplit, UnicodeScripts, Sequence), models (BPE, WordPiece, Unigram, WordLevel),
/// post-processors, of which the template for one text counts, decoders and added tokens. What Hugging Face's
/// program requires of each is required. Truncation and padding are left out, with a note, dropout with a
/// warning; of merges and of Unigram's pieces that stand there twice the later one counts, with one, too. IDs
/// that nobody uses are named "[unused N]". What GPT-2's files and those cut like them hold is tokenized by
/// makeByteLevelBpe(), the rest by makePipeline().
///
/// Source: https://huggingface.co/docs/tokenizers and the files themselves. Unsupported (names the stage and
/// what is not known of it); Broken (byte, or the part of the file) as readGpt2Tokenizer() has it; NotFound,
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

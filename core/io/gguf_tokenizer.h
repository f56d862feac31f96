// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

inline constexpr std::string_view ggufMagic = "GGUF";

/// The tokenizer that a GGUF file holds (`tokenizer.ggml.*`), as llama.cpp reads it: `llama` is
/// SentencePiece's BPE with bytes, `gpt2` byte-level BPE, cut as `tokenizer.ggml.pre` says, `gemma4`
/// BPE of the text itself with "▁" for spaces, which some names of `pre` stand for too, `bert` WordPiece,
/// its words spelled with "▁" and restored here to BERT's own spelling, `t5` SentencePiece's Unigram.
/// User-defined tokens are always taken from the text, special ones on demand, among them those that only
/// their spelling tells, with a warning.
///
/// What a file leaves out is as in llama.cpp: how it cuts where no pre-tokenizer is named, and the IDs of
/// special tokens that are not named or not there, with a warning; the white space that the special tokens of
/// some models take; and T5's texts are neither begun with a space nor freed of others.
///
/// Unsupported: another model, or a pre-tokenizer that is not known, which is named and never guessed.
/// Broken: no tokens, lists of different lengths, merges of tokens that are not
/// there; and what GgufMetadata and makeScoredPieces() say. NotFound, Unreadable, Cancelled.
Result<std::shared_ptr<const Tokenizer>> readGgufTokenizer(const std::filesystem::path& path,
                                                           Progress& progress);

/// The same from the file's content; `name` is what errors call it.
Result<std::shared_ptr<const Tokenizer>> parseGgufTokenizer(std::string_view bytes, std::string_view name,
                                                            Progress& progress);

}  // namespace lexiscope

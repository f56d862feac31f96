// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

/// Does it begin as a SentencePiece model does: with a piece that has a text?
bool beginsAsSentencePiece(std::string_view bytes);

/// A SentencePiece model (.model, spiece.model): Protocol Buffers as sentencepiece_model.proto of version
/// 0.1.97 and later has them. Unigram, BPE with or without bytes for what is unknown, words and characters;
/// its normalizer's rules and its handling of spaces; user-defined symbols. Control symbols are special
/// tokens; nothing is added around a text, for the file does not say what.
///
/// Pieces that are marked as unused are never made. Broken (byte of the file, or number of the piece): cut
/// off, no pieces, two with the same text, none or two for the unknown, a score that is no number;
/// Unsupported: a kind of model that is not known; NotFound, Unreadable, Cancelled.
Result<std::shared_ptr<const Tokenizer>> readSentencePiece(const std::filesystem::path& path,
                                                           Progress& progress);

/// The same from the file's content; `name` is what errors call it.
Result<std::shared_ptr<const Tokenizer>> parseSentencePiece(std::string_view bytes, std::string_view name,
                                                            Progress& progress);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"
#include "core/tokenize/tokenizer.h"

#include <memory>

namespace lexiscope {

/// Cuts a text into words as a word2vec vocabulary holds them. White space separates; a stretch without white
/// space is a token if the vocabulary has it. Else as little punctuation as possible is cut off its ends, one
/// character at a time (at most 16 on a side), so that the rest is a word; if nothing helps, it falls into
/// runs without punctuation and single punctuation characters. Of what was cut, neighbours that together are
/// a word (up to 16) stay together. Punctuation is the general categories P and S; bytes that are no UTF-8
/// are part of words.
///
/// Each word is looked up as written, then in lower case. What is not in the vocabulary is a token of kind
/// Unknown without ID: shown, never dropped. There are no special tokens. decode() joins words with single
/// spaces.
std::shared_ptr<const Tokenizer> makeWordLevelTokenizer(std::shared_ptr<const Vocabulary> vocabulary);

}  // namespace lexiscope

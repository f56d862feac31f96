// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"
#include "core/tokenize/tokenizer.h"

#include <memory>

namespace lexiscope {

/// Cuts a text into words as a word2vec vocabulary holds them: white space separates; a stretch without white
/// space is a token if the vocabulary has it, else punctuation is cut off its ends one character at a time,
/// and what is left is cut at inner punctuation until the pieces are words. Each word is looked up as
/// written, then in lower case. What is not in the vocabulary is a token of kind Unknown without ID: shown,
/// never dropped. decode() joins words with single spaces.
std::shared_ptr<const Tokenizer> makeWordLevelTokenizer(std::shared_ptr<const Vocabulary> vocabulary);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"
#include "core/tokenize/token_model.h"

#include <memory>
#include <string>

namespace lexiscope {

/// WordPiece (Schuster & Nakajima 2012; the tokenizer of BERT, Devlin et al. 2018): the longest entry that
/// begins the word, then the longest with `prefix` that goes on from there, to the end. A word that cannot be
/// told so to its end, or of more than `mostCharacters`, is the unknown token as a whole. Takes as long as
/// the word times the longest entry.
struct WordPieceParts {
    std::shared_ptr<const Vocabulary> vocabulary;  ///< row i is ID i
    std::optional<TokenId> unknown;
    std::string prefix = "##";  ///< of what goes on within a word
    std::size_t mostCharacters = 100;
};
TokenModelPtr makeWordPiece(WordPieceParts parts);

/// Whole pieces as they stand in the vocabulary, all others the unknown token.
TokenModelPtr makeWordLevel(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown);

/// Words that each begin with `mark`, as SentencePiece has them: whole ones as they stand in the vocabulary;
/// others, and those of them beside each other together, the unknown token, or, with `byteFallback`, the
/// bytes of each.
TokenModelPtr makeMarkedWords(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown,
                              std::string mark, bool byteFallback);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/embedding/vocabulary.h"
#include "core/tokenize/added_tokens.h"
#include "core/tokenize/decoder.h"
#include "core/tokenize/normalizer.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/tokenize/token_model.h"
#include "core/tokenize/tokenizer.h"

#include <memory>
#include <string>
#include <vector>

namespace lexiscope {

/// How the entries of a vocabulary are spelled, so that each can be read by itself.
struct SpellingStyle {
    bool isByteAlphabet = false;   ///< GPT-2's, one character a byte
    bool hasByteTokens = false;    ///< "<0x0A>" is a byte
    std::string space;             ///< what stands for a space: "▁"
    std::string continuingPrefix;  ///< of what goes on within a word: "##"
    std::string endOfWordSuffix;   ///< of what ends one: "</w>"
};

/// A tokenizer in stages, as Hugging Face's program and file format have it: added tokens are taken out, the
/// text between them is normalized, cut in pieces, and each piece tokenized by the model; a template puts
/// special tokens around.
struct PipelineParts {
    std::string kind;                              ///< the family: "WordPiece"
    std::shared_ptr<const Vocabulary> vocabulary;  ///< row i is ID i; added tokens stand there too
    NormalizerPtr normalizer;                      ///< may be null
    PreTokenizerPtr preTokenizer;                  ///< may be null: the text is one piece
    TokenModelPtr model;
    std::vector<AddedToken> added;
    std::vector<TokenId> before;  ///< special tokens that addSpecial puts before a text
    std::vector<TokenId> after;
    DecoderPtr decoder;  ///< may be null: spellings are joined with spaces
    SpellingStyle style;
    std::vector<std::string> warnings;  ///< of its file
    std::vector<std::string> notes;     ///< likewise
    std::string file;                   ///< for errors to name; may be empty

    Error inFile(Error error) const;
};

/// As Hugging Face's tokenizers give it, with two differences of Tokenizer's contract: special tokens typed
/// in a text are plain text unless parseSpecial is set, and what the vocabulary has no token for is a token
/// without ID, never dropped. Each token keeps the source bytes it came from; where a normalizer has made
/// several tokens of one character, the first has it. Fails with Cancelled, and with Unsupported where a
/// pattern gives up on the text.
std::shared_ptr<const Tokenizer> makePipeline(PipelineParts parts);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace lexiscope {

enum class TokenKind {
    Normal,
    Special,  ///< stands for no text of its own: <|endoftext|>
    Byte,     ///< one byte that is no whole character
    Unknown,  ///< not in the vocabulary; has an ID only if the vocabulary has one for the unknown
};

constexpr std::string_view name(TokenKind kind) {  // "normal"
    switch (kind) {
        case TokenKind::Normal:
            return "normal";
        case TokenKind::Special:
            return "special";
        case TokenKind::Byte:
            return "byte";
        case TokenKind::Unknown:
            return "unknown";
    }
    return {};
}

struct Token {
    std::optional<TokenId> id;
    ByteSpan source;  ///< the bytes of the text it stands for; empty for what was added
    TokenKind kind = TokenKind::Normal;
    bool operator==(const Token&) const = default;
};

/// What a tokenizer has summed up at a place of a text (Tokenizer::sumsWords()).
struct TextSum {
    std::size_t place = 0;  ///< a word cut (word_cuts.h)
    double sum = 0;
    double lowest = 0;  ///< of all sums tried from there to the next place
};

/// A text as tokens in order. The spans do not overlap; spans and the gaps between them cover the text.
struct Encoding {
    std::vector<Token> tokens;
    std::vector<TextSum> sums = {};  ///< at places in order, where the tokenizer sums words
};

}  // namespace lexiscope

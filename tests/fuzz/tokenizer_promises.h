// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/tokenizer.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>
#include <vector>

namespace lexiscope::test {

/// Tokens stand in order within the text, and name entries of the vocabulary that can be decoded.
inline void requireSoundTokens(const Tokenizer& tokenizer, std::string_view text) {
    for (const bool isSpecial : {false, true}) {
        NoProgress progress;
        const Result<Encoding> encoding = tokenizer.encode(text, {isSpecial, isSpecial}, progress);
        if (!encoding.ok()) {
            require(encoding.error().code == ErrorCode::Unsupported);  // a pattern that gives up
            continue;
        }
        std::size_t at = 0;
        std::vector<TokenId> ids;
        for (const Token& token : encoding.value().tokens) {
            require(token.source.begin >= at && token.source.end >= token.source.begin);
            require(token.source.end <= text.size());
            at = token.source.end;
            if (token.id) {
                require(token.id->value < tokenizer.vocabularySize());
                require(tokenizer.tokenBytes(*token.id).size() < text.size() + (std::size_t{1} << 20U));
                ids.push_back(*token.id);
            }
        }
        require(tokenizer.decode(ids).ok());
    }
}

/// The refusal says what and where.
inline void requireSoundError(const Error& error) {
    require(!error.what.empty() && error.where.starts_with("input"));
}

/// A text with all that tokenizers treat in ways of their own.
inline constexpr std::string_view mixedText =
    "Hello,  \u65E5\u672C e\u0301 \xFF 12\n\t\U0001F642 don't<s>aab";

}  // namespace lexiscope::test

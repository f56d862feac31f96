// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/encoded_text.h"

#include <algorithm>

namespace lexiscope {

std::string bytesOf(const EncodedText& text, std::size_t place) {
    const Token& token = text.encoding.tokens[place];
    const bool known = token.id && text.tokenizer && token.id->value < text.tokenizer->vocabularySize();
    if (known && token.kind != TokenKind::Unknown) {
        std::string bytes = text.tokenizer->tokenBytes(*token.id);
        return bytes.empty() ? std::string(text.tokenizer->spelling(*token.id)) : bytes;
    }
    const std::size_t end = std::min(token.source.end, text.text.size());
    return token.source.begin < end ? text.text.substr(token.source.begin, end - token.source.begin)
                                    : std::string();
}

}  // namespace lexiscope

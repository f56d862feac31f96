// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/token_counts.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace lexiscope {
namespace {

double ratio(std::size_t some, std::size_t all) {
    return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

}  // namespace

TextSize sizeOf(std::string_view text) {
    TextSize size;
    size.bytes = text.size();
    bool isInWord = false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = codePointAt(text, at);
        const bool isPart = !isSpace(point);
        size.words += isPart && !isInWord ? 1 : 0;
        isInWord = isPart;
        ++size.characters;
        at += point.size;
    }
    return size;
}

TokenCounts countsOf(const Encoding& encoding) {
    TokenCounts counts;
    counts.tokens = encoding.tokens.size();
    counts.unknown = static_cast<std::size_t>(
        std::count_if(encoding.tokens.begin(), encoding.tokens.end(),
                      [](const Token& token) { return token.kind == TokenKind::Unknown; }));
    return counts;
}

double charactersPerToken(const TextSize& size, const TokenCounts& counts) {
    return ratio(size.characters, counts.tokens);
}

double tokensPerWord(const TextSize& size, const TokenCounts& counts) {
    return ratio(counts.tokens, size.words);
}

}  // namespace lexiscope

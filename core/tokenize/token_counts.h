// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/encoding.h"

#include <cstddef>
#include <string_view>

namespace lexiscope {

/// How long a text is. A word is a run of characters that are no white space (White_Space), whatever the
/// script: a sentence in Chinese, which has no spaces, is one.
struct TextSize {
    std::size_t bytes = 0;
    std::size_t characters = 0;  ///< code points; each byte that is no UTF-8 counts as one
    std::size_t words = 0;
    bool operator==(const TextSize&) const = default;
};
TextSize sizeOf(std::string_view text);

/// How many tokens it is cut into.
struct TokenCounts {
    std::size_t tokens = 0;   ///< with special ones that were added
    std::size_t unknown = 0;  ///< of those, not in the vocabulary
    bool operator==(const TokenCounts&) const = default;
};
TokenCounts countsOf(const Encoding& encoding);

/// characters / tokens, and tokens / words ("fertility"); 0 where there is nothing to divide by.
double charactersPerToken(const TextSize& size, const TokenCounts& counts);
double tokensPerWord(const TextSize& size, const TokenCounts& counts);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/tokenizer.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lexiscope::test {

/// The IDs of a text's tokens, -1 for one that has none.
inline std::vector<std::int64_t> idsOf(const Tokenizer& tokenizer, std::string_view text,
                                       const EncodeOptions& options = {}) {
    NoProgress progress;
    const Result<Encoding> encoding = tokenizer.encode(text, options, progress);
    std::vector<std::int64_t> ids;
    for (const Token& token : encoding.value().tokens) {
        ids.push_back(token.id ? std::int64_t{token.id->value} : -1);
    }
    return ids;
}

}  // namespace lexiscope::test

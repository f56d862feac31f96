// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/unigram.h"

#include <array>
#include <cstdio>
#include <optional>

namespace lexiscope {

std::optional<TokenId> byteToken(const Vocabulary& vocabulary, unsigned char byte) {
    std::array<char, 8> spelling{};
    std::snprintf(spelling.data(), spelling.size(), "<0x%02X>", static_cast<unsigned>(byte));
    const std::optional<Row> row = vocabulary.find(spelling.data());
    return row ? std::optional(tokenIdOf(*row)) : std::nullopt;
}

}  // namespace lexiscope

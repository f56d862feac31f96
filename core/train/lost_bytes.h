// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/piece_counts.h"
#include "core/train/tokenizer_training.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// What a tokenizer cannot be learned from: bytes of its text that are no UTF-8.
struct LostBytes {
    std::uint64_t count = 0;
    std::size_t first = 0;   ///< byte of the text, from 0 on
    std::uint64_t line = 0;  ///< that it stands in, from 1 on; LF ends one
};

/// Nothing where all is UTF-8, and for Bpe, which learns from bytes. `counts` are those of
/// countForTokenizer() for the text.
std::optional<LostBytes> lostBytes(const PieceCounts& counts, std::string_view text, TokenizerKind kind);

/// "1,204 bytes are no UTF-8 and teach nothing: the first of them is byte 17, in line 2"
std::string toString(const LostBytes& lost);

}  // namespace lexiscope

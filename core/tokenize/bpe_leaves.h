// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/bpe_model.h"
#include "core/tokenize/encoding.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What a piece is before its first merge, where what is unknown is settled then
/// (BpeParts::settlesUnknownFirst).
struct BpeLeaves {
    struct Leaf {
        std::uint32_t symbol = 0;
        ByteSpan span = {};  ///< of the piece; empty for the bytes of a prefix or suffix
        TokenKind kind = TokenKind::Normal;
    };
    std::vector<Leaf> leaves;
    std::vector<ByteSpan> dropped;  ///< what is no leaf at all, in order
};

/// `bytes` has the entry of each byte, or MergeTable::noRank. An unknown token comes behind the bytes that
/// follow it: the program this is taken from holds it back until there is an entry or the end.
void settleLeaves(const BpeParts& parts, const std::array<std::uint32_t, 256>& bytes, std::string_view piece,
                  BpeLeaves& out);

/// A token, or MergeTable::noRank for a byte without one, and its place in the piece.
struct PlacedToken {
    std::uint32_t token = 0;
    ByteSpan span = {};
};

/// Merges the tokens of the bytes of a piece, `byteTokens[byte]`, over bytes that have none, as if those were
/// not there. They are not lost: each is within a token, or stands by itself. False when asked to stop.
bool mergeOverUnknown(std::span<const std::uint32_t> byteTokens, std::string_view piece, PieceMerger& merger,
                      std::vector<PlacedToken>& out, const Progress& progress);

}  // namespace lexiscope

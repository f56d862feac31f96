// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/special_tokens.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/stage_trace.h"
#include "core/tokenize/tokenizer.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What a byte-level BPE does, as its traces look at it. Outlived by all that it refers to.
struct ByteLevelSteps {
    const MergeTable& merges;
    const std::array<std::uint32_t, 256>& byteTokens;  ///< PieceMerger::noToken where there is none
    std::span<const std::size_t> ends;                 ///< of each token's bytes, laid one after the other
    SplitScheme split = SplitScheme::Gpt2;
    bool mergesOverUnknown = false;  ///< as ByteLevelBpeParts has it
    /// The token that a piece is as a whole, whatever the merges.
    std::function<std::optional<std::uint32_t>(std::string_view)> whole;
    /// The first special token or user's in a text from a place on, where special ones are parsed or not.
    std::function<std::optional<Token>(std::string_view, std::size_t, bool)> added;
    bool hasUsers = false;
    const std::vector<TokenId>& before;
    const std::vector<TokenId>& after;
};

/// As Tokenizer has them.
Result<StageTrace> traceByteLevel(const ByteLevelSteps& steps, std::string_view text,
                                  const EncodeOptions& options, Progress& progress);
PieceTrace traceByteLevelPiece(const ByteLevelSteps& steps, std::string_view piece);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/tokenize/encoding.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What a model made of a piece.
struct PieceToken {
    std::optional<TokenId> id;  ///< nothing: not in the vocabulary, which has no token for that either
    std::size_t begin = 0;      ///< bytes of the piece
    std::size_t end = 0;
    TokenKind kind = TokenKind::Normal;
    bool operator==(const PieceToken&) const = default;
};

struct PieceTrace;

/// The third stage of a tokenizer: pieces become tokens of its vocabulary. Immutable; safe to use from
/// several threads.
class TokenModel {
  public:
    virtual ~TokenModel() = default;
    virtual std::string_view name() const = 0;  ///< "BPE", "WordPiece", "Unigram", "WordLevel"
    virtual std::optional<TokenId> unknownToken() const { return std::nullopt; }

    /// Whether the tokens of a piece that holds a word cut (word_cuts.h), whose space may have become "▁",
    /// are those of both sides, but for the first and the last word.
    virtual bool keepsWordsApart() const { return false; }

    /// Working memory of one thread.
    class Run {
      public:
        virtual ~Run() = default;
        /// Adds the tokens of a piece, which cover it from begin to end. False when asked to stop.
        virtual bool tokenize(std::string_view piece, std::vector<PieceToken>& out,
                              const Progress& progress) = 0;
    };
    virtual std::unique_ptr<Run> begin() const = 0;

    /// How it comes to the tokens of a piece, for people to look at. Quadratic in the size of the piece, so
    /// only for short ones.
    virtual PieceTrace trace(std::string_view piece) const = 0;
};
using TokenModelPtr = std::shared_ptr<const TokenModel>;

}  // namespace lexiscope

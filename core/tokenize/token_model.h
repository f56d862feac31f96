// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/tokenize/encoding.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
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
    // As Tokenizer has them.
    virtual std::optional<std::uint32_t> mergeRank(TokenId) const { return std::nullopt; }
    virtual std::optional<double> score(TokenId) const { return std::nullopt; }

    /// Whether the tokens of a piece that holds a word cut (word_cuts.h), whose space may have become "▁",
    /// are those of both sides, but for the first and the last word.
    virtual bool keepsWordsApart() const { return false; }
    /// Whether a piece may be cut before each space, or "▁", that stands behind an ASCII letter or digit, and
    /// still gives the same tokens.
    virtual bool takesWordsAlone() const { return false; }

    /// Whether keepsWordsApart() holds but for a sum that goes from word to word, so that the words beside a
    /// cut depend on those before it through the sum there alone.
    virtual bool sumsWords() const { return false; }
    /// As Tokenizer has it.
    virtual bool goesOnAlike(double, double, double) const { return false; }

    /// Working memory of one thread.
    class Run {
      public:
        virtual ~Run() = default;
        /// Adds the tokens of a piece, which cover it from begin to end. False when asked to stop.
        virtual bool tokenize(std::string_view piece, std::vector<PieceToken>& out,
                              const Progress& progress) = 0;

        /// For the next piece: which sums there are at these word cuts of it, in order; the first one's is
        /// given where `isFirstGiven`. Those that are not met stay as they are.
        virtual void watch(std::span<TextSum>, bool) {}

        using Take = std::function<void(std::span<const PieceToken>)>;
        /// The same, the tokens given in order as they are found, so that those of a long piece need not all
        /// stand in memory.
        bool tokenizeLong(std::string_view piece, const Take& take, const Progress& progress) {
            std::vector<PieceToken> tokens;
            m_take = &take;
            const bool isDone = tokenize(piece, tokens, progress);
            m_take = nullptr;
            if (isDone) {
                take(tokens);
            }
            return isDone;
        }

      protected:
        /// Called now and then while tokens are added to `out`. The last one stays, for it may still grow.
        void giveFrom(std::vector<PieceToken>& out) {
            constexpr std::size_t enough = 1U << 12U;
            if (m_take != nullptr && out.size() > enough) {
                (*m_take)(std::span<const PieceToken>(out).first(out.size() - 1));
                out.erase(out.begin(), out.end() - 1);
            }
        }

      private:
        const Take* m_take = nullptr;
    };
    virtual std::unique_ptr<Run> begin() const = 0;

    /// How it comes to the tokens of a piece, for people to look at. Quadratic in the size of the piece, so
    /// only for short ones.
    virtual PieceTrace trace(std::string_view piece) const = 0;
};
using TokenModelPtr = std::shared_ptr<const TokenModel>;

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/encoding.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

struct EncodeOptions {
    bool addSpecial = false;  ///< add what the model's post-processor adds around a text
    bool parseSpecial =
        false;  ///< read special tokens typed in the text as such; otherwise they are plain text
    bool operator==(const EncodeOptions&) const = default;
};

struct PieceTrace;
struct StageTrace;

/// How the number of IDs comes about, for byte-level BPE: bytes + merges + specials + other + unused = V.
struct VocabularyMakeup {
    std::size_t bytes = 0;
    std::size_t merges = 0;
    std::size_t specials = 0;
    std::size_t other = 0;   ///< entries that no merge produces and that are no special token
    std::size_t unused = 0;  ///< IDs that no token has (unused_id.h)
};

/// What takes the tokens of a text as they are found, a block at a time, in order.
using TakeTokens = std::function<void(std::span<const Token> tokens)>;

/// Puts the tokens of a text of so many bytes behind each other. `tokens`, which is empty at first, grows to
/// what is to be expected of the text, for to grow step by step takes longer than to find short tokens.
TakeTokens takeInto(std::vector<Token>& tokens, std::size_t textBytes);

/// The sums that a tokenizer which sums words has at some word cuts of a text.
struct SumWatch {
    std::vector<TextSum> sums;  ///< in order of their places
    bool isFirstGiven = false;  ///< the first one's sum is not asked for, but what it is there
};

/// Encodes one text after the other, and is the faster for what it remembers of earlier ones. Serves one
/// thread.
class Encoder {
  public:
    virtual ~Encoder() = default;
    /// As Tokenizer::encode(), for texts whose tokens need not all stand in memory.
    virtual Result<Done> encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                                Progress& progress) = 0;
    /// For the next text: fills the sums, and leaves out those that no token begins at. Null: none.
    virtual void watch(SumWatch*) {}
};

/// Text → tokens → text. Immutable; safe to use from several threads.
class Tokenizer {
  public:
    virtual ~Tokenizer() = default;

    /// The family, as the field names it: "byte-level BPE", "word-level".
    virtual std::string_view kind() const = 0;
    virtual std::size_t vocabularySize() const = 0;

    /// Any bytes go in; nothing of them is lost. Fails only with Cancelled.
    virtual Result<Encoding> encode(std::string_view text, const EncodeOptions& options,
                                    Progress& progress) const = 0;
    /// The tokenizer must outlive it.
    virtual std::unique_ptr<Encoder> encoder() const;
    /// Whether the tokens on each side of a word cut (word_cuts.h) are those of that side by itself, but for
    /// the first and the last word there.
    virtual bool keepsWordsApart() const { return false; }

    /// Whether keepsWordsApart() fails only for a sum of scores that goes from word to word and is rounded
    /// each time: then the tokens behind a word cut depend on what stands before it through the sum there
    /// alone, and encode() gives sums (Encoding::sums).
    virtual bool sumsWords() const { return false; }
    /// Whether a stretch between two word cuts, summed from `before` with no sum less than `lowest`, has the
    /// same tokens from `now`, and adds as much.
    virtual bool goesOnAlike(double /*before*/, double /*lowest*/, double /*now*/) const { return false; }

    /// What encode() does, stage by stage, with the same encoding and the same failures. Takes many times the
    /// memory of the text, which has at most 2^32 - 1 bytes. As it stands here, for tokenizers whose tokens
    /// all are words of the text.
    virtual Result<StageTrace> traceStages(std::string_view text, const EncodeOptions& options,
                                           Progress& progress) const;
    /// How a piece of at most longestTraced bytes becomes tokens; nothing for a longer one, and where a
    /// tokenizer has no steps to show.
    virtual std::optional<PieceTrace> tracePiece(std::string_view piece) const;
    static constexpr std::size_t longestTraced = 512;

    /// InvalidArgument when an ID is not below vocabularySize().
    virtual Result<std::string> decode(std::span<const TokenId> ids) const = 0;

    /// The vocabulary's own spelling ("Ġking"). id < vocabularySize().
    virtual std::string_view spelling(TokenId id) const = 0;
    /// The bytes the token stands for in a text (" king").
    virtual std::string tokenBytes(TokenId id) const = 0;
    virtual TokenKind tokenKind(TokenId id) const = 0;
    /// How early the merge that makes the token goes, 0 first; of several merges the earliest. None where
    /// nothing merges, and for a token that no merge makes. id < vocabularySize().
    virtual std::optional<std::uint32_t> mergeRank(TokenId) const { return std::nullopt; }
    /// Its score, a log-probability, where the model has some. id < vocabularySize().
    virtual std::optional<double> score(TokenId) const { return std::nullopt; }

    /// The vocabulary's token for what it does not know, if it has one.
    virtual std::optional<TokenId> unknownToken() const { return std::nullopt; }
    virtual std::optional<VocabularyMakeup> makeup() const { return std::nullopt; }

    /// What its file asks for that is not done, or had to be assumed: sentences for people.
    virtual std::vector<std::string> warnings() const { return {}; }
    /// What is not done of what its file asks for, where that is as people expect it: sentences for those who
    /// ask.
    virtual std::vector<std::string> notes() const { return {}; }
};

}  // namespace lexiscope

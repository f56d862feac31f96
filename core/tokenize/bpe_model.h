// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"
#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/special_tokens.h"
#include "core/tokenize/token_model.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {

/// What a piece is before the first merge.
enum class BpeAlphabet {
    Characters,
    Bytes,  ///< spelled in GPT-2's byte alphabet
};

/// Byte-pair encoding (Sennrich, Haddow & Birch 2016): the symbols of a piece are joined pair by pair, the
/// pair of lowest rank first, of equal ones the leftmost.
struct BpeParts {
    std::shared_ptr<const Vocabulary> vocabulary;  ///< row i is ID i
    BpeAlphabet alphabet = BpeAlphabet::Characters;
    std::vector<BpeMerge> merges;
    /// One for each merge; empty: its place in the list.
    std::vector<std::uint32_t> ranks;
    /// Symbols that merge but are no entry themselves, numbered from vocabulary->size() on.
    std::vector<std::pair<std::string, std::uint32_t>> bareSymbols;
    /// Taken from a piece before anything merges, the first and longest first; they merge with nothing.
    SpecialTokens frozen;
    std::optional<TokenId> unknown;
    bool fuseUnknown = false;    ///< unknown characters beside each other are one token
    bool byteFallback = false;   ///< an unknown character becomes its bytes, "<0x0A>", where all have entries
    bool ignoresMerges = false;  ///< a piece that is an entry is that entry, whatever the merges
    /// What becomes of unknown symbols is settled before anything merges, as Hugging Face's program does it:
    /// they are their bytes, prefix and suffix among them, or the unknown token; without one they are left
    /// out, so that what stands on both sides may merge over them.
    bool settlesUnknownFirst = false;
    std::string continuingPrefix;  ///< before each symbol of a piece but its first
    std::string endOfWordSuffix;   ///< behind the last symbol of a piece
};
TokenModelPtr makeBpe(BpeParts parts);

/// The merges of a vocabulary that has ranks or scores alone: two entries that stand side by side merge when
/// both together are an entry, the one of lowest rank first. `ranks`, one for each row, decide; rows of
/// MergeTable::noRank take no part. With characters as the alphabet, those that are parts of entries but no
/// entries themselves are added to bareSymbols.
void addMergesByRank(BpeParts& parts, const std::vector<std::uint32_t>& ranks);

}  // namespace lexiscope

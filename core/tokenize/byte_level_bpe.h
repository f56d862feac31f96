// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/tokenizer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// What a byte-level BPE is made of.
struct ByteLevelBpeParts {
    /// Entry i is the spelling of token i, in GPT-2's byte alphabet. No two are the same. Fewer than 2^32
    /// - 1.
    std::vector<std::string> spellings;
    /// In order of rank; of every merge both parts and the result are below spellings.size(), the result is
    /// spelled as the parts one after the other, no part is empty, and no pair stands twice.
    std::vector<BpeMerge> merges;
    /// One for each merge, where its place in the list does not say how early it goes.
    std::vector<std::uint32_t> ranks = {};
    /// A piece that is an entry is that entry, whatever the merges.
    bool ignoresMerges = false;
    /// Bytes without a token are left out before anything merges, so that what stands on both sides of them
    /// may merge, as in Hugging Face's program; else they part what stands beside them.
    bool mergesOverUnknown = false;
    /// The special tokens, none of them made by a merge or a single byte. Nothing: those that stand in
    /// brackets.
    std::optional<std::vector<TokenId>> specials = {};
    /// Tokens beside the model's own that are no special ones: taken from every text as they are spelled.
    std::vector<TokenId> users = {};
    /// Those of the special tokens and users' that take the white space before them from the text, too.
    std::vector<TokenId> strippingBefore = {};
    // What addSpecial puts around a text, as tokens without source.
    std::vector<TokenId> before = {};
    std::vector<TokenId> after = {};
    SplitScheme split = SplitScheme::Gpt2;
    std::vector<std::string> warnings = {};  ///< of its file
    std::vector<std::string> notes = {};     ///< likewise
};

/// GPT-2's tokenizer and its kin: the text is cut as endOfPiece() says, and the bytes of each piece are
/// merged by rank.
///
/// - Special are the entries that the parts name; where they name none, each entry that no merge makes, that
/// is not a
///   single byte, and that stands in brackets ("<|endoftext|>", "[PAD]"; 3 to 256 bytes). It is taken from
///   the text only with parseSpecial, users' tokens always; what stands before it is then a text that ends
///   there. addSpecial adds what the parts name for that: of GPT-2's nothing.
/// - Byte is a token of one byte from 0x80 on. A longer token that begins or ends inside a character is
/// Normal.
/// - A byte for which the vocabulary has no entry becomes a token of kind Unknown without ID.
/// - A piece of more than 1 GiB without a place to cut is cut there.
std::shared_ptr<const Tokenizer> makeByteLevelBpe(ByteLevelBpeParts parts);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/tokenizer.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// The entries of a byte-level vocabulary: which bytes each stands for, and of what kind it is.
///
/// - Special are the entries that are named as such; where none are named, those in brackets
///   ("<|endoftext|>", "[PAD]"; 3 to 256 bytes) but for IDs that no token has (unused_id.h). Never one that a
///   merge makes or that is a single byte. It
///   stands for its spelling; every other entry for what its spelling means in GPT-2's byte alphabet, or for
///   the spelling where that has other letters.
/// - Byte is an entry of one byte from 0x80 on.
class ByteLevelTokens {
  public:
    static constexpr std::uint32_t none = PieceMerger::noToken;

    /// See ByteLevelBpeParts.
    ByteLevelTokens(std::vector<std::string> spellings, std::span<const BpeMerge> merges,
                    const std::optional<std::vector<TokenId>>& specials);

    std::size_t size() const { return m_spellings.size(); }
    const std::string& spelling(std::uint32_t id) const { return m_spellings[id]; }
    std::string_view bytes(std::uint32_t id) const {
        const std::size_t begin = id == 0 ? 0 : m_ends[id - 1];
        return std::string_view(m_bytes).substr(begin, m_ends[id] - begin);
    }
    TokenKind kind(std::uint32_t id) const { return m_kinds[id]; }
    const VocabularyMakeup& makeup() const { return m_makeup; }

    /// The entry that a byte is; none where there is none.
    const std::array<std::uint32_t, 256>& ofBytes() const { return m_ofBytes; }
    /// What all entries stand for, one after the other, and where each one ends.
    std::string_view allBytes() const { return m_bytes; }
    std::span<const std::size_t> ends() const { return m_ends; }

  private:
    /// How an entry came to be what it is.
    struct Origin {
        bool isMerged = false;
        bool isSpecial = false;
    };
    std::string bytesAndKind(std::uint32_t id, Origin origin);

    std::vector<std::string> m_spellings;
    std::string m_bytes;
    std::vector<std::size_t> m_ends;
    std::vector<TokenKind> m_kinds;
    std::array<std::uint32_t, 256> m_ofBytes{};
    VocabularyMakeup m_makeup;
};

}  // namespace lexiscope

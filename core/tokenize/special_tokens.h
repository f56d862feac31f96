// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Finds special tokens that are spelled out in a text.
class SpecialTokens {
  public:
    struct Match {
        ByteSpan span;
        TokenId id;
    };

    /// No empty text; of equal texts the first counts.
    void add(std::string_view text, TokenId id);

    std::size_t size() const { return m_entries.size(); }

    /// The first one in text[from, …), of several that begin there the longest; an empty span at the text's
    /// end where there is none.
    Match find(std::string_view text, std::size_t from) const;
    /// The longest one that begins at `begin`; an empty span there where there is none.
    Match longestAt(std::string_view text, std::size_t begin) const;

  private:
    struct Entry {
        std::string text;
        TokenId id;
    };

    std::vector<Entry> m_entries;  // sorted by text
    std::array<bool, 256> m_begins{};
};

}  // namespace lexiscope

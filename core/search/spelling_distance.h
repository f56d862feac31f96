// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Counts the edits between one text and many words: the fewest insertions, deletions and replacements of one
/// character (Levenshtein 1966). Bytes that are no UTF-8 are characters of their own. Not for several threads
/// at once.
class SpellingDistance {
  public:
    explicit SpellingDistance(std::string_view text);

    /// Characters of the text.
    std::size_t length() const { return m_text.size(); }

    /// The number of edits if it is at most `limit`; found out soon when it is not.
    std::optional<std::size_t> within(std::string_view word, std::size_t limit);

  private:
    bool differTooMuch(std::size_t limit) const;
    std::optional<std::size_t> countEdits(std::size_t limit);

    std::vector<std::uint32_t> m_text;
    std::vector<std::uint32_t> m_word;
    std::uint64_t m_textSet = 0;  // which of 64 classes of characters occur
    std::uint64_t m_wordSet = 0;
    std::vector<std::size_t> m_edits;  // one row of the table of edits between beginnings
};

}  // namespace lexiscope

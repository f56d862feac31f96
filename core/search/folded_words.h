// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace lexiscope {

/// The first rows of a vocabulary by their word in any case: "Paris", "PARIS" and "paris" are one word, which
/// has a number. Where the vocabulary marks word starts, a word is a token with that mark, without it; other
/// tokens are none.
class FoldedWords {
  public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// rows ≤ vocabulary.size().
    FoldedWords(const Vocabulary& vocabulary, std::size_t rows);

    std::optional<std::uint32_t> find(std::string_view word) const;
    /// The first of the word's rows, the most frequent one as a rule.
    Row firstRow(std::uint32_t word) const { return m_firstRows[word]; }
    /// Number of the row's word, or none.
    std::uint32_t wordOf(std::size_t row) const { return m_words[row]; }
    std::size_t rows() const { return m_words.size(); }

  private:
    Vocabulary::Builder m_folded;
    std::vector<Row> m_firstRows;
    std::vector<std::uint32_t> m_words;
};

}  // namespace lexiscope

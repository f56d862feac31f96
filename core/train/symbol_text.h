// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/piece_counts.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lexiscope {

/// Words as rows of numbered characters, each word once with how often it was met. Symbols are numbered in
/// the order of their code points.
class SymbolText {
  public:
    /// Longer words are learned from in stretches of so many characters.
    static constexpr std::size_t longestWord = 96;

    /// `alphabet` are the characters that are told apart; a word ends before any other one, and another
    /// begins behind it. The order of the words follows from the words alone.
    SymbolText(const PieceCounts& words, std::vector<std::string> alphabet);

    std::size_t words() const { return m_weights.size(); }
    std::span<const std::uint32_t> word(std::size_t index) const {
        return std::span(m_symbols).subspan(m_begins[index], m_begins[index + 1] - m_begins[index]);
    }
    std::uint64_t weight(std::size_t word) const { return m_weights[word]; }

    std::size_t size() const { return m_symbols.size(); }  ///< of all words together
    std::span<const std::uint32_t> symbols() const { return m_symbols; }
    const std::vector<std::string>& alphabet() const { return m_alphabet; }
    std::string spelling(std::span<const std::uint32_t> symbols) const;

  private:
    void endWord(std::uint64_t weight);

    std::vector<std::string> m_alphabet;
    std::vector<std::uint32_t> m_symbols;
    std::vector<std::size_t> m_begins{0};
    std::vector<std::uint64_t> m_weights;
};

/// A string of a text, and how often it stands there, each word counted as often as it was met.
struct FrequentString {
    std::size_t begin = 0;  ///< in symbols()
    std::size_t size = 0;
    std::uint64_t count = 0;
};

/// Strings of 2 … `longest` symbols that stand in the text twice or more and are followed there by different
/// symbols or a word's end: a longer string that stands at the same places would say as much. Found in the
/// suffix array of the words (Manber & Myers 1993) as the intervals of equal beginnings (Abouelhoda, Kurtz &
/// Ohlebusch 2004). Of all of them the `most` with the largest count × size, of equal ones those that come
/// first in the order of the suffixes; in that order.
std::vector<FrequentString> frequentStrings(const SymbolText& text, std::size_t longest, std::size_t most);

}  // namespace lexiscope

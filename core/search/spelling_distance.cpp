// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/spelling_distance.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <bit>

namespace lexiscope {
namespace {

/// Beyond Unicode, so that a byte that is no character equals no character.
constexpr std::uint32_t strayByte = 0x110000;

/// Fills `characters` and returns which classes of characters occur.
std::uint64_t decode(std::string_view text, std::vector<std::uint32_t>& characters) {
    characters.clear();
    std::uint64_t set = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        auto character = static_cast<std::uint32_t>(static_cast<unsigned char>(text[offset]));
        if (character < 0x80) {
            ++offset;
        } else {
            const CodePoint point = codePointAt(text, offset);
            character = point.valid ? static_cast<std::uint32_t>(point.value) : strayByte + character;
            offset += point.size;
        }
        characters.push_back(character);
        set |= std::uint64_t(1) << (character % 64);
    }
    return set;
}

}  // namespace

SpellingDistance::SpellingDistance(std::string_view text) {
    m_textSet = decode(text, m_text);
}

std::optional<std::size_t> SpellingDistance::within(std::string_view word, std::size_t limit) {
    // A character takes one to four bytes: often the sizes alone are enough.
    if (word.size() / 4 > m_text.size() + limit || word.size() + limit < m_text.size()) {
        return std::nullopt;
    }
    m_wordSet = decode(word, m_word);
    if (differTooMuch(limit)) {
        return std::nullopt;
    }
    return countEdits(limit);
}

bool SpellingDistance::differTooMuch(std::size_t limit) const {
    const std::size_t longer = std::max(m_text.size(), m_word.size());
    const std::size_t shorter = std::min(m_text.size(), m_word.size());
    // One edit brings at most one class of characters in and takes at most one out.
    return longer - shorter > limit ||
           static_cast<std::size_t>(std::popcount(m_textSet & ~m_wordSet)) > limit ||
           static_cast<std::size_t>(std::popcount(m_wordSet & ~m_textSet)) > limit;
}

std::optional<std::size_t> SpellingDistance::countEdits(std::size_t limit) {
    const std::size_t columns = m_text.size();
    const std::size_t beyond = std::min(limit, std::max(columns, m_word.size())) + 1;
    m_edits.resize(columns + 1);
    for (std::size_t column = 0; column <= columns; ++column) {
        m_edits[column] = std::min(column, beyond);
    }
    // Only cells at most `limit` off the diagonal can hold a count within the limit (Ukkonen 1985); a cell
    // beside these is read once and taken as beyond it.
    for (std::size_t row = 1; row <= m_word.size(); ++row) {
        const std::size_t first = row > beyond ? row - beyond : 1;
        const std::size_t last = std::min(columns, row + beyond);
        std::size_t diagonal = m_edits[first - 1];
        m_edits[first - 1] = first == 1 ? std::min(row, beyond) : beyond;
        std::size_t fewest = m_edits[first - 1];
        for (std::size_t column = first; column <= last; ++column) {
            const std::size_t replaced = diagonal + (m_word[row - 1] == m_text[column - 1] ? 0 : 1);
            diagonal = m_edits[column];
            m_edits[column] = std::min({replaced, diagonal + 1, m_edits[column - 1] + 1, beyond});
            fewest = std::min(fewest, m_edits[column]);
        }
        if (fewest > limit) {
            return std::nullopt;
        }
    }
    return m_edits[columns] <= limit ? std::optional(m_edits[columns]) : std::nullopt;
}

}  // namespace lexiscope

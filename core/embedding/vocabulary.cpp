// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/vocabulary.h"

#include "core/base/byte_alphabet.h"

#include <bit>
#include <cassert>
#include <functional>
#include <limits>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view byteLevelSpace = "\u0120";
constexpr std::string_view metaspace = "\u2581";
constexpr std::string_view continuation = "##";

// A slot carries the upper half of the hash beside the row, so that a look-up follows only rows that are
// nearly surely right: with millions of words each row followed in vain would cost two cache misses.
constexpr std::uint64_t tagMask = 0xFFFFFFFF00000000U;

std::uint64_t hashOf(std::string_view word) {
    return std::hash<std::string_view>{}(word);
}
std::uint64_t slotOf(std::uint64_t hash, std::size_t row) {
    return (hash & tagMask) | (row + 1);
}
Row rowOfSlot(std::uint64_t slot) {
    return Row{static_cast<std::uint32_t>(slot) - 1};
}

void insert(std::vector<std::uint64_t>& slots, std::uint64_t slot, std::uint64_t hash) {
    const std::size_t mask = slots.size() - 1;
    std::size_t place = hash & mask;
    while (slots[place] != 0) {
        place = (place + 1) & mask;
    }
    slots[place] = slot;
}

std::string withSpacesForMetaspace(std::string_view spelling) {
    std::string text;
    while (!spelling.empty()) {
        const std::size_t mark = spelling.find(metaspace);
        text += spelling.substr(0, mark);
        if (mark == std::string_view::npos) {
            break;
        }
        text += ' ';
        spelling.remove_prefix(mark + metaspace.size());
    }
    return text;
}

}  // namespace

std::string_view markOf(WordMark mark) {
    switch (mark) {
        case WordMark::ByteLevel:
            return byteLevelSpace;
        case WordMark::Metaspace:
            return metaspace;
        case WordMark::WordPiece:
        case WordMark::None:
            break;
    }
    return {};
}

std::size_t Vocabulary::size() const {
    return m_ends.size();
}

WordMark Vocabulary::wordMark() const {
    return m_wordMark;
}

std::string_view Vocabulary::spelling(Row row) const {
    assert(row.value < m_ends.size());
    const std::uint64_t begin = row.value == 0 ? 0 : m_ends[row.value - 1];
    return std::string_view(m_words).substr(begin, m_ends[row.value] - begin);
}

std::optional<Row> Vocabulary::find(std::string_view spelling) const {
    if (m_slots.empty()) {
        return std::nullopt;
    }
    const std::uint64_t hash = hashOf(spelling);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t place = hash & mask; m_slots[place] != 0; place = (place + 1) & mask) {
        const std::uint64_t slot = m_slots[place];
        if ((slot & tagMask) == (hash & tagMask) && this->spelling(rowOfSlot(slot)) == spelling) {
            return rowOfSlot(slot);
        }
    }
    return std::nullopt;
}

const std::vector<Row>& Vocabulary::duplicates() const {
    return m_duplicates;
}

std::size_t Vocabulary::memory() const {
    return m_words.capacity() + m_ends.capacity() * sizeof(m_ends[0]) +
           m_slots.capacity() * sizeof(m_slots[0]) + m_duplicates.capacity() * sizeof(m_duplicates[0]);
}

void Vocabulary::Builder::reserve(std::size_t rows, std::size_t bytes) {
    m_vocabulary.m_words.reserve(bytes);
    m_vocabulary.m_ends.reserve(rows);
    growSlots(rows);
}

void Vocabulary::Builder::add(std::string_view word) {
    assert(size() < std::numeric_limits<std::uint32_t>::max());
    const std::size_t row = size();
    growSlots(row + 1);
    const bool isKnown = m_vocabulary.find(word).has_value();
    m_vocabulary.m_words += word;
    m_vocabulary.m_ends.push_back(m_vocabulary.m_words.size());
    if (isKnown) {
        m_vocabulary.m_duplicates.push_back(Row{static_cast<std::uint32_t>(row)});
        return;
    }
    const std::uint64_t hash = hashOf(word);
    insert(m_vocabulary.m_slots, slotOf(hash, row), hash);
}

std::size_t Vocabulary::Builder::size() const {
    return m_vocabulary.size();
}

std::optional<Row> Vocabulary::Builder::find(std::string_view word) const {
    return m_vocabulary.find(word);
}

Vocabulary Vocabulary::Builder::build(WordMark wordMark) && {
    m_vocabulary.m_wordMark = wordMark;
    // A guess of the total that was far too high is worth one more copy.
    if (m_vocabulary.m_words.capacity() / 5 * 4 > m_vocabulary.m_words.size()) {
        m_vocabulary.m_words.shrink_to_fit();
    }
    return std::move(m_vocabulary);
}

void Vocabulary::Builder::growSlots(std::size_t rows) {
    std::vector<std::uint64_t>& slots = m_vocabulary.m_slots;
    if (rows <= slots.size() / 4 * 3) {
        return;
    }
    std::vector<std::uint64_t> larger(std::bit_ceil(rows + rows / 3 + 8), 0);
    for (const std::uint64_t slot : slots) {
        if (slot != 0) {
            insert(larger, slot, hashOf(m_vocabulary.spelling(rowOfSlot(slot))));
        }
    }
    slots = std::move(larger);
}

std::string textOf(const Vocabulary& vocabulary, Row row) {
    const std::string_view spelling = vocabulary.spelling(row);
    switch (vocabulary.wordMark()) {
        case WordMark::ByteLevel:
            if (std::optional<std::string> bytes = bytesOfSpelling(spelling)) {
                return *std::move(bytes);
            }
            break;
        case WordMark::Metaspace:
            return withSpacesForMetaspace(spelling);
        case WordMark::WordPiece:
        case WordMark::None:
            break;
    }
    return std::string(spelling);
}

std::string bareText(const Vocabulary& vocabulary, Row row) {
    std::string text = textOf(vocabulary, row);
    if (vocabulary.wordMark() == WordMark::WordPiece) {
        const bool isMarked = text.starts_with(continuation) && text.size() > continuation.size();
        return isMarked ? text.substr(continuation.size()) : text;
    }
    if (vocabulary.wordMark() != WordMark::None && text.size() > 1 && text.front() == ' ') {
        text.erase(0, 1);
    }
    return text;
}

std::string spelledInside(std::string_view spelling, WordMark mark) {
    return (mark == WordMark::WordPiece ? std::string(continuation) : std::string()) + std::string(spelling);
}

bool beginsWord(const Vocabulary& vocabulary, Row row) {
    const std::string_view spelling = vocabulary.spelling(row);
    if (vocabulary.wordMark() == WordMark::WordPiece) {
        const bool isSpecial = spelling.size() > 2 && spelling.front() == '[' && spelling.back() == ']';
        return !isSpecial && !(spelling.starts_with(continuation) && spelling.size() > continuation.size());
    }
    const std::string_view mark = markOf(vocabulary.wordMark());
    return mark.empty() || (spelling.starts_with(mark) && spelling.size() > mark.size());
}

}  // namespace lexiscope

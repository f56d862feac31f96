// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pair_merging.h"

#include <algorithm>
#include <tuple>

namespace lexiscope {
namespace {

constexpr std::uint32_t edge = 0xFFFFFFFF;  // between words
constexpr std::uint32_t gone = 0xFFFFFFFE;  // within a symbol
constexpr std::size_t fewestSlots = 1U << 12U;
constexpr std::size_t notKept = ~std::size_t{0};

std::uint64_t keyOf(std::uint32_t left, std::uint32_t right) {
    return (std::uint64_t{left} << 32U) | right;
}

}  // namespace

bool PairMerging::Waiting::operator<(const Waiting& other) const {
    return std::tie(count, other.left, other.right) < std::tie(other.count, left, right);
}

std::size_t PairMerging::PairIndex::slotOf(std::uint64_t key) const {
    const std::uint64_t mixed = (key ^ (key >> 32U)) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32U)) & (m_slots.size() - 1);
}

std::uint32_t PairMerging::PairIndex::find(std::uint32_t left, std::uint32_t right) const {
    if (m_slots.empty()) {
        return none;
    }
    const std::uint64_t key = keyOf(left, right);
    for (std::size_t slot = slotOf(key);; slot = (slot + 1) & (m_slots.size() - 1)) {
        if (m_slots[slot].pair == none || m_slots[slot].key == key) {
            return m_slots[slot].pair;
        }
    }
}

void PairMerging::PairIndex::add(std::uint32_t left, std::uint32_t right, std::uint32_t pair) {
    if (2 * (m_used + 1) > m_slots.size()) {
        grow();
    }
    const std::uint64_t key = keyOf(left, right);
    std::size_t slot = slotOf(key);
    while (m_slots[slot].pair != none) {
        slot = (slot + 1) & (m_slots.size() - 1);
    }
    m_slots[slot] = {key, pair};
    ++m_used;
}

void PairMerging::PairIndex::grow() {
    std::vector<Slot> old(std::max(fewestSlots, 2 * m_slots.size()));
    std::swap(old, m_slots);
    for (const Slot& entry : old) {
        if (entry.pair == none) {
            continue;
        }
        std::size_t slot = slotOf(entry.key);
        while (m_slots[slot].pair != none) {
            slot = (slot + 1) & (m_slots.size() - 1);
        }
        m_slots[slot] = entry;
    }
}

PairMerging::PairMerging(std::vector<std::string> alphabet, Options options)
    : m_options(std::move(options)),
      m_spellings(std::move(alphabet)),
      m_lengths(m_spellings.size(), 1),
      m_symbols{edge},
      m_words{0},
      m_leftOf(m_spellings.size(), PairIndex::none),
      m_rightOf(m_spellings.size(), PairIndex::none) {}

bool PairMerging::addWord(std::span<const std::uint32_t> symbols, std::uint64_t count) {
    if (symbols.size() >= mostPlaces - m_symbols.size()) {
        return false;
    }
    const auto word = static_cast<std::uint32_t>(m_counts.size());
    m_counts.push_back(count);
    m_symbols.insert(m_symbols.end(), symbols.begin(), symbols.end());
    m_symbols.push_back(edge);
    m_words.resize(m_symbols.size(), word);
    return true;
}

void PairMerging::begin() {
    const auto isPair = [this](std::size_t place) {
        return m_symbols[place] != edge && m_symbols[place + 1] != edge &&
               isMergeable(m_symbols[place], m_symbols[place + 1]);
    };
    for (std::size_t place = 0; place + 1 < m_symbols.size(); ++place) {
        if (!isPair(place)) {
            continue;
        }
        std::uint32_t pair = m_index.find(m_symbols[place], m_symbols[place + 1]);
        if (pair == PairIndex::none) {
            pair = static_cast<std::uint32_t>(m_pairs.size());
            m_index.add(m_symbols[place], m_symbols[place + 1], pair);
            m_pairs.push_back({m_symbols[place], m_symbols[place + 1], 0, 0, 0});
        }
        m_pairs[pair].count += countAt(static_cast<std::uint32_t>(place));
        ++m_pairs[pair].size;
    }
    std::size_t begin = 0;
    for (std::uint32_t i = 0; i < m_pairs.size(); ++i) {
        m_pairs[i].begin = begin;
        begin += std::exchange(m_pairs[i].size, 0);
        if (m_pairs[i].count >= m_options.minCount) {
            m_heap.push({m_pairs[i].count, m_pairs[i].left, m_pairs[i].right, i});
        }
    }
    m_places.resize(begin);
    for (std::size_t place = 0; place + 1 < m_symbols.size(); ++place) {
        if (isPair(place)) {
            Pair& pair = m_pairs[m_index.find(m_symbols[place], m_symbols[place + 1])];
            m_places[pair.begin + pair.size++] = static_cast<std::uint32_t>(place);
        }
    }
}

bool PairMerging::isMergeable(std::uint32_t left, std::uint32_t right) const {
    return m_spellings[left].size() + m_spellings[right].size() <=
           m_options.mostBytes + m_options.prefix.size();
}

std::optional<PairMerging::Merge> PairMerging::next() {
    while (!m_heap.empty()) {
        const Waiting top = m_heap.top();
        m_heap.pop();
        const std::uint64_t count = m_pairs[top.pair].count;
        if (count == top.count) {
            return merge(top.pair);
        }
        if (count >= m_options.minCount) {
            m_heap.push({count, top.left, top.right, top.pair});
        }
    }
    return std::nullopt;
}

PairMerging::Merge PairMerging::merge(std::uint32_t index) {
    const Pair pair = m_pairs[index];
    const auto merged = static_cast<std::uint32_t>(m_spellings.size());
    // Both copies: the list grows.
    std::string spelling = m_spellings[pair.left];
    const std::string& right = m_spellings[pair.right];
    spelling.append(right, right.starts_with(m_options.prefix) ? m_options.prefix.size() : 0);
    m_spellings.push_back(std::move(spelling));
    m_lengths.push_back(m_lengths[pair.left] + m_lengths[pair.right]);
    m_leftOf.push_back(PairIndex::none);
    m_rightOf.push_back(PairIndex::none);
    apply(pair, merged);
    m_pairs[index].count = 0;
    findNewPairs(merged);
    keepNewPairs(merged);
    return {pair.left, pair.right, merged, pair.count};
}

/// Merges it wherever it still stands, from the left in each word, and counts down the pairs that go.
void PairMerging::apply(const Pair& pair, std::uint32_t merged) {
    m_applied.clear();
    const std::uint32_t leftLength = m_lengths[pair.left];
    const std::uint32_t length = m_lengths[merged];
    for (std::size_t i = pair.begin; i < pair.begin + pair.size; ++i) {
        const std::uint32_t place = m_places[i];
        const std::uint32_t middle = place + leftLength;
        if (m_symbols[place] != pair.left || m_symbols[middle] != pair.right) {
            continue;
        }
        const std::uint64_t count = countAt(place);
        const std::uint32_t before = m_symbols[place - 1];
        const std::uint32_t after = m_symbols[place + length];
        if (before != edge && before != merged) {
            decrement(before, pair.left, count);
        }
        if (after != edge) {
            decrement(pair.right, after, count);
        }
        m_symbols[middle - 1] = gone;
        m_symbols[middle] = gone;
        m_symbols[place] = merged;
        m_symbols[place + length - 1] = merged;
        m_applied.push_back(place);
    }
}

void PairMerging::decrement(std::uint32_t left, std::uint32_t right, std::uint64_t count) {
    const std::uint32_t pair = m_index.find(left, right);
    if (pair != PairIndex::none) {
        m_pairs[pair].count -= count;
    }
}

void PairMerging::findNewPairs(std::uint32_t merged) {
    m_neighbors.clear();
    m_newPlaces.clear();
    const std::uint32_t length = m_lengths[merged];
    for (const std::uint32_t place : m_applied) {
        const std::uint32_t before = m_symbols[place - 1];
        const std::uint32_t after = m_symbols[place + length];
        // Of two merged ones side by side the left one notes it.
        if (before != edge && before != merged) {
            noteNewPlace(before, true, place - m_lengths[before]);
        }
        if (after != edge) {
            noteNewPlace(after, false, place);
        }
    }
}

void PairMerging::noteNewPlace(std::uint32_t symbol, bool isLeft, std::uint32_t place) {
    std::uint32_t& neighbor = (isLeft ? m_leftOf : m_rightOf)[symbol];
    if (neighbor == PairIndex::none) {
        neighbor = static_cast<std::uint32_t>(m_neighbors.size());
        m_neighbors.push_back({symbol, isLeft});
    }
    m_neighbors[neighbor].count += countAt(place);
    ++m_neighbors[neighbor].places;
    m_newPlaces.push_back({neighbor, place});
}

/// Those that stand often enough to be merged ever.
void PairMerging::keepNewPairs(std::uint32_t merged) {
    for (Neighbor& neighbor : m_neighbors) {
        (neighbor.isLeft ? m_leftOf : m_rightOf)[neighbor.symbol] = PairIndex::none;
        const std::uint32_t left = neighbor.isLeft ? neighbor.symbol : merged;
        const std::uint32_t right = neighbor.isLeft ? merged : neighbor.symbol;
        neighbor.next = notKept;
        if (neighbor.count < m_options.minCount || !isMergeable(left, right)) {
            continue;
        }
        const auto pair = static_cast<std::uint32_t>(m_pairs.size());
        m_index.add(left, right, pair);
        m_pairs.push_back({left, right, neighbor.count, m_places.size(), neighbor.places});
        m_heap.push({neighbor.count, left, right, pair});
        neighbor.next = m_places.size();
        m_places.resize(m_places.size() + neighbor.places);
    }
    for (const NewPlace& found : m_newPlaces) {
        std::size_t& next = m_neighbors[found.neighbor].next;
        if (next != notKept) {
            m_places[next++] = found.place;
        }
    }
}

}  // namespace lexiscope

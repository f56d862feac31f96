// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/bpe_merges.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <functional>

namespace lexiscope {
namespace {

// Up to here looking at all pairs again for each merge is faster than a queue.
constexpr std::size_t shortPiece = 48;
constexpr std::uint64_t mergesBetweenStopChecks = 1U << 14U;

}  // namespace

MergeTable::MergeTable(std::span<const BpeMerge> merges, std::span<const std::uint32_t> ranks) {
    assert(ranks.empty() || ranks.size() == merges.size());
    const std::size_t slots = std::bit_ceil(std::max<std::size_t>(16, 2 * merges.size()));
    m_slots.resize(slots);
    m_mask = slots - 1;
    m_shift = 64U - static_cast<unsigned>(std::countr_zero(slots));
    for (std::size_t i = 0; i < merges.size(); ++i) {
        const std::uint64_t key = keyOf(merges[i].left.value, merges[i].right.value);
        std::size_t slot = slotOf(key);
        while (m_slots[slot].found.rank != noRank) {
            assert(m_slots[slot].key != key);
            slot = (slot + 1) & m_mask;
        }
        m_slots[slot] = {key,
                         {ranks.empty() ? static_cast<std::uint32_t>(i) : ranks[i], merges[i].merged.value}};
    }
}

std::vector<std::uint32_t> MergeTable::ranksOf(std::size_t count, std::span<const BpeMerge> merges,
                                               std::span<const std::uint32_t> ranks) {
    std::vector<std::uint32_t> lowest(count, noRank);
    for (std::size_t i = 0; i < merges.size(); ++i) {
        // Beyond the entries are symbols that merge but are no tokens.
        if (merges[i].merged.value < count) {
            std::uint32_t& known = lowest[merges[i].merged.value];
            known = std::min(known, ranks.empty() ? static_cast<std::uint32_t>(i) : ranks[i]);
        }
    }
    return lowest;
}

bool PieceMerger::merge(std::vector<std::uint32_t>& tokens, const Progress& progress) {
    if (tokens.size() <= shortPiece) {
        mergeShort(tokens);
        return true;
    }
    const Fill copy = [&tokens](std::size_t begin, std::span<std::uint32_t> to) {
        std::copy_n(tokens.begin() + static_cast<std::ptrdiff_t>(begin), to.size(), to.begin());
    };
    std::vector<std::uint32_t> merged;
    if (!mergeLong(tokens.size(), copy, merged, progress)) {
        return false;
    }
    tokens = std::move(merged);
    return true;
}

bool PieceMerger::merge(std::vector<std::uint32_t>& tokens, std::vector<std::uint32_t>& counts,
                        const Progress& progress) {
    counts.assign(tokens.size() <= shortPiece ? tokens.size() : 0, 1);
    m_counts = &counts;
    const bool isDone = merge(tokens, progress);
    m_counts = nullptr;
    return isDone;
}

bool PieceMerger::mergeLong(std::size_t count, const Fill& fill, std::vector<std::uint32_t>& out,
                            const Progress& progress) {
    constexpr std::size_t mostReserved = 1U << 24U;
    out.clear();
    out.reserve(std::min(count, mostReserved));  // growing takes longer than the memory that stays untouched
    if (count > m_windowSize) {
        if (const std::optional<bool> done = mergeWindows(count, fill, out, progress)) {
            return *done;
        }
        out.clear();
        if (m_counts != nullptr) {
            m_counts->clear();
        }
    }
    if (!mergeStretch(0, count, fill, progress)) {
        return false;
    }
    for (const Made& made : m_made) {
        add(made, out);
    }
    return true;
}

bool PieceMerger::mergeStretch(std::size_t begin, std::size_t count, const Fill& fill,
                               const Progress& progress) {
    m_stretch.resize(count);
    fill(begin, m_stretch);
    return mergeQueued(m_stretch, progress);
}

std::optional<bool> PieceMerger::mergeWindows(std::size_t count, const Fill& fill,
                                              std::vector<std::uint32_t>& out, const Progress& progress) {
    Made last{noToken, 0};
    std::size_t size = m_windowSize;
    for (std::size_t begin = 0; begin < count;) {
        const std::size_t own = std::min(size, count - begin);
        if (progress.stopRequested() || !mergeStretch(begin, own, fill, progress)) {
            return false;
        }
        m_window.swap(m_made);
        const bool isLast = begin + own == count;
        const Made first = m_window.front();
        if (!isLast && first.count > own / 2) {
            size *= 2;
            continue;
        }
        if (begin > 0) {
            if (!mergeStretch(begin - last.count, last.count + first.count, fill, progress)) {
                return false;
            }
            if (m_made.size() != 2 || m_made[0] != last || m_made[1] != first) {
                return std::nullopt;
            }
        }
        const std::size_t end = begin + own - (isLast ? 0 : own / 4);
        for (const Made& made : m_window) {
            if (begin + made.count > end) {
                break;
            }
            add(made, out);
            last = made;
            begin += made.count;
        }
        size = m_windowSize;
    }
    return true;
}

void PieceMerger::mergeShort(std::vector<std::uint32_t>& tokens) {
    m_pairs.clear();
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        m_pairs.push_back(m_table.find(tokens[i], tokens[i + 1]));
    }
    while (!m_pairs.empty()) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < m_pairs.size(); ++i) {
            if (m_pairs[i].rank < m_pairs[best].rank) {
                best = i;
            }
        }
        if (m_pairs[best].rank == MergeTable::noRank) {
            break;
        }
        tokens[best] = m_pairs[best].merged;
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        if (m_counts != nullptr) {
            (*m_counts)[best] += (*m_counts)[best + 1];
            m_counts->erase(m_counts->begin() + static_cast<std::ptrdiff_t>(best) + 1);
        }
        m_pairs.erase(m_pairs.begin() + static_cast<std::ptrdiff_t>(best));
        if (best > 0) {
            m_pairs[best - 1] = m_table.find(tokens[best - 1], tokens[best]);
        }
        if (best < m_pairs.size()) {
            m_pairs[best] = m_table.find(tokens[best], tokens[best + 1]);
        }
    }
}

void PieceMerger::fillNodes(std::span<const std::uint32_t> tokens) {
    const auto count = static_cast<std::uint32_t>(tokens.size());
    m_nodes.resize(count);
    m_queue.clear();
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool last = i + 1 == count;
        m_nodes[i] = {tokens[i], i == 0 ? noToken : i - 1, last ? noToken : i + 1, {}};
        if (!last) {
            m_nodes[i].pair = m_table.find(tokens[i], tokens[i + 1]);
            if (m_nodes[i].pair.rank != MergeTable::noRank) {
                m_queue.push_back((std::uint64_t{m_nodes[i].pair.rank} << 32U) | i);
            }
        }
    }
    std::make_heap(m_queue.begin(), m_queue.end(), std::greater<>());
}

void PieceMerger::pairUp(std::uint32_t place) {
    Node& node = m_nodes[place];
    node.pair =
        node.next == noToken ? MergeTable::Found{} : m_table.find(node.token, m_nodes[node.next].token);
    if (node.pair.rank != MergeTable::noRank) {
        m_queue.push_back((std::uint64_t{node.pair.rank} << 32U) | place);
        std::push_heap(m_queue.begin(), m_queue.end(), std::greater<>());
    }
}

void PieceMerger::join(std::uint32_t place) {
    Node& node = m_nodes[place];
    Node& gone = m_nodes[node.next];
    node.token = node.pair.merged;
    node.next = gone.next;
    gone.pair = {};
    if (node.next != noToken) {
        m_nodes[node.next].previous = place;
    }
    pairUp(place);
    if (node.previous != noToken) {
        pairUp(node.previous);
    }
}

bool PieceMerger::mergeQueued(std::span<const std::uint32_t> tokens, const Progress& progress) {
    fillNodes(tokens);
    for (std::uint64_t step = 1; !m_queue.empty(); ++step) {
        if (step % mergesBetweenStopChecks == 0 && progress.stopRequested()) {
            return false;
        }
        const std::uint64_t top = m_queue.front();
        std::pop_heap(m_queue.begin(), m_queue.end(), std::greater<>());
        m_queue.pop_back();
        const auto place = static_cast<std::uint32_t>(top);
        // An entry whose pair has changed since it was queued is stale. A pair that is gone never comes back,
        // for tokens only grow, so the rank alone tells.
        if (m_nodes[place].pair.rank == static_cast<std::uint32_t>(top >> 32U)) {
            join(place);
        }
    }
    m_made.clear();
    for (std::uint32_t place = 0; place != noToken; place = m_nodes[place].next) {
        const std::uint32_t end =
            m_nodes[place].next == noToken ? static_cast<std::uint32_t>(m_nodes.size()) : m_nodes[place].next;
        m_made.push_back({m_nodes[place].token, end - place});
    }
    return true;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace lexiscope {

/// Two neighbouring tokens that become one. Its rank is its place in the list of merges: lower goes first.
struct BpeMerge {
    TokenId left;
    TokenId right;
    TokenId merged;
};

/// Which pairs merge, with what rank and into what. Immutable; each pair at most once.
class MergeTable {
  public:
    static constexpr std::uint32_t noRank = 0xFFFFFFFF;
    struct Found {
        std::uint32_t rank = noRank;  ///< noRank: these two do not merge
        std::uint32_t merged = 0;
    };

    /// `ranks`, one for each merge, say how early it goes; without them its place in the list does.
    explicit MergeTable(std::span<const BpeMerge> merges, std::span<const std::uint32_t> ranks = {});

    /// Of each of `count` tokens the lowest rank of the merges that make it; noRank where none does.
    static std::vector<std::uint32_t> ranksOf(std::size_t count, std::span<const BpeMerge> merges,
                                              std::span<const std::uint32_t> ranks = {});

    Found find(std::uint32_t left, std::uint32_t right) const {
        const std::uint64_t key = keyOf(left, right);
        for (std::size_t slot = slotOf(key);; slot = (slot + 1) & m_mask) {
            const Slot& entry = m_slots[slot];
            if (entry.key == key || entry.found.rank == noRank) {
                return entry.found;
            }
        }
    }

  private:
    struct Slot {
        std::uint64_t key = ~std::uint64_t{0};
        Found found;
    };

    static std::uint64_t keyOf(std::uint32_t left, std::uint32_t right) {
        return (std::uint64_t{left} << 32U) | right;
    }
    std::size_t slotOf(std::uint64_t key) const {
        const std::uint64_t mixed = (key ^ (key >> 32U)) * 0x9E3779B97F4A7C15U;
        return static_cast<std::size_t>(mixed >> m_shift);
    }

    std::vector<Slot> m_slots;  // at least half of them free, so that every search ends
    std::size_t m_mask = 0;
    unsigned m_shift = 0;
};

/// Merges the tokens of a piece until no pair is left that merges: always the pair of lowest rank, of equal
/// ones the leftmost. Holds working memory, so one object serves one thread.
///
/// A long piece is merged in windows that fit the processor's cache, so that it takes no longer for each byte
/// than a short one. What one window makes is kept but for the tokens near its end, where the next one
/// begins. A row of tokens is what merging makes of their text if that holds for each two neighbours: the
/// first merge across an edge that merging the whole would do, merging the two beside the edge would do as
/// well. Within a window it holds, and where two meet it is checked; should it not hold there, the whole is
/// merged at once, in O(n log n).
class PieceMerger {
  public:
    /// What stands for a byte that has no token of its own. It merges with nothing.
    static constexpr std::uint32_t noToken = 0xFFFFFFFF;

    static constexpr std::size_t usualWindow = 1U << 12U;

    /// `table` must outlive this.
    explicit PieceMerger(const MergeTable& table, std::size_t windowSize = usualWindow)
        : m_table(table), m_windowSize(windowSize) {}

    /// Replaces `tokens`, one for each byte, by the merged ones; fewer than 2^32. False when asked to stop.
    bool merge(std::vector<std::uint32_t>& tokens, const Progress& progress);
    /// And says of how many of the given ones each merged one was made.
    bool merge(std::vector<std::uint32_t>& tokens, std::vector<std::uint32_t>& counts,
               const Progress& progress);

    /// Writes the tokens from a place of the piece on.
    using Fill = std::function<void(std::size_t begin, std::span<std::uint32_t> tokens)>;
    /// The same for a piece of `count` tokens that need not all stand in memory; `out` becomes the merged
    /// ones.
    bool mergeLong(std::size_t count, const Fill& fill, std::vector<std::uint32_t>& out,
                   const Progress& progress);

  private:
    struct Node {
        std::uint32_t token;
        std::uint32_t previous;  // place, or noToken at the begin
        std::uint32_t next;      // place, or noToken at the end
        MergeTable::Found pair;  // this node with the next one
    };

    /// A token, and how many of those at the begin it was made of.
    struct Made {
        std::uint32_t token;
        std::uint32_t count;
        bool operator==(const Made&) const = default;
    };

    void mergeShort(std::vector<std::uint32_t>& tokens);
    void add(const Made& made, std::vector<std::uint32_t>& out) {
        out.push_back(made.token);
        if (m_counts != nullptr) {
            m_counts->push_back(made.count);
        }
    }
    /// False when asked to stop. Leaves what it makes in m_made.
    bool mergeQueued(std::span<const std::uint32_t> tokens, const Progress& progress);
    /// Of a stretch of a long piece.
    bool mergeStretch(std::size_t begin, std::size_t count, const Fill& fill, const Progress& progress);
    /// Nothing where two windows do not fit each other; false when asked to stop.
    std::optional<bool> mergeWindows(std::size_t count, const Fill& fill, std::vector<std::uint32_t>& out,
                                     const Progress& progress);
    void fillNodes(std::span<const std::uint32_t> tokens);
    void pairUp(std::uint32_t place);
    void join(std::uint32_t place);

    const MergeTable& m_table;
    std::size_t m_windowSize;
    std::vector<std::uint32_t>* m_counts = nullptr;  // where they are asked for
    std::vector<MergeTable::Found> m_pairs;
    std::vector<Node> m_nodes;
    std::vector<Made> m_made;
    std::vector<Made> m_window;  // what the window at hand has made
    std::vector<std::uint32_t> m_stretch;
    std::vector<std::uint64_t> m_queue;  // a heap of rank << 32 | place, lowest on top
};

}  // namespace lexiscope

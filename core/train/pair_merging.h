// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <queue>

namespace lexiscope {

/// Words as rows of symbols, in which the pair of neighbours that stands there most often is merged into a
/// new symbol, again and again: how byte-pair encoding learns (Sennrich, Haddow & Birch, Neural Machine
/// Translation of Rare Words with Subword Units, 2016, section 3.2).
///
/// - A word counts as often as it was met. In "aaa" the pair "aa" stands twice; merged from the left it
/// leaves "aa", "a".
/// - Of pairs that stand equally often the one whose left symbol has the lower number goes first, then the
///   one whose right symbol has; so what is learned does not depend on the order of the words.
///
/// Counts are kept up to date with each merge, which looks only at the places where its pair stands. A pair
/// can get new places only while the younger of its symbols is made; from then on they become fewer. So the
/// places of a pair are one stretch of a list, and the heap needs no more than to see, when a pair comes to
/// its top, that its count has fallen.
class PairMerging {
  public:
    /// Symbols up to here can be told apart; places of all words together, and one for each word.
    static constexpr std::size_t mostPlaces = 0xFFFFFFF0;

    struct Options {
        std::uint64_t minCount = 2;   ///< of a pair that is merged
        std::size_t mostBytes = 256;  ///< of a symbol; a pair that would be longer is not merged
        /// How much of a right symbol's spelling is left out when it is merged: of "##" all of it.
        std::string prefix = {};
    };
    struct Merge {
        std::uint32_t left;
        std::uint32_t right;
        std::uint32_t merged;  ///< the number of the new symbol: the next one
        std::uint64_t count;   ///< where the two stood side by side
    };

    /// The first symbols, all different, as spelled.
    PairMerging(std::vector<std::string> alphabet, Options options);

    /// A word of these symbols, met so often. False, and nothing added, when there would be more than
    /// mostPlaces.
    [[nodiscard]] bool addWord(std::span<const std::uint32_t> symbols, std::uint64_t count);

    /// Counts the pairs; no word can be added then.
    void begin();
    /// Makes the next merge; nothing when no pair is left.
    std::optional<Merge> next();

    std::size_t symbolCount() const { return m_spellings.size(); }
    const std::string& spelling(std::uint32_t symbol) const { return m_spellings[symbol]; }
    std::vector<std::string> takeSpellings() { return std::move(m_spellings); }

  private:
    struct Pair {
        std::uint32_t left;
        std::uint32_t right;
        std::uint64_t count;
        std::size_t begin;  // of its places
        std::size_t size;
    };
    struct Waiting {
        std::uint64_t count;
        std::uint32_t left;
        std::uint32_t right;
        std::uint32_t pair;
        bool operator<(const Waiting& other) const;
    };
    /// Which number a pair has in m_pairs.
    class PairIndex {
      public:
        static constexpr std::uint32_t none = 0xFFFFFFFF;
        std::uint32_t find(std::uint32_t left, std::uint32_t right) const;
        /// The pair is not in it.
        void add(std::uint32_t left, std::uint32_t right, std::uint32_t pair);

      private:
        struct Slot {
            std::uint64_t key = ~std::uint64_t{0};
            std::uint32_t pair = none;
        };
        std::size_t slotOf(std::uint64_t key) const;
        void grow();
        std::vector<Slot> m_slots;
        std::size_t m_used = 0;
    };
    /// The places of a pair that has just come to be.
    struct Neighbor {
        std::uint32_t symbol;
        bool isLeft;  // of the merged one
        std::uint64_t count = 0;
        std::size_t places = 0;
        std::size_t next = 0;  // where its next place goes; none where it is not kept
    };
    struct NewPlace {
        std::uint32_t neighbor;
        std::uint32_t place;
    };

    bool isMergeable(std::uint32_t left, std::uint32_t right) const;
    Merge merge(std::uint32_t pair);
    void apply(const Pair& pair, std::uint32_t merged);
    void decrement(std::uint32_t left, std::uint32_t right, std::uint64_t count);
    void findNewPairs(std::uint32_t merged);
    void noteNewPlace(std::uint32_t symbol, bool isLeft, std::uint32_t place);
    void keepNewPairs(std::uint32_t merged);
    std::uint64_t countAt(std::uint32_t place) const { return m_counts[m_words[place]]; }

    Options m_options;
    std::vector<std::string> m_spellings;
    std::vector<std::uint32_t> m_lengths;  // of each symbol, in places

    // Each symbol takes as many places as it is made of first symbols, and stands in the first and the last
    // of them; so its neighbours are found without links. Between words stands `edge`.
    std::vector<std::uint32_t> m_symbols;
    std::vector<std::uint32_t> m_words;   // which word each place is of
    std::vector<std::uint64_t> m_counts;  // of each word

    std::vector<Pair> m_pairs;
    PairIndex m_index;
    std::vector<std::uint32_t> m_places;
    std::priority_queue<Waiting> m_heap;

    // Of the merge that is being made.
    std::vector<std::uint32_t> m_applied;
    std::vector<Neighbor> m_neighbors;
    std::vector<NewPlace> m_newPlaces;
    std::vector<std::uint32_t> m_leftOf;  // for each symbol its place in m_neighbors; or PairIndex::none
    std::vector<std::uint32_t> m_rightOf;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lexiscope {

/// Strings of symbols with a log-probability each.
class ScoredStrings {
  public:
    void add(std::span<const std::uint32_t> symbols, double score);
    std::size_t size() const { return m_scores.size(); }
    std::span<const std::uint32_t> symbols(std::size_t index) const {
        return std::span(m_symbols).subspan(m_begins[index], m_begins[index + 1] - m_begins[index]);
    }
    std::size_t length(std::size_t index) const { return m_begins[index + 1] - m_begins[index]; }
    double score(std::size_t index) const { return m_scores[index]; }
    void setScore(std::size_t index, double score) { m_scores[index] = score; }

  private:
    std::vector<std::uint32_t> m_symbols;
    std::vector<std::size_t> m_begins{0};
    std::vector<double> m_scores;
};

/// Finds which strings begin at a place of a text. Immutable.
class SymbolTrie {
  public:
    static constexpr std::uint32_t noValue = 0xFFFFFFFF;

    /// The strings are different, and in the order of their symbols.
    explicit SymbolTrie(const ScoredStrings& sorted);

    /// Calls found(length, index) for each string that the text begins with, the shortest first.
    template <typename Found>
    void walk(std::span<const std::uint32_t> text, const Found& found) const {
        std::uint32_t node = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            node = child(node, text[i]);
            if (node == 0) {
                return;
            }
            if (m_nodes[node].value != noValue) {
                found(i + 1, m_nodes[node].value);
            }
        }
    }

  private:
    struct Node {
        std::uint32_t firstChild = 0;  // children stand beside each other, in order of their symbols
        std::uint32_t childCount = 0;
        std::uint32_t symbol = 0;
        std::uint32_t value = noValue;
    };
    /// 0 where there is none: the root is nobody's child.
    std::uint32_t child(std::uint32_t node, std::uint32_t symbol) const;

    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_firsts;  // the root's child by its symbol
};

/// All ways to tell a word in strings, for one word after the other. Holds working memory, so one object
/// serves one thread. Strings and trie must outlive it; all single symbols are among the strings.
class PieceLattice {
  public:
    PieceLattice(const ScoredStrings& strings, const SymbolTrie& trie);

    /// The sum of the probabilities of all ways, as a logarithm; with it, for each string of the word,
    /// add(index, share): how often it is expected in it, by forward and backward sums (Baum et al. 1970).
    template <typename Add>
    double expect(std::span<const std::uint32_t> word, const Add& add) {
        const double logarithm = sumWays(word);
        for (const Arc& arc : m_arcs) {
            const double share = m_forward[arc.begin] * arc.probability * m_backward[arc.end] / m_sum;
            if (share > 0) {
                add(arc.index, share);
            }
        }
        return logarithm;
    }

    /// The most probable way (Viterbi), of equally probable ones that of the shortest last string, and so on
    /// backwards; indices in the order of the word. With `forbidsWhole` the way of one string alone does not
    /// count; empty where there is no other.
    const std::vector<std::uint32_t>& best(std::span<const std::uint32_t> word, bool forbidsWhole);

  private:
    struct Arc {
        std::uint32_t begin;
        std::uint32_t end;
        std::uint32_t index;
        double probability;
    };
    struct Step {
        double score = 0;
        std::uint32_t begin = 0;
        std::uint32_t index = SymbolTrie::noValue;
    };
    double sumWays(std::span<const std::uint32_t> word);
    bool sumScaled(std::size_t size);

    const ScoredStrings& m_strings;
    const SymbolTrie& m_trie;
    std::vector<double> m_probabilities;
    std::vector<Arc> m_arcs;
    std::vector<double> m_forward;
    std::vector<double> m_backward;
    double m_sum = 1;
    std::vector<Step> m_steps;
    std::vector<std::uint32_t> m_way;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/piece_lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

/// Sums of shorter words than this are no smaller than a double holds.
constexpr double leastSum = 1e-280;
constexpr double mostSum = 1e280;

}  // namespace

void ScoredStrings::add(std::span<const std::uint32_t> symbols, double score) {
    m_symbols.insert(m_symbols.end(), symbols.begin(), symbols.end());
    m_begins.push_back(m_symbols.size());
    m_scores.push_back(score);
}

SymbolTrie::SymbolTrie(const ScoredStrings& sorted) {
    struct Range {
        std::uint32_t node;
        std::size_t first;
        std::size_t last;
        std::size_t depth;
    };
    m_nodes.emplace_back();
    std::vector<Range> ranges = {{0, 0, sorted.size(), 0}};
    for (std::size_t next = 0; next < ranges.size(); ++next) {
        Range range = ranges[next];
        // The string that ends here, if there is one, is the first of those that begin with it.
        if (range.depth > 0 && sorted.length(range.first) == range.depth) {
            m_nodes[range.node].value = static_cast<std::uint32_t>(range.first++);
        }
        m_nodes[range.node].firstChild = static_cast<std::uint32_t>(m_nodes.size());
        for (std::size_t i = range.first; i < range.last;) {
            const std::uint32_t symbol = sorted.symbols(i)[range.depth];
            std::size_t end = i + 1;
            while (end < range.last && sorted.symbols(end)[range.depth] == symbol) {
                ++end;
            }
            ranges.push_back({static_cast<std::uint32_t>(m_nodes.size()), i, end, range.depth + 1});
            m_nodes.push_back({0, 0, symbol, noValue});
            ++m_nodes[range.node].childCount;
            i = end;
        }
    }
    const Node& root = m_nodes[0];
    for (std::uint32_t i = root.firstChild; i < root.firstChild + root.childCount; ++i) {
        m_firsts.resize(m_nodes[i].symbol + 1);
        m_firsts[m_nodes[i].symbol] = i;
    }
}

std::uint32_t SymbolTrie::child(std::uint32_t node, std::uint32_t symbol) const {
    if (node == 0) {
        return symbol < m_firsts.size() ? m_firsts[symbol] : 0;
    }
    std::uint32_t first = m_nodes[node].firstChild;
    std::uint32_t count = m_nodes[node].childCount;
    while (count > 0) {
        const std::uint32_t half = count / 2;
        const std::uint32_t middle = m_nodes[first + half].symbol;
        if (middle == symbol) {
            return first + half;
        }
        if (middle < symbol) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return 0;
}

PieceLattice::PieceLattice(const ScoredStrings& strings, const SymbolTrie& trie)
    : m_strings(strings), m_trie(trie) {
    m_probabilities.reserve(strings.size());
    for (std::size_t i = 0; i < strings.size(); ++i) {
        m_probabilities.push_back(std::exp(strings.score(i)));
    }
}

double PieceLattice::sumWays(std::span<const std::uint32_t> word) {
    m_arcs.clear();
    for (std::uint32_t begin = 0; begin < word.size(); ++begin) {
        m_trie.walk(word.subspan(begin), [&](std::size_t length, std::uint32_t index) {
            m_arcs.push_back(
                {begin, begin + static_cast<std::uint32_t>(length), index, m_probabilities[index]});
        });
    }
    if (sumScaled(word.size())) {
        return std::log(m_sum);
    }
    // A symbol counts so much more that the most probable way has the probability 1.
    double score = 0;
    for (const std::uint32_t index : best(word, false)) {
        score += m_strings.score(index);
    }
    const double each = -score / static_cast<double>(word.size());
    for (Arc& arc : m_arcs) {
        arc.probability = std::exp(m_strings.score(arc.index) + each * (arc.end - arc.begin));
    }
    if (!sumScaled(word.size())) {
        // Not even so: the word has parts that differ more than a double holds. Nothing is expected of it.
        m_arcs.clear();
        return score;
    }
    return std::log(m_sum) + score;
}

/// Whether the sums are such as a double holds. The arcs are in the order of where they begin.
bool PieceLattice::sumScaled(std::size_t size) {
    m_forward.assign(size + 1, 0);
    m_backward.assign(size + 1, 0);
    m_forward[0] = 1;
    m_backward[size] = 1;
    for (const Arc& arc : m_arcs) {
        m_forward[arc.end] += m_forward[arc.begin] * arc.probability;
    }
    for (std::size_t i = m_arcs.size(); i-- > 0;) {
        const Arc& arc = m_arcs[i];
        m_backward[arc.begin] += arc.probability * m_backward[arc.end];
    }
    m_sum = m_forward[size];
    return m_sum > leastSum && m_sum < mostSum;
}

const std::vector<std::uint32_t>& PieceLattice::best(std::span<const std::uint32_t> word, bool forbidsWhole) {
    constexpr double unreached = -std::numeric_limits<double>::infinity();
    m_steps.assign(word.size() + 1, {unreached, 0, SymbolTrie::noValue});
    m_steps[0].score = 0;
    m_way.clear();
    for (std::uint32_t begin = 0; begin < word.size(); ++begin) {
        const double score = m_steps[begin].score;
        if (score == unreached) {
            continue;
        }
        m_trie.walk(word.subspan(begin), [&](std::size_t length, std::uint32_t index) {
            Step& step = m_steps[begin + length];
            const double total = score + m_strings.score(index);
            if (total >= step.score && !(forbidsWhole && length == word.size())) {
                step = {total, begin, index};
            }
        });
    }
    for (std::size_t end = word.size(); end > 0 && m_steps[end].index != SymbolTrie::noValue;) {
        m_way.push_back(m_steps[end].index);
        end = m_steps[end].begin;
    }
    std::reverse(m_way.begin(), m_way.end());
    return m_way;
}

}  // namespace lexiscope

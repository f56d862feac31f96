// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/piece_trace.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace lexiscope {
namespace {

/// Puts one node in the place of the two neighbours it was made of.
void join(std::vector<std::size_t>& state, const MergeTrace::Node& node, std::size_t place) {
    const auto left = std::find(state.begin(), state.end(), node.left);
    assert(left != state.end() && *(left + 1) == node.right);
    *left = place;
    state.erase(left + 1);
}

class Merging {
  public:
    Merging(const MergeTable& table, std::vector<MergeTrace::Node> leaves, std::size_t entries)
        : m_table(table), m_entries(entries) {
        m_trace.leaves = leaves.size();
        m_trace.nodes = std::move(leaves);
        m_state = m_trace.stateAfter(0);
    }

    MergeTrace run() {
        lookAtPairs();
        while (!m_pairs.empty()) {
            const auto best = std::min_element(
                m_pairs.begin(), m_pairs.end(),
                [](const MergeTable::Found& a, const MergeTable::Found& b) { return a.rank < b.rank; });
            if (best->rank == MergeTrace::noRank) {
                break;
            }
            merge(static_cast<std::size_t>(best - m_pairs.begin()));
            lookAtPairs();
        }
        return std::move(m_trace);
    }

  private:
    void lookAtPairs() {
        m_pairs.clear();
        std::vector<std::uint32_t> ranks;
        for (std::size_t i = 0; i + 1 < m_state.size(); ++i) {
            const MergeTrace::Node& left = m_trace.nodes[m_state[i]];
            const MergeTrace::Node& right = m_trace.nodes[m_state[i + 1]];
            const bool isClosed = left.isClosed || right.isClosed;
            m_pairs.push_back(isClosed ? MergeTable::Found{} : m_table.find(left.symbol, right.symbol));
            ranks.push_back(m_pairs.back().rank);
        }
        m_trace.ranks.push_back(std::move(ranks));
    }

    void merge(std::size_t pair) {
        MergeTrace::Node node;
        node.left = m_state[pair];
        node.right = m_state[pair + 1];
        node.symbol = m_pairs[pair].merged;
        node.rank = m_pairs[pair].rank;
        node.span = {m_trace.nodes[node.left].span.begin, m_trace.nodes[node.right].span.end};
        if (node.symbol < m_entries) {
            node.id = TokenId{node.symbol};
        }
        m_trace.nodes.push_back(node);
        join(m_state, node, m_trace.nodes.size() - 1);
    }

    const MergeTable& m_table;
    std::size_t m_entries;
    MergeTrace m_trace;
    std::vector<std::size_t> m_state;
    std::vector<MergeTable::Found> m_pairs;
};

}  // namespace

std::vector<std::size_t> MergeTrace::stateAfter(std::size_t merges) const {
    std::vector<std::size_t> state;
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
        state.push_back(leaf);
    }
    for (std::size_t node = leaves; node < leaves + merges; ++node) {
        join(state, nodes[node], node);
    }
    return state;
}

MergeTrace traceMerges(const MergeTable& table, std::vector<MergeTrace::Node> leaves, std::size_t entries) {
    return Merging(table, std::move(leaves), entries).run();
}

MergeTrace traceLookedUp(const MergeTrace::Node& whole, MergeTrace merges) {
    const bool isSame = merges.merges() > 0 && merges.nodes.back().symbol == whole.symbol &&
                        merges.nodes.back().span == whole.span;
    if (isSame) {
        merges.isLookedUp = true;
        return merges;
    }
    MergeTrace alone;
    alone.nodes.push_back(whole);
    alone.leaves = 1;
    alone.ranks.emplace_back();
    return alone;
}

void findBestPath(LatticeTrace& lattice, bool keepsFloats) {
    std::vector<LatticeTrace::Place>& places = lattice.places;
    const auto placeAt = [&places](std::size_t byte) {
        return static_cast<std::size_t>(std::lower_bound(places.begin(), places.end(), byte,
                                                         [](const LatticeTrace::Place& place,
                                                            std::size_t at) { return place.byte < at; }) -
                                        places.begin());
    };
    std::vector<std::size_t> bestEdge(places.size());
    places.front().isReached = true;
    for (std::size_t i = 0; i < lattice.edges.size(); ++i) {
        LatticeTrace::Edge& edge = lattice.edges[i];
        const std::size_t end = placeAt(edge.span.end);
        edge.sum = places[placeAt(edge.span.begin)].best + edge.score;
        edge.wins = !places[end].isReached || edge.sum > places[end].best;
        if (edge.wins) {
            places[end].isReached = true;
            places[end].best = keepsFloats ? static_cast<double>(static_cast<float>(edge.sum)) : edge.sum;
            bestEdge[end] = i;
        }
    }
    for (std::size_t place = places.size() - 1; place > 0;) {
        LatticeTrace::Edge& edge = lattice.edges[bestEdge[place]];
        edge.isOnPath = true;
        place = placeAt(edge.span.begin);
    }
}

}  // namespace lexiscope

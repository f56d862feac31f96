// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/byte_trie.h"

#include <algorithm>

namespace lexiscope {

ByteTrie::ByteTrie(std::span<const std::pair<std::string_view, std::uint32_t>> entries) {
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted(entries.begin(), entries.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    build(sorted);
}

void ByteTrie::build(std::span<const std::pair<std::string_view, std::uint32_t>> sorted) {
    /// A node whose strings, of the sorted ones, are not yet told apart.
    struct Open {
        std::uint32_t node;
        std::size_t first;
        std::size_t last;
        std::size_t depth;
    };
    m_nodes.emplace_back();
    std::vector<Open> open = {{0, 0, sorted.size(), 0}};
    for (std::size_t next = 0; next < open.size(); ++next) {
        Open here = open[next];
        while (here.first < here.last && sorted[here.first].first.size() == here.depth) {
            if (here.depth > 0 && m_nodes[here.node].value == noValue) {
                m_nodes[here.node].value = sorted[here.first].second;
            }
            ++here.first;
        }
        m_nodes[here.node].firstChild = static_cast<std::uint32_t>(m_nodes.size());
        while (here.first < here.last) {
            const char byte = sorted[here.first].first[here.depth];
            std::size_t end = here.first;
            while (end < here.last && sorted[end].first[here.depth] == byte) {
                ++end;
            }
            open.push_back({static_cast<std::uint32_t>(m_nodes.size()), here.first, end, here.depth + 1});
            m_nodes.emplace_back();
            m_nodes.back().byte = static_cast<unsigned char>(byte);
            ++m_nodes[here.node].childCount;
            here.first = end;
        }
    }
}

bool ByteTrie::Walk::step(unsigned char byte) {
    const Node& node = m_trie->m_nodes[m_node];
    const auto first = m_trie->m_nodes.begin() + node.firstChild;
    const auto last = first + node.childCount;
    const auto found = std::lower_bound(first, last, byte,
                                        [](const Node& child, unsigned char b) { return child.byte < b; });
    if (found == last || found->byte != byte) {
        return false;
    }
    m_node = static_cast<std::uint32_t>(found - m_trie->m_nodes.begin());
    return true;
}

}  // namespace lexiscope

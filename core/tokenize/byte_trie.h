// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {

/// Strings of bytes, to be found as prefixes of a text. Immutable. Memory: 12 bytes for each byte of the
/// strings that they do not share.
class ByteTrie {
  public:
    static constexpr std::uint32_t noValue = 0xFFFFFFFF;

    /// Strings and what stands for them, which is not noValue; of equal strings the first counts, empty ones
    /// do not.
    explicit ByteTrie(std::span<const std::pair<std::string_view, std::uint32_t>> entries);

    /// A walk along a text, byte by byte.
    class Walk {
      public:
        explicit Walk(const ByteTrie& trie) : m_trie(&trie) {}
        /// False when no string goes on like this; the walk is over then.
        bool step(unsigned char byte);
        /// Of the string that ends here, or noValue.
        std::uint32_t value() const { return m_trie->m_nodes[m_node].value; }

      private:
        const ByteTrie* m_trie;
        std::uint32_t m_node = 0;
    };

  private:
    struct Node {
        std::uint32_t firstChild = 0;  // children stand beside each other, in order of their bytes
        std::uint16_t childCount = 0;
        unsigned char byte = 0;
        std::uint32_t value = noValue;
    };
    void build(std::span<const std::pair<std::string_view, std::uint32_t>> sorted);

    std::vector<Node> m_nodes;
};

}  // namespace lexiscope

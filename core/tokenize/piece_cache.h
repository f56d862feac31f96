// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Remembers how pieces of at most 16 bytes were tokenized, as texts say the same words again and again. A
/// newer piece takes the place of an older one that falls on the same slot. Serves one thread.
class PieceCache {
  public:
    static constexpr std::size_t maxBytes = 16;
    static constexpr std::size_t maxTokens = 6;

    struct Entry {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        std::uint8_t bytes = 0;
        std::uint8_t count = 0;  ///< 0: nothing is known about this piece
        std::array<std::uint8_t, maxTokens> sizes{};
        std::array<std::uint32_t, maxTokens> tokens{};
    };

    /// For a text of so many bytes: clearing the slots must cost little beside tokenizing it.
    explicit PieceCache(std::size_t textBytes)
        : m_entries(std::bit_ceil(std::clamp<std::size_t>(textBytes / 32, 16, 1U << 15U))),
          m_shift(64U - static_cast<unsigned>(std::countr_zero(m_entries.size()))) {}

    /// The slot of text[begin, end), made ready for that piece: filled if count > 0, else to be filled by the
    /// caller. 0 < end - begin <= maxBytes.
    Entry& at(std::string_view text, std::size_t begin, std::size_t end) {
        const std::size_t size = end - begin;
        std::array<std::uint64_t, 2> words{};
        if (begin + maxBytes <= text.size()) {
            std::memcpy(words.data(), text.data() + begin, maxBytes);
            words[0] &= maskOf(std::min<std::size_t>(size, 8));
            words[1] &= size > 8 ? maskOf(size - 8) : 0;
        } else {
            std::memcpy(words.data(), text.data() + begin, size);
        }
        const std::uint64_t mixed =
            (words[0] ^ std::rotl(words[1] * 0xC2B2AE3D27D4EB4FU, 29) ^ size) * 0x9E3779B97F4A7C15U;
        Entry& entry = m_entries[static_cast<std::size_t>((mixed ^ (mixed << 32U)) >> m_shift)];
        if (entry.low != words[0] || entry.high != words[1] || entry.bytes != size) {
            entry = {words[0], words[1], static_cast<std::uint8_t>(size), 0, {}, {}};
        }
        return entry;
    }

  private:
    static_assert(std::endian::native == std::endian::little, "the masks keep the first bytes in memory");
    /// Keeps the first `size` bytes, 1 to 8.
    static std::uint64_t maskOf(std::size_t size) { return ~std::uint64_t{0} >> (64U - 8U * size); }

    std::vector<Entry> m_entries;
    unsigned m_shift;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {

/// Remembers how pieces of at most 16 bytes were tokenized, as texts say the same words again and again. Two
/// pieces share a place; the one that was met again is the last to make room. Serves one thread.
///
/// `Extra` is what is to be known of a piece beside its tokens.
template <typename Extra>
class BasicPieceCache {
  public:
    static constexpr std::size_t maxBytes = 16;
    static constexpr std::size_t maxTokens = 6;
    static constexpr std::size_t mostEntries = 1U << 16U;

    struct Entry {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        std::uint16_t bytesAndKind = 0;
        std::uint8_t count = 0;  ///< 0: nothing is known about this piece
        std::array<std::uint8_t, maxTokens> sizes{};
        std::array<std::uint32_t, maxTokens> tokens{};
        [[no_unique_address]] Extra extra{};
    };

    /// For so many bytes more: clearing the entries must cost little beside tokenizing all of them. What is
    /// remembered of earlier texts is kept unless there are too few entries for them and this one.
    void prepareFor(std::size_t textBytes) {
        m_bytes += textBytes;
        const std::size_t entries = std::bit_ceil(std::clamp<std::size_t>(m_bytes / 32, 16, mostEntries));
        if (entries > m_entries.size()) {
            m_entries.assign(entries, {});
            m_shift = 65U - static_cast<unsigned>(std::countr_zero(entries));
        }
    }

    /// The entry of text[begin, end): filled if count > 0, else to be filled by the caller.
    /// 0 < end - begin <= maxBytes. The same bytes of another `kind`, less than 2^7, are another piece.
    Entry& at(std::string_view text, std::size_t begin, std::size_t end, unsigned kind = 0) {
        const std::size_t size = end - begin;
        std::array<std::uint64_t, 2> words{};
        if (begin + maxBytes <= text.size()) {
            std::memcpy(words.data(), text.data() + begin, maxBytes);
            words[0] &= maskOf(std::min<std::size_t>(size, 8));
            words[1] &= size > 8 ? maskOf(size - 8) : 0;
        } else {
            std::memcpy(words.data(), text.data() + begin, size);
        }
        const auto bytesAndKind = static_cast<std::uint16_t>(size + 2 * maxBytes * kind);
        const std::uint64_t mixed =
            (words[0] ^ std::rotl(words[1] * 0xC2B2AE3D27D4EB4FU, 29) ^ bytesAndKind) * 0x9E3779B97F4A7C15U;
        Entry* const pair = &m_entries[2 * static_cast<std::size_t>((mixed ^ (mixed << 32U)) >> m_shift)];
        const auto isIt = [&](const Entry& entry) {
            return entry.low == words[0] && entry.high == words[1] && entry.bytesAndKind == bytesAndKind;
        };
        if (isIt(pair[0])) {
            return pair[0];
        }
        if (isIt(pair[1])) {
            std::swap(pair[0], pair[1]);
            return pair[0];
        }
        pair[1] = Entry{words[0], words[1], bytesAndKind, 0, {}, {}, {}};
        return pair[1];
    }

  private:
    static_assert(std::endian::native == std::endian::little, "the masks keep the first bytes in memory");
    /// Keeps the first `size` bytes, 1 to 8.
    static std::uint64_t maskOf(std::size_t size) { return ~std::uint64_t{0} >> (64U - 8U * size); }

    std::vector<Entry> m_entries;  // two for each place
    unsigned m_shift = 0;
    std::size_t m_bytes = 0;  // of all texts
};

struct NothingMore {};
using PieceCache = BasicPieceCache<NothingMore>;

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lexiscope {

/// Steps through bytes front to back and never past their end: what does not lie in them whole is not given,
/// and the reader stays where it was. Numbers are little-endian.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes, std::size_t offset = 0)
        : m_bytes(bytes), m_offset(offset < bytes.size() ? offset : bytes.size()) {}

    std::size_t offset() const { return m_offset; }
    std::size_t remaining() const { return m_bytes.size() - m_offset; }

    std::optional<std::string_view> take(std::uint64_t count) {
        if (count > remaining()) {
            return std::nullopt;
        }
        const std::string_view taken = m_bytes.substr(m_offset, count);
        m_offset += taken.size();
        return taken;
    }

    /// The bytes before the next `end`, which is stepped over; nothing when it is not among the next `limit`
    /// bytes.
    std::optional<std::string_view> takeUntil(char end, std::size_t limit) {
        const std::size_t length = m_bytes.substr(m_offset, limit).find(end);
        if (length == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view taken = m_bytes.substr(m_offset, length);
        m_offset += length + 1;
        return taken;
    }

    std::optional<std::uint64_t> takeU64() {
        const std::optional<std::string_view> bytes = take(8);
        if (!bytes) {
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 8; i-- > 0;) {
            value = value << 8U | static_cast<unsigned char>((*bytes)[i]);
        }
        return value;
    }

  private:
    std::string_view m_bytes;
    std::size_t m_offset = 0;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace lexiscope {

/// Some characters of ASCII, asked for once, for runs of them to be found quickly.
class AsciiSet {
  public:
    AsciiSet() = default;  ///< none
    template <typename Is>
    explicit AsciiSet(Is is) {
        for (std::size_t byte = 0; byte < m_has.size(); ++byte) {
            m_has[byte] = byte < 0x80 && is(static_cast<char32_t>(byte));
        }
    }
    std::size_t endOfRun(std::string_view text, std::size_t begin) const {
        while (begin < text.size() && m_has[static_cast<unsigned char>(text[begin])]) {
            ++begin;
        }
        return begin;
    }

  private:
    std::array<bool, 256> m_has{};
};

}  // namespace lexiscope

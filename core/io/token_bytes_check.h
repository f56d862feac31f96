// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/grouped.h"
#include "core/base/utf8.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// Looks for tokens that are no UTF-8, which no text in UTF-8 leads to.
class TokenBytesCheck {
  public:
    /// `unit` is what the file counts tokens in ("line").
    explicit TokenBytesCheck(std::string_view unit) : m_unit(unit) {}

    void look(std::string_view token, std::size_t number) {
        if (!isUtf8(token) && m_count++ == 0) {
            m_first = number;
        }
    }

    /// How many there are, and which is the first; nothing where there are none.
    std::optional<std::string> warning() const {
        if (m_count == 0) {
            return std::nullopt;
        }
        return (m_count == 1 ? "1 token is" : grouped(m_count) + " tokens are") + " no valid UTF-8" +
               (m_count == 1 ? ": " : ", the first: ") + std::string(m_unit) + " " + std::to_string(m_first);
    }

  private:
    std::string_view m_unit;
    std::size_t m_count = 0;
    std::size_t m_first = 0;
};

}  // namespace lexiscope

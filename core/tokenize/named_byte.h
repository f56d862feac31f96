// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace lexiscope {

/// The byte that "<0x0A>" names.
inline std::optional<char> namedByte(std::string_view token) {
    constexpr std::string_view begin = "<0x";
    if (token.size() != 6 || !token.starts_with(begin) || token.back() != '>') {
        return std::nullopt;
    }
    unsigned value = 0;
    for (const char digit : token.substr(begin.size(), 2)) {
        const bool isNumber = digit >= '0' && digit <= '9';
        const bool isUpper = digit >= 'A' && digit <= 'F';
        const bool isLower = digit >= 'a' && digit <= 'f';
        if (!isNumber && !isUpper && !isLower) {
            return std::nullopt;
        }
        const int first = isNumber ? '0' : isUpper ? 'A' - 10 : 'a' - 10;
        value = value * 16 + static_cast<unsigned>(digit - first);
    }
    return static_cast<char>(value);
}

}  // namespace lexiscope

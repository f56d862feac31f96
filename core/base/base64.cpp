// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/base64.h"

#include <array>
#include <cstddef>

namespace lexiscope {
namespace {

constexpr std::array<int, 256> makeValues() {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        values[static_cast<unsigned char>(digits[i])] = static_cast<int>(i);
    }
    return values;
}

constexpr std::array<int, 256> values = makeValues();

}  // namespace

std::optional<std::string> bytesOfBase64(std::string_view text) {
    constexpr std::size_t group = 4;
    if (text.size() % group != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / group * 3);
    unsigned bits = 0;
    unsigned count = 0;
    for (const char digit : text.substr(0, text.size() - padding)) {
        const int value = values[static_cast<unsigned char>(digit)];
        if (value < 0) {
            return std::nullopt;
        }
        bits = ((bits << 6U) | static_cast<unsigned>(value)) & 0xFFFFU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>((bits >> count) & 0xFFU);
        }
    }
    return bytes;
}

}  // namespace lexiscope

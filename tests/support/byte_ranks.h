// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace lexiscope::test {

/// A .tiktoken file of the 256 bytes, each of the rank that it has as a number.
inline std::string byteRanks() {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string lines;
    for (unsigned byte = 0; byte < 256; ++byte) {
        lines += digits[byte >> 2U];
        lines += digits[(byte & 3U) << 4U];
        lines += "== " + std::to_string(byte) + "\n";
    }
    return lines;
}

}  // namespace lexiscope::test

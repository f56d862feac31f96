// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <string>

namespace lexiscope::test {

// SentencePiece models, byte by byte.

inline std::string varint(std::uint64_t value) {
    std::string bytes;
    while (value >= 0x80) {
        bytes += static_cast<char>(value | 0x80U);
        value >>= 7U;
    }
    return bytes + static_cast<char>(value);
}

inline std::string numberField(unsigned field, std::uint64_t value) {
    return varint(std::uint64_t{field} << 3U) + varint(value);
}

inline std::string bytesField(unsigned field, const std::string& bytes) {
    return varint((std::uint64_t{field} << 3U) | 2U) + varint(bytes.size()) + bytes;
}

inline std::string floatField(unsigned field, float value) {
    std::string bytes = varint((std::uint64_t{field} << 3U) | 5U);
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned i = 0; i < 4; ++i) {
        bytes += static_cast<char>(bits >> (8 * i));
    }
    return bytes;
}

inline std::string piece(const std::string& text, float score, unsigned kind = 1) {
    return bytesField(1, bytesField(1, text) + floatField(2, score) + numberField(3, kind));
}

inline std::string trainer(unsigned model, bool byteFallback = false) {
    return bytesField(2, numberField(3, model) + numberField(35, byteFallback ? 1 : 0));
}

/// <unk> <s> ▁ a b ▁a ab ▁ab
inline std::string small(unsigned model) {
    return piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("\u2581", -3) + piece("a", -4) + piece("b", -5) +
           piece("\u2581a", -2) + piece("ab", -1) + piece("\u2581ab", -6) + trainer(model);
}

}  // namespace lexiscope::test

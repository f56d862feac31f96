// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_alphabet.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace lexiscope {
namespace {

constexpr std::size_t firstShifted = 0x100;
constexpr std::size_t shiftedCount = 68;

struct Alphabet {
    std::array<std::uint16_t, 256> characterOf{};
    std::array<std::int16_t, firstShifted + shiftedCount> byteOf{};
};

constexpr Alphabet makeAlphabet() {
    Alphabet alphabet;
    alphabet.byteOf.fill(-1);
    std::size_t next = firstShifted;
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const bool asItself =
            (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
        const std::size_t character = asItself ? byte : next++;
        alphabet.characterOf[byte] = static_cast<std::uint16_t>(character);
        alphabet.byteOf[character] = static_cast<std::int16_t>(byte);
    }
    return alphabet;
}

constexpr Alphabet alphabet = makeAlphabet();
static_assert(alphabet.characterOf[' '] == 0x120);
static_assert(alphabet.characterOf[0xAD] == firstShifted + shiftedCount - 1);

}  // namespace

std::string spellingOfBytes(std::string_view bytes) {
    std::string spelling;
    spelling.reserve(bytes.size());
    for (const char byte : bytes) {
        const unsigned character = alphabet.characterOf[static_cast<unsigned char>(byte)];
        if (character < 0x80) {
            spelling += static_cast<char>(character);
        } else {
            spelling += static_cast<char>(0xC0U | (character >> 6U));
            spelling += static_cast<char>(0x80U | (character & 0x3FU));
        }
    }
    return spelling;
}

std::optional<std::string> bytesOfSpelling(std::string_view spelling) {
    std::string bytes;
    bytes.reserve(spelling.size());
    for (std::size_t i = 0; i < spelling.size(); ++i) {
        std::size_t character = static_cast<unsigned char>(spelling[i]);
        if (character >= 0x80) {
            // The whole alphabet lies below U+0144, so two bytes of UTF-8 are the longest that can be right;
            // 0xC0 and 0xC1 would begin an overlong form.
            if (character < 0xC2 || character > 0xC5 || i + 1 == spelling.size()) {
                return std::nullopt;
            }
            const std::size_t second = static_cast<unsigned char>(spelling[++i]);
            if ((second & 0xC0U) != 0x80U) {
                return std::nullopt;
            }
            character = ((character & 0x1FU) << 6U) | (second & 0x3FU);
        }
        if (character >= alphabet.byteOf.size() || alphabet.byteOf[character] < 0) {
            return std::nullopt;
        }
        bytes += static_cast<char>(alphabet.byteOf[character]);
    }
    return bytes;
}

}  // namespace lexiscope

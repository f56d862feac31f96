// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

// GPT-2 spells any bytes as printable characters, one character a byte: the bytes 0x21–0x7E, 0xA1–0xAC and
// 0xAE–0xFF stand for the character of the same number; the 68 others, in order, for U+0100, U+0101, … So a
// space is "Ġ" (U+0120). Source: bytes_to_unicode() of the GPT-2 release (Radford et al. 2019).

/// The spelling of any bytes, as UTF-8.
std::string spellingOfBytes(std::string_view bytes);

/// The bytes that a spelling stands for; nothing when it holds a character that is not of the alphabet (or no
/// UTF-8).
std::optional<std::string> bytesOfSpelling(std::string_view spelling);

}  // namespace lexiscope

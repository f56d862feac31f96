// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lexiscope {

/// One step through a text. Bytes that are no UTF-8 (RFC 3629: overlong forms, surrogates and values above U+10FFFF
/// included) come out one at a time with valid == false, so that every byte is seen exactly once.
struct CodePoint {
    char32_t value = 0;  ///< the byte itself when not valid
    std::size_t size = 0;  ///< bytes taken: 1..4; 0 at the end of the text
    bool valid = false;
};
CodePoint codePointAt(std::string_view text, std::size_t offset);

bool isUtf8(std::string_view bytes);

/// Number of characters as people count code points; each byte that is no UTF-8 counts as one.
std::size_t countCharacters(std::string_view text);

/// The text with each run of bytes that are no UTF-8 replaced by one U+FFFD per byte.
std::string withReplacementCharacters(std::string_view bytes);

/// How a token is shown to people: a space as "·", a newline as "⏎", a carriage return as "␍", a tab as "⇥", other control
/// characters as "‹U+0007›", and bytes that are no character as "‹E2 96›" (one bracket for a run).
std::string displayText(std::string_view bytes);

/// Lower case of each character (simple mapping of the Unicode version of utf8proc); bytes that are no UTF-8 stay.
std::string toLower(std::string_view text);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lexiscope {

/// One step through a text. Bytes that are no UTF-8 (RFC 3629: overlong forms, surrogates and values above
/// U+10FFFF included) come out one at a time with valid == false, so that every byte is seen exactly once.
struct CodePoint {
    char32_t value = 0;    ///< the byte itself when not valid
    std::size_t size = 0;  ///< bytes taken: 1..4; 0 at the end of the text
    bool valid = false;
};
CodePoint codePointAt(std::string_view text, std::size_t offset);
/// The one that ends at `end`, which is above 0.
CodePoint codePointBefore(std::string_view text, std::size_t end);

/// Adds the character, at most U+10FFFF and no surrogate.
void appendUtf8(std::string& out, char32_t character);

/// What split rules ask of a character.
enum class CharacterClass : std::uint8_t {
    Letter,       ///< general category L
    Number,       ///< N
    Space,        ///< the property White_Space: tab to carriage return, space, U+0085, U+00A0, U+2003, …
    Punctuation,  ///< P or S: punctuation and symbols
    Other,        ///< marks, controls, what is not assigned
};

/// By the Unicode version of utf8proc (2.8: Unicode 15.0).
CharacterClass classOf(char32_t character);

inline bool isSpace(const CodePoint& point) {
    return point.valid && classOf(point.value) == CharacterClass::Space;
}

/// Where the white space begins that ends at `end`, not before `from`; `end` where there is none.
std::size_t beginOfSpaces(std::string_view text, std::size_t from, std::size_t end);

bool isUtf8(std::string_view bytes);

/// Number of characters as people count code points; each byte that is no UTF-8 counts as one.
std::size_t countCharacters(std::string_view text);

/// The text with each byte that is no UTF-8 replaced by U+FFFD.
std::string withReplacementCharacters(std::string_view bytes);

/// How a token is shown to people: a space as "·", a newline as "⏎", a carriage return as "␍", a tab as "⇥",
/// other control characters, line separators and marks that are invisible alone (zero-width space, byte order
/// mark, writing directions) as "‹U+0007›", and bytes that are no character as "‹E2 96›" (one bracket for a
/// run).
std::string displayText(std::string_view bytes);

/// Lower case of each character (simple mapping of the Unicode version of utf8proc); bytes that are no UTF-8
/// stay.
std::string toLower(std::string_view text);

/// For comparing words whatever their case (full case folding of the Unicode version of utf8proc: "Straße" is
/// "strasse"); bytes that are no UTF-8 stay.
std::string foldCase(std::string_view text);

}  // namespace lexiscope

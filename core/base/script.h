// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lexiscope {

/// What a piece of text is written in.
enum class Script : std::uint8_t {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Cjk,           ///< Chinese characters, kana, Hangul, Bopomofo
    OtherLetters,  ///< letters of another script
    Digits,        ///< no letters, but at least one number
    Punctuation,   ///< neither letters nor numbers, but punctuation or symbols, emoji among them
    Other,         ///< letters of several scripts; or nothing but spaces, controls, marks, bytes that are no
                   ///< character
};
constexpr std::size_t scriptCount = 9;

/// By the property Script of Unicode 15 (Scripts.txt) as far as letters (general category L) have it. Letters
/// decide where there are any; those that several scripts share (U+00B5 micro sign, U+30FC long vowel, the
/// mathematical alphabets) go with their neighbours, and alone are OtherLetters. Text without any character
/// is Other.
Script scriptOf(std::string_view text);

}  // namespace lexiscope

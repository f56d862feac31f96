// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lexiscope {

/// What a piece of text is written in: a script by its place in scriptNames(), of which the first have names
/// here, too, or one of the kinds at the end.
enum class Script : std::uint8_t {
    Latin,
    Han,   ///< Chinese characters
    Kana,  ///< Hiragana and Katakana, Chinese characters beside them or not
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Hangul,
    Thai,
    OtherLetters = 252,  ///< letters that are of no script, or of one that is not known
    Digits,              ///< no letters, but at least one number
    Punctuation,         ///< neither letters nor numbers, but punctuation or symbols, emoji among them
    Other,  ///< letters of several scripts; or nothing but spaces, controls, marks, bytes that are no
            ///< character
};
constexpr std::size_t scriptCount = 256;

/// As Unicode's property Script has them: "Latin", "Han", "Hiragana", "Old_Italic". Common, Inherited and
/// Katakana are not among them.
std::span<const std::string_view> scriptNames();

/// By the property Script of Unicode 15 (Scripts.txt) as far as letters (general category L) have it. Letters
/// decide where there are any; those that several scripts share (U+00B5 micro sign, U+30FC long vowel, the
/// mathematical alphabets) go with their neighbours, as Chinese characters do with kana, Hangul and Bopomofo,
/// and alone are OtherLetters. Text without any character is Other.
Script scriptOf(std::string_view text);

/// Nothing where several scripts share it.
std::optional<Script> scriptOfLetter(char32_t letter);

/// Scripts in few groups, as many as colours tell apart.
enum class ScriptGroup : std::uint8_t {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Cjk,  ///< Chinese characters, kana, Hangul, Bopomofo
    OtherLetters,
    Digits,
    Punctuation,
    Other,
};
constexpr std::size_t scriptGroupCount = 9;
ScriptGroup groupOf(Script script);

}  // namespace lexiscope

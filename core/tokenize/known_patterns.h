// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/pre_tokenizer.h"

#include <string_view>

namespace lexiscope {

// Split patterns of published tokenizers that are run as regular expressions, as their files have them. Some
// cut in several steps, each cutting what the one before left.
namespace patterns {

/// StarCoder, Command R, SmolLM, EXAONE
inline constexpr std::string_view digit = R"(\p{N})";
/// DeepSeek-V3
inline constexpr std::string_view threeDigits = R"(\p{N}{1,3})";
inline constexpr std::string_view chineseAndKana = R"([一-龥぀-ゟ゠-ヿ]+)";
inline constexpr std::string_view deepSeek =
    R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
/// DeepSeek Coder
inline constexpr std::string_view lineBreak = R"([\r\n])";
inline constexpr std::string_view spacedLetters = R"(\s?\p{L}+)";
inline constexpr std::string_view spacedPunctuation = R"(\s?\p{P}+)";
inline constexpr std::string_view chineseAndHangul = R"([一-龥ࠀ-一가-퟿]+)";
/// Falcon
inline constexpr std::string_view signs = R"([\p{P}\$\+<=>\^~\|`]+)";
inline constexpr std::string_view eachThreeDigits = "[0-9][0-9][0-9]";
/// BLOOM, Poro, Viking
inline constexpr std::string_view bloom = R"( ?[^(\s|.,!?…。，、।۔،)]+)";
/// Mistral NeMo ("Tekken")
inline constexpr std::string_view tekken =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
/// Qwen 3.5
inline constexpr std::string_view qwen35 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
/// Ling
inline constexpr std::string_view bailing =
    R"('(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)";
/// Seed-Coder
inline constexpr std::string_view seedCoder =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+)";

}  // namespace patterns

/// What a split by that pattern, its matches isolated, does at a word cut.
AtWordCut atWordCutOf(std::string_view pattern);

}  // namespace lexiscope

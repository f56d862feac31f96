// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lexiscope {

/// How published byte-level tokenizers cut a text before they merge. Each is a regular expression that
/// patternOf() gives, and that endOfPiece() follows without an engine.
enum class SplitScheme {
    Gpt2,    ///< GPT-2, RoBERTa, GPT-NeoX (Radford et al. 2019, encoder.py)
    Cl100k,  ///< cl100k_base of GPT-4, and Llama 3 (OpenAI's tiktoken)
    Qwen2,   ///< as Cl100k, but digits stand alone
    O200k,   ///< o200k_base of GPT-4o (OpenAI's tiktoken)
};

inline constexpr std::array allSplitSchemes = {SplitScheme::Gpt2, SplitScheme::Cl100k, SplitScheme::Qwen2,
                                               SplitScheme::O200k};

/// "gpt2", "cl100k_base", "qwen2", "o200k_base"
std::string_view name(SplitScheme scheme);

/// As regular expressions are written in tokenizer files: \s is the property White_Space, \p{…} a general
/// category.
std::string_view patternOf(SplitScheme scheme);

/// With "\\r" and "\\n" for line breaks, which some files have as they are.
std::string withBreaksSpelled(std::string_view pattern);

/// The scheme with that pattern, in any spelling that is known to mean the same.
std::optional<SplitScheme> schemeOf(std::string_view pattern);

/// Where the piece that begins at `begin` ends. Every text is covered: the next piece begins where this one
/// ends. Bytes that are no UTF-8 are neither letter, number nor space, and come one at a time.
/// begin < text.size().
std::size_t endOfPiece(SplitScheme scheme, std::string_view text, std::size_t begin);

}  // namespace lexiscope

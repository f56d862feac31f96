// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tokenize/normalizer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// SentencePiece's compiled rules of normalization ("precompiled_charsmap"): strings of bytes and what takes
/// their place. Format, little-endian: the size of a trie in bytes; the trie, a double array of units of 32
/// bits as the library darts-clone lays them out; the replacements, each ended by a zero byte. A leaf's value
/// is the place of its replacement. Immutable.
class CharacterMap {
  public:
    /// Broken when the sizes do not fit each other. Nothing in it makes a lookup leave its bounds.
    static Result<std::shared_ptr<const CharacterMap>> parse(std::string_view bytes);

    struct Match {
        std::size_t size = 0;  ///< bytes of the text; 0: no rule begins there
        std::string_view replacement;
    };
    Match shortestPrefix(std::string_view text) const;
    Match longestPrefix(std::string_view text) const;
    /// Is there a rule for something that begins so?
    bool beginsRule(std::string_view prefix) const;
    /// As Normalizer has it: ASCII letters and digits stay such, a space stays one or becomes "▁", and no
    /// rule is for a space and what stands beside it.
    bool keepsWordsApart() const;

  private:
    template <typename Found>
    void walk(std::string_view text, Found found) const;
    std::string_view replacementAt(std::size_t place) const;

    std::vector<std::uint32_t> m_units;
    std::string m_replacements;
};

/// As SentencePiece itself rewrites a text (Kudo & Richardson 2018; normalizer.cc): rules first, the longest
/// that fits; then spaces.
struct SentencePieceNormalizerOptions {
    std::shared_ptr<const CharacterMap> map;  ///< may be null
    bool addsDummyPrefix = true;              ///< a space before the text
    bool removesExtraSpaces = true;           ///< none at begin and end, one of several
    bool escapesSpaces = true;                ///< "▁" (U+2581) for each space
    bool putsSpaceBehind = false;             ///< the added space comes last ("treat_whitespace_as_suffix")
    std::vector<std::string> untouched;       ///< user-defined symbols, which no rule changes
};
NormalizerPtr makeSentencePieceNormalizer(SentencePieceNormalizerOptions options);

/// As Hugging Face's program uses the same rules ("Precompiled"): a character as people see it (UAX 29) of
/// less than 6 bytes is replaced as a whole, else each code point by itself.
NormalizerPtr makePrecompiled(std::shared_ptr<const CharacterMap> map);

}  // namespace lexiscope

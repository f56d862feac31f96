// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/aligned_text.h"
#include "core/tokenize/split_scheme.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lexiscope {

class SplitRegex;

/// A text in pieces, in order: no token reaches over a piece's edge. What lies between pieces is dropped.
struct SplitText {
    AlignedText text;
    std::vector<ByteSpan> pieces;        ///< of text.text(); none is empty
    const Progress* progress = nullptr;  ///< asked by what may take long whether to go on; may be null
};

/// What a pre-tokenizer does at a word cut (word_cuts.h), whose space may have become "▁".
enum class AtWordCut {
    Unknown,
    Keeps,  ///< a piece may reach over it, but each side is treated by itself
    Cuts,   ///< no piece reaches over it, and what each side becomes is decided on that side
};

/// The second stage of a tokenizer: cuts pieces smaller, and may rewrite them. Immutable; safe to use from
/// several threads. The kinds and their behaviour are those of Hugging Face's tokenizers, whose names they
/// have.
class PreTokenizer {
  public:
    virtual ~PreTokenizer() = default;
    virtual std::string name() const = 0;  ///< "ByteLevel", "Metaspace"
    /// How it is set, for people: the pattern of a split. May be empty.
    virtual std::string detail() const { return {}; }
    /// What it does one after the other; nothing where it is one step itself.
    virtual std::span<const std::shared_ptr<const PreTokenizer>> steps() const { return {}; }
    virtual AtWordCut atWordCut() const { return AtWordCut::Unknown; }
    /// `text` stands for one text from its begin. Unsupported where a pattern gives up, Cancelled where the
    /// progress asks to stop.
    virtual Result<Done> apply(SplitText& text) const = 0;
};
using PreTokenizerPtr = std::shared_ptr<const PreTokenizer>;

/// What becomes of the matches of a pattern.
enum class SplitBehavior {
    Removed,             ///< dropped
    Isolated,            ///< a piece each
    MergedWithPrevious,  ///< each ends the piece before it
    MergedWithNext,      ///< each begins the piece after it
    Contiguous,          ///< matches beside each other are one piece
};

/// Pieces by the cuts of GPT-2, where `useRegex` says so, and a space before each where there is none.
struct ByteLevelOptions {
    bool addPrefixSpace = false;
    bool useRegex = true;
    /// Each byte becomes its character in GPT-2's alphabet (byte_alphabet.h); else bytes stay as they are,
    /// and how the vocabulary spells them is the model's affair.
    bool spellsBytes = false;
};
PreTokenizerPtr makeByteLevel(const ByteLevelOptions& options);

/// "▁" or another sign in place of each space and, as `prepend` says, before a text; cut before each sign.
enum class PrependScheme { Always, First, Never };
struct MetaspaceOptions {
    std::string replacement = "\u2581";  ///< one character
    PrependScheme prepend = PrependScheme::Always;
    bool split = true;
};
PreTokenizerPtr makeMetaspace(MetaspaceOptions options);

/// White space removed; each punctuation character alone: ASCII's signs and the general category P.
PreTokenizerPtr makeBertPreTokenizer();
PreTokenizerPtr makePunctuation(SplitBehavior behavior);
PreTokenizerPtr makeWhitespaceSplit();
/// Numbers (general category N) apart from the rest, each digit alone or not.
PreTokenizerPtr makeDigits(bool individual);
/// `delimiter` is one character, and dropped.
PreTokenizerPtr makeCharDelimiterSplit(char32_t delimiter);

/// Every so many characters, one or more.
PreTokenizerPtr makeFixedLength(std::size_t length);

PreTokenizerPtr makeSplit(std::string literal, SplitBehavior behavior, bool invert);
/// With `invert` what lies between the matches counts as the matches.
PreTokenizerPtr makeSplit(std::shared_ptr<const SplitRegex> pattern, SplitBehavior behavior, bool invert,
                          std::string name = "Split");
/// The same as the expression patternOf(scheme), its matches isolated.
PreTokenizerPtr makeSplit(SplitScheme scheme);
/// \w+|[^\w\s]+, the rest dropped; \w as in Unicode Technical Standard 18.
PreTokenizerPtr makeWhitespace();

/// A piece for each run of one script (the property Script, in the version of SplitRegex), kana and Chinese
/// characters being one; signs and digits, which are common to many, are a script, and so are marks. Spaces
/// and what has no script go with what stands before them, and are dropped at the begin.
PreTokenizerPtr makeUnicodeScripts();

/// The cuts that `inner` makes where bytes are spelled in GPT-2's alphabet (byte_alphabet.h), as what stands
/// behind ByteLevel sees them: to Digits the byte 0xBD is "½", a number. `inner` rewrites nothing.
PreTokenizerPtr makeOnByteAlphabet(PreTokenizerPtr inner);

PreTokenizerPtr makePreTokenizerSequence(std::vector<PreTokenizerPtr> parts);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/aligned_text.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

class SplitRegex;

/// The first stage of a tokenizer: rewrites the text. Immutable; safe to use from several threads. Bytes that
/// are no UTF-8 pass through unchanged. The kinds and their behaviour are those of Hugging Face's tokenizers,
/// whose names they have; all that is known of characters comes from utf8proc.
class Normalizer {
  public:
    virtual ~Normalizer() = default;
    virtual std::string name() const = 0;  ///< "NFC", "Replace"
    /// How it is set, for people: what is replaced by what. May be empty.
    virtual std::string detail() const { return {}; }
    /// Unsupported where a pattern gives up on the text. Cancelled.
    virtual Result<AlignedText> apply(AlignedText text, const Progress& progress) const = 0;
    /// Whether what becomes of a text on each side of a word cut (word_cuts.h) is decided on that side, but
    /// for the begin and the end of the text, and the cut stays one, where its space may have become "▁".
    virtual bool keepsWordsApart() const { return false; }
    /// What it does one after the other; nothing where it is one step itself.
    virtual std::span<const std::shared_ptr<const Normalizer>> steps() const { return {}; }
};
using NormalizerPtr = std::shared_ptr<const Normalizer>;

/// Unicode Standard Annex 15.
enum class UnicodeForm { Nfc, Nfd, Nfkc, Nfkd };
NormalizerPtr makeUnicodeForm(UnicodeForm form);

/// Lower case of each character by itself: "İ" becomes two, no sigma looks at what follows it.
NormalizerPtr makeLowercase();

/// Leaves all marks out (general category M). Accents come apart from their letters in NFD only.
NormalizerPtr makeStripAccents();

/// Leaves white space out at the begin, the end, or both.
NormalizerPtr makeStrip(bool left, bool right);

/// Each occurrence, from left to right, becomes `content`. `literal` must not be empty.
NormalizerPtr makeReplace(std::string literal, std::string content);
NormalizerPtr makeReplace(std::shared_ptr<const SplitRegex> pattern, std::string content);

/// Puts `text` before a text that is not empty.
NormalizerPtr makePrepend(std::string text);

/// What BERT does before anything else (Devlin et al. 2018, tokenization.py).
struct BertNormalizerOptions {
    bool cleanText = true;             ///< leaves out control characters; each white space becomes a space
    bool separateChinese = true;       ///< puts spaces around each Chinese character
    std::optional<bool> stripAccents;  ///< NFD, then without marks of category Mn; nothing: as `lowercase`
    bool lowercase = true;
};
NormalizerPtr makeBertNormalizer(const BertNormalizerOptions& options);

/// SentencePiece's nmt rules by hand: control characters go, but for those that count as white space; that,
/// marks without width or for the direction of a text, "▁" and U+FFFD become spaces.
NormalizerPtr makeNmt();

/// Each byte becomes its character in GPT-2's alphabet (byte_alphabet.h), that of bytes that are no UTF-8
/// too.
NormalizerPtr makeByteSpelling();

NormalizerPtr makeNormalizerSequence(std::vector<NormalizerPtr> parts);

}  // namespace lexiscope

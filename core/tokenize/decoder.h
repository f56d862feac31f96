// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/normalizer.h"
#include "core/tokenize/split_regex.h"

#include <memory>
#include <string>
#include <vector>

namespace lexiscope {

/// The last stage of a tokenizer, back to text: rewrites the spellings of tokens, which are then joined.
/// Immutable; safe to use from several threads. The kinds and their behaviour are those of Hugging Face's
/// tokenizers, whose names they have; but bytes that are no UTF-8 are given back as they are.
class Decoder {
  public:
    virtual ~Decoder() = default;
    virtual std::string name() const = 0;
    virtual std::vector<std::string> apply(std::vector<std::string> tokens) const = 0;
};
using DecoderPtr = std::shared_ptr<const Decoder>;

/// GPT-2's byte alphabet back to bytes; a spelling with other characters stays. All tokens become one.
DecoderPtr makeByteLevelDecoder();
/// "<0x0A>" back to the byte. Those beside each other become one token, where together they are UTF-8.
DecoderPtr makeByteFallbackDecoder();
/// The sign that stands for a space back to it; those of the first token go, where `dropsFirst`.
DecoderPtr makeMetaspaceDecoder(const std::string& replacement, bool dropsFirst);
/// Words get spaces between them, what goes on within one (`prefix`) does not. With `cleansUp` the space
/// before English punctuation and contractions goes.
DecoderPtr makeWordPieceDecoder(const std::string& prefix, bool cleansUp);
/// `suffix`, the mark of a word's end, becomes a space, that of the last token nothing.
DecoderPtr makeBpeDecoder(const std::string& suffix);
DecoderPtr makeReplaceDecoder(const std::string& literal, const std::string& content);
DecoderPtr makeReplaceDecoder(const std::shared_ptr<const SplitRegex>& pattern, const std::string& content);
/// All tokens become one.
DecoderPtr makeFuseDecoder();
/// At most so many characters `content` go from the begin and the end of each token.
DecoderPtr makeStripDecoder(const std::string& content, std::size_t begin, std::size_t end);
/// Of equal tokens beside each other one stays, `pad` goes, `word` becomes a space where `cleansUp`
/// (connectionist temporal classification).
struct CtcDecoderOptions {
    std::string pad = "<pad>";
    std::string word = "|";
    bool cleansUp = true;
};
DecoderPtr makeCtcDecoder(CtcDecoderOptions options);
/// As SentencePiece 0.1.97 puts pieces together: all become one text, in which "▁" is a space, but for one at
/// the begin of the first piece; with `removesExtraSpaces` of every piece before which there is nothing.
struct PieceDecoderOptions {
    bool hasBytes = false;  ///< "<0x0A>" is a byte
    bool addsDummyPrefix = true;
    bool removesExtraSpaces = false;
    std::vector<std::string> silent;  ///< control pieces, which stand for no text
    std::string unknown;              ///< the piece for what is unknown becomes `unknownText`; may be empty
    std::string unknownText;
    NormalizerPtr denormalizer;  ///< rewrites the text at last; may be null
};
DecoderPtr makePieceDecoder(PieceDecoderOptions options);
DecoderPtr makeDecoderSequence(std::vector<DecoderPtr> parts);

}  // namespace lexiscope

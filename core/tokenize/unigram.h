// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"
#include "core/tokenize/token_model.h"

#include <memory>
#include <vector>

namespace lexiscope {

/// Unigram language model (Kudo, Subword Regularization, 2018): of all ways to tell a piece in entries of the
/// vocabulary the one whose scores, log-probabilities, have the largest sum. Found from left to right
/// (Viterbi); of equal ways the one that was found first. A character that is no entry costs the least score
/// minus 10; unknown characters beside each other are one token, or with byteFallback one of each of their
/// bytes where the vocabulary has those ("<0x0A>").
///
/// The sum goes through the whole piece and is rounded at each token, in a long text of SentencePiece's so
/// much that of two ways the one or the other is better, after where in the text they stand. A word is
/// therefore not the same wherever it is; but it is from sums of one class (ScoreSums), by which words are
/// remembered, and a changed text is encoded anew no further than it has to be.
struct UnigramParts {
    std::shared_ptr<const Vocabulary> vocabulary;  ///< row i is ID i
    std::vector<double> scores;                    ///< one for each row
    std::vector<bool> isUsable;                    ///< may text become this entry? One for each row
    std::optional<TokenId> unknown;
    double unknownScore = -10;
    bool byteFallback = false;
    bool marksSpaces = false;  ///< a text has "▁" for each space
    /// The sum so far is kept as float32, as SentencePiece does it; Hugging Face's program keeps float64.
    bool keepsFloats = false;
};
TokenModelPtr makeUnigram(UnigramParts parts);

/// The entry that stands for a byte, "<0x0A>", if the vocabulary has it.
std::optional<TokenId> byteToken(const Vocabulary& vocabulary, unsigned char byte);

}  // namespace lexiscope

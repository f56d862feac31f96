// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tokenize/character_map.h"
#include "core/tokenize/tokenizer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// The kinds of a piece, numbered as in sentencepiece_model.proto and in GGUF files.
enum class PieceKind { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

struct ScoredPiece {
    std::string text;
    float score = 0;
    PieceKind kind = PieceKind::Normal;
    // As AddedToken has it, of pieces that part the text.
    bool takesLeft = false;
    bool takesRight = false;
};

enum class PieceModel { Unigram = 1, Bpe = 2, Words = 3, Characters = 4 };

/// What a SentencePiece model is made of (Kudo & Richardson 2018), whatever file it came from.
struct ScoredPieceParts {
    std::vector<ScoredPiece> pieces;  ///< ID i is pieces[i]
    PieceModel model = PieceModel::Unigram;
    bool byteFallback = false;
    /// What stands for the unknown, where no piece of that kind does by itself.
    std::optional<TokenId> unknown;
    SentencePieceNormalizerOptions normalizer;  ///< `untouched` is filled from the pieces
    /// What decoding does to a text at last; nothing without a map.
    SentencePieceNormalizerOptions denormalizer;
    /// What decoding writes for the unknown, and nothing for control pieces; without it both are spelled out.
    std::optional<std::string> unknownText;
    /// User-defined pieces end the text before them and begin one behind them, each with a space of its own
    /// before it, as llama.cpp has it; else they stand in the text like others.
    bool userPiecesPart = false;
    /// A Unigram's sums are kept as float64, as llama.cpp has it; else as float32.
    bool sumsDoubles = false;
    std::vector<TokenId> before;  ///< of addSpecial
    std::vector<TokenId> after;
    std::vector<std::string> warnings;  ///< of the file
};

/// Broken, with the number of the piece: no pieces, an empty one, two with the same text, a score that is no
/// number, not exactly one for the unknown where `unknown` does not say it.
Result<std::shared_ptr<const Tokenizer>> makeScoredPieces(ScoredPieceParts parts);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/encoding.h"
#include "core/tokenize/text_changes.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// What a text goes through on its way to tokens.
enum class StageKind {
    Source,         ///< the text as it was given
    Added,          ///< special and added tokens are taken out
    Normalizer,     ///< it is rewritten
    PreTokenizer,   ///< it is cut in pieces, and perhaps rewritten
    Model,          ///< pieces become tokens
    PostProcessor,  ///< special tokens are put around
};

/// A stretch that stays together from here on.
struct StagePiece {
    ByteSpan span;               ///< of the stage's text; empty for a token that was put around
    ByteSpan source;             ///< bytes of the source it stands for
    std::optional<Token> token;  ///< that it is; nothing while it is not one yet
};

struct Stage {
    StageKind kind = StageKind::Source;
    std::string name;                 ///< "Lowercase", "ByteLevel", "BPE"; of Source and Added nothing
    std::string detail;               ///< how it is set: the pattern of a split; may be empty
    std::string text;                 ///< all of the text behind the stage
    std::vector<StagePiece> pieces;   ///< in order; together they cover it
    std::vector<TextChange> changes;  ///< from the text of the stage before
};

/// A text in all its stages. The first is Source; the pieces of the last are the encoding's tokens.
struct StageTrace {
    std::vector<Stage> stages;
    /// The pieces that the model was given, taken-out tokens among them; `first` and `count` are its tokens.
    struct Piece {
        std::string text;
        ByteSpan source;
        bool isTakenOut = false;
        std::size_t first = 0;
        std::size_t count = 0;
    };
    std::vector<Piece> pieces;
    Encoding encoding;

    /// The piece that the token with that place came from; nothing for what was put around.
    std::optional<std::size_t> pieceOf(std::size_t token) const;
};

}  // namespace lexiscope

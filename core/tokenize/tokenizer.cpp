// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/tokenizer.h"

#include "core/tokenize/piece_trace.h"
#include "core/tokenize/stage_tracer.h"

#include <string>
#include <utility>
#include <vector>

namespace lexiscope {

Result<StageTrace> Tokenizer::traceStages(std::string_view text, const EncodeOptions& options,
                                          Progress& progress) const {
    Result<Encoding> encoding = encode(text, options, progress);
    if (!encoding.ok()) {
        return encoding.error();
    }
    const std::vector<Token>& tokens = encoding.value().tokens;
    StageTracer tracer(text, progress);
    Result<Done> done = tracer.split("Words", {}, [&tokens](SplitText& split) -> Result<Done> {
        split.pieces.clear();
        for (const Token& token : tokens) {
            split.pieces.push_back(token.source);
        }
        return Done{};
    });
    if (done.ok()) {
        done = tracer.tokenize(
            std::string(kind()),
            [next = tokens.begin()](std::string_view piece, std::vector<PieceToken>& out) mutable {
                out.push_back({next->id, 0, piece.size(), next->kind});
                ++next;
                return true;
            });
    }
    return done.ok() ? Result<StageTrace>(std::move(tracer).take()) : Result<StageTrace>(done.error());
}

std::optional<PieceTrace> Tokenizer::tracePiece(std::string_view) const {
    return std::nullopt;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/tokenize/stage_trace.h"
#include "core/tokenize/token_model.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Takes a text through the stages of a tokenizer and writes down what each makes of it. What the stages do
/// is told by the caller; the order of calls is that of StageKind, each as often as there are such stages.
/// `text` must outlive this, and have at most AlignedText::mostBytes.
class StageTracer {
  public:
    StageTracer(std::string_view text, Progress& progress);

    struct TakenOut {
        ByteSpan span;
        TokenId id;
        TokenKind kind = TokenKind::Normal;
    };
    using Find = std::function<std::vector<TakenOut>(std::string_view)>;
    using Rewrite = std::function<Result<AlignedText>(AlignedText)>;
    using Split = std::function<Result<Done>(SplitText&)>;
    /// False when asked to stop.
    using Tokenize = std::function<bool(std::string_view, std::vector<PieceToken>&)>;

    // Each fails with Cancelled, or with what the stage fails with.
    Result<Done> takeOut(const Find& find);
    Result<Done> rewrite(std::string name, std::string detail, const Rewrite& rewrite);
    Result<Done> split(std::string name, std::string detail, const Split& split);
    Result<Done> tokenize(std::string name, const Tokenize& tokenize);
    void putAround(const std::vector<TokenId>& before, const std::vector<TokenId>& after);

    StageTrace take() && { return std::move(m_trace); }

  private:
    /// A token taken out, or the text between two of those.
    struct Segment {
        SplitText split;
        std::optional<Token> token = std::nullopt;
    };
    static Segment plain(AlignedText text);
    void record(StageKind kind, std::string name, std::string detail);
    static void addPiece(const Segment& segment, const ByteSpan& piece, Stage& stage,
                         std::vector<AlignedCharacter>& characters);
    void showTokens(Stage& stage) const;
    void addToken(Token token);

    std::string_view m_text;
    Progress& m_progress;
    std::vector<Segment> m_segments;
    std::vector<ByteSpan> m_within;              // of the model's tokens, in their piece
    std::vector<AlignedCharacter> m_characters;  // of the last stage recorded
    std::size_t m_sourceDone = 0;
    StageTrace m_trace;
};

}  // namespace lexiscope

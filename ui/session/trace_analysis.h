// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/piece_trace.h"
#include "core/tokenize/stage_trace.h"
#include "ui/session/encoded_text.h"
#include "ui/session/panel_analysis.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

namespace lexiscope {

/// A piece that the model was given or, where that is a whole text with "▁" for its spaces, a word of it.
struct TracedWord {
    std::string text;
    std::size_t piece = 0;  ///< among the pieces of the trace
    std::size_t first = 0;  ///< of its tokens, as their places among the encoding's
    std::size_t count = 0;
};

/// A text on its way through its tokenizer.
struct TracedText {
    std::shared_ptr<const EncodedText> encoded;
    StageTrace trace;
    std::vector<TracedWord> words;

    /// The word that the token with that place came from; nothing for what was put around.
    std::optional<std::size_t> wordOf(std::size_t token) const;
};

/// The words of a trace. A piece is parted before each token that begins with "▁".
std::vector<TracedWord> wordsOf(const StageTrace& trace);

/// A piece on its way through the model.
struct PieceWalk {
    std::string text;
    std::shared_ptr<const Tokenizer> tokenizer;
    PieceTrace trace;
};

/// The word by itself where the model makes the same tokens of it as of the piece it stands in, else that
/// piece. Null where the tokenizer has no steps to show.
std::shared_ptr<const PieceWalk> walkOf(const TracedText& traced, std::size_t word);

/// Traces an encoded text. For all that look at one text: it is traced once for all of them.
class TraceAnalysis : public AnalysisOf<TracedText> {
    Q_OBJECT
  public:
    static constexpr std::size_t mostBytes = std::size_t{1} << 20U;  ///< of a text

    explicit TraceAnalysis(JobRunner& runner, QObject* parent = nullptr);
    /// Begins with the trace of the other one.
    TraceAnalysis(const TraceAnalysis& other);

    /// Null where there is none. One of more than mostBytes is not traced.
    void setText(const std::shared_ptr<const EncodedText>& encoded);

    bool isCurrent() const override { return result() && result()->encoded == m_encoded; }
    bool isTooLong() const { return m_encoded && m_encoded->text.size() > mostBytes; }

  private:
    void refresh() override;

    JobRunner& m_runner;
    std::shared_ptr<const EncodedText> m_encoded;
    quint64 m_version = 0;
};

}  // namespace lexiscope

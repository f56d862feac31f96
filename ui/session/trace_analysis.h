// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/piece_trace.h"
#include "core/tokenize/stage_trace.h"
#include "ui/session/encoded_text.h"
#include "ui/session/latest_result.h"

#include <memory>
#include <optional>
#include <string>

#include <QObject>

namespace lexiscope {

/// A text on its way through its tokenizer.
struct TracedText {
    std::shared_ptr<const EncodedText> encoded;
    StageTrace trace;
};

/// A piece on its way through the model.
struct PieceWalk {
    std::string text;
    std::shared_ptr<const Tokenizer> tokenizer;
    PieceTrace trace;
};

/// Null where the tokenizer has no steps to show for it.
std::shared_ptr<const PieceWalk> walkOf(const TracedText& traced, std::size_t piece);

/// Traces an encoded text in the background. A trace of before stays until the new one stands. For one panel:
/// it says which text.
class TraceAnalysis : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t mostBytes = std::size_t{1} << 20U;  ///< of a text

    explicit TraceAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// Null where there is none. One of more than mostBytes is not traced.
    void setText(const std::shared_ptr<const EncodedText>& encoded);

    /// Null until there is one.
    const std::shared_ptr<const TracedText>& traced() const { return m_traced.value(); }
    bool isCurrent() const { return traced() && traced()->encoded == m_encoded; }
    bool isTooLong() const { return m_encoded && m_encoded->text.size() > mostBytes; }
    bool isBusy() const { return m_traced.isBusy(); }
    const std::optional<Error>& failure() const { return m_traced.failure(); }
    /// Once more after a failure.
    void retry() { start(); }

  Q_SIGNALS:
    void changed();

  private:
    void start();

    std::shared_ptr<const EncodedText> m_encoded;
    quint64 m_version = 0;
    LatestResult<TracedText> m_traced;
};

}  // namespace lexiscope

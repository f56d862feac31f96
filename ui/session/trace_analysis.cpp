// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/trace_analysis.h"

#include <utility>

namespace lexiscope {

std::shared_ptr<const PieceWalk> walkOf(const TracedText& traced, std::size_t piece) {
    const StageTrace::Piece& wanted = traced.trace.pieces[piece];
    const std::shared_ptr<const Tokenizer>& tokenizer = traced.encoded->tokenizer;
    std::optional<PieceTrace> trace = wanted.isTakenOut ? std::nullopt : tokenizer->tracePiece(wanted.text);
    if (!trace) {
        return nullptr;
    }
    return std::make_shared<const PieceWalk>(PieceWalk{wanted.text, tokenizer, *std::move(trace)});
}

TraceAnalysis::TraceAnalysis(JobRunner& runner, QObject* parent)
    : QObject(parent), m_traced(runner, QStringLiteral("trace"), *this, [this] { Q_EMIT changed(); }) {}

void TraceAnalysis::setText(const std::shared_ptr<const EncodedText>& encoded) {
    if (encoded == m_encoded) {
        return;
    }
    m_encoded = encoded;
    ++m_version;
    start();
}

void TraceAnalysis::start() {
    if (!m_encoded || isTooLong() || isCurrent()) {
        m_traced.settle();
        return;
    }
    m_traced.compute(
        QString::number(m_version), tr("Following the text to its tokens"),
        [encoded = m_encoded](Progress& progress) -> Result<std::shared_ptr<const TracedText>> {
            Result<StageTrace> trace =
                encoded->tokenizer->traceStages(encoded->text, encoded->options, progress);
            if (!trace.ok()) {
                return trace.error();
            }
            return std::make_shared<const TracedText>(TracedText{encoded, std::move(trace).value()});
        });
}

}  // namespace lexiscope

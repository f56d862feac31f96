// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/trace_analysis.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace lexiscope {

namespace {

constexpr std::string_view spaceSign = "\u2581";

bool makesTheSame(const PieceTrace& trace, const TracedText& traced, const TracedWord& word) {
    if (trace.tokens.size() != word.count) {
        return false;
    }
    for (std::size_t i = 0; i < word.count; ++i) {
        if (trace.tokens[i].id != traced.trace.encoding.tokens[word.first + i].id) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<std::size_t> TracedText::wordOf(std::size_t token) const {
    const auto behind =
        std::upper_bound(words.begin(), words.end(), token,
                         [](std::size_t place, const TracedWord& word) { return place < word.first; });
    if (behind == words.begin() || token >= (behind - 1)->first + (behind - 1)->count) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(behind - 1 - words.begin());
}

std::vector<TracedWord> wordsOf(const StageTrace& trace) {
    const Stage& last = trace.stages.back();
    std::vector<TracedWord> words;
    for (std::size_t i = 0; i < trace.pieces.size(); ++i) {
        const StageTrace::Piece& piece = trace.pieces[i];
        const bool isParted = !piece.isTakenOut && piece.text.find(spaceSign, 1) != std::string::npos;
        words.push_back({isParted ? std::string() : piece.text, i, piece.first, isParted ? 0 : piece.count});
        for (std::size_t token = piece.first; isParted && token < piece.first + piece.count; ++token) {
            const ByteSpan& span = last.pieces[token].span;
            const std::string text = last.text.substr(span.begin, span.size());
            if (words.back().count > 0 && text.starts_with(spaceSign)) {
                words.push_back({{}, i, token, 0});
            }
            words.back().text += text;
            ++words.back().count;
        }
    }
    return words;
}

std::shared_ptr<const PieceWalk> walkOf(const TracedText& traced, std::size_t word) {
    const TracedWord& wanted = traced.words[word];
    const StageTrace::Piece& piece = traced.trace.pieces[wanted.piece];
    const std::shared_ptr<const Tokenizer>& tokenizer = traced.encoded->tokenizer;
    if (piece.isTakenOut) {
        return nullptr;
    }
    std::optional<PieceTrace> trace = tokenizer->tracePiece(wanted.text);
    const bool isSame = trace && makesTheSame(*trace, traced, wanted);
    if (!isSame) {
        trace = tokenizer->tracePiece(piece.text);
    }
    if (!trace) {
        return nullptr;
    }
    return std::make_shared<const PieceWalk>(
        PieceWalk{isSame ? wanted.text : piece.text, tokenizer, *std::move(trace)});
}

TraceAnalysis::TraceAnalysis(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("trace"), parent), m_runner(runner) {}

TraceAnalysis::TraceAnalysis(const TraceAnalysis& other) : TraceAnalysis(other.m_runner) {
    if (other.isCurrent()) {
        m_encoded = other.m_encoded;
        latest().take(other.result());
    }
}

void TraceAnalysis::setText(const std::shared_ptr<const EncodedText>& encoded) {
    if (encoded == m_encoded) {
        return;
    }
    m_encoded = encoded;
    ++m_version;
    refresh();
}

void TraceAnalysis::refresh() {
    if (!m_encoded || isTooLong() || isCurrent()) {
        return latest().settle();
    }
    latest().compute(QString::number(m_version), tr("Following the text to its tokens"),
                     [encoded = m_encoded](Progress& progress) -> Result<std::shared_ptr<const TracedText>> {
                         Result<StageTrace> trace =
                             encoded->tokenizer->traceStages(encoded->text, encoded->options, progress);
                         if (!trace.ok()) {
                             return trace.error();
                         }
                         std::vector<TracedWord> words = wordsOf(trace.value());
                         return std::make_shared<const TracedText>(
                             TracedText{encoded, std::move(trace).value(), std::move(words)});
                     });
}

}  // namespace lexiscope

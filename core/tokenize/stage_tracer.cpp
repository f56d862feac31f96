// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/stage_tracer.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t piecesBetweenStopChecks = 1U << 10U;

}  // namespace

StageTracer::StageTracer(std::string_view text, Progress& progress) : m_text(text), m_progress(progress) {
    if (!text.empty()) {
        m_segments.push_back(plain(AlignedText(text)));
    }
    record(StageKind::Source, {}, {});
}

StageTracer::Segment StageTracer::plain(AlignedText text) {
    const std::size_t size = text.size();
    Segment segment{{std::move(text), {}}};
    if (size > 0) {
        segment.split.pieces.push_back({0, size});
    }
    return segment;
}

Result<Done> StageTracer::takeOut(const Find& find) {
    std::vector<Segment> parted;
    for (Segment& segment : m_segments) {
        if (m_progress.stopRequested()) {
            return cancelled();
        }
        if (segment.token) {
            parted.push_back(std::move(segment));
            continue;
        }
        const AlignedText& text = segment.split.text;
        std::size_t done = 0;
        for (const TakenOut& taken : find(text.text())) {
            if (taken.span.begin > done) {
                parted.push_back(plain(text.slice(done, taken.span.begin)));
            }
            Segment token = plain(text.slice(taken.span.begin, taken.span.end));
            token.token = Token{taken.id, text.sourceOf(taken.span.begin, taken.span.end), taken.kind};
            parted.push_back(std::move(token));
            done = taken.span.end;
        }
        if (done < text.size()) {
            parted.push_back(plain(text.slice(done, text.size())));
        }
    }
    m_segments = std::move(parted);
    record(StageKind::Added, {}, {});
    return Done{};
}

Result<Done> StageTracer::rewrite(std::string name, std::string detail, const Rewrite& rewrite) {
    for (Segment& segment : m_segments) {
        if (m_progress.stopRequested()) {
            return cancelled();
        }
        if (!segment.token) {
            Result<AlignedText> rewritten = rewrite(std::move(segment.split.text));
            if (!rewritten.ok()) {
                return rewritten.error();
            }
            segment = plain(std::move(rewritten).value());
        }
    }
    record(StageKind::Normalizer, std::move(name), std::move(detail));
    return Done{};
}

Result<Done> StageTracer::split(std::string name, std::string detail, const Split& split) {
    for (Segment& segment : m_segments) {
        if (m_progress.stopRequested()) {
            return cancelled();
        }
        if (segment.token || segment.split.pieces.empty()) {
            continue;
        }
        segment.split.progress = &m_progress;
        if (Result<Done> done = split(segment.split); !done.ok()) {
            return done;
        }
    }
    record(StageKind::PreTokenizer, std::move(name), std::move(detail));
    return Done{};
}

Result<Done> StageTracer::tokenize(std::string name, const Tokenize& tokenize) {
    std::vector<PieceToken> tokens;
    for (const Segment& segment : m_segments) {
        const AlignedText& text = segment.split.text;
        for (const ByteSpan& span : segment.split.pieces) {
            if (m_trace.pieces.size() % piecesBetweenStopChecks == 0 && m_progress.stopRequested()) {
                return cancelled();
            }
            StageTrace::Piece piece{std::string(text.text().substr(span.begin, span.size())),
                                    text.sourceOf(span.begin, span.end), segment.token.has_value(),
                                    m_trace.encoding.tokens.size(), 0};
            tokens.clear();
            if (segment.token) {
                addToken(*segment.token);
                m_within.push_back({0, span.size()});
            } else if (!tokenize(piece.text, tokens)) {
                return cancelled();
            }
            for (const PieceToken& token : tokens) {
                addToken(
                    {token.id, text.sourceOf(span.begin + token.begin, span.begin + token.end), token.kind});
                m_within.push_back({token.begin, token.end});
            }
            piece.count = m_trace.encoding.tokens.size() - piece.first;
            m_trace.pieces.push_back(std::move(piece));
        }
    }
    record(StageKind::Model, std::move(name), {});
    showTokens(m_trace.stages.back());
    return Done{};
}

void StageTracer::addToken(Token token) {
    // Where several tokens were made of one character, the first has it.
    token.source.begin = std::max(token.source.begin, m_sourceDone);
    token.source.end = std::max(token.source.end, token.source.begin);
    m_sourceDone = token.source.end;
    m_trace.encoding.tokens.push_back(token);
}

void StageTracer::putAround(const std::vector<TokenId>& before, const std::vector<TokenId>& after) {
    Stage stage = m_trace.stages.back();
    stage.kind = StageKind::PostProcessor;
    stage.name.clear();
    const std::size_t size = stage.text.size();
    stage.changes.clear();
    if (size > 0) {
        stage.changes.push_back({ChangeKind::Kept, {0, size}, {0, size}});
    }
    std::vector<Token>& tokens = m_trace.encoding.tokens;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const Token token{before[i], {0, 0}, TokenKind::Special};
        const auto place = static_cast<std::ptrdiff_t>(i);
        tokens.insert(tokens.begin() + place, token);
        stage.pieces.insert(stage.pieces.begin() + place, {{0, 0}, token.source, token});
    }
    for (const TokenId id : after) {
        const Token token{id, {m_text.size(), m_text.size()}, TokenKind::Special};
        tokens.push_back(token);
        stage.pieces.push_back({{size, size}, token.source, token});
    }
    for (StageTrace::Piece& piece : m_trace.pieces) {
        piece.first += before.size();
    }
    m_trace.stages.push_back(std::move(stage));
}

void StageTracer::addPiece(const Segment& segment, const ByteSpan& piece, Stage& stage,
                           std::vector<AlignedCharacter>& characters) {
    const AlignedText& text = segment.split.text;
    const std::string_view own = text.text().substr(piece.begin, piece.size());
    const std::size_t begin = stage.text.size();
    stage.text += own;
    for (std::size_t at = 0; at < own.size();) {
        const std::size_t end = at + codePointAt(own, at).size;
        characters.push_back({{begin + at, begin + end}, text.sourceOf(piece.begin + at, piece.begin + end)});
        at = end;
    }
    stage.pieces.push_back(
        {{begin, begin + own.size()}, text.sourceOf(piece.begin, piece.end), segment.token});
}

void StageTracer::showTokens(Stage& stage) const {
    std::vector<StagePiece> tokens;
    for (std::size_t i = 0; i < stage.pieces.size(); ++i) {
        const StageTrace::Piece& piece = m_trace.pieces[i];
        const std::size_t begin = stage.pieces[i].span.begin;
        for (std::size_t place = piece.first; place < piece.first + piece.count; ++place) {
            const Token& token = m_trace.encoding.tokens[place];
            const ByteSpan& within = m_within[place];
            tokens.push_back({{begin + within.begin, begin + within.end}, token.source, token});
        }
    }
    stage.pieces = std::move(tokens);
}

void StageTracer::record(StageKind kind, std::string name, std::string detail) {
    Stage stage;
    stage.kind = kind;
    stage.name = std::move(name);
    stage.detail = std::move(detail);
    std::vector<AlignedCharacter> characters;
    for (const Segment& segment : m_segments) {
        for (const ByteSpan& piece : segment.split.pieces) {
            addPiece(segment, piece, stage, characters);
        }
    }
    const std::string_view before =
        m_trace.stages.empty() ? std::string_view() : std::string_view(m_trace.stages.back().text);
    if (!m_trace.stages.empty()) {
        stage.changes = changesBetween({before, m_characters}, {stage.text, characters});
    }
    m_characters = std::move(characters);
    m_trace.stages.push_back(std::move(stage));
}

std::optional<std::size_t> StageTrace::pieceOf(std::size_t token) const {
    const auto behind =
        std::upper_bound(pieces.begin(), pieces.end(), token,
                         [](std::size_t place, const Piece& piece) { return place < piece.first; });
    if (behind == pieces.begin()) {
        return std::nullopt;
    }
    const auto piece = behind - 1;
    return token < piece->first + piece->count
               ? std::optional(static_cast<std::size_t>(piece - pieces.begin()))
               : std::nullopt;
}

}  // namespace lexiscope

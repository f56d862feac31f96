// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/utf8.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/stage_trace.h"
#include "core/tokenize/tokenizer.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lexiscope::test {

// What must hold of every trace; each check gives what is wrong, or nothing.

inline std::string wrongIn(const MergeTrace& trace, const PieceTrace& whole, std::string_view piece) {
    if (trace.ranks.size() != trace.merges() + 1) {
        return "not one list of ranks for each moment";
    }
    for (std::size_t step = 0; step <= trace.merges(); ++step) {
        const std::vector<std::size_t> state = trace.stateAfter(step);
        const std::vector<std::uint32_t>& ranks = trace.ranks[step];
        if (ranks.size() + 1 != std::max<std::size_t>(state.size(), 1)) {
            return "not one rank for each pair";
        }
        const auto best = std::min_element(ranks.begin(), ranks.end());
        const bool isLast = step == trace.merges();
        if (isLast != (best == ranks.end() || *best == MergeTrace::noRank)) {
            return "ends too early or too late";
        }
        if (isLast) {
            break;
        }
        const MergeTrace::Node& next = trace.nodes[trace.leaves + step];
        const auto pair = static_cast<std::size_t>(best - ranks.begin());
        if (next.rank != *best || next.left != state[pair] || next.right != state[pair + 1]) {
            return "does not merge the first pair of lowest rank";
        }
    }
    std::size_t place = 0;
    std::size_t token = 0;
    for (const std::size_t index : trace.stateAfter(trace.merges())) {
        const MergeTrace::Node& node = trace.nodes[index];
        if (node.span.begin != place) {
            return "the last symbols do not cover the piece";
        }
        place = node.span.end;
        while (token < whole.tokens.size() && whole.tokens[token].end <= node.span.begin) {
            ++token;
        }
        const PieceToken& made = whole.tokens[token];
        const bool isSame = made.id == node.id && made.begin == node.span.begin && made.end == node.span.end;
        const bool isFallback = made.kind == TokenKind::Byte || made.kind == TokenKind::Unknown;
        if (node.id ? !isSame : !isFallback) {
            return "the last symbol is another one than the token";
        }
    }
    return place == piece.size() ? "" : "the last symbols do not cover the piece";
}

inline std::string wrongIn(const MatchTrace& trace, const PieceTrace& whole, std::string_view piece) {
    if (trace.outcome != MatchTrace::Outcome::Whole) {
        return whole.tokens.size() == 1 && whole.tokens[0].kind == TokenKind::Unknown &&
                       whole.tokens[0].end == piece.size()
                   ? ""
                   : "not the unknown token";
    }
    std::size_t token = 0;
    std::size_t place = 0;
    std::size_t longest = piece.size();
    for (const MatchTrace::Attempt& attempt : trace.attempts) {
        if (attempt.span.begin != place || attempt.span.end > longest) {
            return "an attempt out of turn";
        }
        longest = attempt.span.end;
        if (!attempt.id) {
            continue;
        }
        if (token == whole.tokens.size() || whole.tokens[token].id != attempt.id ||
            whole.tokens[token].end != attempt.span.end) {
            return "what was found is another one than the token";
        }
        ++token;
        place = attempt.span.end;
        longest = piece.size();
    }
    return token == whole.tokens.size() && place == piece.size() ? "" : "the piece is not told to its end";
}

inline std::string wrongIn(const LatticeTrace& trace, const PieceTrace& whole, std::string_view piece) {
    std::vector<double> best(piece.size() + 1, -1e300);
    best[0] = 0;
    std::size_t place = 0;
    std::size_t token = 0;
    double sum = 0;
    for (const LatticeTrace::Edge& edge : trace.edges) {
        best[edge.span.end] = std::max(best[edge.span.end], best[edge.span.begin] + edge.score);
        if (!edge.isOnPath) {
            continue;
        }
        if (edge.span.begin != place) {
            return "the path has a hole";
        }
        sum += edge.score;
        place = edge.span.end;
        while (token < whole.tokens.size() && whole.tokens[token].end <= edge.span.begin) {
            ++token;
        }
        const PieceToken& made = whole.tokens[token];
        const bool isSame = made.id == edge.id && made.begin == edge.span.begin && made.end == edge.span.end;
        const bool isFallback = made.kind == TokenKind::Byte || made.kind == TokenKind::Unknown;
        if (edge.id ? !isSame : !isFallback) {
            return "an edge of the path is another one than the token";
        }
    }
    const double limit = 1e-5 * (1 + std::abs(sum)) * static_cast<double>(1 + piece.size());
    if (std::abs(sum - best.back()) > limit || std::abs(trace.places.back().best - sum) > limit) {
        return "the path is not the best one";
    }
    return place == piece.size() ? "" : "the path ends too early";
}

inline std::string wrongIn(const LookupTrace& trace, const PieceTrace& whole, std::string_view) {
    return whole.tokens.size() == 1 && (!trace.id || trace.id == whole.tokens[0].id) ? ""
                                                                                     : "not what was found";
}

inline std::string wrongIn(const Stage& before, const Stage& stage) {
    std::string text;
    std::size_t done = 0;
    for (const TextChange& change : stage.changes) {
        const std::string old = before.text.substr(change.before.begin, change.before.size());
        const std::string fresh = stage.text.substr(change.after.begin, change.after.size());
        const bool isEmpty = old.empty() && fresh.empty();
        if (change.before.begin != done || change.after.begin != text.size() || isEmpty) {
            return "changes out of order";
        }
        const ChangeKind kind = old == fresh    ? ChangeKind::Kept
                                : old.empty()   ? ChangeKind::Inserted
                                : fresh.empty() ? ChangeKind::Removed
                                                : ChangeKind::Replaced;
        if (kind != change.kind) {
            return "a change called otherwise than it is";
        }
        done = change.before.end;
        text += fresh;
    }
    if (text != stage.text || done != before.text.size()) {
        return "the changes do not make one text of the other";
    }
    std::size_t place = 0;
    for (const StagePiece& piece : stage.pieces) {
        if (piece.span.begin != place || piece.source.begin > piece.source.end) {
            return "the pieces do not cover the text";
        }
        place = piece.span.end;
    }
    return place == stage.text.size() ? "" : "the pieces do not cover the text";
}

inline std::string wrongInPieces(const Tokenizer& tokenizer, const StageTrace& trace) {
    for (const StageTrace::Piece& piece : trace.pieces) {
        if (piece.isTakenOut) {
            continue;
        }
        const std::optional<PieceTrace> steps = tokenizer.tracePiece(piece.text);
        if (!steps) {
            continue;
        }
        bool isSame = steps->tokens.size() == piece.count;
        for (std::size_t i = 0; isSame && i < piece.count; ++i) {
            isSame = steps->tokens[i].id == trace.encoding.tokens[piece.first + i].id;
        }
        if (!isSame) {
            return "other tokens of the piece \"" + piece.text + "\"";
        }
        std::string wrong =
            std::visit([&](const auto& kind) { return wrongIn(kind, *steps, piece.text); }, steps->steps);
        if (!wrong.empty()) {
            return wrong + ", in \"" + piece.text + "\"";
        }
    }
    return {};
}

/// Of all that is traced of a text.
inline std::string wrongInTraces(const Tokenizer& tokenizer, std::string_view text,
                                 const EncodeOptions& options) {
    NoProgress progress;
    const Result<Encoding> encoding = tokenizer.encode(text, options, progress);
    const Result<StageTrace> trace = tokenizer.traceStages(text, options, progress);
    if (!encoding.ok() || !trace.ok()) {
        return encoding.ok() == trace.ok() ? "" : "one fails, the other does not";
    }
    if (encoding.value().tokens != trace.value().encoding.tokens) {
        return "another encoding";
    }
    const std::vector<Stage>& stages = trace.value().stages;
    if (stages.front().text != text) {
        return "does not begin with the text";
    }
    for (std::size_t i = 1; i < stages.size(); ++i) {
        if (std::string wrong = wrongIn(stages[i - 1], stages[i]); !wrong.empty()) {
            return wrong + ", in stage " + stages[i].name;
        }
    }
    std::vector<Token> last;
    for (const StagePiece& piece : stages.back().pieces) {
        last.push_back(piece.token.value_or(Token{}));
    }
    if (last != encoding.value().tokens) {
        return "the last stage has other tokens";
    }
    for (std::size_t token = 0; token < last.size(); ++token) {
        const std::optional<std::size_t> piece = trace.value().pieceOf(token);
        if (!piece && last[token].kind != TokenKind::Special) {
            return "a token without its piece";
        }
    }
    return wrongInPieces(tokenizer, trace.value());
}

/// Words, spaces, scripts, emoji, marks, special tokens and bytes that are no UTF-8.
inline std::string traceText(std::mt19937& random) {
    static const std::vector<std::string> parts = {"the",
                                                   "Tokenization",
                                                   "unbelievable",
                                                   "hello",
                                                   "World",
                                                   "don't",
                                                   "I'll",
                                                   "x",
                                                   "aaaa",
                                                   "naïve",
                                                   "Éclair",
                                                   "İstanbul",
                                                   "Straße",
                                                   "1234567",
                                                   "3.14",
                                                   "ﬁ",
                                                   "①",
                                                   "東京",
                                                   "今日は",
                                                   "日本語",
                                                   "привет",
                                                   "мир",
                                                   "مرحبا",
                                                   "नमस्ते",
                                                   "한국어",
                                                   "🙂",
                                                   "👩‍👩‍👧",
                                                   "e\u0301",
                                                   "a\u0323\u0301",
                                                   "\u0301",
                                                   "\u00a0",
                                                   "\u200b",
                                                   "\u2581",
                                                   " ",
                                                   " ",
                                                   " ",
                                                   "  ",
                                                   "   ",
                                                   "\n",
                                                   "\n\n",
                                                   "\t",
                                                   "\r\n",
                                                   ".",
                                                   "!",
                                                   "?!",
                                                   "--",
                                                   "_",
                                                   "#",
                                                   "##",
                                                   "<0x0A>",
                                                   "\xff",
                                                   "\xe6\x97",
                                                   "\xf0\x9f",
                                                   "\x01",
                                                   "<|endoftext|>",
                                                   "[CLS]",
                                                   "[MASK]",
                                                   "</s>",
                                                   "<s>",
                                                   "<unk>",
                                                   "<|end|>",
                                                   "zzzzzzzzzzzzzzzzzzzzzz",
                                                   "qxj",
                                                   "\u1e9e",
                                                   "\uac00\u11a8",
                                                   "\u0f73"};
    std::string text;
    for (std::size_t count = random() % 12; count > 0; --count) {
        text += parts[random() % parts.size()];
        text += random() % 3 == 0 ? " " : "";
    }
    return text;
}

}  // namespace lexiscope::test

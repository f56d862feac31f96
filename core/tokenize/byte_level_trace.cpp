// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/byte_level_trace.h"

#include "core/tokenize/bpe_leaves.h"
#include "core/tokenize/stage_tracer.h"

#include <utility>

namespace lexiscope {
namespace {

constexpr std::uint32_t noToken = PieceMerger::noToken;

PieceToken tokenOf(std::uint32_t symbol, const ByteSpan& span, std::string_view piece) {
    if (symbol == noToken) {
        return {std::nullopt, span.begin, span.end, TokenKind::Unknown};
    }
    const bool isLone = span.size() == 1 && static_cast<unsigned char>(piece[span.begin]) >= 0x80;
    return {TokenId{symbol}, span.begin, span.end, isLone ? TokenKind::Byte : TokenKind::Normal};
}

bool tokenize(const ByteLevelSteps& steps, std::string_view piece, PieceMerger& merger,
              std::vector<PieceToken>& out, const Progress& progress) {
    std::vector<std::uint32_t> symbols;
    if (const std::optional<std::uint32_t> whole = steps.whole(piece)) {
        symbols.push_back(*whole);
    } else if (steps.mergesOverUnknown) {
        std::vector<PlacedToken> placed;
        if (!mergeOverUnknown(steps.byteTokens, piece, merger, placed, progress)) {
            return false;
        }
        for (const PlacedToken& one : placed) {
            out.push_back(tokenOf(one.token, one.span, piece));
        }
        return true;
    } else {
        for (const char byte : piece) {
            symbols.push_back(steps.byteTokens[static_cast<unsigned char>(byte)]);
        }
        if (!merger.merge(symbols, progress)) {
            return false;
        }
    }
    std::size_t begin = 0;
    for (const std::uint32_t symbol : symbols) {
        const std::size_t size =
            symbol == noToken ? 1 : steps.ends[symbol] - (symbol == 0 ? 0 : steps.ends[symbol - 1]);
        out.push_back(tokenOf(symbol, {begin, begin + size}, piece));
        begin += size;
    }
    return true;
}

Result<Done> takeAddedOut(const ByteLevelSteps& steps, bool parseSpecial, StageTracer& tracer) {
    return tracer.takeOut([&](std::string_view text) {
        std::vector<StageTracer::TakenOut> taken;
        std::size_t from = 0;
        while (const std::optional<Token> token = steps.added(text, from, parseSpecial)) {
            taken.push_back({token->source, *token->id, token->kind});
            from = token->source.end;
        }
        return taken;
    });
}

}  // namespace

Result<StageTrace> traceByteLevel(const ByteLevelSteps& steps, std::string_view text,
                                  const EncodeOptions& options, Progress& progress) {
    StageTracer tracer(text, progress);
    if (options.parseSpecial || steps.hasUsers) {
        if (Result<Done> done = takeAddedOut(steps, options.parseSpecial, tracer); !done.ok()) {
            return done.error();
        }
    }
    const PreTokenizerPtr split = makeSplit(steps.split);
    if (Result<Done> done = tracer.split(split->name(), split->detail(),
                                         [&split](SplitText& own) { return split->apply(own); });
        !done.ok()) {
        return done.error();
    }
    PieceMerger merger(steps.merges);
    if (Result<Done> done = tracer.tokenize("BPE",
                                            [&](std::string_view piece, std::vector<PieceToken>& out) {
                                                return tokenize(steps, piece, merger, out, progress);
                                            });
        !done.ok()) {
        return done.error();
    }
    if (options.addSpecial && steps.before.size() + steps.after.size() > 0) {
        tracer.putAround(steps.before, steps.after);
    }
    return std::move(tracer).take();
}

PieceTrace traceByteLevelPiece(const ByteLevelSteps& steps, std::string_view piece) {
    std::vector<MergeTrace::Node> leaves;
    for (std::size_t at = 0; at < piece.size(); ++at) {
        const std::uint32_t symbol = steps.byteTokens[static_cast<unsigned char>(piece[at])];
        if (steps.mergesOverUnknown && symbol == noToken) {
            continue;
        }
        leaves.push_back({symbol, {at, at + 1}});
        leaves.back().id = symbol == noToken ? std::nullopt : std::optional(TokenId{symbol});
    }
    MergeTrace merges = traceMerges(steps.merges, std::move(leaves), steps.ends.size());
    if (const std::optional<std::uint32_t> whole = steps.whole(piece)) {
        merges = traceLookedUp({*whole, {0, piece.size()}, TokenId{*whole}, true}, std::move(merges));
    }
    PieceTrace trace{std::move(merges), {}};
    PieceMerger merger(steps.merges);
    const NoProgress progress;
    tokenize(steps, piece, merger, trace.tokens, progress);
    return trace;
}

}  // namespace lexiscope

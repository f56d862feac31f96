// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/pipeline_run.h"

#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t longestSegment = std::size_t{1} << 30U;
constexpr std::size_t longestRemembered = 32;  // bytes of a piece
constexpr std::size_t mostRemembered = 1U << 16U;
constexpr std::size_t piecesBetweenReports = 1U << 12U;
constexpr std::size_t tokensABlock = 1U << 12U;
constexpr std::uint32_t noToken = 0xFFFFFFFF;
constexpr double notMet = std::numeric_limits<double>::quiet_NaN();

TokenKind kindOf(const AddedToken& token) {
    return token.isSpecial ? TokenKind::Special : TokenKind::Normal;
}

}  // namespace

PipelineRun::PipelineRun(const PipelineParts& parts, const PipelineSearch& search, bool takesWordsAlone)
    : m_parts(parts), m_search(search), m_model(parts.model->begin()), m_takesWordsAlone(takesWordsAlone) {}

Result<Done> PipelineRun::encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                                 Progress& progress) {
    m_text = text;
    m_take = &take;
    m_progress = &progress;
    m_sourceDone = 0;
    m_watched = 0;
    m_block.clear();
    m_cache.prepareFor(text.size());
    m_inNormalized = &m_search.inNormalized(options);
    if (options.addSpecial) {
        addAround(m_parts.before, 0);
    }
    const AddedTokens& inSource = m_search.inSource(options);
    std::size_t done = 0;
    for (const AddedTokens::Match& match : inSource.findIn(m_text)) {
        if (Result<Done> result = addSource(done, match.span.begin); !result.ok()) {
            return result;
        }
        addToken({match.token->id, match.span, kindOf(*match.token)});
        done = match.span.end;
    }
    if (Result<Done> result = addSource(done, m_text.size()); !result.ok()) {
        return result;
    }
    if (options.addSpecial) {
        addAround(m_parts.after, m_text.size());
    }
    takeBlock();
    finishWatch();
    return Done{};
}

void PipelineRun::takeBlock() {
    (*m_take)(m_block);
    m_block.clear();
}

void PipelineRun::addAround(const std::vector<TokenId>& ids, std::size_t place) {
    for (const TokenId id : ids) {
        m_block.push_back({id, {place, place}, TokenKind::Special});
    }
}

/// What lies between two added tokens of the source.
Result<Done> PipelineRun::addSource(std::size_t begin, std::size_t end) {
    for (std::size_t next = begin; begin < end; begin = next) {
        next = std::min(end, begin + longestSegment);
        AlignedText text(m_text.substr(begin, next - begin), begin);
        if (m_parts.normalizer) {
            Result<AlignedText> normalized = m_parts.normalizer->apply(std::move(text), *m_progress);
            if (!normalized.ok()) {
                return m_parts.inFile(normalized.error());
            }
            text = std::move(normalized).value();
        }
        if (Result<Done> result = addNormalized(std::move(text)); !result.ok()) {
            return result;
        }
    }
    return Done{};
}

Result<Done> PipelineRun::addNormalized(AlignedText text) {
    std::size_t done = 0;
    for (const AddedTokens::Match& match : m_inNormalized->findIn(text.text())) {
        if (match.span.begin > done) {
            if (Result<Done> result = addPlain(text.slice(done, match.span.begin)); !result.ok()) {
                return result;
            }
        }
        addToken({match.token->id, text.sourceOf(match.span.begin, match.span.end), kindOf(*match.token)});
        done = match.span.end;
    }
    return addPlain(done == 0 ? std::move(text) : text.slice(done, text.size()));
}

Result<Done> PipelineRun::addPlain(AlignedText normalized) {
    if (normalized.size() == 0) {
        return Done{};
    }
    const std::size_t size = normalized.size();
    SplitText text{std::move(normalized), {{0, size}}, m_progress};
    if (m_parts.preTokenizer) {
        if (Result<Done> result = m_parts.preTokenizer->apply(text); !result.ok()) {
            return m_parts.inFile(result.error());
        }
    }
    for (const ByteSpan& piece : text.pieces) {
        if (++m_pieces % piecesBetweenReports == 0) {
            m_progress->report(text.text.sourceOf(piece.begin, piece.end).begin, m_text.size(), "bytes");
            if (m_progress->stopRequested()) {
                return cancelled();
            }
        }
        if (!addPiece(text.text, piece)) {
            return cancelled();
        }
    }
    return Done{};
}

/// In words, where the model takes them one by one: they are remembered.
bool PipelineRun::addPiece(const AlignedText& text, const ByteSpan& piece) {
    for (std::size_t begin = piece.begin; begin < piece.end;) {
        const std::size_t end = m_takesWordsAlone ? endOfWord(text.text(), begin, piece.end) : piece.end;
        if (!addWord(text, {begin, end})) {
            return false;
        }
        begin = end;
    }
    return true;
}

bool PipelineRun::addWord(const AlignedText& text, const ByteSpan& word) {
    const auto add = [&](std::span<const PieceToken> tokens) {
        for (const PieceToken& token : tokens) {
            addToken({token.id, text.sourceOf(word.begin + token.begin, word.begin + token.end), token.kind});
        }
    };
    const std::string_view own = text.text().substr(word.begin, word.size());
    if (m_watch != nullptr) {
        return addSummed(text, word, add);
    }
    if (word.size() <= Cache::maxBytes) {
        return addShort(text, word);
    }
    if (word.size() > longestRemembered) {
        return m_model->tokenizeLong(own, add, *m_progress);
    }
    const std::vector<PieceToken>* tokens = tokenize(own);
    if (tokens != nullptr) {
        add(*tokens);
    }
    return tokens != nullptr;
}

/// And asks for the sums in it.
bool PipelineRun::addSummed(const AlignedText& text, const ByteSpan& piece,
                            const TokenModel::Run::Take& add) {
    // From the last place before to its next one, the sum has begun anew here.
    if (m_watched > 0) {
        m_watch->sums[m_watched - 1].lowest = -std::numeric_limits<double>::infinity();
    }
    std::vector<TextSum>& all = m_watch->sums;
    for (; m_watched < all.size() && text.placeOf(all[m_watched].place) < piece.begin; ++m_watched) {
        all[m_watched].sum = notMet;
    }
    const std::size_t first = m_watched;
    const bool isFirstGiven = first == 0 && m_watch->isFirstGiven;
    std::vector<TextSum> sums;
    for (; m_watched < all.size() && text.placeOf(all[m_watched].place) < piece.end; ++m_watched) {
        const bool isGiven = m_watched == 0 && isFirstGiven;
        sums.push_back({text.placeOf(all[m_watched].place) - piece.begin,
                        isGiven ? all[m_watched].sum : notMet, notMet});
    }
    m_model->watch(sums, isFirstGiven);
    if (!m_model->tokenizeLong(text.text().substr(piece.begin, piece.size()), add, *m_progress)) {
        return false;
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        all[first + i].sum = sums[i].sum;
        all[first + i].lowest = sums[i].lowest;
    }
    return true;
}

void PipelineRun::finishWatch() {
    if (m_watch != nullptr) {
        m_watch->sums.resize(m_watched);
        std::erase_if(m_watch->sums,
                      [](const TextSum& sum) { return std::isnan(sum.sum) || std::isnan(sum.lowest); });
        m_watch = nullptr;
    }
}

bool PipelineRun::addShort(const AlignedText& text, const ByteSpan& word) {
    constexpr unsigned kindBits = 3;
    Cache::Entry& entry = m_cache.at(text.text(), word.begin, word.end);
    if (entry.count > 0) {
        std::size_t begin = word.begin;
        for (std::size_t i = 0; i < entry.count; ++i) {
            const std::size_t end = begin + entry.sizes[i];
            const auto kind = static_cast<TokenKind>((entry.extra.bits >> (2 * i)) & kindBits);
            const std::uint32_t token = entry.tokens[i];
            addToken({token == noToken ? std::nullopt : std::optional(TokenId{token}),
                      text.sourceOf(begin, end), kind});
            begin = end;
        }
        return true;
    }
    m_fresh.clear();
    if (!m_model->tokenize(text.text().substr(word.begin, word.size()), m_fresh, *m_progress)) {
        return false;
    }
    for (const PieceToken& token : m_fresh) {
        addToken({token.id, text.sourceOf(word.begin + token.begin, word.begin + token.end), token.kind});
    }
    remember(entry);
    return true;
}

void PipelineRun::remember(Cache::Entry& entry) {
    if (m_fresh.size() > Cache::maxTokens) {
        return;
    }
    // Only sizes are remembered; where tokens do not follow each other, they do not tell the places.
    std::size_t done = 0;
    for (const PieceToken& token : m_fresh) {
        if (token.begin != done) {
            return;
        }
        done = token.end;
    }
    entry.extra.bits = 0;
    for (std::size_t i = 0; i < m_fresh.size(); ++i) {
        const PieceToken& token = m_fresh[i];
        entry.tokens[i] = token.id ? token.id->value : noToken;
        entry.sizes[i] = static_cast<std::uint8_t>(token.end - token.begin);
        entry.extra.bits |= static_cast<std::uint16_t>(static_cast<unsigned>(token.kind) << (2 * i));
    }
    entry.count = static_cast<std::uint8_t>(m_fresh.size());
}

/// Of a short piece, remembered, for texts say the same words again and again. Null when asked to stop.
const std::vector<PieceToken>* PipelineRun::tokenize(std::string_view piece) {
    if (const auto known = m_remembered.find(piece); known != m_remembered.end()) {
        return &known->second;
    }
    std::vector<PieceToken> tokens;
    if (!m_model->tokenize(piece, tokens, *m_progress)) {
        return nullptr;
    }
    if (m_remembered.size() >= mostRemembered) {
        m_remembered.clear();
    }
    return &m_remembered.emplace(piece, std::move(tokens)).first->second;
}

void PipelineRun::addToken(Token token) {
    token.source.begin = std::max(token.source.begin, m_sourceDone);
    token.source.end = std::max(token.source.end, token.source.begin);
    m_sourceDone = token.source.end;
    m_block.push_back(token);
    if (m_block.size() >= tokensABlock) {
        takeBlock();
    }
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/pipeline.h"

#include "core/base/byte_alphabet.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/pipeline_trace.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t longestSegment = std::size_t{1} << 30U;
constexpr std::size_t longestRemembered = 32;  // bytes of a piece
constexpr std::size_t mostRemembered = 1U << 16U;
constexpr std::size_t piecesBetweenReports = 1U << 12U;
constexpr std::size_t tokensABlock = 1U << 12U;

class Pipeline final : public Tokenizer {
  public:
    explicit Pipeline(PipelineParts parts);

    std::string_view kind() const override { return m_parts.kind; }
    std::size_t vocabularySize() const override { return m_parts.vocabulary->size(); }
    Result<Encoding> encode(std::string_view text, const EncodeOptions& options,
                            Progress& progress) const override;
    Result<StageTrace> traceStages(std::string_view text, const EncodeOptions& options,
                                   Progress& progress) const override;
    std::optional<PieceTrace> tracePiece(std::string_view piece) const override;
    Result<std::string> decode(std::span<const TokenId> ids) const override;
    std::string_view spelling(TokenId id) const override { return m_parts.vocabulary->spelling(rowOf(id)); }
    std::string tokenBytes(TokenId id) const override;
    TokenKind tokenKind(TokenId id) const override { return m_kinds[id.value]; }
    std::optional<std::uint32_t> mergeRank(TokenId id) const override { return m_parts.model->mergeRank(id); }
    std::optional<double> score(TokenId id) const override { return m_parts.model->score(id); }
    std::optional<TokenId> unknownToken() const override { return m_parts.model->unknownToken(); }
    std::vector<std::string> warnings() const override { return m_parts.warnings; }
    std::unique_ptr<Encoder> encoder() const override;
    bool keepsWordsApart() const override { return m_keepsWordsApart; }

  private:
    class Run;

    TokenKind kindOf(TokenId id) const;
    void addToSearch(const AddedToken& token);
    bool areStagesApart() const;

    PipelineParts m_parts;
    std::vector<TokenKind> m_kinds;
    std::vector<bool> m_isAdded;
    // Looked for in the source and in the normalized text, with the special ones and without.
    AddedTokens m_plainInSource;
    AddedTokens m_allInSource;
    AddedTokens m_plainInNormalized;
    AddedTokens m_allInNormalized;
    bool m_keepsWordsApart;
    bool m_takesWordsAlone;
};

Pipeline::Pipeline(PipelineParts parts)
    : m_parts(std::move(parts)),
      m_isAdded(m_parts.vocabulary->size()),
      m_keepsWordsApart(areStagesApart()),
      m_takesWordsAlone(m_parts.model->takesWordsAlone()) {
    for (const AddedToken& token : m_parts.added) {
        m_isAdded[token.id.value] = true;
        addToSearch(token);
    }
    m_kinds.reserve(vocabularySize());
    for (std::uint32_t id = 0; id < vocabularySize(); ++id) {
        m_kinds.push_back(kindOf(TokenId{id}));
    }
    for (const AddedToken& token : m_parts.added) {
        if (token.isSpecial && unknownToken() != token.id) {
            m_kinds[token.id.value] = TokenKind::Special;
        }
    }
}

void Pipeline::addToSearch(const AddedToken& token) {
    std::string content = token.content;
    if (token.isNormalized && m_parts.normalizer) {
        const Result<AlignedText> normalized = m_parts.normalizer->apply(AlignedText(token.content));
        content = normalized.ok() ? std::string(normalized.value().text()) : content;
    }
    if (content.empty()) {
        return;
    }
    (token.isNormalized ? m_allInNormalized : m_allInSource).add(content, token);
    if (!token.isSpecial) {
        (token.isNormalized ? m_plainInNormalized : m_plainInSource).add(content, token);
    }
    m_keepsWordsApart = m_keepsWordsApart && !reachesOverWordCut(content) &&
                        !(token.takesRight && isLetterOrDigit(content.back()));
}

bool Pipeline::areStagesApart() const {
    if (m_parts.normalizer && !m_parts.normalizer->keepsWordsApart()) {
        return false;
    }
    switch (m_parts.preTokenizer ? m_parts.preTokenizer->atWordCut() : AtWordCut::Keeps) {
        case AtWordCut::Unknown:
            return false;
        case AtWordCut::Keeps:
            return m_parts.model->keepsWordsApart();
        case AtWordCut::Cuts:
            return true;
    }
    return false;
}

TokenKind Pipeline::kindOf(TokenId id) const {
    if (unknownToken() == id) {
        return TokenKind::Unknown;
    }
    const std::string bytes = tokenBytes(id);
    const bool isNamed = m_parts.style.hasByteTokens && bytes != spelling(id) && bytes.size() == 1 &&
                         spelling(id).starts_with("<0x");
    const bool isLone = m_parts.style.isByteAlphabet && bytes.size() == 1 &&
                        static_cast<unsigned char>(bytes.front()) >= 0x80;
    return isNamed || isLone ? TokenKind::Byte : TokenKind::Normal;
}

std::string Pipeline::tokenBytes(TokenId id) const {
    std::string text(spelling(id));
    const SpellingStyle& style = m_parts.style;
    if (m_isAdded[id.value]) {
        return text;
    }
    if (style.isByteAlphabet) {
        return bytesOfSpelling(text).value_or(text);
    }
    if (style.hasByteTokens) {
        static const DecoderPtr bytes = makeByteFallbackDecoder();
        if (std::string byte = bytes->apply({text}).front(); byte != text) {
            return byte;
        }
    }
    if (!style.continuingPrefix.empty() && text.starts_with(style.continuingPrefix) &&
        text.size() > style.continuingPrefix.size()) {
        text.erase(0, style.continuingPrefix.size());
    }
    if (!style.endOfWordSuffix.empty() && text.ends_with(style.endOfWordSuffix) &&
        text.size() > style.endOfWordSuffix.size()) {
        text.resize(text.size() - style.endOfWordSuffix.size());
    }
    for (std::size_t place = 0;
         !style.space.empty() && (place = text.find(style.space, place)) != std::string::npos; ++place) {
        text.replace(place, style.space.size(), " ");
    }
    return text;
}

class Pipeline::Run final : public Encoder {
  public:
    explicit Run(const Pipeline& pipeline)
        : m_pipeline(pipeline),
          m_parts(pipeline.m_parts),
          m_model(pipeline.m_parts.model->begin()),
          m_takesWordsAlone(pipeline.m_takesWordsAlone) {}

    Result<Done> encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                        Progress& progress) override {
        m_text = text;
        m_take = &take;
        m_progress = &progress;
        m_sourceDone = 0;
        m_block.clear();
        m_inNormalized =
            options.parseSpecial ? &m_pipeline.m_allInNormalized : &m_pipeline.m_plainInNormalized;
        if (options.addSpecial) {
            addAround(m_parts.before, 0);
        }
        const AddedTokens& inSource =
            options.parseSpecial ? m_pipeline.m_allInSource : m_pipeline.m_plainInSource;
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
        return Done{};
    }

  private:
    static TokenKind kindOf(const AddedToken& token) {
        return token.isSpecial ? TokenKind::Special : TokenKind::Normal;
    }

    void takeBlock() {
        (*m_take)(m_block);
        m_block.clear();
    }

    void addAround(const std::vector<TokenId>& ids, std::size_t place) {
        for (const TokenId id : ids) {
            m_block.push_back({id, {place, place}, TokenKind::Special});
        }
    }

    /// What lies between two added tokens of the source.
    Result<Done> addSource(std::size_t begin, std::size_t end) {
        for (std::size_t next = begin; begin < end; begin = next) {
            next = std::min(end, begin + longestSegment);
            AlignedText text(m_text.substr(begin, next - begin), begin);
            if (m_parts.normalizer) {
                Result<AlignedText> normalized = m_parts.normalizer->apply(std::move(text));
                if (!normalized.ok()) {
                    return normalized.error();
                }
                text = std::move(normalized).value();
            }
            if (Result<Done> result = addNormalized(text); !result.ok()) {
                return result;
            }
        }
        return Done{};
    }

    Result<Done> addNormalized(const AlignedText& text) {
        std::size_t done = 0;
        for (const AddedTokens::Match& match : m_inNormalized->findIn(text.text())) {
            if (Result<Done> result = addPlain(text.slice(done, match.span.begin)); !result.ok()) {
                return result;
            }
            addToken(
                {match.token->id, text.sourceOf(match.span.begin, match.span.end), kindOf(*match.token)});
            done = match.span.end;
        }
        return addPlain(done == 0 ? text : text.slice(done, text.size()));
    }

    Result<Done> addPlain(AlignedText normalized) {
        if (normalized.size() == 0) {
            return Done{};
        }
        const std::size_t size = normalized.size();
        SplitText text{std::move(normalized), {{0, size}}};
        if (m_parts.preTokenizer) {
            if (Result<Done> result = m_parts.preTokenizer->apply(text); !result.ok()) {
                return result;
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
    bool addPiece(const AlignedText& text, const ByteSpan& piece) {
        for (std::size_t begin = piece.begin; begin < piece.end;) {
            const std::size_t end = m_takesWordsAlone ? endOfWord(text.text(), begin, piece.end) : piece.end;
            if (!addWord(text, {begin, end})) {
                return false;
            }
            begin = end;
        }
        return true;
    }

    bool addWord(const AlignedText& text, const ByteSpan& word) {
        const auto add = [&](std::span<const PieceToken> tokens) {
            for (const PieceToken& token : tokens) {
                addToken(
                    {token.id, text.sourceOf(word.begin + token.begin, word.begin + token.end), token.kind});
            }
        };
        const std::string_view own = text.text().substr(word.begin, word.size());
        if (word.size() > longestRemembered) {
            return m_model->tokenizeLong(own, add, *m_progress);
        }
        const std::vector<PieceToken>* tokens = tokenize(own);
        if (tokens != nullptr) {
            add(*tokens);
        }
        return tokens != nullptr;
    }

    /// Of a short piece, remembered, for texts say the same words again and again. Null when asked to stop.
    const std::vector<PieceToken>* tokenize(std::string_view piece) {
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

    void addToken(Token token) {
        token.source.begin = std::max(token.source.begin, m_sourceDone);
        token.source.end = std::max(token.source.end, token.source.begin);
        m_sourceDone = token.source.end;
        m_block.push_back(token);
        if (m_block.size() >= tokensABlock) {
            takeBlock();
        }
    }

    /// Lets pieces be looked up without a copy.
    struct PieceHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view piece) const { return std::hash<std::string_view>{}(piece); }
    };

    const Pipeline& m_pipeline;
    const PipelineParts& m_parts;
    std::unique_ptr<TokenModel::Run> m_model;
    std::unordered_map<std::string, std::vector<PieceToken>, PieceHash, std::equal_to<>> m_remembered;
    bool m_takesWordsAlone;
    std::vector<Token> m_block;  // found, but not yet taken
    std::size_t m_pieces = 0;
    // Of the text at hand.
    const AddedTokens* m_inNormalized = nullptr;
    std::string_view m_text;
    const TakeTokens* m_take = nullptr;
    Progress* m_progress = nullptr;
    std::size_t m_sourceDone = 0;
};

std::unique_ptr<Encoder> Pipeline::encoder() const {
    return std::make_unique<Run>(*this);
}

Result<Encoding> Pipeline::encode(std::string_view text, const EncodeOptions& options,
                                  Progress& progress) const {
    Encoding encoding;
    const TakeTokens take = [&encoding](std::span<const Token> tokens) {
        encoding.tokens.insert(encoding.tokens.end(), tokens.begin(), tokens.end());
    };
    const Result<Done> done = Run(*this).encode(text, options, take, progress);
    return done.ok() ? Result<Encoding>(std::move(encoding)) : done.error();
}

Result<StageTrace> Pipeline::traceStages(std::string_view text, const EncodeOptions& options,
                                         Progress& progress) const {
    return tracePipeline({m_parts, options.parseSpecial ? m_allInSource : m_plainInSource,
                          options.parseSpecial ? m_allInNormalized : m_plainInNormalized},
                         text, options, progress);
}

std::optional<PieceTrace> Pipeline::tracePiece(std::string_view piece) const {
    return piece.size() > longestTraced ? std::nullopt : std::optional(m_parts.model->trace(piece));
}

Result<std::string> Pipeline::decode(std::span<const TokenId> ids) const {
    std::vector<std::string> tokens;
    tokens.reserve(ids.size());
    for (const TokenId id : ids) {
        if (id.value >= vocabularySize()) {
            return Error{ErrorCode::InvalidArgument, "ID " + std::to_string(id.value),
                         "the vocabulary has no such token",
                         "there are " + std::to_string(vocabularySize()) + " IDs, from 0 on"};
        }
        tokens.emplace_back(spelling(id));
    }
    const bool isJoined = m_parts.decoder != nullptr;
    if (isJoined) {
        tokens = m_parts.decoder->apply(std::move(tokens));
    }
    std::string text;
    for (const std::string& token : tokens) {
        text += (isJoined || text.empty() ? "" : " ") + token;
    }
    return text;
}

}  // namespace

std::shared_ptr<const Tokenizer> makePipeline(PipelineParts parts) {
    assert(parts.vocabulary && parts.model);
    return std::make_shared<const Pipeline>(std::move(parts));
}

}  // namespace lexiscope

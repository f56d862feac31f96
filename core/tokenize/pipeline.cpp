// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/pipeline.h"

#include "core/base/byte_alphabet.h"
#include "core/base/patience.h"
#include "core/base/utf8.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/pipeline_run.h"
#include "core/tokenize/pipeline_trace.h"
#include "core/tokenize/text_part.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cassert>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

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
    std::vector<std::string> notes() const override { return m_parts.notes; }
    std::unique_ptr<Encoder> encoder() const override;
    bool keepsWordsApart() const override { return m_keepsWordsApart; }
    bool sumsWords() const override { return m_sumsWords; }
    bool goesOnAlike(double before, double lowest, double now) const override {
        return m_parts.model->goesOnAlike(before, lowest, now);
    }

  private:
    TokenKind kindOf(TokenId id) const;
    void addToSearch(const AddedToken& token, bool marksSpaces, const Patience& patience);
    bool marksSpaces(const Patience& patience) const;
    std::string normalized(const AddedToken& token, const Patience& patience) const;
    bool areStagesApart(bool isModelApart) const;

    PipelineParts m_parts;
    std::vector<TokenKind> m_kinds;
    std::vector<bool> m_isAdded;
    std::unordered_map<std::uint32_t, std::string> m_normalized;  // added tokens that normalizing changes
    PipelineSearch m_search;
    bool m_keepsWordsApart;
    bool m_takesWordsAlone;
    bool m_sumsWords;
};

Pipeline::Pipeline(PipelineParts parts)
    : m_parts(std::move(parts)),
      m_isAdded(m_parts.vocabulary->size()),
      m_keepsWordsApart(areStagesApart(m_parts.model->keepsWordsApart())),
      m_takesWordsAlone(m_parts.model->takesWordsAlone()),
      m_sumsWords(!m_keepsWordsApart && areStagesApart(m_parts.model->sumsWords())) {
    // Where normalizing makes two of one spelling, a special one goes first.
    std::stable_partition(m_parts.added.begin(), m_parts.added.end(),
                          [](const AddedToken& token) { return token.isSpecial; });
    constexpr std::uint32_t mostQuestions = 64;
    const Patience patience(mostQuestions);
    const bool marks = marksSpaces(patience);
    for (const AddedToken& token : m_parts.added) {
        m_isAdded[token.id.value] = true;
        addToSearch(token, marks, patience);
    }
    if (patience.isOver()) {
        m_parts.warnings.emplace_back(
            "a pattern of its normalizer takes too long on its added tokens: some of "
            "them are looked for as they are spelled");
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

/// As it stands in a text that has been normalized.
std::string Pipeline::normalized(const AddedToken& token, const Patience& patience) const {
    if (!token.isNormalized || !m_parts.normalizer || patience.isOver()) {
        return token.content;
    }
    const Result<AlignedText> result = m_parts.normalizer->apply(AlignedText(token.content), patience);
    return result.ok() ? std::string(result.value().text()) : token.content;
}

/// May a text have "▁" for spaces once normalized? What stands before it may be a space all the same.
bool Pipeline::marksSpaces(const Patience& patience) const {
    if (!m_parts.normalizer || m_parts.added.empty()) {
        return false;
    }
    const Result<AlignedText> result = m_parts.normalizer->apply(AlignedText("a b"), patience);
    return !result.ok() || result.value().text().find("\u2581") != std::string_view::npos;
}

void Pipeline::addToSearch(const AddedToken& token, bool marksSpaces, const Patience& patience) {
    const std::string content = normalized(token, patience);
    if (content != token.content) {
        m_normalized.emplace(token.id.value, content);
    }
    if (content.empty()) {
        if (!token.content.empty()) {
            m_parts.warnings.push_back("its added token \"" + displayText(token.content) +
                                       "\" is nothing once normalized, and is not looked for; Hugging Face's "
                                       "program cuts texts between all characters then");
        }
        return;
    }
    (token.isNormalized ? m_search.allInNormalized : m_search.allInSource).add(content, token);
    if (!token.isSpecial) {
        (token.isNormalized ? m_search.plainInNormalized : m_search.plainInSource).add(content, token);
    }
    const bool mayReachOver = reachesOverWordCut(content, marksSpaces && token.isNormalized) ||
                              (token.takesRight && isLetterOrDigit(content.back()));
    m_keepsWordsApart = m_keepsWordsApart && !mayReachOver;
    m_sumsWords = m_sumsWords && !mayReachOver;
}

bool Pipeline::areStagesApart(bool isModelApart) const {
    if (m_parts.normalizer && !m_parts.normalizer->keepsWordsApart()) {
        return false;
    }
    switch (m_parts.preTokenizer ? m_parts.preTokenizer->atWordCut() : AtWordCut::Keeps) {
        case AtWordCut::Unknown:
            return false;
        case AtWordCut::Keeps:
            return isModelApart;
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
    if (style.isByteAlphabet) {
        return bytesOfSpelling(text).value_or(text);
    }
    for (std::size_t place = 0;
         !style.space.empty() && (place = text.find(style.space, place)) != std::string::npos; ++place) {
        text.replace(place, style.space.size(), " ");
    }
    return text;
}

std::unique_ptr<Encoder> Pipeline::encoder() const {
    return std::make_unique<PipelineRun>(m_parts, m_search, m_takesWordsAlone);
}

Result<Encoding> Pipeline::encode(std::string_view text, const EncodeOptions& options,
                                  Progress& progress) const {
    Encoding encoding;
    const TakeTokens take = takeInto(encoding.tokens, text.size());
    PipelineRun run(m_parts, m_search, m_takesWordsAlone);
    SumWatch watch;
    if (m_sumsWords) {
        watch.sums = sumsAskedFor(text, {0, text.size()});
        run.watch(&watch);
    }
    const Result<Done> done = run.encode(text, options, take, progress);
    encoding.sums = std::move(watch.sums);
    return done.ok() ? Result<Encoding>(std::move(encoding)) : done.error();
}

Result<StageTrace> Pipeline::traceStages(std::string_view text, const EncodeOptions& options,
                                         Progress& progress) const {
    return tracePipeline({m_parts, m_search.inSource(options), m_search.inNormalized(options)}, text, options,
                         progress);
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
        // A decoder undoes what normalizing did, to an added token too.
        const auto normalized = m_normalized.find(id.value);
        tokens.emplace_back(normalized == m_normalized.end() ? spelling(id)
                                                             : std::string_view(normalized->second));
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

Error PipelineParts::inFile(Error error) const {
    if (error.code != ErrorCode::Cancelled && !file.empty()) {
        error.where = file + (error.where.empty() ? "" : ", ") + error.where;
    }
    return error;
}

std::shared_ptr<const Tokenizer> makePipeline(PipelineParts parts) {
    assert(parts.vocabulary && parts.model);
    return std::make_shared<const Pipeline>(std::move(parts));
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/text_template.h"

#include "core/tokenize/piece_trace.h"
#include "core/tokenize/stage_trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

class Templated final : public Tokenizer {
  public:
    Templated(std::shared_ptr<const Tokenizer> inner, std::vector<TemplatePart> withSpecial,
              std::vector<TemplatePart> without)
        : m_inner(std::move(inner)), m_withSpecial(std::move(withSpecial)), m_without(std::move(without)) {}

    std::string_view kind() const override { return m_inner->kind(); }
    std::size_t vocabularySize() const override { return m_inner->vocabularySize(); }
    Result<Encoding> encode(std::string_view text, const EncodeOptions& options,
                            Progress& progress) const override;
    Result<StageTrace> traceStages(std::string_view text, const EncodeOptions& options,
                                   Progress& progress) const override;
    std::optional<PieceTrace> tracePiece(std::string_view piece) const override {
        return m_inner->tracePiece(piece);
    }
    Result<std::string> decode(std::span<const TokenId> ids) const override { return m_inner->decode(ids); }
    std::string_view spelling(TokenId id) const override { return m_inner->spelling(id); }
    std::string tokenBytes(TokenId id) const override { return m_inner->tokenBytes(id); }
    TokenKind tokenKind(TokenId id) const override { return m_inner->tokenKind(id); }
    std::optional<std::uint32_t> mergeRank(TokenId id) const override { return m_inner->mergeRank(id); }
    std::optional<double> score(TokenId id) const override { return m_inner->score(id); }
    std::optional<TokenId> unknownToken() const override { return m_inner->unknownToken(); }
    std::optional<VocabularyMakeup> makeup() const override { return m_inner->makeup(); }
    std::vector<std::string> warnings() const override { return m_inner->warnings(); }
    std::vector<std::string> notes() const override { return m_inner->notes(); }

  private:
    struct Row {
        std::vector<Token> tokens;
        std::optional<std::size_t> first;  // of the text's own; nothing where the template has no text
    };
    Row row(const std::vector<Token>& own, std::size_t end, bool addsSpecial) const;

    std::shared_ptr<const Tokenizer> m_inner;
    std::vector<TemplatePart> m_withSpecial;
    std::vector<TemplatePart> m_without;
};

EncodeOptions withoutAdding(EncodeOptions options) {
    options.addSpecial = false;
    return options;
}

/// `own` are the tokens of the text, which ends at `end`.
Templated::Row Templated::row(const std::vector<Token>& own, std::size_t end, bool addsSpecial) const {
    Row row;
    for (const TemplatePart& part : addsSpecial ? m_withSpecial : m_without) {
        const ByteSpan place = row.first ? ByteSpan{end, end} : ByteSpan{0, 0};
        if (part.isText) {
            for (const Token& token : own) {
                row.tokens.push_back({token.id, row.first ? place : token.source, token.kind});
            }
            row.first = row.first.value_or(row.tokens.size() - own.size());
        }
        for (const TokenId id : part.special) {
            row.tokens.push_back({id, place, TokenKind::Special});
        }
    }
    return row;
}

Result<Encoding> Templated::encode(std::string_view text, const EncodeOptions& options,
                                   Progress& progress) const {
    const Result<Encoding> own = m_inner->encode(text, withoutAdding(options), progress);
    if (!own.ok()) {
        return own.error();
    }
    return Encoding{row(own.value().tokens, text.size(), options.addSpecial).tokens};
}

Result<StageTrace> Templated::traceStages(std::string_view text, const EncodeOptions& options,
                                          Progress& progress) const {
    Result<StageTrace> result = m_inner->traceStages(text, withoutAdding(options), progress);
    if (!result.ok()) {
        return result;
    }
    StageTrace& trace = result.value();
    Row row = this->row(trace.encoding.tokens, text.size(), options.addSpecial);
    const Stage& model = trace.stages.back();
    Stage stage{StageKind::PostProcessor, {}, {}, row.first ? model.text : std::string(), {}, {}};
    const std::size_t size = stage.text.size();
    if (!model.text.empty()) {
        stage.changes = {
            {row.first ? ChangeKind::Kept : ChangeKind::Removed, {0, model.text.size()}, {0, size}}};
    }
    for (std::size_t i = 0; i < row.tokens.size(); ++i) {
        const bool isBefore = i < row.first.value_or(row.tokens.size());
        const bool isOwn = !isBefore && i - *row.first < model.pieces.size();
        const ByteSpan span =
            isOwn ? model.pieces[i - *row.first].span : ByteSpan{isBefore ? 0 : size, isBefore ? 0 : size};
        stage.pieces.push_back({span, row.tokens[i].source, row.tokens[i]});
    }
    for (StageTrace::Piece& piece : trace.pieces) {
        piece.first += row.first.value_or(0);
        piece.count = row.first ? piece.count : 0;
    }
    trace.stages.push_back(std::move(stage));
    trace.encoding = Encoding{std::move(row.tokens)};
    return result;
}

}  // namespace

std::shared_ptr<const Tokenizer> makeTemplated(std::shared_ptr<const Tokenizer> tokenizer,
                                               std::vector<TemplatePart> withSpecial,
                                               std::vector<TemplatePart> without) {
    return std::make_shared<const Templated>(std::move(tokenizer), std::move(withSpecial),
                                             std::move(without));
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/piece_cache.h"
#include "core/tokenize/pipeline.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lexiscope {

/// The added tokens of a pipeline, looked for in the source and in the normalized text, with the special ones
/// and without.
struct PipelineSearch {
    AddedTokens plainInSource;
    AddedTokens allInSource;
    AddedTokens plainInNormalized;
    AddedTokens allInNormalized;

    const AddedTokens& inSource(const EncodeOptions& options) const {
        return options.parseSpecial ? allInSource : plainInSource;
    }
    const AddedTokens& inNormalized(const EncodeOptions& options) const {
        return options.parseSpecial ? allInNormalized : plainInNormalized;
    }
};

/// Encodes texts with a pipeline, which must outlive it.
class PipelineRun final : public Encoder {
  public:
    /// `takesWordsAlone`: as the model has it.
    PipelineRun(const PipelineParts& parts, const PipelineSearch& search, bool takesWordsAlone);

    Result<Done> encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                        Progress& progress) override;
    void watch(SumWatch* sums) override { m_watch = sums; }

  private:
    void takeBlock();
    void addAround(const std::vector<TokenId>& ids, std::size_t place);
    Result<Done> addSource(std::size_t begin, std::size_t end);
    Result<Done> addNormalized(AlignedText text);
    Result<Done> addPlain(AlignedText normalized);
    bool addPiece(const AlignedText& text, const ByteSpan& piece);
    bool addWord(const AlignedText& text, const ByteSpan& word);
    bool addSummed(const AlignedText& text, const ByteSpan& piece, const TokenModel::Run::Take& add);
    void finishWatch();
    bool addShort(const AlignedText& text, const ByteSpan& word);
    const std::vector<PieceToken>* tokenize(std::string_view piece);
    void addToken(Token token);

    /// Of the tokens of a piece, two bits for each.
    struct Kinds {
        std::uint16_t bits = 0;
    };
    using Cache = BasicPieceCache<Kinds>;
    void remember(Cache::Entry& entry);

    /// Lets pieces be looked up without a copy.
    struct PieceHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view piece) const { return std::hash<std::string_view>{}(piece); }
    };

    const PipelineParts& m_parts;
    const PipelineSearch& m_search;
    std::unique_ptr<TokenModel::Run> m_model;
    std::unordered_map<std::string, std::vector<PieceToken>, PieceHash, std::equal_to<>> m_remembered;
    Cache m_cache;  // of the shortest, which are most
    std::vector<PieceToken> m_fresh;
    bool m_takesWordsAlone;
    std::vector<Token> m_block;  // found, but not yet taken
    std::size_t m_pieces = 0;
    // Of the text at hand.
    const AddedTokens* m_inNormalized = nullptr;
    std::string_view m_text;
    const TakeTokens* m_take = nullptr;
    Progress* m_progress = nullptr;
    std::size_t m_sourceDone = 0;
    SumWatch* m_watch = nullptr;
    std::size_t m_watched = 0;  // of its sums, so many lie before the text still to come
};

}  // namespace lexiscope

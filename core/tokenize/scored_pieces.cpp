// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/scored_pieces.h"

#include "core/tokenize/bpe_model.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/unigram.h"
#include "core/tokenize/word_piece.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view spaceSign = "\u2581";

class Maker {
  public:
    explicit Maker(ScoredPieceParts parts) : m_parts(std::move(parts)) {}

    Result<std::shared_ptr<const Tokenizer>> make() {
        if (std::optional<Error> error = addPieces()) {
            return *std::move(error);
        }
        PipelineParts pipeline;
        pipeline.vocabulary = m_vocabulary;
        pipeline.warnings = std::move(m_parts.warnings);
        addSymbols(pipeline);
        pipeline.normalizer = makeSentencePieceNormalizer(m_parts.normalizer);
        pipeline.style.hasByteTokens = m_parts.byteFallback;
        pipeline.style.space = spaceSign;
        pipeline.decoder = decoder();
        pipeline.before = std::move(m_parts.before);
        pipeline.after = std::move(m_parts.after);
        switch (m_parts.model) {
            case PieceModel::Unigram:
                pipeline.kind = "SentencePiece Unigram";
                pipeline.model = unigram();
                break;
            case PieceModel::Bpe:
                pipeline.kind = "SentencePiece BPE";
                pipeline.model = bpe(true);
                break;
            case PieceModel::Words:
                pipeline.kind = "SentencePiece words";
                pipeline.model =
                    makeMarkedWords(m_vocabulary, m_unknown, std::string(spaceSign), m_parts.byteFallback);
                break;
            case PieceModel::Characters:
                pipeline.kind = "SentencePiece characters";
                pipeline.model = bpe(false);
                break;
        }
        return makePipeline(std::move(pipeline));
    }

  private:
    static Error broken(std::string where, std::string what) {
        return {ErrorCode::Broken, std::move(where), std::move(what),
                "the file may be damaged: fetch it again"};
    }

    std::optional<Error> addPieces() {
        if (m_parts.pieces.empty()) {
            return broken({}, "the vocabulary is empty");
        }
        Vocabulary::Builder builder;
        m_unknown = m_parts.unknown;
        for (std::size_t id = 0; id < m_parts.pieces.size(); ++id) {
            const ScoredPiece& piece = m_parts.pieces[id];
            const std::string where = "piece " + std::to_string(id);
            if (piece.text.empty()) {
                return broken(where, "has no text");
            }
            // The logarithm of no occurrence stands in models that need no scores.
            const bool isEndless = std::isinf(piece.score) && m_parts.model == PieceModel::Unigram;
            if (std::isnan(piece.score) || isEndless) {
                return broken(where, "has a score that is no number");
            }
            if (const std::optional<Row> earlier = builder.find(piece.text)) {
                return broken(where, "has the same text as piece " + std::to_string(earlier->value));
            }
            if (piece.kind == PieceKind::Unknown && !m_parts.unknown) {
                if (m_unknown) {
                    return broken(where, "is the second that stands for the unknown");
                }
                m_unknown = TokenId{static_cast<std::uint32_t>(id)};
            }
            builder.add(piece.text);
        }
        if (!m_unknown) {
            return broken({}, "no piece stands for the unknown");
        }
        m_vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::Metaspace));
        return std::nullopt;
    }

    /// llama.cpp shows control pieces as they are spelled.
    DecoderPtr decoder() const {
        PieceDecoderOptions options;
        options.addsDummyPrefix = m_parts.normalizer.addsDummyPrefix;
        options.removesExtraSpaces = m_parts.normalizer.removesExtraSpaces;
        for (const ScoredPiece& piece : m_parts.pieces) {
            options.hasBytes = options.hasBytes || piece.kind == PieceKind::Byte;
            if (m_parts.unknownText && piece.kind == PieceKind::Control) {
                options.silent.push_back(piece.text);
            } else if (m_parts.unknownText && piece.kind == PieceKind::Unknown) {
                options.unknown = piece.text;
                options.unknownText = *m_parts.unknownText;
            }
        }
        if (m_parts.denormalizer.map) {
            options.denormalizer = makeSentencePieceNormalizer(m_parts.denormalizer);
        }
        return makePieceDecoder(std::move(options));
    }

    void addSymbols(PipelineParts& pipeline) {
        for (std::uint32_t id = 0; id < m_parts.pieces.size(); ++id) {
            const ScoredPiece& piece = m_parts.pieces[id];
            const bool isUsers = piece.kind == PieceKind::UserDefined;
            if (piece.kind == PieceKind::Control || piece.kind == PieceKind::Unknown ||
                (isUsers && m_parts.userPiecesPart)) {
                pipeline.added.push_back(
                    {piece.text, TokenId{id}, !isUsers, false, piece.takesLeft, piece.takesRight});
            } else if (isUsers) {
                m_parts.normalizer.untouched.push_back(piece.text);
                m_frozen.add(piece.text, TokenId{id});
            }
        }
    }

    TokenModelPtr unigram() const {
        constexpr float penalty = 10;
        // SentencePiece means a bonus for their length, of which its arithmetic leaves this: they win over
        // all that has been learned, whose scores are logarithms of probabilities.
        constexpr float scoreOfUsers = -0.1F;
        float least = std::numeric_limits<float>::max();
        for (const ScoredPiece& piece : m_parts.pieces) {
            if (piece.kind == PieceKind::Normal) {
                least = std::min(least, piece.score);
            }
        }
        UnigramParts unigram;
        unigram.vocabulary = m_vocabulary;
        unigram.unknown = m_unknown;
        unigram.unknownScore = least - penalty;
        unigram.byteFallback = m_parts.byteFallback;
        unigram.marksSpaces = m_parts.normalizer.escapesSpaces;
        unigram.keepsFloats = !m_parts.sumsDoubles;
        for (const ScoredPiece& piece : m_parts.pieces) {
            const bool isUsers = piece.kind == PieceKind::UserDefined;
            unigram.scores.push_back(isUsers ? scoreOfUsers : piece.score);
            unigram.isUsable.push_back(isUsers || piece.kind == PieceKind::Normal);
        }
        return makeUnigram(std::move(unigram));
    }

    /// Pieces of equal score share a rank, the highest score has the lowest.
    std::vector<std::uint32_t> ranks() const {
        std::vector<float> scores;
        for (const ScoredPiece& piece : m_parts.pieces) {
            if (piece.kind == PieceKind::Normal) {
                scores.push_back(piece.score);
            }
        }
        std::sort(scores.begin(), scores.end(), std::greater<>());
        scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
        std::vector<std::uint32_t> ranks;
        for (const ScoredPiece& piece : m_parts.pieces) {
            const auto place = std::lower_bound(scores.begin(), scores.end(), piece.score, std::greater<>()) -
                               scores.begin();
            ranks.push_back(piece.kind == PieceKind::Normal ? static_cast<std::uint32_t>(place)
                                                            : MergeTable::noRank);
        }
        return ranks;
    }

    TokenModelPtr bpe(bool merges) {
        BpeParts bpe;
        bpe.vocabulary = m_vocabulary;
        bpe.unknown = m_unknown;
        bpe.fuseUnknown = true;
        bpe.byteFallback = m_parts.byteFallback;
        bpe.frozen = std::move(m_frozen);
        if (merges) {
            addMergesByRank(bpe, ranks());
        }
        return makeBpe(std::move(bpe));
    }

    ScoredPieceParts m_parts;
    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::optional<TokenId> m_unknown;
    SpecialTokens m_frozen;
};

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeScoredPieces(ScoredPieceParts parts) {
    return Maker(std::move(parts)).make();
}

}  // namespace lexiscope

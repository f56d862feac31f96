// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/byte_level_bpe.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/embedding/vocabulary.h"
#include "core/tokenize/bpe_leaves.h"
#include "core/tokenize/byte_level_tokens.h"
#include "core/tokenize/byte_level_trace.h"
#include "core/tokenize/piece_cache.h"
#include "core/tokenize/special_tokens.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <string_view>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t maxPiece = std::size_t{1} << 30U;
constexpr std::size_t bytesBetweenReports = 1U << 16U;
constexpr std::size_t tokensABlock = 1U << 12U;
constexpr std::uint32_t noToken = PieceMerger::noToken;

class ByteLevelBpe final : public Tokenizer {
  public:
    explicit ByteLevelBpe(ByteLevelBpeParts parts)
        : m_tokens(std::move(parts.spellings), parts.merges, parts.specials),
          m_merges(parts.merges, parts.ranks),
          m_ranks(MergeTable::ranksOf(m_tokens.size(), parts.merges, parts.ranks)),
          m_split(parts.split),
          m_mergesOverUnknown(parts.mergesOverUnknown &&
                              std::find(m_tokens.ofBytes().begin(), m_tokens.ofBytes().end(), noToken) !=
                                  m_tokens.ofBytes().end()),
          m_strippingBefore(std::move(parts.strippingBefore)),
          m_before(std::move(parts.before)),
          m_after(std::move(parts.after)),
          m_warnings(std::move(parts.warnings)),
          m_notes(std::move(parts.notes)) {
        for (std::uint32_t id = 0; id < m_tokens.size(); ++id) {
            if (m_tokens.kind(id) == TokenKind::Special) {
                addTo(m_specials, TokenId{id});
            }
        }
        for (const TokenId id : parts.users) {
            addTo(m_users, id);
            addTo(m_specials, id);
        }
        if (parts.ignoresMerges) {
            fillWhole();
        }
    }

    std::string_view kind() const override { return "byte-level BPE"; }
    std::size_t vocabularySize() const override { return m_tokens.size(); }
    Result<Encoding> encode(std::string_view text, const EncodeOptions& options,
                            Progress& progress) const override;
    Result<StageTrace> traceStages(std::string_view text, const EncodeOptions& options,
                                   Progress& progress) const override;
    std::optional<PieceTrace> tracePiece(std::string_view piece) const override;
    std::unique_ptr<Encoder> encoder() const override;
    bool keepsWordsApart() const override { return m_keepsWordsApart; }
    Result<std::string> decode(std::span<const TokenId> ids) const override;
    std::string_view spelling(TokenId id) const override { return m_tokens.spelling(id.value); }
    std::string tokenBytes(TokenId id) const override { return std::string(m_tokens.bytes(id.value)); }
    TokenKind tokenKind(TokenId id) const override { return m_tokens.kind(id.value); }
    std::optional<std::uint32_t> mergeRank(TokenId id) const override {
        const std::uint32_t rank = m_ranks[id.value];
        return rank == MergeTable::noRank ? std::nullopt : std::optional(rank);
    }
    std::optional<VocabularyMakeup> makeup() const override { return m_tokens.makeup(); }
    std::vector<std::string> warnings() const override { return m_warnings; }
    std::vector<std::string> notes() const override { return m_notes; }

  private:
    class Run;

    /// The first special token or user's from there on.
    std::optional<Token> findAdded(std::string_view text, std::size_t from, bool parseSpecial) const;
    void addTo(SpecialTokens& found, TokenId id);
    ByteLevelSteps steps() const;
    void fillWhole();
    /// The entry that a piece is, where that goes before the merges.
    std::optional<std::uint32_t> wholePiece(std::string_view piece) const {
        const std::optional<Row> row = m_whole.find(piece);
        return row ? std::optional(m_wholeIds[row->value]) : std::nullopt;
    }

    ByteLevelTokens m_tokens;
    MergeTable m_merges;
    std::vector<std::uint32_t> m_ranks;  // of the entries
    SplitScheme m_split;
    bool m_mergesOverUnknown;  // some byte has no token
    Vocabulary m_whole;        // the entries that are taken whole, as bytes
    std::vector<std::uint32_t> m_wholeIds;
    SpecialTokens m_users;
    SpecialTokens m_specials;  // and users' tokens
    std::vector<TokenId> m_strippingBefore;
    std::vector<TokenId> m_before;
    std::vector<TokenId> m_after;
    bool m_keepsWordsApart = true;
    std::vector<std::string> m_warnings;
    std::vector<std::string> m_notes;
};

void ByteLevelBpe::fillWhole() {
    Vocabulary::Builder whole;
    whole.reserve(m_tokens.size(), m_tokens.allBytes().size());
    for (std::uint32_t id = 0; id < m_tokens.size(); ++id) {
        if (m_tokens.kind(id) != TokenKind::Special && bytesOfSpelling(m_tokens.spelling(id))) {
            whole.add(m_tokens.bytes(id));
            m_wholeIds.push_back(id);
        }
    }
    m_whole = std::move(whole).build(WordMark::None);
}

void ByteLevelBpe::addTo(SpecialTokens& found, TokenId id) {
    const std::string& spelling = m_tokens.spelling(id.value);
    found.add(spelling, id);
    m_keepsWordsApart = m_keepsWordsApart && !reachesOverWordCut(spelling, false);
}

std::optional<Token> ByteLevelBpe::findAdded(std::string_view text, std::size_t from,
                                             bool parseSpecial) const {
    const SpecialTokens& wanted = parseSpecial ? m_specials : m_users;
    if (wanted.size() == 0) {
        return std::nullopt;
    }
    SpecialTokens::Match found = wanted.find(text, from);
    if (found.span.size() == 0) {
        return std::nullopt;
    }
    if (std::find(m_strippingBefore.begin(), m_strippingBefore.end(), found.id) != m_strippingBefore.end()) {
        found.span.begin = beginOfSpaces(text, from, found.span.begin);
    }
    const bool isSpecial = m_tokens.kind(found.id.value) == TokenKind::Special;
    return Token{found.id, found.span, isSpecial ? TokenKind::Special : TokenKind::Normal};
}

class ByteLevelBpe::Run final : public Encoder {
  public:
    explicit Run(const ByteLevelBpe& bpe) : m_bpe(bpe), m_merger(bpe.m_merges) {}

    Result<Done> encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                        Progress& progress) override {
        m_text = text;
        m_take = &take;
        m_progress = &progress;
        m_nextReport = 0;
        m_cache.prepareFor(text.size());
        m_block.clear();
        m_block.reserve(std::min(text.size() / 4 + 8, tokensABlock));
        if (options.addSpecial) {
            addAround(m_bpe.m_before, 0);
        }
        for (std::size_t begin = 0; begin < m_text.size();) {
            const std::optional<Token> added = m_bpe.findAdded(m_text, begin, options.parseSpecial);
            if (!encodePlain(begin, added ? added->source.begin : m_text.size())) {
                return cancelled();
            }
            if (added) {
                m_block.push_back(*added);
            }
            begin = added ? added->source.end : m_text.size();
        }
        if (options.addSpecial) {
            addAround(m_bpe.m_after, m_text.size());
        }
        takeBlock();
        return Done{};
    }

  private:
    void takeBlock() {
        (*m_take)(m_block);
        m_block.clear();
    }

    void addAround(const std::vector<TokenId>& tokens, std::size_t place) {
        for (const TokenId id : tokens) {
            m_block.push_back({id, {place, place}, TokenKind::Special});
        }
    }

    /// False when asked to stop.
    bool encodePlain(std::size_t begin, std::size_t end) {
        // The split must not see what follows a special token's begin, so the text ends there for it.
        const std::string_view text = m_text.substr(0, end);
        while (begin < end) {
            if (begin >= m_nextReport) {
                if (m_progress->stopRequested()) {
                    return false;
                }
                m_progress->report(begin, m_text.size(), "bytes");
                m_nextReport = begin + bytesBetweenReports;
            }
            if (m_block.size() >= tokensABlock) {
                takeBlock();
            }
            const std::size_t pieceEnd = std::min(endOfPiece(m_bpe.m_split, text, begin), begin + maxPiece);
            if (pieceEnd - begin <= PieceCache::maxBytes) {
                encodeShort(begin, pieceEnd);
            } else if (!encodePiece(begin, pieceEnd)) {
                return false;
            }
            begin = pieceEnd;
        }
        return true;
    }

    void encodeShort(std::size_t begin, std::size_t end) {
        PieceCache::Entry& entry = m_cache.at(m_text, begin, end);
        if (entry.count == 0) {
            const std::size_t before = m_block.size();
            encodePiece(begin, end);
            remember(entry, before);
            return;
        }
        for (std::size_t i = 0; i < entry.count; ++i) {
            add(entry.tokens[i], begin, begin + entry.sizes[i]);
            begin += entry.sizes[i];
        }
    }

    void remember(PieceCache::Entry& entry, std::size_t before) const {
        const std::span<const Token> fresh = std::span(m_block).subspan(before);
        if (fresh.size() > PieceCache::maxTokens) {
            return;
        }
        for (std::size_t i = 0; i < fresh.size(); ++i) {
            entry.tokens[i] = fresh[i].id ? fresh[i].id->value : noToken;
            entry.sizes[i] = static_cast<std::uint8_t>(fresh[i].source.size());
        }
        entry.count = static_cast<std::uint8_t>(fresh.size());
    }

    bool encodePiece(std::size_t begin, std::size_t end) {
        if (const auto whole = m_bpe.wholePiece(m_text.substr(begin, end - begin))) {
            add(*whole, begin, end);
            return true;
        }
        if (m_bpe.m_mergesOverUnknown && hasUnknown(begin, end)) {
            return encodeOverUnknown(begin, end);
        }
        if (!mergeBytes(begin, end)) {
            return false;
        }
        for (const std::uint32_t token : m_piece) {
            const std::size_t size = token == noToken ? 1 : m_bpe.m_tokens.bytes(token).size();
            add(token, begin, begin + size);
            begin += size;
            // Only a piece that is not remembered is as long as that.
            if (m_block.size() >= 2 * tokensABlock) {
                takeBlock();
            }
        }
        assert(begin == end);
        return true;
    }

    bool hasUnknown(std::size_t begin, std::size_t end) const {
        return std::any_of(m_text.begin() + static_cast<std::ptrdiff_t>(begin),
                           m_text.begin() + static_cast<std::ptrdiff_t>(end), [&](char byte) {
                               return m_bpe.m_tokens.ofBytes()[static_cast<unsigned char>(byte)] == noToken;
                           });
    }

    bool encodeOverUnknown(std::size_t begin, std::size_t end) {
        std::vector<PlacedToken> placed;
        if (!mergeOverUnknown(m_bpe.m_tokens.ofBytes(), m_text.substr(begin, end - begin), m_merger, placed,
                              *m_progress)) {
            return false;
        }
        for (const PlacedToken& one : placed) {
            add(one.token, begin + one.span.begin, begin + one.span.end);
        }
        return true;
    }

    bool mergeBytes(std::size_t begin, std::size_t end) {
        const auto fill = [&](std::size_t from, std::span<std::uint32_t> to) {
            for (std::size_t i = 0; i < to.size(); ++i) {
                to[i] = m_bpe.m_tokens.ofBytes()[static_cast<unsigned char>(m_text[begin + from + i])];
            }
        };
        if (end - begin > PieceMerger::usualWindow) {
            return m_merger.mergeLong(end - begin, fill, m_piece, *m_progress);
        }
        m_piece.resize(end - begin);
        fill(0, m_piece);
        return m_merger.merge(m_piece, *m_progress);
    }

    void add(std::uint32_t token, std::size_t begin, std::size_t end) {
        if (token == noToken) {
            m_block.push_back({std::nullopt, {begin, end}, TokenKind::Unknown});
            return;
        }
        const bool loneByte = end - begin == 1 && static_cast<unsigned char>(m_text[begin]) >= 0x80;
        m_block.push_back({TokenId{token}, {begin, end}, loneByte ? TokenKind::Byte : TokenKind::Normal});
    }

    const ByteLevelBpe& m_bpe;
    PieceMerger m_merger;
    PieceCache m_cache;
    std::vector<std::uint32_t> m_piece;
    std::vector<Token> m_block;  // found, but not yet taken
    // Of the text at hand.
    std::string_view m_text;
    const TakeTokens* m_take = nullptr;
    Progress* m_progress = nullptr;
    std::size_t m_nextReport = 0;
};

std::unique_ptr<Encoder> ByteLevelBpe::encoder() const {
    return std::make_unique<Run>(*this);
}

Result<Encoding> ByteLevelBpe::encode(std::string_view text, const EncodeOptions& options,
                                      Progress& progress) const {
    Encoding encoding;
    const TakeTokens take = takeInto(encoding.tokens, text.size());
    const Result<Done> done = Run(*this).encode(text, options, take, progress);
    return done.ok() ? Result<Encoding>(std::move(encoding)) : done.error();
}

Result<StageTrace> ByteLevelBpe::traceStages(std::string_view text, const EncodeOptions& options,
                                             Progress& progress) const {
    return traceByteLevel(steps(), text, options, progress);
}

std::optional<PieceTrace> ByteLevelBpe::tracePiece(std::string_view piece) const {
    return piece.size() > longestTraced ? std::nullopt : std::optional(traceByteLevelPiece(steps(), piece));
}

ByteLevelSteps ByteLevelBpe::steps() const {
    return {m_merges,
            m_tokens.ofBytes(),
            m_tokens.ends(),
            m_split,
            m_mergesOverUnknown,
            [this](std::string_view piece) { return wholePiece(piece); },
            [this](std::string_view text, std::size_t from, bool parseSpecial) {
                return findAdded(text, from, parseSpecial);
            },
            m_users.size() > 0,
            m_before,
            m_after};
}

Result<std::string> ByteLevelBpe::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (const TokenId id : ids) {
        if (id.value >= m_tokens.size()) {
            return Error{ErrorCode::InvalidArgument, "ID " + std::to_string(id.value),
                         "the vocabulary has no such token",
                         "there are " + std::to_string(m_tokens.size()) + " IDs, from 0 on"};
        }
        text += m_tokens.bytes(id.value);
    }
    return text;
}

}  // namespace

std::shared_ptr<const Tokenizer> makeByteLevelBpe(ByteLevelBpeParts parts) {
    return std::make_shared<const ByteLevelBpe>(std::move(parts));
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/bpe_model.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/tokenize/bpe_leaves.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/unigram.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace lexiscope {
namespace {

constexpr std::uint32_t noToken = PieceMerger::noToken;

class BpeModel final : public TokenModel {
  public:
    explicit BpeModel(BpeParts parts)
        : m_parts(std::move(parts)),
          m_merges(m_parts.merges, m_parts.ranks),
          m_ranks(MergeTable::ranksOf(m_parts.vocabulary->size(), m_parts.merges, m_parts.ranks)) {
        measure();
        for (const auto& [symbol, number] : m_parts.bareSymbols) {
            m_bareSymbols.emplace(symbol, number);
            m_bareSizes.push_back(symbol.size());
        }
        for (std::size_t byte = 0; byte < m_bytes.size(); ++byte) {
            m_bytes[byte] = byteTokenOf(static_cast<unsigned char>(byte));
            if (m_parts.byteFallback && m_bytes[byte] != noToken) {
                m_sizes[m_bytes[byte]] = 1;
            }
        }
        m_hasAllBytes = std::find(m_bytes.begin(), m_bytes.end(), noToken) == m_bytes.end();
    }
    std::string_view name() const override { return "BPE"; }
    std::optional<TokenId> unknownToken() const override { return m_parts.unknown; }
    std::optional<std::uint32_t> mergeRank(TokenId id) const override {
        const std::uint32_t rank = m_ranks[id.value];
        return rank == MergeTable::noRank ? std::nullopt : std::optional(rank);
    }
    bool keepsWordsApart() const override;
    bool takesWordsAlone() const override {
        return m_parts.continuingPrefix.empty() && m_parts.endOfWordSuffix.empty() &&
               !m_parts.ignoresMerges && keepsWordsApart();
    }
    std::unique_ptr<Run> begin() const override;
    PieceTrace trace(std::string_view piece) const override;

  private:
    class MergeRun;

    /// Is a symbol that is no entry its bytes, whichever it is?
    bool fallsBackOnBytes() const { return m_parts.byteFallback && m_hasAllBytes; }
    /// Is there more to an unknown symbol than the unknown token in its place?
    bool mayLeaveUnknown() const {
        return m_parts.byteFallback ? !m_hasAllBytes : !m_parts.unknown.has_value();
    }

    /// How many bytes of a piece an entry covers.
    void measure() {
        const Vocabulary& vocabulary = *m_parts.vocabulary;
        m_sizes.reserve(vocabulary.size());
        for (std::uint32_t id = 0; id < vocabulary.size(); ++id) {
            std::string_view spelling = vocabulary.spelling(Row{id});
            if (m_parts.alphabet == BpeAlphabet::Bytes) {
                m_sizes.push_back(countCharacters(spelling));
                continue;
            }
            if (spelling.starts_with(m_parts.continuingPrefix) &&
                spelling.size() > m_parts.continuingPrefix.size()) {
                spelling.remove_prefix(m_parts.continuingPrefix.size());
            }
            if (spelling.ends_with(m_parts.endOfWordSuffix) &&
                spelling.size() > m_parts.endOfWordSuffix.size()) {
                spelling.remove_suffix(m_parts.endOfWordSuffix.size());
            }
            m_sizes.push_back(spelling.size());
        }
    }

    std::uint32_t byteTokenOf(unsigned char byte) const {
        if (m_parts.alphabet == BpeAlphabet::Bytes) {
            const char character = static_cast<char>(byte);
            const std::optional<Row> row = m_parts.vocabulary->find(spellingOfBytes({&character, 1}));
            return row ? row->value : noToken;
        }
        const std::optional<TokenId> id = byteToken(*m_parts.vocabulary, byte);
        return id ? id->value : noToken;
    }

    BpeParts m_parts;
    MergeTable m_merges;
    std::vector<std::uint32_t> m_ranks;  // of the entries
    std::unordered_map<std::string, std::uint32_t> m_bareSymbols;
    std::vector<std::size_t> m_sizes;      // of the entries
    std::vector<std::size_t> m_bareSizes;  // of the bare symbols
    std::array<std::uint32_t, 256> m_bytes{};
    bool m_hasAllBytes = false;
};

class BpeModel::MergeRun final : public TokenModel::Run {
  public:
    explicit MergeRun(const BpeModel& model) : m_model(model), m_merger(model.m_merges) {}

    bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress& progress) override {
        for (std::size_t begin = 0; begin < piece.size();) {
            const SpecialTokens::Match frozen = m_model.m_parts.frozen.find(piece, begin);
            if (frozen.span.begin > begin && !tokenizePlain(piece, begin, frozen.span.begin, out, progress)) {
                return false;
            }
            if (frozen.span.size() > 0) {
                out.push_back({frozen.id, frozen.span.begin, frozen.span.end, TokenKind::Normal});
            }
            begin = frozen.span.end;
        }
        return true;
    }

    /// What tokenize() begins with, or would if it looked no piece up as a whole.
    std::vector<MergeTrace::Node> leavesOf(std::string_view piece, bool looksUp) {
        std::vector<MergeTrace::Node> leaves;
        for (std::size_t begin = 0; begin < piece.size();) {
            const SpecialTokens::Match frozen = m_model.m_parts.frozen.find(piece, begin);
            addLeaves(piece.substr(begin, frozen.span.begin - begin), begin, looksUp, leaves);
            if (frozen.span.size() > 0) {
                leaves.push_back({frozen.id.value, frozen.span, frozen.id, true});
            }
            begin = frozen.span.end;
        }
        return leaves;
    }

  private:
    void addLeaves(std::string_view own, std::size_t begin, bool looksUp,
                   std::vector<MergeTrace::Node>& leaves) {
        std::vector<PieceToken> whole;
        if (looksUp && !own.empty() && addWhole(own, begin, whole)) {
            leaves.push_back({whole.front().id->value, {begin, begin + own.size()}, whole.front().id, true});
            return;
        }
        if (mustSettle(own)) {
            settleLeaves(m_model.m_parts, m_model.m_bytes, own, m_settled);
            for (const BpeLeaves::Leaf& leaf : m_settled.leaves) {
                leaves.push_back(
                    {leaf.symbol, {begin + leaf.span.begin, begin + leaf.span.end}, TokenId{leaf.symbol}});
            }
            return;
        }
        const bool isBytes = m_model.m_parts.alphabet == BpeAlphabet::Bytes;
        std::size_t at = 0;
        for (const std::uint32_t symbol : m_symbols) {
            const std::size_t size = isBytes ? 1 : codePointAt(own, at).size;
            MergeTrace::Node leaf{symbol, {begin + at, begin + at + size}};
            if (symbol < m_model.m_sizes.size()) {
                leaf.id = TokenId{symbol};
            }
            leaves.push_back(leaf);
            at += size;
        }
    }

    bool tokenizePlain(std::string_view piece, std::size_t begin, std::size_t end,
                       std::vector<PieceToken>& out, const Progress& progress) {
        const std::string_view own = piece.substr(begin, end - begin);
        if (m_model.m_parts.ignoresMerges && addWhole(own, begin, out)) {
            return true;
        }
        if (mustSettle(own)) {
            return tokenizeSettled(own, begin, out, progress);
        }
        if (!m_merger.merge(m_symbols, progress)) {
            return false;
        }
        std::size_t nextUnknown = 0;
        for (const std::uint32_t symbol : m_symbols) {
            const bool isEntry = symbol < m_model.m_sizes.size();
            const bool isUnknown = symbol == noToken;
            const std::size_t size = isEntry     ? m_model.m_sizes[symbol]
                                     : isUnknown ? m_unknownSizes[nextUnknown++]
                                                 : m_model.m_bareSizes[symbol - m_model.m_sizes.size()];
            // The unknown piece spelled in a text merges, but is as unknown as any other symbol.
            const bool isUnknownPiece = !m_model.m_parts.settlesUnknownFirst &&
                                        m_model.m_parts.unknown == std::optional(TokenId{symbol});
            add(isEntry && !isUnknownPiece ? symbol : noToken, begin, begin + size, piece, out);
            begin += size;
            giveFrom(out);
        }
        return true;
    }

    /// Where not, the symbols are filled. With a prefix or suffix an entry does not tell of how many bytes it
    /// is: "ab" behind the prefix "a" may be "ab" at the begin or "b" later on.
    bool mustSettle(std::string_view own) {
        const BpeParts& parts = m_model.m_parts;
        const bool hasAffix = !parts.continuingPrefix.empty() || !parts.endOfWordSuffix.empty();
        if (parts.settlesUnknownFirst && hasAffix) {
            return true;
        }
        fillSymbols(own);
        return parts.settlesUnknownFirst && !m_unknownSizes.empty() && m_model.mayLeaveUnknown();
    }

    bool tokenizeSettled(std::string_view own, std::size_t begin, std::vector<PieceToken>& out,
                         const Progress& progress) {
        settleLeaves(m_model.m_parts, m_model.m_bytes, own, m_settled);
        m_symbols.clear();
        for (const BpeLeaves::Leaf& leaf : m_settled.leaves) {
            m_symbols.push_back(leaf.symbol);
        }
        if (!m_merger.merge(m_symbols, m_counts, progress)) {
            return false;
        }
        auto dropped = m_settled.dropped.begin();
        const auto addDroppedUpTo = [&](std::size_t place) {
            for (; dropped != m_settled.dropped.end() && dropped->begin < place; ++dropped) {
                addUnknown(begin + dropped->begin, begin + dropped->end, out);
            }
        };
        auto leaf = m_settled.leaves.begin();
        for (std::size_t i = 0; i < m_symbols.size(); ++i) {
            const auto last = leaf + static_cast<std::ptrdiff_t>(m_counts[i]) - 1;
            const ByteSpan span{leaf->span.begin, std::max(leaf->span.end, last->span.end)};
            addDroppedUpTo(span.begin);
            const bool isLoneByte = m_model.m_parts.alphabet == BpeAlphabet::Bytes && span.size() == 1 &&
                                    static_cast<unsigned char>(own[span.begin]) >= 0x80;
            const TokenKind kind = leaf != last ? TokenKind::Normal
                                   : isLoneByte ? TokenKind::Byte
                                                : leaf->kind;
            out.push_back({TokenId{m_symbols[i]}, begin + span.begin, begin + span.end, kind});
            while (dropped != m_settled.dropped.end() && dropped->begin < span.end) {
                ++dropped;  // merged over
            }
            leaf = last + 1;
            giveFrom(out);
        }
        addDroppedUpTo(own.size());
        return true;
    }

    bool addWhole(std::string_view own, std::size_t begin, std::vector<PieceToken>& out) {
        const bool isBytes = m_model.m_parts.alphabet == BpeAlphabet::Bytes;
        const std::optional<Row> row =
            m_model.m_parts.vocabulary->find(isBytes ? spellingOfBytes(own) : std::string(own));
        if (!row) {
            return false;
        }
        const bool isLoneByte = isBytes && own.size() == 1 && static_cast<unsigned char>(own[0]) >= 0x80;
        out.push_back(
            {tokenIdOf(*row), begin, begin + own.size(), isLoneByte ? TokenKind::Byte : TokenKind::Normal});
        return true;
    }

    /// One symbol for each byte or character.
    void fillSymbols(std::string_view own) {
        m_symbols.clear();
        m_unknownSizes.clear();
        for (std::size_t begin = 0; begin < own.size();) {
            if (m_model.m_parts.alphabet == BpeAlphabet::Bytes) {
                addSymbol(m_model.m_bytes[static_cast<unsigned char>(own[begin])], 1);
                ++begin;
                continue;
            }
            const std::size_t end = begin + codePointAt(own, begin).size;
            addCharacter(own, begin, end);
            begin = end;
        }
    }

    void addCharacter(std::string_view own, std::size_t begin, std::size_t end) {
        m_spelling = begin > 0 ? m_model.m_parts.continuingPrefix : std::string();
        m_spelling += own.substr(begin, end - begin);
        if (end == own.size()) {
            m_spelling += m_model.m_parts.endOfWordSuffix;
        }
        if (const std::optional<Row> row = m_model.m_parts.vocabulary->find(m_spelling)) {
            return addSymbol(row->value, end - begin);
        }
        const auto bare = m_model.m_bareSymbols.find(m_spelling);
        addSymbol(bare == m_model.m_bareSymbols.end() ? noToken : bare->second, end - begin);
    }

    void addSymbol(std::uint32_t symbol, std::size_t size) {
        m_symbols.push_back(symbol);
        if (symbol == noToken) {
            m_unknownSizes.push_back(size);
        }
    }

    void add(std::uint32_t symbol, std::size_t begin, std::size_t end, std::string_view piece,
             std::vector<PieceToken>& out) const {
        const auto byteAt = [&](std::size_t place) { return static_cast<unsigned char>(piece[place]); };
        if (symbol != noToken) {
            const bool isLoneByte =
                m_model.m_parts.alphabet == BpeAlphabet::Bytes && end - begin == 1 && byteAt(begin) >= 0x80;
            out.push_back({TokenId{symbol}, begin, end, isLoneByte ? TokenKind::Byte : TokenKind::Normal});
            return;
        }
        const std::string_view bytes = piece.substr(begin, end - begin);
        const bool hasBytes =
            m_model.m_parts.byteFallback && std::all_of(bytes.begin(), bytes.end(), [&](char byte) {
                return m_model.m_bytes[static_cast<unsigned char>(byte)] != noToken;
            });
        if (hasBytes) {
            for (std::size_t place = begin; place < end; ++place) {
                out.push_back({TokenId{m_model.m_bytes[byteAt(place)]}, place, place + 1, TokenKind::Byte});
            }
        } else {
            addUnknown(begin, end, out);
        }
    }

    void addUnknown(std::size_t begin, std::size_t end, std::vector<PieceToken>& out) const {
        if (m_model.m_parts.fuseUnknown && begin > 0 && !out.empty() && out.back().end == begin &&
            out.back().kind == TokenKind::Unknown) {
            out.back().end = end;
        } else {
            out.push_back({m_model.m_parts.unknown, begin, end, TokenKind::Unknown});
        }
    }

    const BpeModel& m_model;
    PieceMerger m_merger;
    std::vector<std::uint32_t> m_symbols;
    std::vector<std::size_t> m_unknownSizes;  // of the symbols that are noToken, in order
    BpeLeaves m_settled;
    std::vector<std::uint32_t> m_counts;
    std::string m_spelling;
};

bool BpeModel::keepsWordsApart() const {
    const Vocabulary& vocabulary = *m_parts.vocabulary;
    for (std::uint32_t id = 0; id < vocabulary.size(); ++id) {
        const std::string_view spelling = vocabulary.spelling(Row{id});
        const std::optional<std::string> bytes =
            m_parts.alphabet == BpeAlphabet::Bytes ? bytesOfSpelling(spelling) : std::nullopt;
        if (reachesOverWordCut(bytes ? std::string_view(*bytes) : spelling)) {
            return false;
        }
    }
    // Unknown characters beside each other may be one token, or come behind the bytes of what follows: a
    // letter or digit must be known.
    const auto isKnown = [&](char byte) {
        const std::string symbol(1, byte);
        return !isLetterOrDigit(byte) || vocabulary.find(symbol) || m_bareSymbols.contains(symbol);
    };
    const bool isAllKnown = m_parts.alphabet == BpeAlphabet::Bytes ? m_hasAllBytes : fallsBackOnBytes();
    const bool mayHoldBack = m_parts.settlesUnknownFirst && m_parts.byteFallback;
    const bool mayReach = !isAllKnown && (m_parts.fuseUnknown || mayHoldBack);
    bool areKnown = !mayReach || (m_parts.continuingPrefix.empty() && m_parts.endOfWordSuffix.empty());
    for (int byte = 0; mayReach && byte < 0x80; ++byte) {
        areKnown = areKnown && isKnown(static_cast<char>(byte));
    }
    // What is left out lets its neighbours merge, the one beside a cut with what stands behind it.
    const bool mayLeaveOut = m_parts.settlesUnknownFirst && !m_parts.unknown && !fallsBackOnBytes();
    if (mayLeaveOut && m_parts.alphabet == BpeAlphabet::Bytes) {
        return m_hasAllBytes;
    }
    return areKnown && !mayLeaveOut;
}

std::unique_ptr<TokenModel::Run> BpeModel::begin() const {
    return std::make_unique<MergeRun>(*this);
}

PieceTrace BpeModel::trace(std::string_view piece) const {
    MergeRun run(*this);
    MergeTrace merges = traceMerges(m_merges, run.leavesOf(piece, m_parts.ignoresMerges), m_sizes.size());
    if (m_parts.ignoresMerges && merges.leaves == 1 && merges.nodes.front().isClosed) {
        merges = traceLookedUp(merges.nodes.front(),
                               traceMerges(m_merges, run.leavesOf(piece, false), m_sizes.size()));
    }
    PieceTrace trace{std::move(merges), {}};
    const NoProgress progress;
    run.tokenize(piece, trace.tokens, progress);
    return trace;
}

/// Finds the symbols that an entry is put together from.
class SymbolFinder {
  public:
    explicit SymbolFinder(BpeParts& parts) : m_parts(parts) {}

    /// The number of a part of an entry: of the entry it is itself, or of a bare symbol where it is one
    /// character.
    std::optional<std::uint32_t> find(std::string_view part, const std::vector<std::uint32_t>& ranks) {
        const std::optional<Row> row = m_parts.vocabulary->find(part);
        if (row && ranks[row->value] != MergeTable::noRank) {
            return row->value;
        }
        const bool isCharacter = codePointAt(part, 0).size == part.size();
        if (!isCharacter || m_parts.alphabet == BpeAlphabet::Bytes) {
            return std::nullopt;
        }
        if (row) {
            return row->value;
        }
        const auto next = static_cast<std::uint32_t>(m_parts.vocabulary->size() + m_bare.size());
        const auto [entry, isNew] = m_bare.emplace(part, next);
        if (isNew) {
            m_parts.bareSymbols.emplace_back(part, next);
        }
        return entry->second;
    }

  private:
    BpeParts& m_parts;
    std::unordered_map<std::string, std::uint32_t> m_bare;
};

}  // namespace

TokenModelPtr makeBpe(BpeParts parts) {
    return std::make_shared<const BpeModel>(std::move(parts));
}

void addMergesByRank(BpeParts& parts, const std::vector<std::uint32_t>& ranks) {
    SymbolFinder symbols(parts);
    for (std::uint32_t id = 0; id < parts.vocabulary->size(); ++id) {
        if (ranks[id] == MergeTable::noRank) {
            continue;
        }
        const std::string_view spelling = parts.vocabulary->spelling(Row{id});
        for (std::size_t cut = codePointAt(spelling, 0).size; cut < spelling.size();
             cut += codePointAt(spelling, cut).size) {
            const std::optional<std::uint32_t> left = symbols.find(spelling.substr(0, cut), ranks);
            const std::optional<std::uint32_t> right =
                left ? symbols.find(spelling.substr(cut), ranks) : std::nullopt;
            if (right) {
                parts.merges.push_back({TokenId{*left}, TokenId{*right}, TokenId{id}});
                parts.ranks.push_back(ranks[id]);
            }
        }
    }
}

}  // namespace lexiscope

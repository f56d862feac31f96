// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/bpe_leaves.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <optional>
#include <string>

namespace lexiscope {
namespace {

/// Of one piece.
class LeafMaker {
  public:
    LeafMaker(const BpeParts& parts, const std::array<std::uint32_t, 256>& bytes, BpeLeaves& out)
        : m_parts(parts), m_bytes(bytes), m_out(out) {}

    void add(std::string_view piece, const ByteSpan& character) {
        const bool isLast = character.end == piece.size();
        const std::string_view own = piece.substr(character.begin, character.size());
        if (m_parts.alphabet == BpeAlphabet::Bytes) {
            const std::uint32_t entry = m_bytes[static_cast<unsigned char>(own.front())];
            return entry == MergeTable::noRank ? addUnknown(character) : addEntry(entry, character);
        }
        const std::string_view prefix = character.begin > 0 ? m_parts.continuingPrefix : std::string_view();
        m_spelling.assign(prefix).append(own).append(isLast ? m_parts.endOfWordSuffix : std::string());
        if (const std::optional<Row> row = m_parts.vocabulary->find(m_spelling)) {
            return addEntry(row->value, character);
        }
        const bool hasBytes =
            m_parts.byteFallback && std::all_of(m_spelling.begin(), m_spelling.end(), [&](char byte) {
                return m_bytes[static_cast<unsigned char>(byte)] != MergeTable::noRank;
            });
        return hasBytes ? addBytes(prefix.size(), character) : addUnknown(character);
    }

    void finish() {
        if (m_unknown) {
            m_out.leaves.push_back(*m_unknown);
            m_unknown.reset();
        }
    }

  private:
    void addEntry(std::uint32_t entry, const ByteSpan& character) {
        finish();
        m_out.leaves.push_back({entry, character, TokenKind::Normal});
    }

    /// All that is spelled, of which `prefix` bytes stand before the character.
    void addBytes(std::size_t prefix, const ByteSpan& character) {
        for (std::size_t i = 0; i < m_spelling.size(); ++i) {
            const auto placeOf = [&](std::size_t byte) {
                return std::min(character.begin + (byte > prefix ? byte - prefix : 0), character.end);
            };
            m_out.leaves.push_back({m_bytes[static_cast<unsigned char>(m_spelling[i])],
                                    {placeOf(i), placeOf(i + 1)},
                                    TokenKind::Byte});
        }
    }

    void addUnknown(const ByteSpan& character) {
        if (!m_parts.unknown) {
            m_out.dropped.push_back(character);
        } else if (m_unknown && m_parts.fuseUnknown) {
            m_unknown->span.end = character.end;
        } else {
            finish();
            m_unknown = BpeLeaves::Leaf{m_parts.unknown->value, character, TokenKind::Unknown};
        }
    }

    const BpeParts& m_parts;
    const std::array<std::uint32_t, 256>& m_bytes;
    BpeLeaves& m_out;
    std::optional<BpeLeaves::Leaf> m_unknown;  // held back
    std::string m_spelling;
};

}  // namespace

void settleLeaves(const BpeParts& parts, const std::array<std::uint32_t, 256>& bytes, std::string_view piece,
                  BpeLeaves& out) {
    out.leaves.clear();
    out.dropped.clear();
    LeafMaker maker(parts, bytes, out);
    for (std::size_t begin = 0; begin < piece.size();) {
        const std::size_t size = parts.alphabet == BpeAlphabet::Bytes
                                     ? 1
                                     : static_cast<std::size_t>(codePointAt(piece, begin).size);
        maker.add(piece, {begin, begin + size});
        begin += size;
    }
    maker.finish();
}

bool mergeOverUnknown(std::span<const std::uint32_t> byteTokens, std::string_view piece, PieceMerger& merger,
                      std::vector<PlacedToken>& out, const Progress& progress) {
    std::vector<std::uint32_t> tokens;
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < piece.size(); ++place) {
        const std::uint32_t token = byteTokens[static_cast<unsigned char>(piece[place])];
        if (token != MergeTable::noRank) {
            tokens.push_back(token);
            places.push_back(place);
        }
    }
    std::vector<std::uint32_t> counts;
    if (!merger.merge(tokens, counts, progress)) {
        return false;
    }
    out.clear();
    std::size_t done = 0;
    const auto addUnknownUpTo = [&](std::size_t end) {
        for (; done < end; ++done) {
            out.push_back({MergeTable::noRank, {done, done + 1}});
        }
    };
    std::size_t first = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        addUnknownUpTo(places[first]);
        done = places[first + counts[i] - 1] + 1;
        out.push_back({tokens[i], {places[first], done}});
        first += counts[i];
    }
    addUnknownUpTo(piece.size());
    return true;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/unigram.h"

#include "core/base/utf8.h"
#include "core/tokenize/byte_trie.h"
#include "core/tokenize/piece_trace.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <iterator>
#include <set>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t charactersBetweenStopChecks = 1U << 14U;

ByteTrie trieOf(const UnigramParts& parts) {
    std::vector<std::pair<std::string_view, std::uint32_t>> entries;
    for (std::uint32_t id = 0; id < parts.vocabulary->size(); ++id) {
        if (parts.isUsable[id]) {
            entries.emplace_back(parts.vocabulary->spelling(Row{id}), id);
        }
    }
    return ByteTrie(entries);
}

class Unigram final : public TokenModel {
  public:
    explicit Unigram(UnigramParts parts) : m_parts(std::move(parts)), m_trie(trieOf(m_parts)) {
        assert(m_parts.scores.size() == m_parts.vocabulary->size());
        assert(m_parts.isUsable.size() == m_parts.vocabulary->size());
        for (std::size_t byte = 0; byte < m_bytes.size(); ++byte) {
            m_bytes[byte] = byteToken(*m_parts.vocabulary, static_cast<unsigned char>(byte));
        }
    }
    std::string_view name() const override { return "Unigram"; }
    std::optional<TokenId> unknownToken() const override { return m_parts.unknown; }
    std::optional<double> score(TokenId id) const override {
        return m_parts.isUsable[id.value] ? std::optional(m_parts.scores[id.value]) : std::nullopt;
    }
    std::unique_ptr<Run> begin() const override;
    PieceTrace trace(std::string_view piece) const override;

  private:
    class ViterbiRun;

    /// Adds the entries that begin there; `next` is where the next character does.
    void addEdges(LatticeTrace& lattice, std::string_view piece, std::size_t begin, std::size_t next) const;

    UnigramParts m_parts;
    ByteTrie m_trie;
    std::array<std::optional<TokenId>, 256> m_bytes;
};

class Unigram::ViterbiRun final : public TokenModel::Run {
  public:
    explicit ViterbiRun(const Unigram& model) : m_model(model) {}

    bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress& progress) override {
        m_base = 0;
        m_nodes.assign(1, Node{0, 0, unknown});
        std::size_t mostNodes = usualNodes;
        std::size_t count = 0;
        for (std::size_t begin = 0; begin < piece.size();) {
            if (++count % charactersBetweenStopChecks == 0 && progress.stopRequested()) {
                return false;
            }
            if (begin - m_base > mostNodes) {
                const std::size_t settled = lastCommonPlace(begin);
                addTokens(piece, settled, out);
                mostNodes = settled == m_base ? 2 * mostNodes : usualNodes;
                m_nodes.erase(m_nodes.begin(),
                              m_nodes.begin() + static_cast<std::ptrdiff_t>(settled - m_base));
                m_base = settled;
            }
            const std::size_t next = begin + codePointAt(piece, begin).size;
            reachFrom(piece, begin, next);
            begin = next;
        }
        addTokens(piece, piece.size(), out);
        return true;
    }

  private:
    static constexpr std::size_t usualNodes = 1U << 14U;
    static constexpr std::uint32_t unknown = ByteTrie::noValue;
    static constexpr std::uint32_t notReached = 0xFFFFFFFF;
    /// The best way to a place in the piece; there is one for each byte, so they are small.
    struct Node {
        double score = 0;
        std::uint32_t begin = notReached;  // of its last token
        std::uint32_t token = unknown;
    };
    struct Step {
        std::size_t begin;
        std::size_t end;
        std::uint32_t token;
    };

    void reachFrom(std::string_view piece, std::size_t begin, std::size_t next) {
        ByteTrie::Walk walk(m_model.m_trie);
        bool hasCharacter = false;
        for (std::size_t end = begin;
             end < piece.size() && walk.step(static_cast<unsigned char>(piece[end]));) {
            ++end;
            if (walk.value() != ByteTrie::noValue) {
                reach(begin, end, m_model.m_parts.scores[walk.value()], walk.value());
                hasCharacter = hasCharacter || end == next;
            }
        }
        if (!hasCharacter) {
            reach(begin, next, m_model.m_parts.unknownScore, unknown);
        }
    }

    void reach(std::size_t begin, std::size_t end, double score, std::uint32_t token) {
        if (end - m_base >= m_nodes.size()) {
            m_nodes.resize(end - m_base + 1);
        }
        const double sum = nodeAt(begin).score + score;
        Node& node = nodeAt(end);
        if (node.begin == notReached || sum > node.score) {
            // SentencePiece compares what it has added with what it has kept, and keeps less of it.
            node = {m_model.m_parts.keepsFloats ? static_cast<float>(sum) : sum,
                    static_cast<std::uint32_t>(begin), token};
        }
    }

    Node& nodeAt(std::size_t place) { return m_nodes[place - m_base]; }

    /// All ways from here on lead over one of the places at `begin` and behind it that have been reached;
    /// where the best ways to those part for the first time, nothing before can change any more.
    std::size_t lastCommonPlace(std::size_t begin) {
        std::set<std::size_t> places;
        for (std::size_t place = begin; place - m_base < m_nodes.size(); ++place) {
            if (nodeAt(place).begin != notReached) {
                places.insert(place);
            }
        }
        while (places.size() > 1) {
            const auto last = std::prev(places.end());
            const std::size_t before = nodeAt(*last).begin;
            places.erase(last);
            places.insert(before);
        }
        return *places.begin();
    }

    /// Those of the best way from m_base to there.
    void addTokens(std::string_view piece, std::size_t end, std::vector<PieceToken>& out) {
        m_ends.clear();
        for (; end > m_base; end = nodeAt(end).begin) {
            m_ends.push_back(static_cast<std::uint32_t>(end));
        }
        std::reverse(m_ends.begin(), m_ends.end());
        for (std::size_t i = 0; i < m_ends.size(); ++i) {
            Step step{nodeAt(m_ends[i]).begin, m_ends[i], nodeAt(m_ends[i]).token};
            // What is unknown beside each other is one, with the unknown token where the text spells it.
            while (isUnknown(step.token) && i + 1 < m_ends.size() && isUnknown(nodeAt(m_ends[i + 1]).token)) {
                step = {step.begin, m_ends[++i], unknown};
            }
            addToken(piece, step, out);
            giveFrom(out);
        }
    }

    bool isUnknown(std::uint32_t token) const {
        return token == unknown || m_model.m_parts.unknown == TokenId{token};
    }

    void addToken(std::string_view piece, const Step& step, std::vector<PieceToken>& out) const {
        if (step.token != unknown) {
            out.push_back({TokenId{step.token}, step.begin, step.end, TokenKind::Normal});
            return;
        }
        const auto hasToken = [&](char byte) {
            return m_model.m_bytes[static_cast<unsigned char>(byte)].has_value();
        };
        const std::string_view bytes = piece.substr(step.begin, step.end - step.begin);
        if (m_model.m_parts.byteFallback && std::all_of(bytes.begin(), bytes.end(), hasToken)) {
            for (std::size_t i = step.begin; i < step.end; ++i) {
                out.push_back(
                    {m_model.m_bytes[static_cast<unsigned char>(piece[i])], i, i + 1, TokenKind::Byte});
            }
        } else if (step.begin > 0 && !out.empty() && out.back().end == step.begin &&
                   out.back().kind == TokenKind::Unknown) {
            out.back().end = step.end;
        } else {
            out.push_back({m_model.m_parts.unknown, step.begin, step.end, TokenKind::Unknown});
        }
    }

    const Unigram& m_model;
    std::size_t m_base = 0;             // what lies before it is settled
    std::vector<Node> m_nodes;          // of the places from m_base on
    std::vector<std::uint32_t> m_ends;  // of the best way's tokens
};

std::unique_ptr<TokenModel::Run> Unigram::begin() const {
    return std::make_unique<ViterbiRun>(*this);
}

void Unigram::addEdges(LatticeTrace& lattice, std::string_view piece, std::size_t begin,
                       std::size_t next) const {
    ByteTrie::Walk walk(m_trie);
    bool hasCharacter = false;
    for (std::size_t end = begin; end < piece.size() && walk.step(static_cast<unsigned char>(piece[end]));) {
        ++end;
        if (walk.value() != ByteTrie::noValue) {
            lattice.edges.push_back({{begin, end}, TokenId{walk.value()}, m_parts.scores[walk.value()]});
            hasCharacter = hasCharacter || end == next;
        }
    }
    if (!hasCharacter) {
        lattice.edges.push_back({{begin, next}, std::nullopt, m_parts.unknownScore});
    }
}

PieceTrace Unigram::trace(std::string_view piece) const {
    LatticeTrace lattice;
    for (std::size_t begin = 0; begin < piece.size();) {
        const std::size_t next = begin + codePointAt(piece, begin).size;
        addEdges(lattice, piece, begin, next);
        lattice.places.push_back({begin, false, 0, lattice.edges.size()});
        begin = next;
    }
    lattice.places.push_back({piece.size(), false, 0, lattice.edges.size()});
    findBestPath(lattice, m_parts.keepsFloats);
    PieceTrace trace{std::move(lattice), {}};
    const NoProgress progress;
    begin()->tokenize(piece, trace.tokens, progress);
    return trace;
}

}  // namespace

TokenModelPtr makeUnigram(UnigramParts parts) {
    return std::make_shared<const Unigram>(std::move(parts));
}

std::optional<TokenId> byteToken(const Vocabulary& vocabulary, unsigned char byte) {
    std::array<char, 8> spelling{};
    std::snprintf(spelling.data(), spelling.size(), "<0x%02X>", static_cast<unsigned>(byte));
    const std::optional<Row> row = vocabulary.find(spelling.data());
    return row ? std::optional(tokenIdOf(*row)) : std::nullopt;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/unigram.h"

#include "core/base/utf8.h"
#include "core/tokenize/byte_trie.h"
#include "core/tokenize/piece_cache.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/score_sums.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <array>
#include <cassert>
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
        std::vector<double> scores = {m_parts.unknownScore};
        for (std::uint32_t id = 0; id < m_parts.scores.size(); ++id) {
            if (m_parts.isUsable[id]) {
                scores.push_back(m_parts.scores[id]);
            }
        }
        m_sums = ScoreSums(scores, m_parts.keepsFloats);
        m_partsWords = partsWords();
    }
    std::string_view name() const override { return "Unigram"; }
    std::optional<TokenId> unknownToken() const override { return m_parts.unknown; }
    std::optional<double> score(TokenId id) const override {
        return m_parts.isUsable[id.value] ? std::optional(m_parts.scores[id.value]) : std::nullopt;
    }
    bool sumsWords() const override { return m_partsWords && m_sums.hasClasses(); }
    bool goesOnAlike(double before, double lowest, double now) const override {
        return m_sums.goesOnAlike(before, lowest, now);
    }
    std::unique_ptr<Run> begin() const override;
    PieceTrace trace(std::string_view piece) const override;

  private:
    class ViterbiRun;

    /// Whether no token reaches over a word cut.
    bool partsWords() const;

    /// Adds the entries that begin there; `next` is where the next character does.
    void addEdges(LatticeTrace& lattice, std::string_view piece, std::size_t begin, std::size_t next) const;

    UnigramParts m_parts;
    ByteTrie m_trie;
    std::array<std::optional<TokenId>, 256> m_bytes;
    ScoreSums m_sums;
    bool m_partsWords = false;
};

class Unigram::ViterbiRun final : public TokenModel::Run {
  public:
    explicit ViterbiRun(const Unigram& model) : m_model(model) {}

    bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress& progress) override {
        const bool isDone = addWords(piece, out, progress);
        m_watched = {};
        return isDone;
    }

    void watch(std::span<TextSum> sums, bool isFirstGiven) override {
        m_watched = sums;
        m_isFirstGiven = isFirstGiven;
    }

  private:
    /// Word by word, where that can be, which is all the same: all ways lead over the cuts between them.
    bool addWords(std::string_view piece, std::vector<PieceToken>& out, const Progress& progress) {
        m_sum = 0;
        m_nextWatched = 0;
        m_mayRemember = m_model.m_sums.hasClasses() && piece.size() > leastRemembered;
        if (m_mayRemember) {
            m_cache.prepareFor(piece.size());
        }
        for (std::size_t begin = 0; begin < piece.size();) {
            const std::size_t end =
                m_model.m_partsWords ? endOfWord(piece, begin, piece.size()) : piece.size();
            passWatched(begin);
            m_lowest = m_sum;
            if (!addWord(piece, begin, end, out, progress)) {
                return false;
            }
            if (m_nextWatched > 0) {
                double& lowest = m_watched[m_nextWatched - 1].lowest;
                lowest = std::min(lowest, m_lowest);
            }
            begin = end;
        }
        return true;
    }

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
    /// What a word does to sums of a class.
    struct Sums {
        double added = 0;
        double lowest = 0;  // of all sums tried, relative to the one before the word
    };
    using Cache = BasicPieceCache<Sums>;
    static constexpr std::size_t leastRemembered = 64;  // bytes of a piece worth it

    void passWatched(std::size_t begin) {
        for (; m_nextWatched < m_watched.size() && m_watched[m_nextWatched].place <= begin; ++m_nextWatched) {
            TextSum& here = m_watched[m_nextWatched];
            if (here.place < begin) {
                continue;
            }
            if (m_nextWatched == 0 && m_isFirstGiven) {
                m_sum = here.sum;
            }
            here.sum = m_sum;
            here.lowest = m_sum;
        }
    }

    bool addWord(std::string_view piece, std::size_t begin, std::size_t end, std::vector<PieceToken>& out,
                 const Progress& progress) {
        const std::optional<unsigned> sumClass =
            m_mayRemember && end - begin <= Cache::maxBytes ? m_model.m_sums.classOf(m_sum) : std::nullopt;
        if (!sumClass) {
            return addFromLattice(piece, begin, end, out, progress);
        }
        Cache::Entry& known = m_cache.at(piece, begin, end, *sumClass);
        if (known.count > 0 && m_model.m_sums.isWithin(m_sum, m_sum + known.extra.lowest)) {
            m_steps.clear();
            for (std::size_t i = 0; i < known.count; ++i) {
                m_steps.push_back({begin, begin + known.sizes[i], known.tokens[i]});
                begin += known.sizes[i];
            }
            addSteps(piece, out);
            m_lowest = m_sum + known.extra.lowest;
            m_sum += known.extra.added;
            return true;
        }
        const double before = m_sum;
        if (!addFromLattice(piece, begin, end, out, progress)) {
            return false;
        }
        if (m_steps.size() <= Cache::maxTokens && m_model.m_sums.isWithin(before, m_lowest)) {
            for (std::size_t i = 0; i < m_steps.size(); ++i) {
                known.tokens[i] = m_steps[i].token;
                known.sizes[i] = static_cast<std::uint8_t>(m_steps[i].end - m_steps[i].begin);
            }
            known.count = static_cast<std::uint8_t>(m_steps.size());
            known.extra = {m_sum - before, m_lowest - before};
        }
        return true;
    }

    /// Leaves the sum behind the word in m_sum, and the least that was tried in m_lowest.
    bool addFromLattice(std::string_view piece, std::size_t begin, std::size_t end,
                        std::vector<PieceToken>& out, const Progress& progress) {
        m_base = begin;
        m_nodes.assign(1, Node{m_sum, 0, unknown});
        std::size_t mostNodes = usualNodes;
        const std::string_view upToEnd = piece.substr(0, end);
        while (begin < end) {
            if (++m_count % charactersBetweenStopChecks == 0 && progress.stopRequested()) {
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
            const std::size_t next = begin + codePointAt(upToEnd, begin).size;
            reachFrom(upToEnd, begin, next);
            begin = next;
        }
        addTokens(piece, end, out);
        m_sum = nodeAt(end).score;
        return true;
    }

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
        m_lowest = std::min(m_lowest, sum);
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
        m_steps.clear();
        for (; end > m_base; end = m_steps.back().begin) {
            m_steps.push_back({nodeAt(end).begin, end, nodeAt(end).token});
        }
        std::reverse(m_steps.begin(), m_steps.end());
        addSteps(piece, out);
    }

    void addSteps(std::string_view piece, std::vector<PieceToken>& out) {
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            Step step = m_steps[i];
            // What is unknown beside each other is one, with the unknown token where the text spells it.
            while (isUnknown(step.token) && i + 1 < m_steps.size() && isUnknown(m_steps[i + 1].token)) {
                step = {step.begin, m_steps[++i].end, unknown};
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
    std::size_t m_base = 0;     // what lies before it is settled
    std::vector<Node> m_nodes;  // of the places from m_base on
    std::vector<Step> m_steps;  // of the best way's tokens
    std::size_t m_count = 0;    // of characters, for stops
    // Of the piece at hand.
    double m_sum = 0;     // of the best way so far
    double m_lowest = 0;  // of the sums tried since the last word began
    bool m_mayRemember = false;
    Cache m_cache;
    std::span<TextSum> m_watched;
    bool m_isFirstGiven = false;
    std::size_t m_nextWatched = 0;
};

bool Unigram::partsWords() const {
    constexpr std::string_view spaceSign = "\u2581";
    const Vocabulary& vocabulary = *m_parts.vocabulary;
    for (std::uint32_t id = 0; id < vocabulary.size(); ++id) {
        if (m_parts.isUsable[id] && reachesOverWordCut(vocabulary.spelling(Row{id}))) {
            return false;
        }
    }
    // What is unknown beside each other is one token: of what stands beside a cut one must be known.
    if (m_parts.unknown && m_parts.isUsable[m_parts.unknown->value]) {
        const std::string_view spelling = vocabulary.spelling(rowOf(*m_parts.unknown));
        if (spelling.empty() || isLetterOrDigit(spelling.back()) || spelling.starts_with(' ') ||
            spelling.starts_with(spaceSign)) {
            return false;
        }
    }
    const auto isEntry = [&](std::string_view spelling) {
        const std::optional<Row> row = vocabulary.find(spelling);
        return row && m_parts.isUsable[row->value];
    };
    bool isLetterKnown = true;
    for (int byte = 0; byte < 0x80; ++byte) {
        const char letter = static_cast<char>(byte);
        isLetterKnown = isLetterKnown && (!isLetterOrDigit(letter) || isEntry({&letter, 1}));
    }
    return isLetterKnown || (isEntry(spaceSign) && (m_parts.marksSpaces || isEntry(" ")));
}

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

}  // namespace lexiscope

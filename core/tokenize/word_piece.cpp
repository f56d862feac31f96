// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/word_piece.h"

#include "core/base/utf8.h"
#include "core/tokenize/piece_trace.h"
#include "core/tokenize/unigram.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace lexiscope {
namespace {

/// Of how many bytes entries are.
class EntrySizes {
  public:
    explicit EntrySizes(const Vocabulary& vocabulary) {
        for (std::uint32_t row = 0; row < vocabulary.size(); ++row) {
            const std::size_t size = vocabulary.spelling(Row{row}).size();
            m_has.resize(std::max(m_has.size(), size + 1));
            m_has[size] = true;
        }
    }
    bool has(std::size_t size) const { return size < m_has.size() && m_has[size]; }
    std::size_t largest() const { return m_has.empty() ? 0 : m_has.size() - 1; }

  private:
    std::vector<bool> m_has;
};

class WordPiece final : public TokenModel {
  public:
    explicit WordPiece(WordPieceParts parts) : m_parts(std::move(parts)), m_sizes(*m_parts.vocabulary) {}
    std::string_view name() const override { return "WordPiece"; }
    std::optional<TokenId> unknownToken() const override { return m_parts.unknown; }
    std::unique_ptr<Run> begin() const override { return std::make_unique<WordRun>(*this); }
    PieceTrace trace(std::string_view piece) const override {
        MatchTrace steps;
        steps.prefix = m_parts.prefix;
        PieceTrace trace;
        WordRun run(*this, &steps);
        const NoProgress progress;
        run.tokenize(piece, trace.tokens, progress);
        trace.steps = std::move(steps);
        return trace;
    }

  private:
    class WordRun final : public Run {
      public:
        /// What is tried is written to `steps`, where there are any.
        explicit WordRun(const WordPiece& model, MatchTrace* steps = nullptr)
            : m_parts(model.m_parts), m_sizes(model.m_sizes), m_steps(steps) {}

        bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress&) override {
            const std::size_t before = out.size();
            if (findEdges(piece)) {
                for (std::size_t first = 0; first + 1 < m_edges.size();) {
                    const std::size_t last = longestFrom(piece, first, out);
                    if (last == first) {
                        out.resize(before);
                        end(MatchTrace::Outcome::Stuck);
                        break;
                    }
                    first = last;
                }
            } else {
                end(MatchTrace::Outcome::TooLong);
            }
            if (out.size() == before) {
                out.push_back({m_parts.unknown, 0, piece.size(), TokenKind::Unknown});
            }
            return true;
        }

      private:
        void end(MatchTrace::Outcome outcome) {
            if (m_steps != nullptr) {
                m_steps->outcome = outcome;
            }
        }

        /// The begins of the characters, and the end; false when there are too many.
        bool findEdges(std::string_view piece) {
            m_edges.clear();
            for (std::size_t begin = 0; begin < piece.size(); begin += codePointAt(piece, begin).size) {
                if (m_edges.size() == m_parts.mostCharacters) {
                    return false;
                }
                m_edges.push_back(begin);
            }
            m_edges.push_back(piece.size());
            return true;
        }

        /// The edge behind the longest entry from that edge on, added; `first` where there is none.
        std::size_t longestFrom(std::string_view piece, std::size_t first, std::vector<PieceToken>& out) {
            m_spelling = first > 0 ? m_parts.prefix : std::string();
            const std::size_t mark = m_spelling.size();
            const std::size_t begin = m_edges[first];
            std::size_t last = longestTried(first, mark);
            m_spelling += piece.substr(begin, m_edges[last] - begin);
            for (; last > first; --last) {
                m_spelling.resize(mark + m_edges[last] - begin);
                const std::optional<TokenId> id = entry();
                if (m_steps != nullptr) {
                    m_steps->attempts.push_back({{begin, m_edges[last]}, id});
                }
                if (id) {
                    out.push_back({id, begin, m_edges[last], TokenKind::Normal});
                    return last;
                }
            }
            return first;
        }

        /// Spelled like what is tried.
        std::optional<TokenId> entry() const {
            if (!m_sizes.has(m_spelling.size())) {
                return std::nullopt;
            }
            const std::optional<Row> row = m_parts.vocabulary->find(m_spelling);
            return row ? std::optional(tokenIdOf(*row)) : std::nullopt;
        }

        /// The edge behind what is tried first from that edge on: a word may be longer than any entry.
        std::size_t longestTried(std::size_t first, std::size_t mark) const {
            const std::size_t fits = m_sizes.largest() > mark ? m_sizes.largest() - mark : 0;
            const auto from = m_edges.begin() + static_cast<std::ptrdiff_t>(first);
            const auto behind = std::upper_bound(from, m_edges.end(), m_edges[first] + fits);
            const auto last = static_cast<std::size_t>(behind - m_edges.begin()) - 1;
            const std::size_t told = m_steps != nullptr ? MatchTrace::charactersTold : 0;
            return std::max(last, std::min(first + told, m_edges.size() - 1));
        }

        const WordPieceParts& m_parts;
        const EntrySizes& m_sizes;
        MatchTrace* m_steps;
        std::vector<std::size_t> m_edges;
        std::string m_spelling;
    };

    WordPieceParts m_parts;
    EntrySizes m_sizes;
};

class WordLevel final : public TokenModel {
  public:
    WordLevel(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown)
        : m_vocabulary(std::move(vocabulary)), m_unknown(unknown) {}
    std::string_view name() const override { return "WordLevel"; }
    std::optional<TokenId> unknownToken() const override { return m_unknown; }
    std::unique_ptr<Run> begin() const override { return std::make_unique<WordRun>(*this); }
    PieceTrace trace(std::string_view piece) const override {
        PieceTrace trace;
        const NoProgress progress;
        begin()->tokenize(piece, trace.tokens, progress);
        const std::optional<Row> row = m_vocabulary->find(piece);
        trace.steps = LookupTrace{row ? std::optional(tokenIdOf(*row)) : std::nullopt};
        return trace;
    }

  private:
    class WordRun final : public Run {
      public:
        explicit WordRun(const WordLevel& model) : m_model(model) {}
        bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress&) override {
            const std::optional<Row> row = m_model.m_vocabulary->find(piece);
            out.push_back({row ? std::optional(tokenIdOf(*row)) : m_model.m_unknown, 0, piece.size(),
                           row ? TokenKind::Normal : TokenKind::Unknown});
            return true;
        }

      private:
        const WordLevel& m_model;
    };

    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::optional<TokenId> m_unknown;
};

class MarkedWords final : public TokenModel {
  public:
    MarkedWords(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown,
                std::string mark, bool byteFallback)
        : m_vocabulary(std::move(vocabulary)), m_unknown(unknown), m_mark(std::move(mark)) {
        for (std::size_t byte = 0; byteFallback && byte < 256; ++byte) {
            m_bytes.push_back(byteToken(*m_vocabulary, static_cast<unsigned char>(byte)));
        }
    }
    std::string_view name() const override { return "WordLevel"; }
    std::optional<TokenId> unknownToken() const override { return m_unknown; }
    std::unique_ptr<Run> begin() const override { return std::make_unique<WordsRun>(*this); }
    PieceTrace trace(std::string_view piece) const override {
        MatchTrace steps;
        visitWords(piece, [&](ByteSpan word, std::optional<TokenId> id) {
            steps.attempts.push_back({word, id});
        });
        PieceTrace trace;
        const NoProgress progress;
        begin()->tokenize(piece, trace.tokens, progress);
        trace.steps = std::move(steps);
        return trace;
    }

  private:
    template <typename Visit>
    void visitWords(std::string_view piece, Visit visit) const {
        for (std::size_t begin = 0; begin < piece.size();) {
            const std::size_t end = std::min(piece.find(m_mark, begin + 1), piece.size());
            const std::optional<Row> row = m_vocabulary->find(piece.substr(begin, end - begin));
            // The unknown piece spelled in a text is as unknown as any word.
            const bool isEntry = row && m_unknown != tokenIdOf(*row);
            visit(ByteSpan{begin, end}, isEntry ? std::optional(tokenIdOf(*row)) : std::nullopt);
            begin = end;
        }
    }

    class WordsRun final : public Run {
      public:
        explicit WordsRun(const MarkedWords& model) : m_model(model) {}
        bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress&) override {
            const std::size_t before = out.size();
            m_model.visitWords(piece, [&](ByteSpan word, std::optional<TokenId> id) {
                if (id) {
                    out.push_back({id, word.begin, word.end, TokenKind::Normal});
                } else if (m_model.hasBytes(piece, word)) {
                    for (std::size_t at = word.begin; at < word.end; ++at) {
                        const std::optional<TokenId> byte =
                            m_model.m_bytes[static_cast<unsigned char>(piece[at])];
                        out.push_back({byte, at, at + 1, TokenKind::Byte});
                    }
                } else if (out.size() > before && out.back().kind == TokenKind::Unknown) {
                    out.back().end = word.end;
                } else {
                    out.push_back({m_model.m_unknown, word.begin, word.end, TokenKind::Unknown});
                }
            });
            return true;
        }

      private:
        const MarkedWords& m_model;
    };

    bool hasBytes(std::string_view piece, const ByteSpan& word) const {
        return !m_bytes.empty() &&
               std::all_of(piece.begin() + static_cast<std::ptrdiff_t>(word.begin),
                           piece.begin() + static_cast<std::ptrdiff_t>(word.end),
                           [&](char byte) { return m_bytes[static_cast<unsigned char>(byte)].has_value(); });
    }

    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::optional<TokenId> m_unknown;
    std::string m_mark;
    std::vector<std::optional<TokenId>> m_bytes;  // of each value, where unknown words become bytes
};

}  // namespace

TokenModelPtr makeWordPiece(WordPieceParts parts) {
    return std::make_shared<const WordPiece>(std::move(parts));
}

TokenModelPtr makeWordLevel(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown) {
    return std::make_shared<const WordLevel>(std::move(vocabulary), unknown);
}

TokenModelPtr makeMarkedWords(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown,
                              std::string mark, bool byteFallback) {
    return std::make_shared<const MarkedWords>(std::move(vocabulary), unknown, std::move(mark), byteFallback);
}

}  // namespace lexiscope

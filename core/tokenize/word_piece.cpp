// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/word_piece.h"

#include "core/base/utf8.h"

#include <utility>

namespace lexiscope {
namespace {

class WordPiece final : public TokenModel {
  public:
    explicit WordPiece(WordPieceParts parts) : m_parts(std::move(parts)) {}
    std::string_view name() const override { return "WordPiece"; }
    std::optional<TokenId> unknownToken() const override { return m_parts.unknown; }
    std::unique_ptr<Run> begin() const override { return std::make_unique<WordRun>(m_parts); }

  private:
    class WordRun final : public Run {
      public:
        explicit WordRun(const WordPieceParts& parts) : m_parts(parts) {}

        bool tokenize(std::string_view piece, std::vector<PieceToken>& out, const Progress&) override {
            const std::size_t before = out.size();
            if (findEdges(piece)) {
                for (std::size_t first = 0; first + 1 < m_edges.size();) {
                    const std::size_t last = longestFrom(piece, first, out);
                    if (last == first) {
                        out.resize(before);
                        break;
                    }
                    first = last;
                }
            }
            if (out.size() == before) {
                out.push_back({m_parts.unknown, 0, piece.size(), TokenKind::Unknown});
            }
            return true;
        }

      private:
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
            m_spelling += piece.substr(begin);
            for (std::size_t last = m_edges.size() - 1; last > first; --last) {
                m_spelling.resize(mark + m_edges[last] - begin);
                if (const std::optional<Row> row = m_parts.vocabulary->find(m_spelling)) {
                    out.push_back({tokenIdOf(*row), begin, m_edges[last], TokenKind::Normal});
                    return last;
                }
            }
            return first;
        }

        const WordPieceParts& m_parts;
        std::vector<std::size_t> m_edges;
        std::string m_spelling;
    };

    WordPieceParts m_parts;
};

class WordLevel final : public TokenModel {
  public:
    WordLevel(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown)
        : m_vocabulary(std::move(vocabulary)), m_unknown(unknown) {}
    std::string_view name() const override { return "WordLevel"; }
    std::optional<TokenId> unknownToken() const override { return m_unknown; }
    std::unique_ptr<Run> begin() const override { return std::make_unique<WordRun>(*this); }

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

}  // namespace

TokenModelPtr makeWordPiece(WordPieceParts parts) {
    return std::make_shared<const WordPiece>(std::move(parts));
}

TokenModelPtr makeWordLevel(std::shared_ptr<const Vocabulary> vocabulary, std::optional<TokenId> unknown) {
    return std::make_shared<const WordLevel>(std::move(vocabulary), unknown);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/word_level.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

// Bounds the work on stretches made to be slow ("((((((…"); words with more punctuation than this do not
// occur.
constexpr std::size_t mostCutOffAnEnd = 16;
constexpr std::size_t mostPiecesOfAWord = 16;
// No character has a lower case of less than a third of its bytes (U+212A, the Kelvin sign: 3 to 1).
constexpr std::size_t lowerCaseShrinks = 3;
constexpr std::size_t bytesBetweenReports = 1U << 16U;

class WordLevel final : public Tokenizer {
  public:
    explicit WordLevel(std::shared_ptr<const Vocabulary> vocabulary) : m_vocabulary(std::move(vocabulary)) {
        for (std::uint32_t row = 0; row < m_vocabulary->size(); ++row) {
            m_longest = std::max(m_longest, m_vocabulary->spelling(Row{row}).size());
        }
    }

    std::string_view kind() const override { return "word-level"; }
    bool keepsWordsApart() const override { return true; }
    std::size_t vocabularySize() const override { return m_vocabulary->size(); }
    Result<Encoding> encode(std::string_view text, const EncodeOptions& options,
                            Progress& progress) const override;
    Result<std::string> decode(std::span<const TokenId> ids) const override;
    std::string_view spelling(TokenId id) const override { return m_vocabulary->spelling(rowOf(id)); }
    std::string tokenBytes(TokenId id) const override { return std::string(spelling(id)); }
    TokenKind tokenKind(TokenId) const override { return TokenKind::Normal; }

    std::optional<TokenId> find(std::string_view word) const {
        if (const auto row = word.size() <= m_longest ? m_vocabulary->find(word) : std::nullopt) {
            return tokenIdOf(*row);
        }
        if (word.size() / lowerCaseShrinks > m_longest) {
            return std::nullopt;
        }
        const std::string lower = toLower(word);
        const auto row = lower == word ? std::nullopt : m_vocabulary->find(lower);
        return row ? std::optional(tokenIdOf(*row)) : std::nullopt;
    }

  private:
    std::shared_ptr<const Vocabulary> m_vocabulary;
    std::size_t m_longest = 0;
};

/// A run without punctuation, or one punctuation character.
struct Piece {
    ByteSpan span;
    bool isPunctuation = false;
};

CharacterClass classAt(std::string_view text, std::size_t offset, std::size_t& size) {
    const CodePoint point = codePointAt(text, offset);
    size = point.size;
    return point.valid ? classOf(point.value) : CharacterClass::Other;
}

/// One call of encode().
class Run {
  public:
    Run(const WordLevel& tokenizer, std::string_view text, Progress& progress)
        : m_tokenizer(tokenizer), m_text(text), m_progress(progress) {}

    Result<Encoding> go() {
        std::size_t nextReport = 0;
        for (std::size_t begin = 0; begin < m_text.size();) {
            if (begin >= nextReport) {
                if (m_progress.stopRequested()) {
                    return cancelled();
                }
                m_progress.report(begin, m_text.size(), "bytes");
                nextReport = begin + bytesBetweenReports;
            }
            std::size_t size = 0;
            if (classAt(m_text, begin, size) == CharacterClass::Space) {
                begin += size;
                continue;
            }
            const std::size_t end = endOfStretch(begin);
            if (!addIfWord({begin, end})) {
                cutAtPunctuation({begin, end});
                if (!addTrimmed() && !addPieces(0, m_pieces.size())) {
                    return cancelled();
                }
            }
            begin = end;
        }
        return std::move(m_encoding);
    }

  private:
    std::size_t endOfStretch(std::size_t offset) const {
        std::size_t size = 0;
        while (offset < m_text.size() && classAt(m_text, offset, size) != CharacterClass::Space) {
            offset += size;
        }
        return offset;
    }

    bool addIfWord(ByteSpan span) {
        const auto id = m_tokenizer.find(m_text.substr(span.begin, span.size()));
        if (id) {
            m_encoding.tokens.push_back({id, span, TokenKind::Normal});
        }
        return id.has_value();
    }

    void cutAtPunctuation(ByteSpan stretch) {
        m_pieces.clear();
        std::size_t size = 0;
        for (std::size_t offset = stretch.begin; offset < stretch.end; offset += size) {
            const bool isPunctuation = classAt(m_text, offset, size) == CharacterClass::Punctuation;
            if (isPunctuation || m_pieces.empty() || m_pieces.back().isPunctuation) {
                m_pieces.push_back({{offset, offset + size}, isPunctuation});
            } else {
                m_pieces.back().span.end = offset + size;
            }
        }
    }

    std::size_t punctuationAtFront() const {
        std::size_t count = 0;
        while (count < m_pieces.size() && count < mostCutOffAnEnd && m_pieces[count].isPunctuation) {
            ++count;
        }
        return count;
    }
    std::size_t punctuationAtBack() const {
        std::size_t count = 0;
        while (count < m_pieces.size() && count < mostCutOffAnEnd &&
               m_pieces[m_pieces.size() - 1 - count].isPunctuation) {
            ++count;
        }
        return count;
    }

    /// Cuts as little as possible off the two ends so that the rest is a word; of equally little, rather off
    /// the back.
    bool addTrimmed() {
        const std::size_t front = punctuationAtFront();
        const std::size_t back = punctuationAtBack();
        for (std::size_t cut = 1; cut <= front + back && cut < m_pieces.size(); ++cut) {
            for (std::size_t atFront = cut > back ? cut - back : 0; atFront <= std::min(cut, front);
                 ++atFront) {
                const std::size_t last = m_pieces.size() - (cut - atFront);
                const ByteSpan rest{m_pieces[atFront].span.begin, m_pieces[last - 1].span.end};
                if (m_tokenizer.find(m_text.substr(rest.begin, rest.size()))) {
                    return addPieces(0, atFront) && addIfWord(rest) && addPieces(last, m_pieces.size());
                }
            }
        }
        return false;
    }

    /// Takes from the left as many pieces as are a word together, or one. False when asked to stop.
    bool addPieces(std::size_t first, std::size_t last) {
        for (std::size_t done = 0; first < last; ++done) {
            if (done % 1024 == 1023 && m_progress.stopRequested()) {
                return false;
            }
            std::size_t count = std::min(last - first, mostPiecesOfAWord);
            while (count > 0 &&
                   !addIfWord({m_pieces[first].span.begin, m_pieces[first + count - 1].span.end})) {
                --count;
            }
            if (count == 0) {
                m_encoding.tokens.push_back({std::nullopt, m_pieces[first].span, TokenKind::Unknown});
                count = 1;
            }
            first += count;
        }
        return true;
    }

    const WordLevel& m_tokenizer;
    std::string_view m_text;
    Progress& m_progress;
    std::vector<Piece> m_pieces;
    Encoding m_encoding;
};

Result<Encoding> WordLevel::encode(std::string_view text, const EncodeOptions&, Progress& progress) const {
    return Run(*this, text, progress).go();
}

Result<std::string> WordLevel::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (const TokenId id : ids) {
        if (id.value >= m_vocabulary->size()) {
            return Error{ErrorCode::InvalidArgument, "ID " + std::to_string(id.value),
                         "the vocabulary has no such word",
                         "there are " + std::to_string(m_vocabulary->size()) + " IDs, from 0 on"};
        }
        if (!text.empty()) {
            text += ' ';
        }
        text += spelling(id);
    }
    return text;
}

}  // namespace

std::shared_ptr<const Tokenizer> makeWordLevelTokenizer(std::shared_ptr<const Vocabulary> vocabulary) {
    return std::make_shared<const WordLevel>(std::move(vocabulary));
}

}  // namespace lexiscope

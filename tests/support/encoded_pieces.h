// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/encoded_text.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lexiscope::test {

/// A vocabulary made of the words it is asked for.
class Words : public Tokenizer {
  public:
    TokenId add(const std::string& word) {
        const auto [found, added] = m_ids.try_emplace(word, static_cast<std::uint32_t>(m_words.size()));
        if (added) {
            m_words.push_back(word);
        }
        return TokenId{found->second};
    }
    std::string_view kind() const override { return "words"; }
    std::size_t vocabularySize() const override { return m_words.size(); }
    Result<Encoding> encode(std::string_view, const EncodeOptions&, Progress&) const override {
        return Encoding{};
    }
    Result<std::string> decode(std::span<const TokenId>) const override { return std::string(); }
    std::string_view spelling(TokenId id) const override { return m_words[id.value]; }
    std::string tokenBytes(TokenId id) const override { return m_words[id.value]; }
    TokenKind tokenKind(TokenId) const override { return TokenKind::Normal; }

  private:
    std::vector<std::string> m_words;
    std::map<std::string, std::uint32_t> m_ids;
};

/// A text whose tokens are these pieces; a piece that begins with "?" is unknown.
inline std::shared_ptr<const EncodedText> encoded(const std::vector<std::string>& pieces,
                                                  std::size_t positions = 0) {
    auto words = std::make_shared<Words>();
    auto text = std::make_shared<EncodedText>();
    for (const std::string& piece : pieces) {
        Token token;
        token.source = {text->text.size(), text->text.size() + piece.size()};
        if (piece.starts_with('?')) {
            token.kind = TokenKind::Unknown;
        } else {
            token.id = words->add(piece);
        }
        text->text += piece;
        text->encoding.tokens.push_back(token);
    }
    text->tokenizer = words;
    text->positions = positions;
    text->characters = text->text.size();
    return text;
}

}  // namespace lexiscope::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/utf8.h"
#include "core/tokenize/split_pieces.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {

/// Cuts at the characters for which Is, a function of char32_t, is true. Bytes that are no UTF-8 are none of
/// them.
template <typename Is>
class CharacterSplit final : public PreTokenizer {
  public:
    CharacterSplit(std::string name, Is is, SplitBehavior behavior)
        : m_name(std::move(name)), m_is(std::move(is)), m_behavior(behavior) {
        for (std::size_t byte = 0; byte < m_isAscii.size(); ++byte) {
            m_isAscii[byte] = m_is(static_cast<char32_t>(byte));
        }
    }
    std::string name() const override { return m_name; }
    AtWordCut atWordCut() const override {
        return m_is(U' ') && m_behavior == SplitBehavior::Removed ? AtWordCut::Cuts : AtWordCut::Keeps;
    }
    Result<Done> apply(SplitText& text) const override {
        std::vector<ByteSpan> pieces;
        for (const ByteSpan& piece : text.pieces) {
            const std::string_view within = text.text.text().substr(0, piece.end);
            if (m_behavior == SplitBehavior::Removed || m_behavior == SplitBehavior::Isolated) {
                addParted(within, piece, pieces);
            } else {
                StretchMaker stretches(piece, false);
                eachMatch(within, piece.begin, [&stretches](const ByteSpan& match) {
                    stretches.addMatch(match.begin, match.end);
                });
                addPieces(pieces, stretches.take(), m_behavior);
            }
        }
        text.pieces = std::move(pieces);
        return Done{};
    }

  private:
    template <typename Found>
    void eachMatch(std::string_view text, std::size_t begin, Found found) const {
        while (begin < text.size()) {
            const auto byte = static_cast<unsigned char>(text[begin]);
            if (byte < m_isAscii.size()) {
                if (m_isAscii[byte]) {
                    found(ByteSpan{begin, begin + 1});
                }
                ++begin;
                continue;
            }
            const CodePoint point = codePointAt(text, begin);
            if (point.valid && m_is(point.value)) {
                found(ByteSpan{begin, begin + point.size});
            }
            begin += point.size;
        }
    }

    /// A match changes nothing beside it, so nothing has to be kept of what comes before.
    void addParted(std::string_view text, const ByteSpan& piece, std::vector<ByteSpan>& pieces) const {
        std::size_t done = piece.begin;
        eachMatch(text, piece.begin, [&](const ByteSpan& match) {
            addPiece(pieces, {done, match.begin});
            if (m_behavior == SplitBehavior::Isolated) {
                pieces.push_back(match);
            }
            done = match.end;
        });
        addPiece(pieces, {done, piece.end});
    }

    std::string m_name;
    Is m_is;
    SplitBehavior m_behavior;
    std::array<bool, 128> m_isAscii{};
};

}  // namespace lexiscope

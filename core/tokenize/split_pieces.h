// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/tokenize/pre_tokenizer.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace lexiscope {

/// A stretch that is a match, or lies between two.
struct Stretch {
    ByteSpan span;
    bool isMatch;
};

/// The matches in text[piece), and what lies between them.
class StretchMaker {
  public:
    StretchMaker(const ByteSpan& piece, bool invert)
        : m_end(piece.end), m_done(piece.begin), m_invert(invert) {}
    void addMatch(std::size_t begin, std::size_t end) {
        addBetween(begin);
        m_stretches.push_back({{begin, end}, !m_invert});
        m_done = end;
    }
    std::vector<Stretch> take() {
        addBetween(m_end);
        return std::move(m_stretches);
    }

  private:
    void addBetween(std::size_t end) {
        if (end > m_done) {
            m_stretches.push_back({{m_done, end}, m_invert});
        }
    }
    std::size_t m_end;
    std::size_t m_done;
    bool m_invert;
    std::vector<Stretch> m_stretches;
};

/// Adds a piece that is not empty.
void addPiece(std::vector<ByteSpan>& pieces, const ByteSpan& piece);

/// Adds the pieces that stretches side by side become.
void addPieces(std::vector<ByteSpan>& out, const std::vector<Stretch>& stretches, SplitBehavior behavior);

}  // namespace lexiscope

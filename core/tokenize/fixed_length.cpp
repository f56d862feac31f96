// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/tokenize/pre_tokenizer.h"

#include <cassert>

namespace lexiscope {
namespace {

class FixedLength final : public PreTokenizer {
  public:
    explicit FixedLength(std::size_t length) : m_length(length) {}
    std::string name() const override { return "FixedLength"; }
    std::string detail() const override { return std::to_string(m_length); }
    Result<Done> apply(SplitText& text) const override {
        std::vector<ByteSpan> pieces;
        for (const ByteSpan& piece : text.pieces) {
            std::size_t begin = piece.begin;
            std::size_t count = 0;
            for (std::size_t end = piece.begin; end < piece.end;) {
                end += codePointAt(text.text.text(), end).size;
                if (++count == m_length || end == piece.end) {
                    pieces.push_back({begin, end});
                    begin = end;
                    count = 0;
                }
            }
        }
        text.pieces = std::move(pieces);
        return Done{};
    }

  private:
    std::size_t m_length;
};

}  // namespace

PreTokenizerPtr makeFixedLength(std::size_t length) {
    assert(length > 0);
    return std::make_shared<const FixedLength>(length);
}

}  // namespace lexiscope

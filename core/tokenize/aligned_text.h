// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// A text on its way through the stages of a tokenizer: what it has become, and of each byte of that the
/// bytes of the source it stands for. Unchanged text costs nothing; changed text 8 bytes more for each byte.
class AlignedText {
  public:
    static constexpr std::size_t mostBytes = 0xFFFFFFFF;

    /// The source as it is; it must outlive this and hold at most mostBytes. Its first byte is byte `offset`
    /// of what sourceOf() tells.
    explicit AlignedText(std::string_view source, std::size_t offset = 0)
        : m_source(source), m_offset(offset) {}

    std::string_view text() const { return m_isChanged ? std::string_view(m_text) : m_source; }
    std::size_t size() const { return text().size(); }

    /// The source bytes behind text()[begin, end). For what was added it is empty, and lies where that was
    /// put. Stretches beside each other may overlap where a character has been taken apart or moved.
    ByteSpan sourceOf(std::size_t begin, std::size_t end) const;

    /// The first byte of text() that stands for byte `source` or one behind it, as sourceOf() tells them;
    /// size() where there is none. For places that nothing is moved over.
    std::size_t placeOf(std::size_t source) const;

    /// text()[begin, end) as a text of its own, from the same source.
    AlignedText slice(std::size_t begin, std::size_t end) const;

  private:
    friend class TextRewriter;
    struct Origin {
        std::uint32_t begin;
        std::uint32_t end;
    };
    Origin originOf(std::size_t byte) const;
    /// Of text()[begin, end) as one, relative to the source.
    Origin originOf(std::size_t begin, std::size_t end) const;

    std::string_view m_source;
    std::size_t m_offset;
    bool m_isChanged = false;
    std::string m_text;
    std::vector<Origin> m_origins;  // of each byte of m_text
};

/// Writes an aligned text anew from left to right: each stretch of the old one is kept, replaced or, left out
/// of the calls, dropped.
class TextRewriter {
  public:
    /// `from` must outlive this.
    explicit TextRewriter(const AlignedText& from) : m_from(from) {}

    void keep(std::size_t begin, std::size_t end);
    /// `with` stands for all of [begin, end); byte for byte where both have the same size.
    void replace(std::size_t begin, std::size_t end, std::string_view with);
    /// `with` stands for nothing, and comes before byte `at`.
    void insert(std::size_t at, std::string_view with);

    /// Bytes written so far.
    std::size_t size() const { return m_isChanged ? m_text.size() : m_kept; }
    /// The new text; `from` is the one this was made with, and is given back where all of it was kept.
    AlignedText take(AlignedText&& from) &&;

  private:
    void beginChange();
    void addOrigins(std::size_t begin, std::size_t end);

    const AlignedText& m_from;
    std::size_t m_kept = 0;  // so many bytes from the begin on are kept, while nothing has changed
    bool m_isChanged = false;
    std::string m_text;
    std::vector<AlignedText::Origin> m_origins;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/token_places.h"
#include "ui/widgets/strip_layout.h"

#include <cstddef>
#include <optional>
#include <string_view>

#include <QFont>
#include <QPointF>
#include <QRectF>

namespace lexiscope {

/// The bytes of the character that this byte is a part of; the byte alone where it is part of none. byte <
/// text.size().
ByteSpan characterAround(std::string_view text, std::size_t byte);

/// The character that is cut where `place` is, if one is: 0 < place < text.size() and it begins before.
std::optional<ByteSpan> characterCutAt(std::string_view text, std::size_t place);

/// Where the bytes of a text stand: in rows of as many cells of one width as fit, after a column for what
/// begins a row. A row has three lanes: characters, bytes, IDs. Nothing is measured per byte, so that a
/// megabyte is laid out at once.
class ByteLayout : public StripLayout {
  public:
    void setTheme(const Theme& theme) override;
    void setText(const EncodedText* text) override;
    void setWidth(double width) override;

    std::size_t size() const { return m_text == nullptr ? 0 : m_text->text.size(); }
    std::size_t columns() const { return m_columns; }
    std::size_t rowCount() const { return (size() + m_columns - 1) / m_columns; }
    std::size_t rowOf(std::size_t byte) const { return byte / m_columns; }
    std::size_t firstOf(std::size_t row) const { return row * m_columns; }
    std::size_t endOf(std::size_t row) const;
    /// The row that touches this height: the first for a place above all, the last for one below.
    std::size_t rowAt(double y) const;
    double rowTop(std::size_t row) const { return static_cast<double>(row) * rowPitch(); }
    double height() const override { return heightOf(rowCount()); }
    double heightAt(double width, int rows) override;
    std::optional<Band> bandOf(std::size_t token) const override;
    std::optional<std::size_t> tokenAt(QPointF point) const override;
    /// Of the longest row, with what begins it.
    double contentWidth() const;

    /// The part of these bytes that stands in that row, in the lane of bytes; null for none.
    QRectF inRow(ByteSpan bytes, std::size_t row) const;
    std::optional<std::size_t> byteAt(QPointF point) const;

    const TokenPlaces& tokens() const { return m_tokens; }
    /// The first row that holds most of these bytes.
    std::size_t widestRowOf(ByteSpan bytes) const;

    double beginWidth() const { return m_begin; }
    double characterHeight() const { return 24 * m_scale; }
    double byteHeight() const { return 24 * m_scale; }
    double idHeight() const { return 18 * m_scale; }
    double rowHeight() const override { return characterHeight() + byteHeight() + idHeight(); }
    double rowPitch() const override { return rowHeight() + 8 * m_scale; }
    const QFont& characterFont() const { return m_characterFont; }
    const QFont& byteFont() const { return m_byteFont; }
    const QFont& idFont() const { return m_idFont; }
    const QFont& captionFont() const { return m_captionFont; }

  private:
    std::size_t columnsAt(double width) const;
    double heightOf(std::size_t rows) const;
    void measure();

    double m_scale = 1;
    QFont m_characterFont, m_byteFont, m_idFont, m_captionFont;
    const EncodedText* m_text = nullptr;
    TokenPlaces m_tokens;
    double m_cell = 28;
    double m_begin = 60;
    double m_width = 0;
    std::size_t m_columns = 1;
};

}  // namespace lexiscope

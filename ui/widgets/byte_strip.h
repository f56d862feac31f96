// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/byte_layout.h"
#include "ui/widgets/text_strip.h"

namespace lexiscope {

/// A text as its UTF-8 bytes: above them the characters that they write, as many cells wide as they have
/// bytes; around them the tokens, in the colours of a TokenStrip, with their IDs below. A token that ends
/// inside a character is thereby seen as its bytes. Bytes of no token, which a normalizer has removed, have a
/// dashed outline; so have bytes whose token is not in the vocabulary. It asks for two rows at most, at
/// first.
class ByteStrip : public TextStrip {
    Q_OBJECT
  public:
    explicit ByteStrip(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Another one than before comes into view.
    void setSelected(std::optional<Position> position) override;
    int rowCount() const { return static_cast<int>(m_layout.rowCount()); }
    /// From the left edge to the end of the longest row.
    int contentWidth() const;
    /// The first byte of the first row in view, and a row of it brought there.
    std::size_t firstInView() const;
    void showFrom(std::size_t byte);
    /// The cell of a byte, in viewport coordinates; null for one that is not there.
    QRectF cellRect(std::size_t byte) const;
    /// What the tooltip over that byte says.
    QString toolTipOf(std::size_t byte) const;

    QSize minimumSizeHint() const override;

  private:
    QString description() const override;
    std::optional<Tip> tipAt(QPoint at) const override;
    std::optional<Position> reachedBy(int key) const override;
    std::optional<Position> besideRow(std::size_t byte, long long rows) const;

    void paintRows(QPainter& painter, double top, double bottom) const override;
    void paintTokens(QPainter& painter, std::size_t row) const;
    void paintToken(QPainter& painter, std::size_t token, std::size_t row) const;
    void paintBytes(QPainter& painter, std::size_t row) const;
    void paintCharacters(QPainter& painter, std::size_t row) const;
    void paintCharacter(QPainter& painter, ByteSpan character, std::size_t row) const;
    void paintBegin(QPainter& painter, std::size_t row) const;

    ByteLayout m_layout;
};

}  // namespace lexiscope

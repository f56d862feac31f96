// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/theme.h"
#include "ui/session/encoded_text.h"
#include "ui/widgets/byte_layout.h"

#include <memory>
#include <optional>

#include <QAbstractScrollArea>

namespace lexiscope {

/// A text as its UTF-8 bytes: above them the characters that they write, as many cells wide as they have
/// bytes; around them the tokens, in the colours of a TokenStrip, with their IDs below. A token that ends
/// inside a character is thereby seen as its bytes. Bytes of no token, which a normalizer has removed, have a
/// dashed outline; so have bytes whose token is not in the vocabulary. Only what is visible is painted.
class ByteStrip : public QAbstractScrollArea {
    Q_OBJECT
  public:
    explicit ByteStrip(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Null: nothing to show. The selected and hovered position are kept if they still exist.
    void setEncodedText(std::shared_ptr<const EncodedText> text);
    const std::shared_ptr<const EncodedText>& encodedText() const { return m_text; }
    void setSelected(std::optional<Position> position);
    void setHovered(std::optional<Position> position);
    /// Every place of this token gets a thin outline.
    void setHighlightedId(std::optional<TokenId> id);
    /// What is shown is not of the present text or model.
    void setDimmed(bool dimmed);
    /// How many rows sizeHint() asks for at most; more rows scroll. 2 at first.
    void setMaximumRows(int rows);

    int rowCount() const { return static_cast<int>(m_layout.rowCount()); }
    /// From the left edge to the end of the longest row.
    int contentWidth() const;
    /// The first byte of the first row in view, and a row of it brought there.
    std::size_t firstInView() const;
    void showFrom(std::size_t byte);
    /// The cell of a byte, in viewport coordinates; null for one that is not there.
    QRectF cellRect(std::size_t byte) const;
    void ensureVisible(Position position);
    /// What the tooltip over that byte says.
    QString toolTipOf(std::size_t byte) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void clicked(lexiscope::Position position, Qt::KeyboardModifiers modifiers);
    /// Empty when the pointer leaves the tokens, or they leave it.
    void hovered(std::optional<lexiscope::Position> position);
    /// The height that all rows need has changed.
    void heightChanged();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    static constexpr int edge = 1;  ///< room for the outline of a token

    void relayout();
    void restyle();
    void describe();
    void followPointer();
    void hoverAt(std::optional<Position> position);
    std::optional<std::size_t> byteAt(QPointF point) const;
    std::optional<Position> positionAt(QPointF point) const;
    /// The token that the key leads to; none for keys that lead nowhere.
    std::optional<Position> reachedBy(int key) const;
    std::optional<Position> besideRow(std::size_t byte, long long rows) const;

    void paintRow(QPainter& painter, std::size_t row) const;
    void paintTokens(QPainter& painter, std::size_t row) const;
    void paintToken(QPainter& painter, std::size_t token, std::size_t row) const;
    void paintBytes(QPainter& painter, std::size_t row) const;
    void paintCharacters(QPainter& painter, std::size_t row) const;
    void paintCharacter(QPainter& painter, ByteSpan character, std::size_t row) const;
    void paintBegin(QPainter& painter, std::size_t row) const;

    const ThemeSource& m_theme;
    std::shared_ptr<const EncodedText> m_text;
    ByteLayout m_layout;
    std::optional<Position> m_selected;
    std::optional<Position> m_hovered;
    std::optional<TokenId> m_highlighted;
    std::optional<QPointF> m_pointer;  ///< while it is over the viewport
    double m_height = 0;               ///< of all rows, as it was told last
    int m_maximumRows = 2;
    bool m_dimmed = false;
};

}  // namespace lexiscope

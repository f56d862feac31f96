// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/theme.h"
#include "ui/session/encoded_text.h"

#include <memory>
#include <optional>

#include <QAbstractScrollArea>

namespace lexiscope {

class TokenLayout;

/// A text as a row of coloured chips with ID and position under each; wraps, and scrolls when there are many
/// rows. Only what is visible is painted; laying out costs a few table look-ups a token, so that a text of
/// 250,000 tokens is no burden. Tokens past the model's positions stand after a line that says so, dimmed.
class TokenStrip : public QAbstractScrollArea {
    Q_OBJECT
  public:
    explicit TokenStrip(const ThemeSource& theme, QWidget* parent = nullptr);
    ~TokenStrip() override;

    /// Null: nothing to show. The selected and hovered position are kept if they still exist.
    void setEncodedText(std::shared_ptr<const EncodedText> text);
    const std::shared_ptr<const EncodedText>& encodedText() const { return m_text; }
    void setSelected(std::optional<Position> position);
    std::optional<Position> selected() const { return m_selected; }
    void setHovered(std::optional<Position> position);
    /// Every chip of this token gets a thin outline.
    void setHighlightedId(std::optional<TokenId> id);
    /// What is shown is not of the present text or model.
    void setDimmed(bool dimmed);
    /// How many rows sizeHint() asks for at most; more rows scroll. 3 at first.
    void setMaximumRows(int rows);

    /// The chip (without ID and position) in viewport coordinates; null for a position that is not there.
    QRectF chipRect(Position position) const;
    void ensureVisible(Position position);
    int rowCount() const;
    /// From the left edge to the end of the longest row, its captions included.
    int contentWidth() const;
    /// What the chip's tooltip says, as rich text: all of the token, its bytes and where they stand.
    QString toolTipOf(Position position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// Height of all rows up to the maximum, at that width.
    int heightForWidth(int width) const override;

  Q_SIGNALS:
    void clicked(lexiscope::Position position, Qt::KeyboardModifiers modifiers);
    /// Empty when the pointer leaves the chips, or they leave it; told again when another text comes under
    /// it.
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
    static constexpr int edge = 1;  ///< room for the outline of a chip

    void relayout();
    void restyle();
    void describe();
    void hoverAt(std::optional<Position> position);
    /// Hovers what is under the resting pointer now.
    void followPointer();
    void paintChip(QPainter& painter, std::size_t index, double y) const;
    void paintDivider(QPainter& painter) const;
    std::optional<Position> positionAt(QPointF point) const;

    const ThemeSource& m_theme;
    std::shared_ptr<const EncodedText> m_text;
    std::unique_ptr<TokenLayout> m_layout;
    std::optional<Position> m_selected;
    std::optional<Position> m_hovered;
    std::optional<TokenId> m_highlighted;
    std::optional<QPointF> m_pointer;  ///< while it is over the viewport
    int m_maximumRows = 3;
    bool m_dimmed = false;
};

}  // namespace lexiscope

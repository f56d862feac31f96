// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/text_strip.h"
#include "ui/widgets/token_layout.h"

namespace lexiscope {

/// A text as a row of coloured chips with ID and position under each; wraps, and scrolls when there are more
/// rows than three, at first. Laying out costs a few table look-ups a token, so that a text of 250,000 tokens
/// is no burden. Tokens past the model's positions stand after a line that says so, dimmed.
class TokenStrip : public TextStrip {
    Q_OBJECT
  public:
    explicit TokenStrip(const ThemeSource& theme, QWidget* parent = nullptr);

    /// The chip (without ID and position) in viewport coordinates; null for a position that is not there.
    QRectF chipRect(Position position) const;
    int rowCount() const { return m_layout.rowCount(); }
    /// From the left edge to the end of the longest row, its captions included.
    int contentWidth() const;
    /// What the chip's tooltip says, as rich text: all of the token, its bytes and where they stand.
    QString toolTipOf(Position position) const;

    QSize minimumSizeHint() const override;

  private:
    QString description() const override;
    std::optional<Tip> tipAt(QPoint at) const override;
    std::optional<Position> reachedBy(int key) const override;
    void paintRows(QPainter& painter, double top, double bottom) const override;
    void paintChip(QPainter& painter, std::size_t index, double y) const;
    void paintCaptions(QPainter& painter) const;
    void paintDivider(QPainter& painter) const;

    TokenLayout m_layout;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/scrolled_paint.h"
#include "ui/widgets/aligned_layout.h"

#include <memory>
#include <optional>
#include <vector>

namespace lexiscope {

/// One text as up to four tokenizers cut it, their tokens below each other at the same characters. What all
/// cut the same way is grey, the rest in the colours of the slots. Wraps, and scrolls where there are more
/// lines than room.
class AlignedStrips : public ScrolledPaint {
    Q_OBJECT
  public:
    struct Row {
        int slot = 0;
        std::shared_ptr<const EncodedText> text;
        std::optional<Position> selected;
        bool dimmed = false;
    };

    explicit AlignedStrips(const ThemeSource& theme, QWidget* parent = nullptr);

    /// All cut the same text; rows of another one are left out.
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return m_rows; }
    const AlignedLayout& layoutOfText() const { return m_layout; }
    /// The piece's place in the viewport.
    QRectF placeOf(const AlignedLayout::Piece& piece) const;
    QString toolTipOf(std::size_t row, std::size_t token) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void clicked(int slot, lexiscope::Position position);
    void hovered(int slot, std::optional<lexiscope::Position> position);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void relayout() override;
    void restyle() override;
    void followPointer() override;
    bool showTip(QPoint at) override;
    void describe();
    double left() const;
    QPointF toLayout(QPointF point) const;
    void paintLine(QPainter& painter, int line) const;
    void paintPiece(QPainter& painter, const AlignedLayout::Piece& piece) const;
    /// The row whose selected token the keyboard moves; the first where none is.
    std::size_t rowOfKeyboard() const;
    void moveTo(std::size_t row, std::size_t token);
    /// The token of that row that has most of the bytes that the other row's token has.
    std::size_t tokenBeside(std::size_t row, std::size_t other, std::size_t token) const;

    AlignedLayout m_layout;
    std::vector<Row> m_rows;
    std::optional<std::pair<std::size_t, std::size_t>> m_under;  // row and token that the pointer is on
};

}  // namespace lexiscope

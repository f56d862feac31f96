// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/neighbor_roles.h"
#include "ui/plots/theme.h"

#include <optional>

#include <QListView>

namespace lexiscope {

/// Rows of token, bar and number. A click, Enter or moving with the keys makes a row current; rowActivated
/// tells of a click or Enter, rowHovered of the row under the pointer, -1 for none.
class NeighborList : public QListView {
    Q_OBJECT
  public:
    explicit NeighborList(const ThemeSource& theme, QWidget* parent = nullptr);
    /// About 26 px, fitted so that whole rows fill the height.
    int rowHeight() const;
    QSize sizeHint() const override;
    /// Pixels that the longest token lacks; 0 where all are seen as a whole.
    int hiddenWidth() const;
    /// Of the column of tokens in rows of that width, where `room` is between what stands before them and the
    /// numbers.
    double tokenWidth(double width, double room) const;
    /// Rows of something that is not current any more are shown faint.
    void setDimmed(bool dimmed);

    void doItemsLayout() override;
    void reset() override;

  Q_SIGNALS:
    void rowActivated(int row);
    void rowHovered(int row);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void measureTokens();
    void restyle();
    void hover(int row);
    /// Hovers what is under the resting pointer now.
    void followPointer();
    const ThemeSource& m_theme;
    std::optional<QPoint> m_pointer;  ///< while it is over the viewport
    double m_longestToken = 0;        ///< pixels
    int m_hoveredRow = -1;
    bool m_dimmed = false;
};

}  // namespace lexiscope

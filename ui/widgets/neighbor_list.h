// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/neighbor_roles.h"
#include "ui/plots/theme.h"
#include "ui/widgets/row_view.h"

#include <QListView>

namespace lexiscope {

/// Rows of token, bar and number. A click, Enter or moving with the keys makes a row current; rowActivated
/// tells of a click or Enter, rowHovered of the row under the pointer, -1 for none.
class NeighborList : public RowView<QListView> {
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

    void doItemsLayout() override;

  Q_SIGNALS:
    void rowActivated(int row);
    void rowHovered(int row);

  protected:
    void tellActivated(int row) override { Q_EMIT rowActivated(row); }
    void tellHovered(int row) override { Q_EMIT rowHovered(row); }
    void resizeEvent(QResizeEvent* event) override;

  private:
    void measureTokens();
    void restyle();
    const ThemeSource& m_theme;
    double m_longestToken = 0;  ///< pixels
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <utility>
#include <vector>

#include <QListView>
#include <QWidget>

namespace lexiscope {

/// The room between two lists beside each other, with a line from each row of the left one to the row of the
/// right one that belongs to it. Follows both lists as they scroll; a line to a row that is out of sight ends
/// at the edge. Takes no part in a layout's height.
class LinkLines : public QWidget {
    Q_OBJECT
  public:
    LinkLines(const ThemeSource& theme, QListView& left, QListView& right, QWidget* parent = nullptr);
    /// Rows of the left and the right list.
    void setLinks(std::vector<std::pair<int, int>> links);
    const std::vector<std::pair<int, int>>& links() const { return m_links; }
    /// Where the line of a link begins and ends; null where a row is not there.
    QLineF lineOf(const std::pair<int, int>& link) const;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    double middleOf(const QListView& list, int row) const;

    const ThemeSource& m_theme;
    QListView& m_left;
    QListView& m_right;
    std::vector<std::pair<int, int>> m_links;
};

}  // namespace lexiscope

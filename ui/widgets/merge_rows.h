// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QListView>

namespace lexiscope {

/// Rows of a MergeModel: number, two parts as chips, an arrow, what they become, and a value.
class MergeRows : public QListView {
    Q_OBJECT
  public:
    explicit MergeRows(const ThemeSource& theme, QWidget* parent = nullptr);
    /// So many pixels for numbers and for values, as the widest of the rows needs them.
    double numberWidth() const { return m_numberWidth; }
    double valueWidth() const { return m_valueWidth; }
    /// About 26 px, fitted so that whole rows fill the height; one that would be cut at the foot is left out.
    int rowHeight() const;
    /// From then on, while it stands at its end, it stays there when rows are added.
    void setFollows(bool follows) { m_follows = follows; }
    QSize sizeHint() const override;
    void setModel(QAbstractItemModel* model) override;

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void measure(int first, int last);
    void restyle();
    const ThemeSource& m_theme;
    double m_numberWidth = 0;
    double m_valueWidth = 0;
    bool m_follows = false;
    bool m_isAtEnd = true;  // before rows are added
};

}  // namespace lexiscope

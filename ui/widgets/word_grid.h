// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QListView>

namespace lexiscope {

/// Words in columns, row by row, each with a small number. wordActivated tells of a click or Enter on one.
class WordGrid : public QListView {
    Q_OBJECT
  public:
    explicit WordGrid(const ThemeSource& theme, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void wordActivated(int row);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void restyle();
    void layOutColumns();
    const ThemeSource& m_theme;
};

}  // namespace lexiscope

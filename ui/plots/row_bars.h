// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <vector>

#include <QWidget>

namespace lexiscope {

/// One vector as signed bars about a zero line, positive up in the high colour, negative down in the low one;
/// hovering reads out dimension and value. More values than pixels: each pixel shows the value of largest
/// magnitude it covers.
class RowBars : public QWidget {
    Q_OBJECT
  public:
    explicit RowBars(const ThemeSource& theme, QWidget* parent = nullptr);
    void setValues(std::vector<float> values, bool dimmed = false);
    const std::vector<float>& values() const { return m_values; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    const ThemeSource& m_theme;
    std::vector<float> m_values;
    int m_hovered = -1;
    bool m_dimmed = false;
};

}  // namespace lexiscope

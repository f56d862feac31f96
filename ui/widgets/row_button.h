// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QAbstractButton>

namespace lexiscope {

/// A button of a row that moves by the arrow keys itself: a small rounded ground, and on it what the button
/// paints. Space presses it; other keys are left to the row.
class RowButton : public QAbstractButton {
  public:
    RowButton(const ThemeSource& theme, QWidget* parent);
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    const Theme& theme() const { return m_theme.theme(); }
    /// With the ring around it where it has the keyboard.
    void paintGround(QPainter& painter, const QColor& fill, const QColor& border) const;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    const ThemeSource& m_theme;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QWidget>

namespace lexiscope {

/// A slot's dot and letter, for what belongs to one of several models.
class SlotMark : public QWidget {
    Q_OBJECT
  public:
    SlotMark(const ThemeSource& theme, int slot, QWidget* parent = nullptr);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_theme;
    int m_slot;
};

/// "A" of slot 0.
QString slotLetter(int slot);

/// Paints the dot and the letter from `left` on, centred on `middle`; the x at which the letter ends.
double paintSlotMark(QPainter& painter, double left, double middle, int slot, const Theme& theme);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QAbstractButton>

namespace lexiscope {

/// A model's place in the header: coloured dot, letter, name, and at the right the shape of its table
/// ("16,384 × 128"). Without a name it says "Open a model…". Clicking it (Space, Enter) is for the window to
/// answer.
class SlotPill : public QAbstractButton {
    Q_OBJECT
  public:
    /// `slot` 0 is A, 1 is B, and so on.
    SlotPill(const ThemeSource& theme, int slot, QWidget* parent = nullptr);
    void setModel(const QString& name, const QString& shape);
    void clearModel();
    /// The slot the panels show.
    void setActive(bool active);
    /// It may become narrower than one of two: there are more.
    void setNarrow(bool narrow);
    bool isActive() const { return m_active; }
    /// A thin line along the bottom while a model loads: 0…1, below 0 how far is unknown.
    void setLoading(bool loading, double fraction = -1);
    bool isLoading() const { return m_loading; }
    /// In which its name, where that is of usual length, is not shortened.
    int widthForName() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

  private:
    void describe();
    void paintLoading(QPainter& painter, const QRectF& frame) const;
    const ThemeSource& m_theme;
    int m_slot;
    QString m_name;
    QString m_shape;
    bool m_active = false;
    bool m_narrow = false;
    bool m_loading = false;
    double m_fraction = -1;
    int m_timer = 0;
    int m_phase = 0;
};

}  // namespace lexiscope

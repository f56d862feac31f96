// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QStringList>
#include <QVector>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;
class QHBoxLayout;

namespace lexiscope {

/// A row of exclusive buttons, exactly one of them chosen: PCA | Axes; cosine | Euclidean | dot. One stop of
/// the Tab key; the arrow keys, Home and End move the choice.
class Segmented : public QWidget {
    Q_OBJECT
  public:
    explicit Segmented(const ThemeSource& theme, QWidget* parent = nullptr);
    /// Replaces all buttons; the first is chosen. Emits nothing.
    void setItems(const QStringList& labels);
    int count() const { return static_cast<int>(m_buttons.size()); }
    /// -1 when there are no items.
    int current() const;
    /// Emits nothing. An index out of range is ignored.
    void setCurrent(int index);
    /// Pixels that buttons with these labels would take.
    int widthOf(const QStringList& labels) const;
    void setToolTipOf(int index, const QString& text);
    QAbstractButton* button(int index) const { return m_buttons.at(index); }

  Q_SIGNALS:
    /// A person chose another item.
    void chosen(int index);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void choose(int index);
    const ThemeSource& m_theme;
    QHBoxLayout* m_layout;
    QButtonGroup* m_group;
    QVector<QAbstractButton*> m_buttons;
    int m_shown = -1;
};

}  // namespace lexiscope

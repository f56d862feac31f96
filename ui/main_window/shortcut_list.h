// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QDialog>
#include <QList>
#include <QPair>
#include <QString>

class QMenuBar;

namespace lexiscope {

/// What keys and mouse do: a group per menu, read from its actions, and one per kind of panel.
class ShortcutList : public QDialog {
    Q_OBJECT
  public:
    ShortcutList(const ThemeSource& theme, const QMenuBar& menus, QWidget* parent);

    struct Group {
        QString title;
        QList<QPair<QString, QString>> entries;  ///< what is done, and how
    };
    const QList<Group>& groups() const { return m_groups; }

  private:
    QWidget* column(const QList<Group>& groups) const;

    const ThemeSource& m_theme;
    QList<Group> m_groups;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/segmented.h"

#include <QStackedWidget>
#include <QString>
#include <QStringList>

namespace lexiscope {

/// Views of one thing, of which one is seen at a time. A switch chooses it; it stands where the owner puts
/// it, and until then in no place at all.
class ViewStack : public QStackedWidget {
    Q_OBJECT
  public:
    explicit ViewStack(const ThemeSource& theme, QWidget* parent = nullptr);

    /// The stack takes the view. `name` is what a saved view and figures call it, `title` what its button
    /// says.
    void addView(const QString& name, const QString& title, QWidget* view);
    QString name() const { return m_names.value(currentIndex()); }
    /// A name that it has not changes nothing.
    void choose(const QString& name);
    Segmented& choice() { return *m_choice; }

  private:
    Segmented* m_choice;
    QStringList m_names;
    QStringList m_titles;
};

}  // namespace lexiscope

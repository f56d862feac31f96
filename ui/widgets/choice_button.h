// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QPushButton>
#include <QString>

class QAction;
class QActionGroup;
class QMenu;

namespace lexiscope {

/// A button that says what is chosen, and a menu to choose another: "Sinusoidal ▾". Takes less room than a
/// row of buttons.
class ChoiceButton : public QPushButton {
    Q_OBJECT
  public:
    struct Choice {
        QString name;  ///< in the menu, and on the button
        QString tip;
        bool isOffered = true;
        QString detail = {};  ///< at the right of the menu: how many there are
    };

    explicit ChoiceButton(QWidget* parent = nullptr);

    /// Replaces all choices; the chosen one stays if its number still exists and is offered, else the first
    /// is chosen. Emits nothing.
    void setChoices(const std::vector<Choice>& choices);
    int count() const { return static_cast<int>(m_choices.size()); }
    bool isOffered(int index) const;
    int current() const { return m_current; }
    /// Emits nothing. What is out of range or not offered is ignored.
    void setCurrent(int index);
    /// What stands on the button before the choice: "beside ".
    void setPrefix(const QString& prefix);

  Q_SIGNALS:
    /// A person chose another.
    void chosen(int index);

  private:
    void showCurrent();

    QMenu* m_menu;
    QActionGroup* m_group;
    std::vector<Choice> m_choices;
    QString m_prefix;
    int m_current = 0;
};

}  // namespace lexiscope

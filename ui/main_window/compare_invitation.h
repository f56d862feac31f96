// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"
#include "ui/widgets/card.h"

#include <functional>

#include <QWidget>

class QMenu;
class QPushButton;

namespace lexiscope {

/// What stands in place of the panels while there are not two models to compare: says which slot is empty and
/// what goes there, with a button that opens one.
class CompareInvitation : public QWidget {
    Q_OBJECT
  public:
    /// `fill` puts what can be opened in a slot into a menu.
    CompareInvitation(const ThemeSource& theme, Session& session, std::function<void(QMenu&, int slot)> fill,
                      QWidget* parent = nullptr);
    /// The first of A and B without a model; -1 when there is none.
    static int emptySlot(const Session& session);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void refresh();

    const ThemeSource& m_theme;
    Session& m_session;
    ElidedLabel* m_title;
    ElidedLabel* m_text;
    QPushButton* m_builtIn;
    QPushButton* m_open;
    QMenu* m_menu;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window/main_window.h"

#include <QMenu>
#include <QObject>

namespace lexiscope {

/// The window's menus with their shortcuts; what each does lies with the window, the session or the
/// selection.
class WindowActions : public QObject {
    Q_OBJECT
  public:
    explicit WindowActions(MainWindow& window);

  private:
    void buildFile(QMenu& menu);
    void buildGo(QMenu& menu);
    void buildView(QMenu& menu);
    void buildModes(QMenu& menu);
    void buildHelp(QMenu& menu);
    QAction* add(QMenu& menu, const QString& text, const QKeySequence& keys,
                 const std::function<void()>& action);

    MainWindow& m_window;
};

}  // namespace lexiscope

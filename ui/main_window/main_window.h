// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window/header.h"
#include "ui/main_window/job_stack.h"
#include "ui/panels/panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/message_bar.h"

#include <vector>

#include <QMainWindow>
#include <QSettings>

namespace lexiscope {

/// The window: header, messages, the panels as docks, and the foot. Knows where things stand, not what they
/// show.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    /// `settings` may be null: nothing is then remembered. Everything passed in outlives the window.
    MainWindow(const PanelContext& context, ThemeSource& theme, JobRunner& runner, QSettings* settings);
    ~MainWindow() override;

    const std::vector<CardDock*>& docks() const { return m_docks; }
    void restoreDefaultLayout();
    /// Opens a model: the slot in front takes it, or the first that is empty if `beside`.
    void open(const QString& spec, int slot);
    MessageBar& messages() { return *m_messages; }

  protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;

  private:
    friend class WindowActions;
    void listen();
    void buildDocks();
    void fitTextDock();
    void refreshNote();
    void refreshStyle();
    void openFile(int slot);
    void openFolder(int slot);
    void pillClicked(int slot);
    void fillOpenMenu(QMenu& menu, int slot);
    void exportFigure();
    QStringList recentModels() const;
    void remember(const QString& spec);

    const PanelContext m_context;
    ThemeSource& m_theme;
    QSettings* m_settings;
    Header* m_header;
    MessageBar* m_messages;
    QMainWindow* m_dockArea;  // between header and foot, with a margin of its own around the cards
    JobStack* m_jobs;
    std::vector<CardDock*> m_docks;
    QByteArray m_defaultState;
    QStringList m_recent;
    bool m_laidOut = false;
};

}  // namespace lexiscope

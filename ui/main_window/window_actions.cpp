// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/window_actions.h"

#include "core/base/unicode_version.h"
#include "ui/main_window/data_export.h"
#include "ui/main_window/figure_export.h"
#include "ui/main_window/model_sources.h"
#include "ui/main_window/settings_dialog.h"
#include "ui/main_window/shortcut_list.h"
#include "ui/widgets/text_field.h"

#include <tuple>

#include <QActionGroup>
#include <QCoreApplication>
#include <QMessageBox>

namespace lexiscope {

WindowActions::WindowActions(MainWindow& window) : QObject(&window), m_window(window) {
    QMenuBar& bar = window.m_header->menuBar();
    buildFile(*bar.addMenu(tr("&File")));
    buildGo(*bar.addMenu(tr("&Go")));
    buildView(*bar.addMenu(tr("&View")));
    buildHelp(*bar.addMenu(tr("&Help")));
}

QAction* WindowActions::add(QMenu& menu, const QString& text, const QKeySequence& keys,
                            const std::function<void()>& action) {
    QAction* added = menu.addAction(text);
    added->setShortcut(keys);
    connect(added, &QAction::triggered, this, [action] { action(); });
    // Shortcuts work while the menu has never been opened, too.
    m_window.addAction(added);
    return added;
}

void WindowActions::buildFile(QMenu& menu) {
    Session& session = m_window.m_context.session;
    add(menu, tr("&Open a model or text file…"), QKeySequence::Open,
        [this, &session] { m_window.openFile(session.activeSlot()); });
    add(menu, tr("Open a model &folder…"), QKeySequence(tr("Ctrl+Shift+O")),
        [this, &session] { m_window.openFolder(session.activeSlot()); });
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        QMenu* beside = menu.addMenu(tr("Open in slot %1").arg(QChar(u'A' + slot)));
        connect(beside, &QMenu::aboutToShow, this, [this, beside, slot] {
            beside->clear();
            m_window.fillOpenMenu(*beside, slot);
        });
    }
    menu.addSeparator();
    add(menu, tr("&Export a figure…"), QKeySequence(tr("Ctrl+E")), [this] { m_window.m_export->open(); });
    QMenu* data = menu.addMenu(tr("Save the &data of a panel"));
    connect(data, &QMenu::aboutToShow, this, [this, data] {
        data->clear();
        for (const CardDock* dock : m_window.docks()) {
            const auto* panel = dock->findChild<Panel*>();
            if (panel != nullptr && dock->isVisible()) {
                m_window.m_data->addMenu(*data, dock->name(), *panel);
            }
        }
        if (data->isEmpty()) {
            data->addAction(tr("Nothing is loaded."))->setEnabled(false);
        }
    });
    menu.addSeparator();
    add(menu, tr("&Settings…"), QKeySequence(tr("Ctrl+,")), [this] {
        SettingsDialog dialog(m_window.m_theme, m_window.m_settings, &m_window);
        connect(&dialog, &SettingsDialog::forgetWanted, &m_window, &MainWindow::forgetRecent);
        dialog.exec();
    });
    menu.addSeparator();
    add(menu, tr("&Quit"), QKeySequence::Quit, [this] { m_window.close(); });
}

void WindowActions::buildGo(QMenu& menu) {
    Selection& selection = m_window.m_context.selection;
    QAction* back = add(menu, tr("&Back"), QKeySequence(tr("Alt+Left")), [&selection] { selection.back(); });
    QAction* forward =
        add(menu, tr("&Forward"), QKeySequence(tr("Alt+Right")), [&selection] { selection.forward(); });
    const auto refresh = [&selection, back, forward] {
        back->setEnabled(selection.canGoBack());
        forward->setEnabled(selection.canGoForward());
    };
    connect(&selection, &Selection::historyChanged, this, refresh);
    refresh();
    menu.addSeparator();
    add(menu, tr("Find a &token"), QKeySequence(tr("Ctrl+K")), [this] {
        m_window.m_header->search().setFocus(Qt::ShortcutFocusReason);
        m_window.m_header->search().selectAll();
    });
    add(menu, tr("Edit the te&xt"), QKeySequence(tr("Ctrl+L")), [this] {
        if (auto* field = m_window.area().findChild<TextField*>()) {
            field->setFocus(Qt::ShortcutFocusReason);
        }
    });
    add(menu, tr("&Pin or unpin the selected token"), QKeySequence(tr("Ctrl+P")), [&selection] {
        if (selection.selected()) {
            selection.togglePinned(selection.selected()->row);
        }
    });
    add(menu, tr("&Unpin all"), QKeySequence(tr("Ctrl+Shift+P")), [&selection] { selection.clearPinned(); });
    add(menu, tr("&Clear the box"), QKeySequence(tr("Ctrl+Shift+B")),
        [&selection] { selection.setBoxed({}); });
    menu.addSeparator();
    Session& session = m_window.m_context.session;
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        QAction* show =
            add(menu, tr("Show model %1").arg(QChar(u'A' + slot)), QKeySequence(tr("Ctrl+%1").arg(slot + 1)),
                [&session, slot] { session.setActiveSlot(slot); });
        const auto enable = [&session, show, slot] { show->setEnabled(session.slot(slot).model != nullptr); };
        connect(&session, &Session::slotChanged, this, enable);
        enable();
    }
}

void WindowActions::buildView(QMenu& menu) {
    auto* themes = new QActionGroup(this);
    const std::pair<ThemeName, QString> names[] = {
        {ThemeName::Light, tr("&Light")}, {ThemeName::Dark, tr("&Dark")}, {ThemeName::Print, tr("&Print")}};
    for (const auto& [name, text] : names) {
        QAction* action = add(menu, text, {}, [this, chosen = name] { m_window.m_theme.set(chosen); });
        action->setCheckable(true);
        themes->addAction(action);
        const auto check = [this, action, shown = name] {
            action->setChecked(m_window.m_theme.theme().name == shown);
        };
        connect(&m_window.m_theme, &ThemeSource::changed, this, check);
        check();
    }
    add(menu, tr("&Next theme"), QKeySequence(tr("Ctrl+T")), [this] {
        m_window.m_theme.set(
            static_cast<ThemeName>((static_cast<int>(m_window.m_theme.theme().name) + 1) % 3));
    });
    menu.addSeparator();
    buildModes(menu);
    menu.addSeparator();
    QAction* afterPanels = menu.addSeparator();
    add(menu, tr("&Restore the layout"), {}, [this] { m_window.restoreDefaultLayout(); });
    // Each mode has panels of its own.
    auto* panels = new QActionGroup(this);
    panels->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    connect(&menu, &QMenu::aboutToShow, this, [this, &menu, panels, afterPanels] {
        for (QAction* old : panels->actions()) {
            panels->removeAction(old);
            menu.removeAction(old);
        }
        for (CardDock* dock : m_window.docks()) {
            menu.insertAction(afterPanels, panels->addAction(dock->toggleViewAction()));
        }
    });
}

void WindowActions::buildModes(QMenu& menu) {
    auto* modes = new QActionGroup(this);
    const std::tuple<MainWindow::Mode, QString, QKeySequence> names[] = {
        {MainWindow::Mode::Explore, tr("&Explore one model"), QKeySequence(tr("Ctrl+Shift+1"))},
        {MainWindow::Mode::Compare, tr("&Compare two models"), QKeySequence(tr("Ctrl+Shift+2"))},
        {MainWindow::Mode::Learn, tr("&Learn words from a text"), QKeySequence(tr("Ctrl+Shift+3"))},
        {MainWindow::Mode::Order, tr("&Order of words and positions"), QKeySequence(tr("Ctrl+Shift+4"))},
        {MainWindow::Mode::Tokenize, tr("To&kenize: how text is cut"), QKeySequence(tr("Ctrl+Shift+5"))}};
    for (const auto& [mode, text, keys] : names) {
        QAction* action = add(menu, text, keys, [this, chosen = mode] { m_window.setMode(chosen); });
        action->setCheckable(true);
        modes->addAction(action);
        connect(&menu, &QMenu::aboutToShow, action,
                [this, action, shown = mode] { action->setChecked(m_window.mode() == shown); });
    }
}

void WindowActions::buildHelp(QMenu& menu) {
    add(menu, tr("&Keyboard and mouse"), QKeySequence::HelpContents, [this] {
        ShortcutList list(m_window.m_theme, m_window.m_header->menuBar(), &m_window);
        list.exec();
    });
    add(menu, tr("&Where to get models"), {}, [this] {
        ModelSources sources(m_window.m_theme, &m_window);
        sources.exec();
    });
    add(menu, tr("&About Lexiscope"), {}, [this] {
        QMessageBox::about(
            &m_window, tr("About Lexiscope"),
            tr("<b>Lexiscope %1</b><p>Shows how a language model turns text into numbers.</p>"
               "<p>GPL-3.0-or-later. Built with Qt %2, Eigen, QCustomPlot, utf8proc and PCRE2. The built-in "
               "models were learned from Wikipedia (CC BY-SA 3.0).</p>"
               "<p>Letters, spaces and normal forms are those of Unicode %3; in split patterns that a file "
               "spells out, those of Unicode %4.</p>")
                .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()),
                     QString::fromStdString(unicodeVersions().characters),
                     QString::fromStdString(unicodeVersions().patterns)));
    });
}

}  // namespace lexiscope

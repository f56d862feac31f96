// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/shortcut_list.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

QString plain(QString text) {
    text.remove(u'&');
    text.remove(QStringLiteral("…"));
    return text;
}

QList<ShortcutList::Group> groupsOf(const QMenuBar& menus) {
    QList<ShortcutList::Group> groups;
    for (const QAction* top : menus.actions()) {
        ShortcutList::Group group{plain(top->text()), {}};
        for (const QAction* action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty()) {
                group.entries.append(
                    {plain(action->text()), action->shortcut().toString(QKeySequence::NativeText)});
            }
        }
        if (!group.entries.isEmpty()) {
            groups << group;
        }
    }
    return groups;
}

/// What belongs to no menu.
QList<ShortcutList::Group> groupsOfPanels() {
    const auto tr = [](const char* text) { return ShortcutList::tr(text); };
    return {{tr("Tokens"),
             {{tr("Select a token"), tr("Click")},
              {tr("Pin it on the map"), tr("Ctrl+Click")},
              {tr("Undo and redo typing"), tr("Ctrl+Z, Ctrl+Shift+Z")}}},
            {tr("Map and plots"),
             {{tr("Move"), tr("Drag, arrow keys")},
              {tr("Zoom at the pointer"), tr("Wheel, + and −")},
              {tr("Catch points in a box"), tr("Shift+Drag")},
              {tr("Show everything"), tr("Home, double click")},
              {tr("Go to the selected point"), tr("Space")},
              {tr("Hide a class, or see it alone"), tr("Click it below the map, Ctrl+Click")}}},
            {tr("Matrices"),
             {{tr("Scroll rows"), tr("Wheel, Page keys")},
              {tr("Zoom rows"), tr("Ctrl+Wheel")},
              {tr("Next and previous row"), tr("Up, Down")}}},
            {tr("Order"),
             {{tr("Next and previous number"), tr("Arrow keys")},
              {tr("Select the token"), tr("Click its row, Enter")},
              {tr("Step through the words"), tr("Left, Right")},
              {tr("Play"), tr("Space")}}},
            {tr("Feature table"),
             {{tr("Rate"), tr("A digit, + and −, drag along the cell")},
              {tr("Rename a thing or a question"), tr("Double click its name")},
              {tr("Undo and redo"), tr("Ctrl+Z, Ctrl+Shift+Z")}}},
            {tr("One step"),
             {{tr("The stage before, and the next"), tr("Left, Right")},
              {tr("Another row to look at"), tr("Up, Down, click it")},
              {tr("The word before, and the next"), tr("Page keys, click it")}}},
            {tr("Cards"),
             {{tr("Move a card"), tr("Drag its title")},
              {tr("Float or dock it"), tr("Ctrl+Shift+D")},
              {tr("Close it"), tr("Ctrl+Shift+W")},
              {tr("Its menu"), tr("Right click, or Enter on its title")}}}};
}

}  // namespace

ShortcutList::ShortcutList(const ThemeSource& theme, const QMenuBar& menus, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_groups(groupsOf(menus) + groupsOfPanels()) {
    setObjectName(QStringLiteral("shortcutList"));
    setWindowTitle(tr("Keyboard and mouse"));
    const qsizetype half = m_groups.size() / 2;
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(44);
    columns->addWidget(column(m_groups.mid(0, half)), 1, Qt::AlignTop);
    columns->addWidget(column(m_groups.mid(half)), 1, Qt::AlignTop);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(content->sizeHint().expandedTo(QSize(640, 200)) + QSize(60, 90));
}

QWidget* ShortcutList::column(const QList<Group>& groups) const {
    const Theme& theme = m_theme.theme();
    auto* column = new QWidget;
    auto* grid = new QGridLayout(column);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(5);
    int line = 0;
    const auto label = [&](const QString& text, const QFont& font) {
        auto* made = new QLabel(text, column);
        made->setFont(font);
        return made;
    };
    for (const Group& group : groups) {
        if (line > 0) {
            grid->setRowMinimumHeight(line++, 8);
        }
        grid->addWidget(label(group.title, theme.textFont(13, QFont::DemiBold)), line++, 0, 1, 2);
        for (const auto& [what, how] : group.entries) {
            grid->addWidget(label(what, theme.textFont(13)), line, 0);
            grid->addWidget(label(how, theme.monoFont(12)), line++, 1, Qt::AlignRight);
        }
    }
    grid->setColumnStretch(0, 1);
    return column;
}

}  // namespace lexiscope

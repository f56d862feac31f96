// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/dock_area.h"

#include "ui/main_window/camera_link.h"
#include "ui/panels/space_panel.h"
#include "ui/widgets/slot_mark.h"

#include <algorithm>

#include <QAction>
#include <QCoreApplication>
#include <QTabBar>
#include <QTimer>

namespace lexiscope {
namespace {

// Raised when docks come or go, so that an old layout is not forced on new docks.
constexpr int docksVersion = 4;
constexpr int areaMargin = 10;  ///< around the cards, as wide as the gaps between them
constexpr int tabHeight = 27;   ///< of the tabs above a card, before the theme's scale of type

QString dockName(const QString& panel) {
    return panel + QStringLiteral("Dock");
}

int versionOf(const DockLayout& layout) {
    return docksVersion + layout.version;
}

/// The width that no card of a row may exceed so that all have room in it: the widest give way first.
int mostOf(std::vector<int> widths, int room) {
    std::sort(widths.begin(), widths.end());
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const int share = room / static_cast<int>(widths.size() - i) - areaMargin;  // behind each a gap
        if (widths[i] > share) {
            return share;
        }
        room -= widths[i] + areaMargin;
    }
    return QWIDGETSIZE_MAX;
}

bool isAlways(const DockTab& tab) {
    return tab.below == 0 && tab.within == 0;
}

}  // namespace

DockArea::DockArea(const PanelContext& context, const DockLayout& layout, QWidget* parent)
    : QMainWindow(parent), m_theme(context.theme), m_isFigure(!context.showTimes), m_layout(layout) {
    setObjectName(layout.name + QStringLiteral("Area"));
    setWindowFlags(Qt::Widget);
    setFocusPolicy(Qt::ClickFocus);
    setContentsMargins(areaMargin, areaMargin, areaMargin, areaMargin);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    for (const DockRow& row : layout.rows) {
        for (const DockShare& share : row.panels) {
            addPanel(context, share.panel);
        }
    }
    for (const DockTab& tab : layout.tabs) {
        if (dock(tab.panel) == nullptr) {
            addPanel(context, tab.panel);
        }
    }
    connect(&m_theme, &ThemeSource::changed, this, &DockArea::tellRoom);
    place();
    linkCameras(context);
    m_defaultState = saveState(versionOf(m_layout));
}

void DockArea::addPanel(const PanelContext& context, const QString& name) {
    Panel* panel = makePanel(name, context);
    auto* dock = new CardDock(m_theme, dockName(name), panel->title(), this);
    dock->titleLine().setToolTip(lessonOf(name));
    dock->titleLine().setShortTitle(panel->shortTitle());
    if (panel->tiedSlot()) {
        dock->setTitle(tr("%1 %2").arg(panel->title(), slotLetter(*panel->tiedSlot())));
        dock->titleLine().setTitle(panel->title());
        dock->addTool(new SlotMark(m_theme, *panel->tiedSlot()));
    }
    for (const DockTab& tab : m_layout.tabs) {
        if (tab.panel == name && !tab.label.isEmpty()) {
            dock->setTabText(tab.label);
        }
    }
    for (QWidget* tool : panel->tools()) {
        dock->addTool(tool);
    }
    dock->setContent(panel);
    dock->setFact(panel->fact());
    // One that shares its place comes to the front when somebody asks for it.
    connect(dock->toggleViewAction(), &QAction::triggered, dock, [this, dock](bool shown) {
        m_isStandard = false;
        if (shown) {
            dock->raise();
        }
    });
    // Behind another one it counts as shown, but nobody sees it: it should not ask for results.
    connect(dock, &QDockWidget::visibilityChanged, panel, [this, dock, panel](bool seen) {
        panel->setVisible(seen || !isTabbed(dock));
        m_isStandard = m_isStandard && (m_arranging || !dock->isHidden());
        QTimer::singleShot(0, this, &DockArea::fitRows);  // the room it leaves or takes is that of others
    });
    const auto movedByHand = [this] { m_isStandard = m_isStandard && m_arranging; };
    connect(dock, &QDockWidget::topLevelChanged, this, movedByHand);
    connect(dock, &QDockWidget::dockLocationChanged, this, movedByHand);
    connect(panel, &Panel::factChanged, dock, &CardDock::setFact);
    connect(panel, &Panel::saveWanted, this, [this, panel] { Q_EMIT saveWanted(panel); });
    connect(panel, &Panel::openWanted, this, &DockArea::openWanted);
    connect(panel, &Panel::heightWanted, this, &DockArea::fitRows, Qt::QueuedConnection);
    addMenu(*dock, panel, name);
    m_docks.push_back(dock);
}

void DockArea::addMenu(CardDock& dock, Panel* panel, const QString& name) {
    auto* exporting = new QAction(tr("Export this panel…"), &dock);
    connect(exporting, &QAction::triggered, this, [this, name] { Q_EMIT exportWanted(name); });
    auto* copying = new QAction(tr("Copy as picture"), &dock);
    connect(copying, &QAction::triggered, this, [this, name] { Q_EMIT pictureWanted(name); });
    connect(&dock, &CardDock::menuFilling, this, [=, this](QMenu* menu) {
        panel->addToMenu(*menu);
        menu->addSeparator();
        menu->addActions({exporting, copying});
        Q_EMIT menuFilling(menu, panel);
    });
}

void DockArea::linkCameras(const PanelContext& context) {
    SpacePanel* first = nullptr;
    SpacePanel* second = nullptr;
    for (SpacePanel* panel : findChildren<SpacePanel*>()) {
        if (panel->tiedSlot()) {
            (*panel->tiedSlot() == 0 ? first : second) = panel;
        }
    }
    if (first != nullptr && second != nullptr) {
        new CameraLink(context, first->plot(), second->plot(), this);
    }
}

CardDock* DockArea::dock(const QString& panel) const {
    for (CardDock* dock : m_docks) {
        if (dock->objectName() == dockName(panel)) {
            return dock;
        }
    }
    return nullptr;
}

void DockArea::place() {
    // Rows below each other first, so that each spans the whole width; then the cards of each row.
    CardDock* above = nullptr;
    for (const DockRow& row : m_layout.rows) {
        CardDock* first = dock(row.panels.front().panel);
        if (above == nullptr) {
            addDockWidget(Qt::TopDockWidgetArea, first);
        } else {
            splitDockWidget(above, first, Qt::Vertical);
        }
        above = first;
    }
    for (const DockRow& row : m_layout.rows) {
        for (std::size_t i = 1; i < row.panels.size(); ++i) {
            splitDockWidget(dock(row.panels[i - 1].panel), dock(row.panels[i].panel), Qt::Horizontal);
        }
    }
    for (const DockTab& tab : m_layout.tabs) {
        if (isAlways(tab)) {
            tabifyDockWidget(dock(tab.behind), dock(tab.panel));
            dock(tab.behind)->raise();
        }
    }
    for (const QString& panel : m_layout.hidden) {
        dock(panel)->hide();
    }
}

std::vector<bool> DockArea::wantedTabs() const {
    std::vector<bool> wanted;
    for (const DockTab& tab : m_layout.tabs) {
        const double scale = m_theme.theme().fontScale;
        wanted.push_back(isAlways(tab) || height() < tab.below * scale || width() < tab.within * scale);
    }
    return wanted;
}

void DockArea::tellRoom() {
    const double scale = m_theme.theme().fontScale;
    for (Panel* panel : findChildren<Panel*>()) {
        panel->setRoom(width() / scale);
    }
    limitCards();
}

void DockArea::limitCards() {
    if (m_isFigure) {
        return;
    }
    // Two rows have a place in any window, with tabs above one of them.
    const int rows = height() - 3 * areaMargin - qRound(tabHeight * m_theme.theme().fontScale);
    std::vector<bool> isLimited(m_docks.size(), false);
    const auto limit = [&](CardDock* card, int width) {
        card->setMostAsked({width, rows / 2});
        isLimited[static_cast<std::size_t>(std::find(m_docks.begin(), m_docks.end(), card) -
                                           m_docks.begin())] = true;
    };
    for (const DockRow& row : m_layout.rows) {
        std::vector<int> widths;
        std::vector<CardDock*> cards;
        for (const DockShare& share : row.panels) {
            CardDock* card = dock(share.panel);
            if (card->isHidden() || card->isFloating() || isBehind(share.panel)) {
                continue;
            }
            int widest = card->neededWidth();
            cards.push_back(card);
            for (QDockWidget* other : tabifiedDockWidgets(card)) {
                auto* tab = static_cast<CardDock*>(other);
                widest = std::max(widest, tab->neededWidth());
                cards.push_back(tab);
            }
            widths.push_back(widest);
        }
        const int most = mostOf(std::move(widths), width() - areaMargin);
        for (CardDock* card : cards) {
            limit(card, most);
        }
    }
    for (std::size_t i = 0; i < m_docks.size(); ++i) {
        if (!isLimited[i]) {
            limit(m_docks[i], QWIDGETSIZE_MAX);
        }
    }
}

void DockArea::followSize() {
    if (m_isStandard && m_tabsMade != wantedTabs()) {
        restoreDefaultLayout();
    }
}

void DockArea::restoreDefaultLayout() {
    m_arranging = true;
    m_isStandard = true;
    m_tabsMade = wantedTabs();
    for (CardDock* dock : m_docks) {
        dock->setFloating(false);
        dock->show();
    }
    restoreState(m_defaultState, versionOf(m_layout));
    for (std::size_t i = 0; i < m_layout.tabs.size(); ++i) {
        const DockTab& tab = m_layout.tabs[i];
        if (!isAlways(tab) && m_tabsMade[i]) {
            tabifyDockWidget(dock(tab.behind), dock(tab.panel));
        }
        // What is kept of tabs does not say which of three or more is in front.
        if (m_tabsMade[i]) {
            dock(tab.isInFront ? tab.panel : tab.behind)->raise();
        }
    }
    shareRoom();
    fitRows();
    m_arranging = false;
}

bool DockArea::isTabbed(CardDock* card) const {
    return !tabifiedDockWidgets(card).isEmpty();
}

bool DockArea::isBehind(const QString& panel) const {
    return std::any_of(m_layout.tabs.begin(), m_layout.tabs.end(), [&](const DockTab& tab) {
        return tab.panel == panel && tabifiedDockWidgets(dock(panel)).contains(dock(tab.behind));
    });
}

void DockArea::shareRoom() {
    QList<QDockWidget*> rows;
    QList<int> heights;
    for (const DockRow& row : m_layout.rows) {
        QList<QDockWidget*> cards;
        QList<int> widths;
        for (const DockShare& share : row.panels) {
            if (dock(share.panel)->isHidden() || isBehind(share.panel)) {
                continue;
            }
            cards << dock(share.panel);
            widths << width() * share.width / 100;
        }
        if (cards.isEmpty()) {
            continue;
        }
        resizeDocks(cards, widths, Qt::Horizontal);
        rows << cards.front();
        heights << (row.height > 0 ? height() * row.height / 100 : cards.front()->sizeHint().height());
    }
    resizeDocks(rows, heights, Qt::Vertical);
}

void DockArea::fitRows() {
    // What has grown has said so by an event that may still be on its way; the hints below count it in.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    struct Placed {
        CardDock* card;
        bool fits;  // as high as its content wants
        int height;
    };
    std::vector<Placed> rows;
    for (const DockRow& row : m_layout.rows) {
        const bool fits = row.height == 0;
        // One without tabs, where there is one: they are above the card, and belong to its height. Of those
        // that share a place the one in front; another stands outside, with a height from before.
        CardDock* found = nullptr;
        const auto rank = [this](CardDock* card) {
            return (isTabbed(card) ? 0 : 2) + (rect().intersects(card->geometry()) ? 1 : 0);
        };
        for (const DockShare& share : row.panels) {
            CardDock* card = dock(share.panel);
            const bool stands = !card->isFloating() && card->isVisible() && !(fits && isTabbed(card));
            if (stands && (found == nullptr || rank(card) > rank(found))) {
                found = card;
            }
        }
        if (found != nullptr) {
            rows.push_back({found, fits, found->height()});
        }
    }
    for (std::size_t i = 0; rows.size() > 1 && i < rows.size(); ++i) {
        if (rows[i].fits) {
            // What it needs less or more, the row below has more or less; above the last one, that above.
            Placed& row = rows[i];
            Placed& other = rows[i + 1 < rows.size() ? i + 1 : i - 1];
            const int wanted = row.card->sizeHint().height();
            if (wanted == row.height) {
                continue;  // resizing it, even to the height that it has, lays everything out again
            }
            // Of what the two have between them; other sums would be scaled. The cards themselves may get
            // their heights later.
            other.height += row.height - wanted;
            row.height = wanted;
            resizeDocks({row.card, other.card}, {row.height, other.height}, Qt::Vertical);
        }
    }
}

QByteArray DockArea::saveLayout() const {
    return m_laidOut ? saveState(versionOf(m_layout)) : QByteArray();
}

bool DockArea::restoreLayout(const QByteArray& saved, bool wasStandard) {
    m_arranging = true;
    const bool isRestored = restoreState(saved, versionOf(m_layout));
    m_arranging = false;
    if (!isRestored) {
        return false;
    }
    m_laidOut = true;
    m_isStandard = wasStandard;
    m_tabsMade.clear();
    for (const DockTab& tab : m_layout.tabs) {
        m_tabsMade.push_back(tabifiedDockWidgets(dock(tab.panel)).contains(dock(tab.behind)));
    }
    return true;
}

bool DockArea::event(QEvent* event) {
    const bool handled = QMainWindow::event(event);
    // A click on what takes none, a label, comes here too.
    if (event->type() == QEvent::MouseButtonPress && handled && event->isAccepted()) {
        m_isStandard = false;  // somebody takes hold of what separates two cards
    }
    // Layout requests come after a card has grown or shrunk by a line, and once when everything has its first
    // size.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) {
        limitCards();
        if (!m_laidOut && isVisible()) {
            m_laidOut = true;
            restoreDefaultLayout();
        }
    }
    return handled;
}

void DockArea::childEvent(QChildEvent* event) {
    QMainWindow::childEvent(event);
    // A tab shortens its text where there is little room; arrows would hide others.
    if (auto* tabs = qobject_cast<QTabBar*>(event->child()); tabs != nullptr && event->polished()) {
        tabs->setUsesScrollButtons(false);
    }
}

void DockArea::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    tellRoom();
    QTimer::singleShot(0, this, &DockArea::followSize);
    QTimer::singleShot(0, this, &DockArea::fitRows);
}

}  // namespace lexiscope

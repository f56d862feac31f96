// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/dock_area.h"

#include "ui/widgets/slot_mark.h"

#include <QAction>
#include <QCoreApplication>
#include <QTimer>

namespace lexiscope {
namespace {

constexpr int layoutVersion =
    2;  // raised when docks come or go, so that an old layout is not forced on new docks
constexpr int areaMargin = 10;  ///< around the cards, as wide as the gaps between them

QString dockName(const QString& panel) {
    return panel + QStringLiteral("Dock");
}

}  // namespace

DockArea::DockArea(const PanelContext& context, const DockLayout& layout, QWidget* parent)
    : QMainWindow(parent), m_theme(context.theme), m_layout(layout) {
    setObjectName(layout.name + QStringLiteral("Area"));
    setWindowFlags(Qt::Widget);
    setFocusPolicy(Qt::ClickFocus);
    setContentsMargins(areaMargin, areaMargin, areaMargin, areaMargin);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks);
    for (const DockRow& row : layout.rows) {
        for (const DockShare& share : row.panels) {
            addPanel(context, share.panel);
        }
    }
    place();
    m_defaultState = saveState(layoutVersion);
}

void DockArea::addPanel(const PanelContext& context, const QString& name) {
    Panel* panel = makePanel(name, context);
    auto* dock = new CardDock(m_theme, dockName(name), panel->title(), this);
    if (panel->tiedSlot()) {
        dock->setTitle(tr("%1 %2").arg(panel->title(), slotLetter(*panel->tiedSlot())));
        dock->titleLine().setTitle(panel->title());
        dock->addTool(new SlotMark(m_theme, *panel->tiedSlot()));
    }
    for (QWidget* tool : panel->tools()) {
        dock->addTool(tool);
    }
    dock->setContent(panel);
    dock->setFact(panel->fact());
    connect(panel, &Panel::factChanged, dock, &CardDock::setFact);
    connect(panel, &Panel::heightWanted, this, &DockArea::fitRows, Qt::QueuedConnection);
    addMenu(*dock, name);
    m_docks.push_back(dock);
}

void DockArea::addMenu(CardDock& dock, const QString& panel) {
    auto* exporting = new QAction(tr("Export this panel…"), &dock);
    connect(exporting, &QAction::triggered, this, [this, panel] { Q_EMIT exportWanted(panel); });
    auto* copying = new QAction(tr("Copy as picture"), &dock);
    connect(copying, &QAction::triggered, this, [this, panel] { Q_EMIT pictureWanted(panel); });
    dock.addMenuAction(exporting);
    dock.addMenuAction(copying);
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
    for (const QString& panel : m_layout.hidden) {
        dock(panel)->hide();
    }
}

void DockArea::restoreDefaultLayout() {
    for (CardDock* dock : m_docks) {
        dock->setFloating(false);
        dock->show();
    }
    restoreState(m_defaultState, layoutVersion);
    shareRoom();
    fitRows();
}

void DockArea::shareRoom() {
    QList<QDockWidget*> rows;
    QList<int> heights;
    for (const DockRow& row : m_layout.rows) {
        QList<QDockWidget*> cards;
        QList<int> widths;
        for (const DockShare& share : row.panels) {
            if (dock(share.panel)->isHidden()) {
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
    const auto isPlaced = [](const CardDock* card) { return !card->isFloating() && card->isVisible(); };
    for (std::size_t i = 0; i + 1 < m_layout.rows.size(); ++i) {
        CardDock* card = dock(m_layout.rows[i].panels.front().panel);
        CardDock* below = dock(m_layout.rows[i + 1].panels.front().panel);
        if (m_layout.rows[i].height == 0 && isPlaced(card) && isPlaced(below)) {
            const int wanted = card->sizeHint().height();
            // Of what the two have between them; other sums would be scaled.
            resizeDocks({card, below}, {wanted, card->height() + below->height() - wanted}, Qt::Vertical);
        }
    }
}

QByteArray DockArea::saveLayout() const {
    return saveState(layoutVersion);
}

bool DockArea::restoreLayout(const QByteArray& saved) {
    m_laidOut = restoreState(saved, layoutVersion);
    return m_laidOut;
}

bool DockArea::event(QEvent* event) {
    const bool handled = QMainWindow::event(event);
    // Layout requests come after a card has grown or shrunk by a line, and once when everything has its first
    // size.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) {
        if (!m_laidOut && isVisible()) {
            m_laidOut = true;
            restoreDefaultLayout();
        }
    }
    return handled;
}

void DockArea::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    QTimer::singleShot(0, this, &DockArea::fitRows);
}

}  // namespace lexiscope

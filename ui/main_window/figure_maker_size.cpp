// SPDX-License-Identifier: GPL-3.0-or-later
// FigureMaker: how large a figure is that has no size of its own, and what is too small for it.
#include "ui/main_window/figure_maker.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/column_table.h"
#include "ui/widgets/neighbor_list.h"

#include <algorithm>
#include <utility>

#include <QAbstractScrollArea>
#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int mostSteps = 12;  // of growing

/// They lie over each other, or reach out of the window.
bool lackRoom(const std::vector<CardDock*>& docks) {
    std::vector<QRect> places;
    for (const CardDock* dock : docks) {
        const QRect area = dock->parentWidget()->rect();
        // Behind another one it stands outside.
        if (dock->isHidden() || !area.intersects(dock->geometry())) {
            continue;
        }
        if (!area.contains(dock->geometry())) {
            return true;
        }
        places.push_back(dock->geometry());
    }
    for (std::size_t a = 0; a < places.size(); ++a) {
        for (std::size_t b = a + 1; b < places.size(); ++b) {
            if (places[a].intersects(places[b])) {
                return true;
            }
        }
    }
    return false;
}

/// The most that a line of text or a row of a list lacks.
int hiddenWidth(const QWidget& sheet) {
    int most = 0;
    for (const NeighborList* list : sheet.findChildren<NeighborList*>()) {
        most = list->isVisible() ? std::max(most, list->hiddenWidth()) : most;
    }
    for (const ColumnTable* table : sheet.findChildren<ColumnTable*>()) {
        most = table->isVisible() ? std::max(most, table->contentWidth() - table->viewport()->width()) : most;
    }
    for (const ElidedLabel* label : sheet.findChildren<ElidedLabel*>()) {
        if (label->isVisible() && !label->text().isEmpty()) {
            most = std::max(most, label->sizeHint().width() - label->width());
        }
    }
    return most;
}

/// The most that would have to be scrolled.
int hiddenHeight(const QWidget& sheet) {
    int most = 0;
    for (const QAbstractScrollArea* area : sheet.findChildren<QAbstractScrollArea*>()) {
        most = area->isVisible() ? std::max(most, area->verticalScrollBar()->maximum()) : most;
    }
    return most;
}

/// Which part of its lists and strips is in view; empty where that is all. A field's text stands again in
/// the strip below it.
QString partInView(const QWidget& sheet) {
    const auto textOf = [](int number) { return groupedText(static_cast<std::uint64_t>(number)); };
    QStringList parts;
    for (const QAbstractScrollArea* area : sheet.findChildren<QAbstractScrollArea*>()) {
        const QScrollBar& bar = *area->verticalScrollBar();
        if (!area->isVisible() || bar.maximum() <= 0 ||
            qobject_cast<const QPlainTextEdit*>(area) != nullptr) {
            continue;
        }
        if (const auto* table = qobject_cast<const ColumnTable*>(area)) {
            const int rows = table->model()->rowCount();
            int last = table->rowAt(table->viewport()->height() - 1);
            if (last >= 0 &&
                table->rowViewportPosition(last) + table->rowHeight() > table->viewport()->height()) {
                --last;  // a row that is cut cannot be read
            }
            parts << FigureMaker::tr("Rows %1 to %2 of %3 are in view.")
                         .arg(textOf(table->rowAt(0) + 1), textOf(last < 0 ? rows : last + 1), textOf(rows));
        } else {
            const int whole = bar.maximum() + bar.pageStep();
            parts << FigureMaker::tr("%1 % of it is in view; the whole is %2 px higher.")
                         .arg(std::clamp(100 * bar.pageStep() / std::max(1, whole), 1, 99))
                         .arg(textOf(bar.maximum()));
        }
    }
    return parts.join(u' ');
}

}  // namespace

bool FigureMaker::sayRest() {
    const QString text = m_panel != nullptr ? partInView(*m_sheet) : QString();
    if (text.isEmpty() || m_rest != nullptr) {
        return false;
    }
    m_rest = new QLabel(m_sheet.get());
    m_rest->setObjectName(QStringLiteral("partInView"));
    styleLine(*m_rest);
    auto* layout = static_cast<QVBoxLayout*>(m_sheet->layout());
    layout->insertWidget(1, m_rest);
    m_rest->setText(text);
    m_rest->show();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    if (choosesSize()) {
        m_sheet->resize(m_sheet->size().expandedTo(leastSize()));
    }
    // The line itself takes room from what it speaks of.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    m_rest->setText(partInView(*m_sheet));
    Q_EMIT changed();
    return true;
}

void FigureMaker::fitContent() {
    if (!m_spec.size.size.isEmpty() || m_steps > 0) {
        return;
    }
    const int usual = figureSize(m_spec.what, m_spec.part).width();
    const int around = m_sheet->width() - m_panel->width();
    const int wanted = m_panel->contentWidth() == 0 ? usual : m_panel->contentWidth() + around;
    const int least = std::max(m_sheet->minimumSizeHint().width(), usual * 2 / 5);
    const int width = std::min(usual, std::max(least, wanted));
    // Twice: how the content flows depends on the width that it is given first.
    for (int pass = 0; pass < 2; ++pass) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        m_sheet->resize(width, std::min(m_sheet->sizeHint().height(), longestFigureSide));
    }
    Q_EMIT changed();
}

bool FigureMaker::advance() {
    if (isBusy() || !check().ok()) {
        return false;
    }
    if (!std::exchange(m_prepared, true)) {
        Q_EMIT changed();
        return true;
    }
    return (choosesSize() && m_steps < mostSteps && grow()) || sayRest();
}

bool FigureMaker::grow() {
    const QSize now = m_sheet->size();
    QSize enough = now.expandedTo(leastSize());
    if (m_panel != nullptr) {
        const QSize most = 2 * std::max(1.0, m_spec.fontSize) *
                           figureSize(m_spec.what, m_spec.part).expandedTo(m_spec.size.pixels());
        const int hidden = hiddenWidth(*m_sheet);
        // Where several share the width, a line gains less than the figure: as much less as last time.
        const int gained = m_hiddenWidth - hidden;
        const int step = m_widened > 0 && gained > 0 ? hidden * m_widened / gained + 1 : hidden;
        enough.setWidth(
            std::max(enough.width(), std::min(now.width() + (hidden > 0 ? step : 0), most.width())));
        // A long list or text stays one that is not seen as a whole.
        const int whole = now.height() + hiddenHeight(*m_sheet);
        enough.setHeight(std::max(enough.height(), whole <= most.height() ? whole : 0));
        m_hiddenWidth = hidden;
        m_widened = enough.width() - now.width();
    }
    enough = enough.boundedTo({longestFigureSide, longestFigureSide});
    if (enough == now) {
        return false;
    }
    ++m_steps;
    m_sheet->resize(enough);
    Q_EMIT changed();
    return true;
}

QSize FigureMaker::leastSize() const {
    QSize least = m_sheet->minimumSizeHint().expandedTo(m_sheet->minimumSize());
    if (m_window != nullptr && lackRoom(m_window->docks())) {
        // A window on a small screen lays cards over each other before it gives up; a figure may not.
        const QSize around(0, m_caption != nullptr ? m_caption->height() : 0);
        least = least.expandedTo(m_window->minimumSizeHint() + around);
    }
    return least;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/scrolled_paint.h"

#include <algorithm>

#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace lexiscope {

ScrolledPaint::ScrolledPaint(const ThemeSource& theme, QWidget* parent)
    : QAbstractScrollArea(parent), m_theme(theme) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&theme, &ThemeSource::changed, this, &ScrolledPaint::restyle);
}

void ScrolledPaint::restyle() {
    relayout();
    updateGeometry();
}

QPointF ScrolledPaint::scrolled() const {
    return {static_cast<double>(horizontalScrollBar()->value()),
            static_cast<double>(verticalScrollBar()->value())};
}

void ScrolledPaint::setBar(QScrollBar& bar, int content, int seen, int step) {
    bar.setRange(0, std::max(0, content - seen));
    bar.setPageStep(seen);
    bar.setSingleStep(step);
}

void ScrolledPaint::bringIntoView(int top, int bottom) {
    QScrollBar* bar = verticalScrollBar();
    if (top < bar->value()) {
        bar->setValue(top);
    } else if (bottom > bar->value() + viewport()->height()) {
        bar->setValue(std::min(top, bottom - viewport()->height()));
    }
}

void ScrolledPaint::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void ScrolledPaint::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    followPointer();
}

void ScrolledPaint::scrollContentsBy(int, int) {
    viewport()->update();
    if (m_pointer) {
        followPointer();
    }
}

bool ScrolledPaint::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip && showTip(static_cast<QHelpEvent*>(event)->pos())) {
        return true;
    }
    if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        followPointer();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ScrolledPaint::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ScrolledPaint::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace lexiscope

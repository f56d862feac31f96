// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card_body.h"

#include <algorithm>
#include <cstdlib>

#include <QApplication>
#include <QEvent>
#include <QScrollBar>
#include <QWheelEvent>

namespace lexiscope {
namespace {

constexpr int leastBody = 40;  // pixels, of the content, that are seen at once
constexpr int bodyStep = 24;   // that a step of a bar moves

void setUp(QScrollBar& bar, const char* name) {
    bar.setObjectName(QLatin1String(name));
    bar.setSingleStep(bodyStep);
    bar.hide();
}

/// Of so many pixels that are needed, these are seen.
void setLengths(QScrollBar& bar, int needed, int seen) {
    bar.setPageStep(seen);
    bar.setRange(0, std::max(0, needed - seen));
    bar.setVisible(bar.maximum() > 0);
}

/// Scrolls as little as it takes to show these pixels; their first, if there is no room for all.
void bring(QScrollBar& bar, int first, int length) {
    if (first + length > bar.value() + bar.pageStep()) {
        bar.setValue(first + length - bar.pageStep());
    }
    if (first < bar.value()) {
        bar.setValue(first);
    }
}

}  // namespace

CardBody::CardBody(QWidget* parent)
    : QWidget(parent),
      m_clip(new QWidget(this)),
      m_bar(new QScrollBar(Qt::Vertical, this)),
      m_across(new QScrollBar(Qt::Horizontal, this)) {
    setUp(*m_bar, "cardBar");
    setUp(*m_across, "cardAcross");
    m_clip->installEventFilter(this);
    connect(m_bar, &QScrollBar::valueChanged, this, &CardBody::layOut);
    connect(m_across, &QScrollBar::valueChanged, this, &CardBody::layOut);
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget*, const QWidget* now) { showFocus(now); });
}

void CardBody::setContent(QWidget* content) {
    m_content = content;
    content->setParent(m_clip);
    content->show();
    updateGeometry();
    layOut();
}

void CardBody::setMostAsked(QSize most) {
    if (most != m_most) {
        m_most = most;
        updateGeometry();
    }
}

QSize CardBody::hiddenSize() const {
    return m_content == nullptr ? QSize(0, 0) : (m_content->size() - m_clip->size()).expandedTo(QSize(0, 0));
}

QSize CardBody::neededSize() const {
    return m_content == nullptr || m_content->isHidden()
               ? QSize(0, 0)
               : m_content->minimumSizeHint().expandedTo(m_content->minimumSize());
}

QSize CardBody::sizeHint() const {
    const bool isEmpty = m_content == nullptr || m_content->isHidden();
    const QSize hint = isEmpty ? QSize(0, 0) : m_content->sizeHint().expandedTo(neededSize());
    return hint + QSize(barWidth, barWidth);
}

QSize CardBody::minimumSizeHint() const {
    const QSize most = m_most.expandedTo(QSize(leastBody, leastBody));
    return neededSize().boundedTo(most) + QSize(barWidth, barWidth);
}

void CardBody::layOut() {
    if (m_content == nullptr) {
        return;
    }
    const QSize needed = neededSize();
    const QSize seen = (size() - QSize(barWidth, barWidth)).expandedTo(QSize(0, 0));
    m_clip->setGeometry(QRect(QPoint(), seen));
    m_bar->setGeometry(seen.width(), 0, barWidth, seen.height());
    m_across->setGeometry(0, seen.height(), seen.width(), barWidth);
    setLengths(*m_bar, needed.height(), seen.height());
    setLengths(*m_across, needed.width(), seen.width());
    m_content->setGeometry(QRect(QPoint(-m_across->value(), -m_bar->value()), seen.expandedTo(needed)));
}

bool CardBody::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();  // the content asks for another size
        const QSize before = m_content->size();
        layOut();
        if (m_content->size() != before) {
            showFocus(QApplication::focusWidget());  // what has come or gone has moved it
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CardBody::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void CardBody::wheelEvent(QWheelEvent* event) {
    const bool isAcross = std::abs(event->angleDelta().x()) > std::abs(event->angleDelta().y());
    QScrollBar* bar = isAcross ? m_across : m_bar;
    if (bar->isVisible()) {
        QApplication::sendEvent(bar, event);
    } else {
        QWidget::wheelEvent(event);
    }
}

void CardBody::showFocus(const QWidget* focus) {
    // What was clicked is seen, and must not move away below the pointer.
    if (hiddenSize().isNull() || focus == nullptr || focus == m_content || !m_content->isAncestorOf(focus) ||
        QApplication::mouseButtons() != Qt::NoButton) {
        return;
    }
    const QPoint place = focus->mapTo(m_content, QPoint());
    bring(*m_bar, place.y(), focus->height());
    bring(*m_across, place.x(), focus->width());
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card_body.h"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QScrollBar>
#include <QWheelEvent>

namespace lexiscope {
namespace {

constexpr int leastBody = 40;  // pixels, of the content, that are seen at once
constexpr int bodyStep = 24;   // that a step of the bar moves

}  // namespace

CardBody::CardBody(QWidget* parent)
    : QWidget(parent), m_clip(new QWidget(this)), m_bar(new QScrollBar(Qt::Vertical, this)) {
    m_bar->setObjectName(QStringLiteral("cardBar"));
    m_bar->setSingleStep(bodyStep);
    m_bar->hide();
    m_clip->installEventFilter(this);
    connect(m_bar, &QScrollBar::valueChanged, this, &CardBody::layOut);
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

void CardBody::setMostAsked(int height) {
    if (height != m_most) {
        m_most = height;
        updateGeometry();
    }
}

int CardBody::hiddenHeight() const {
    return m_content == nullptr ? 0 : std::max(0, m_content->height() - m_clip->height());
}

QSize CardBody::neededSize() const {
    // As a layout has it, what is hidden needs nothing.
    return m_content == nullptr || m_content->isHidden()
               ? QSize(0, 0)
               : m_content->minimumSizeHint().expandedTo(m_content->minimumSize());
}

QSize CardBody::sizeHint() const {
    const bool isEmpty = m_content == nullptr || m_content->isHidden();
    const QSize hint = isEmpty ? QSize(0, 0) : m_content->sizeHint().expandedTo(neededSize());
    return hint + QSize(barWidth, 0);
}

QSize CardBody::minimumSizeHint() const {
    const QSize needed = neededSize();
    return {needed.width() + barWidth, std::min(needed.height(), std::max(m_most, leastBody))};
}

void CardBody::layOut() {
    if (m_content == nullptr) {
        return;
    }
    const int contentWidth = std::max(0, width() - barWidth);
    const int needed = neededSize().height();
    m_clip->setGeometry(0, 0, contentWidth, height());
    m_bar->setGeometry(contentWidth, 0, barWidth, height());
    m_bar->setPageStep(height());
    m_bar->setRange(0, std::max(0, needed - height()));
    m_bar->setVisible(m_bar->maximum() > 0);
    m_content->setGeometry(0, -m_bar->value(), contentWidth, std::max(height(), needed));
}

bool CardBody::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();  // the content asks for another size
        layOut();
    }
    return QWidget::eventFilter(watched, event);
}

void CardBody::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void CardBody::wheelEvent(QWheelEvent* event) {
    if (m_bar->isVisible() && event->angleDelta().y() != 0) {
        QApplication::sendEvent(m_bar, event);
    } else {
        QWidget::wheelEvent(event);
    }
}

void CardBody::showFocus(const QWidget* focus) {
    // What was clicked is seen, and must not move away below the pointer.
    if (hiddenHeight() == 0 || focus == nullptr || focus == m_content || !m_content->isAncestorOf(focus) ||
        QApplication::mouseButtons() != Qt::NoButton) {
        return;
    }
    const int top = focus->mapTo(m_content, QPoint()).y();
    const int bottom = top + focus->height();
    if (bottom > m_bar->value() + height()) {
        m_bar->setValue(bottom - height());
    }
    if (top < m_bar->value()) {
        m_bar->setValue(top);
    }
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/again_button.h"

#include <utility>

#include <QEvent>

namespace lexiscope {

AgainButton::AgainButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
    setObjectName(QStringLiteral("again"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void AgainButton::standIn(QWidget* plot, std::function<QRectF()> field) {
    m_plot = plot;
    m_field = std::move(field);
    setParent(plot);
    setCursor(Qt::ArrowCursor);
    plot->installEventFilter(this);
}

void AgainButton::offer(bool offered) {
    setVisible(offered);
    place();
}

bool AgainButton::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        place();
    }
    return QPushButton::eventFilter(watched, event);
}

void AgainButton::place() {
    // A panel without controls has put it aside.
    if (m_plot == nullptr || parentWidget() != m_plot || isHidden()) {
        return;
    }
    constexpr double linesBelow = 1.5;  // of the message's type
    const QPointF middle = m_field().center();
    const QSize size = sizeHint();
    setGeometry(qRound(middle.x() - size.width() / 2.0),
                qRound(middle.y() + linesBelow * fontMetrics().height()), size.width(), size.height());
}

}  // namespace lexiscope

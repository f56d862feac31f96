// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_button.h"

#include "ui/widgets/paint.h"

#include <QKeyEvent>

namespace lexiscope {

RowButton::RowButton(const ThemeSource& theme, QWidget* parent) : QAbstractButton(parent), m_theme(theme) {
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void RowButton::paintGround(QPainter& painter, const QColor& fill, const QColor& border) const {
    constexpr double radius = 6;
    paintRounded(painter, rect(), radius, fill, border);
    if (hasFocus()) {
        paintFocusRing(painter, rect(), radius, theme());
    }
}

// An abstract button would look for its neighbours at an arrow.
void RowButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Select) {
        QAbstractButton::keyPressEvent(event);
    } else {
        event->ignore();
    }
}

}  // namespace lexiscope

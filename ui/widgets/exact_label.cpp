// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/exact_label.h"

#include "ui/widgets/exact_characters.h"

#include <algorithm>
#include <cmath>

#include <QPainter>
#include <QTextLayout>

namespace lexiscope {

ExactLabel::ExactLabel(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

bool ExactLabel::isPlain() const {
    return (font().styleStrategy() & QFont::PreferNoShaping) != 0 ||
           ExactCharacters::stretches(text()).empty();
}

double ExactLabel::layOut(QTextLayout& layout, double width) const {
    layout.setFormats(ExactCharacters::formats(text()));
    layout.beginLayout();
    double height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1.0));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

int ExactLabel::heightForWidth(int width) const {
    if (isPlain()) {
        return QLabel::heightForWidth(width);
    }
    const QMargins margins = contentsMargins();
    QTextLayout layout(text(), font());
    const double height = layOut(layout, width - margins.left() - margins.right());
    return static_cast<int>(std::ceil(height)) + margins.top() + margins.bottom();
}

void ExactLabel::paintEvent(QPaintEvent* event) {
    if (isPlain()) {
        QLabel::paintEvent(event);
        return;
    }
    QTextLayout layout(text(), font());
    const QRectF room(contentsRect());
    const double height = layOut(layout, room.width());
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    layout.draw(&painter, {room.left(), room.top() + std::max(0.0, (room.height() - height) / 2)});
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/slot_mark.h"

#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double dotRadius = 5.5;
constexpr double slotGap = 8;

QFont letterFont(const Theme& theme) {
    return theme.textFont(13, QFont::Bold);
}

}  // namespace

QString slotLetter(int slot) {
    return QString(QChar(u'A' + slot));
}

double paintSlotMark(QPainter& painter, double left, double middle, int slot, const Theme& theme) {
    const double scale = theme.fontScale;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.slot(slot));
    painter.drawEllipse(QPointF(left + dotRadius * scale, middle), dotRadius * scale, dotRadius * scale);
    const QFont font = letterFont(theme);
    const QFontMetricsF metrics(font);
    const double textLeft = left + (2 * dotRadius + slotGap) * scale;
    const double width = metrics.horizontalAdvance(slotLetter(slot));
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(QRectF(textLeft, middle - metrics.height(), width + 1, 2 * metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, slotLetter(slot));
    return textLeft + width;
}

SlotMark::SlotMark(const ThemeSource& theme, int slot, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_slot(slot) {
    setObjectName(QStringLiteral("slotMark"));
    setAccessibleName(tr("Model %1").arg(slotLetter(slot)));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize SlotMark::sizeHint() const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF metrics(letterFont(theme));
    const double width =
        (2 * dotRadius + slotGap) * theme.fontScale + metrics.horizontalAdvance(slotLetter(m_slot)) + 1;
    return {static_cast<int>(std::ceil(width)), static_cast<int>(std::ceil(metrics.height()))};
}

void SlotMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSlotMark(painter, 0, height() / 2.0, m_slot, m_theme.theme());
}

}  // namespace lexiscope

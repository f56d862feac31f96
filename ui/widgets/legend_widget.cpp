// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/legend_widget.h"

#include "ui/widgets/paint.h"

#include <cmath>

#include <QFocusEvent>
#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double fontPixels = 12;
constexpr double linePixels = 22;

}  // namespace

LegendWidget::LegendWidget(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &ThemeSource::changed, this, &LegendWidget::changed);
}

void LegendWidget::setClickable(bool clickable) {
    m_clickable = clickable;
    changed();
}

QFont LegendWidget::nameFont() const {
    return m_theme.theme().textFont(fontPixels);
}

QFont LegendWidget::numberFont() const {
    return m_theme.theme().monoFont(fontPixels - 1);
}

double LegendWidget::widthOf(const QFont& font, const QString& text) {
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

double LegendWidget::lineHeight() const {
    return std::round(linePixels * m_theme.theme().fontScale);
}

double LegendWidget::showAllWidth() const {
    return widthOf(nameFont(), tr("Show all")) + 2 * padding;
}

void LegendWidget::paintShowAll(QPainter& painter, const QRectF& rect, bool isHovered) const {
    const Theme& theme = m_theme.theme();
    if (isHovered) {
        paintRounded(painter, rect, 6, theme.accentSurface, theme.accentSurface);
    }
    painter.setFont(nameFont());
    painter.setPen(theme.accent);
    painter.drawText(rect, Qt::AlignCenter, tr("Show all"));
}

void LegendWidget::focusInEvent(QFocusEvent* event) {
    m_hasKeyboard = event->reason() != Qt::MouseFocusReason;
    update();
}

void LegendWidget::focusOutEvent(QFocusEvent*) {
    m_hasKeyboard = false;
    update();
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/scene_plot.h"

#include "ui/plots/plot_axes.h"
#include "ui/plots/read_out.h"

#include <QPaintEvent>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double focusRadius = 6;
constexpr int messageMargin = 8;

}  // namespace

ScenePlot::ScenePlot(const ThemeSource& theme, QWidget* parent) : ScrolledPaint(theme, parent) {}

void ScenePlot::setMessage(const QString& message) {
    if (!hasScene() && message == m_message) {
        return;
    }
    dropScene();
    m_message = message;
    setAccessibleDescription(message);
    relayout();
}

void ScenePlot::showScene(bool dimmed) {
    m_dimmed = dimmed;
    m_message.clear();
    relayout();
}

void ScenePlot::setWhole(bool whole) {
    m_whole = whole;
    const Qt::ScrollBarPolicy policy = whole ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded;
    setVerticalScrollBarPolicy(policy);
    setHorizontalScrollBarPolicy(policy);
    relayout();
    updateGeometry();
}

QRectF ScenePlot::toView(const QRectF& rect) const {
    return {rect.topLeft() * scale() - scrolled(), rect.size() * scale()};
}

void ScenePlot::paintBox(QPainter& painter, const QRectF& rect, double radius, const QBrush& fill,
                         const QPen& pen) {
    const double inset = pen.style() == Qt::NoPen ? 0 : pen.widthF() / 2;
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void ScenePlot::followPointer() {
    if (m_pointer) {
        viewport()->setCursor(isThingAt(*m_pointer) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
    viewport()->update();
}

void ScenePlot::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Theme& theme = m_theme.theme();
    const QRectF all(viewport()->rect());
    painter.fillRect(viewport()->rect(), theme.surface);
    if (!hasScene()) {
        const QMarginsF margins(messageMargin, messageMargin, messageMargin, messageMargin);
        paintMessage(painter, theme, all.marginsRemoved(margins), m_message);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(m_dimmed ? dimmedOpacity : 1);
    painter.save();
    painter.translate(-scrolled());
    painter.scale(scale(), scale());
    paintScene(painter, {toScene(event->rect().topLeft()), QSizeF(event->rect().size()) / scale()});
    painter.restore();
    painter.setOpacity(1);
    if (hasFocus()) {
        paintBox(painter, all, focusRadius, Qt::NoBrush, QPen(theme.accent, 1));
    }
    const QString readOut = m_pointer ? readOutAt(*m_pointer) : QString();
    if (!readOut.isEmpty()) {
        paintReadOut(painter, theme, *m_pointer, all, readOut);
    }
}

}  // namespace lexiscope

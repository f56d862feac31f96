// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/color_legend.h"

#include "ui/session/grouped_text.h"
#include "ui/widgets/key_step.h"
#include "ui/widgets/paint.h"

#include <algorithm>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace lexiscope {
namespace {

constexpr double markRadius = 4;
constexpr double legendMarkWidth = 2 * markRadius + 5;
constexpr double legendItemGap = 5;

}  // namespace

ColorLegend::ColorLegend(const ThemeSource& theme, QWidget* parent) : LegendWidget(theme, parent) {
    clear();
}

void ColorLegend::clear() {
    m_kind = Kind::Nothing;
    m_entries.clear();
    m_title.clear();
    changed();
}

void ColorLegend::setMessage(const QString& message) {
    m_kind = Kind::Message;
    m_entries.clear();
    m_title = message;
    changed();
}

void ColorLegend::setClasses(const QString& title, const std::vector<Entry>& entries, std::uint32_t hidden) {
    if (m_kind == Kind::Classes && m_title == title && m_entries == entries && m_hidden == hidden) {
        return;
    }
    m_kind = Kind::Classes;
    m_title = title;
    m_entries = entries;
    m_hidden = hidden;
    m_current = std::clamp(m_current, 0, std::max(0, stops() - 1));
    changed();
}

void ColorLegend::changed() {
    setVisible(m_kind != Kind::Nothing);
    setFocusPolicy(m_kind == Kind::Classes && isClickable() ? Qt::StrongFocus : Qt::NoFocus);
    describe();
    updateGeometry();
    update();
}

void ColorLegend::describe() {
    QStringList parts;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const QString text = isAway(i) ? tr("%1: %2 points, hidden") : tr("%1: %2 points");
        parts << text.arg(m_entries[i].name, groupedText(m_entries[i].count));
    }
    setAccessibleName(tr("Legend: %1").arg(m_title));
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

ColorLegend::Places ColorLegend::placesFor(double width) const {
    const double line = lineHeight();
    Places places;
    double x = widthOf(nameFont(), m_title) + legendItemGap;
    if (m_kind == Kind::Classes && isClickable()) {
        // In the title's place, which is as wide: entries do not move when the first one is hidden.
        const double wanted = showAllWidth();
        x = std::max(x, wanted);
        places.showAll = m_hidden != 0 ? QRectF(0, 0, wanted, line) : QRectF();
    }
    double y = 0;
    const auto place = [&](double wanted) {
        if (x + wanted > width && x > 0) {
            x = 0;
            y += line;
        }
        const QRectF rect(x, y, wanted, line);
        x += wanted;
        return rect;
    };
    for (const Entry& entry : m_entries) {
        places.entries.push_back(place(2 * padding + legendMarkWidth + widthOf(nameFont(), entry.name) +
                                       legendItemGap + widthOf(numberFont(), groupedText(entry.count))));
    }
    places.height = m_kind == Kind::Nothing ? 0 : y + line;
    return places;
}

QRectF ColorLegend::entryRect(std::size_t index) const {
    const Places places = placesFor(width());
    return index < places.entries.size() ? places.entries[index] : QRectF();
}

QRectF ColorLegend::showAllRect() const {
    return placesFor(width()).showAll;
}

int ColorLegend::entryAt(QPointF at) const {
    const Places places = placesFor(width());
    for (std::size_t i = 0; i < places.entries.size(); ++i) {
        if (places.entries[i].contains(at)) {
            return static_cast<int>(i);
        }
    }
    return places.showAll.contains(at) ? static_cast<int>(places.entries.size()) : -1;
}

int ColorLegend::stops() const {
    return static_cast<int>(m_entries.size()) + (m_hidden != 0 && isClickable() ? 1 : 0);
}

void ColorLegend::setHidden(std::uint32_t hidden) {
    if (hidden != m_hidden) {
        m_hidden = hidden;
        m_current = std::clamp(m_current, 0, std::max(0, stops() - 1));
        changed();
        Q_EMIT hiddenChanged(hidden);
    }
}

void ColorLegend::click(int index, Qt::KeyboardModifiers modifiers) {
    if (index < 0 || index >= stops() || !isClickable()) {
        return;
    }
    m_current = index;
    if (index == static_cast<int>(m_entries.size())) {
        return setHidden(0);
    }
    const std::uint32_t own = std::uint32_t{1} << m_entries[static_cast<std::size_t>(index)].bit;
    if (!modifiers.testFlag(Qt::ControlModifier)) {
        return setHidden(m_hidden ^ own);
    }
    std::uint32_t others = 0;
    for (const Entry& entry : m_entries) {
        others |= std::uint32_t{1} << entry.bit;
    }
    others &= ~own;
    setHidden(m_hidden == others ? 0 : others);
}

QString ColorLegend::toolTipOf(int index) const {
    if (index < 0 || index >= static_cast<int>(m_entries.size())) {
        return {};
    }
    const Entry& entry = m_entries[static_cast<std::size_t>(index)];
    const QString what = entry.description.isEmpty() ? entry.name : entry.description;
    const QString click = isAway(static_cast<std::size_t>(index)) ? tr("Click to show these points")
                                                                  : tr("Click to hide these points");
    return what + u'\n' + click + tr("; with Ctrl, to see them alone");
}

bool ColorLegend::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), isClickable() ? toolTipOf(entryAt(help->pos())) : QString(),
                           this);
        return true;
    }
    return QWidget::event(event);
}

void ColorLegend::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->button() == Qt::LeftButton ? entryAt(event->position()) : -1;
    event->setAccepted(m_pressed >= 0);
}

void ColorLegend::mouseReleaseEvent(QMouseEvent* event) {
    const int index = entryAt(event->position());
    if (event->button() == Qt::LeftButton && index == std::exchange(m_pressed, -1)) {
        click(index, event->modifiers());
    }
}

void ColorLegend::mouseMoveEvent(QMouseEvent* event) {
    const int index = isClickable() ? entryAt(event->position()) : -1;
    if (index != m_hovered) {
        m_hovered = index;
        setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void ColorLegend::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void ColorLegend::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return click(m_current, event->modifiers());
        case Qt::Key_Escape:
            if (m_hidden != 0) {
                return setHidden(0);
            }
            break;
        default:
            break;
    }
    if (const std::optional<int> place = placeAfterKey(event->key(), m_current, stops() - 1)) {
        m_current = *place;
        return update();
    }
    QWidget::keyPressEvent(event);
}

void ColorLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(nameFont());
    painter.setPen(theme.muted);
    const double line = lineHeight();
    if (showAllRect().isNull()) {
        painter.drawText(QRectF(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    }
    if (m_kind == Kind::Classes) {
        paintClasses(painter);
    }
}

void ColorLegend::paintClasses(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const Places places = placesFor(width());
    for (std::size_t i = 0; i < places.entries.size(); ++i) {
        paintEntry(painter, places.entries[i], i);
    }
    const int count = static_cast<int>(m_entries.size());
    if (!places.showAll.isNull()) {
        paintShowAll(painter, places.showAll, m_hovered == count);
    }
    if (hasKeyboard() && m_current < stops()) {
        const QRectF rect =
            m_current == count ? places.showAll : places.entries[static_cast<std::size_t>(m_current)];
        paintFocusRing(painter, rect.toAlignedRect(), 6, theme);
    }
}

void ColorLegend::paintEntry(QPainter& painter, const QRectF& rect, std::size_t index) const {
    const Theme& theme = m_theme.theme();
    const Entry& entry = m_entries[index];
    const bool away = isAway(index);
    if (m_hovered == static_cast<int>(index)) {
        paintRounded(painter, rect, 6, theme.control, theme.control);
    }
    const QPointF mark(rect.left() + padding + markRadius, rect.center().y());
    const QColor color = theme.category(entry.category);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(away ? QBrush(Qt::NoBrush) : QBrush(color));
    painter.drawEllipse(mark, markRadius - 0.5, markRadius - 0.5);
    QFont font = nameFont();
    font.setStrikeOut(away);
    painter.setFont(font);
    painter.setPen(away ? theme.muted : theme.text);
    const QRectF text = rect.adjusted(padding + legendMarkWidth, 0, -padding, 0);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, entry.name);
    painter.setFont(numberFont());
    painter.setPen(theme.muted);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, groupedText(entry.count));
}

}  // namespace lexiscope

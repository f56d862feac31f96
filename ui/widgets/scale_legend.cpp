// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scale_legend.h"

#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLinearGradient>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace lexiscope {
namespace {

constexpr double scaleGap = 6;
constexpr double barWidth = 160;
constexpr double scaleHeight = 8;
constexpr double endHeight = 16;
constexpr double endReach = 6;   // pixels from the pointer to an end
constexpr double leastDrag = 3;  // pixels; less is a click that shook
constexpr int hundredth = 10;    // places

}  // namespace

ScaleLegend::ScaleLegend(const ThemeSource& theme, QWidget* parent) : LegendWidget(theme, parent) {
    changed();
}

void ScaleLegend::setScale(const QString& title, const QString& low, const QString& high, const Range& range,
                           const QString& kept) {
    if (m_title == title && m_low == low && m_high == high && m_range == range && m_kept == kept) {
        return;
    }
    m_title = title;
    m_low = low;
    m_high = high;
    m_range = range;
    m_kept = kept;
    changed();
}

QString ScaleLegend::keptText() const {
    return !m_range.isAll() ? m_kept : isClickable() ? tr("drag to keep a range") : QString();
}

void ScaleLegend::changed() {
    setFocusPolicy(isClickable() ? Qt::StrongFocus : Qt::NoFocus);
    setAccessibleName(tr("Legend: %1").arg(m_title));
    QString description = tr("from %1 to %2").arg(m_low, m_high);
    if (!m_range.isAll()) {
        description += tr("; kept: %1").arg(m_kept);
    }
    setAccessibleDescription(description);
    updateGeometry();
    update();
}

ScaleLegend::Places ScaleLegend::placesFor(double width) const {
    const double line = lineHeight();
    const double showAll = showAllWidth();
    double title = widthOf(nameFont(), m_title);
    title = isClickable() ? std::max(title, showAll) : title;
    const double low = widthOf(numberFont(), m_low);
    const double high = widthOf(numberFont(), m_high);
    const double kept = widthOf(nameFont(), keptText());
    const double scale = low + high + 2 * scaleGap + barWidth;
    Places places;
    places.title = QRectF(0, 0, std::min(title, width), line);
    places.showAll = isClickable() && !m_range.isAll() ? QRectF(0, 0, showAll, line) : QRectF();
    const double scaleTop = title + 2 * scaleGap + scale > width ? line : 0;
    double x = scaleTop > 0 ? 0 : title + 2 * scaleGap;
    places.low = QRectF(x, scaleTop, low, line);
    x += low + scaleGap;
    const double room = std::clamp(width - x - high - scaleGap, 24.0, barWidth);
    places.bar = QRectF(x, scaleTop + std::round((line - scaleHeight) / 2), room, scaleHeight);
    x += room + scaleGap;
    places.high = QRectF(x, scaleTop, high, line);
    x += high + 2 * scaleGap;
    // What only invites is left out where it would take a line of its own.
    const bool isNeeded = !m_range.isAll() && kept > 0;
    if (x + kept <= width) {
        places.kept = QRectF(x, scaleTop, kept, line);
    } else if (isNeeded) {
        places.kept = QRectF(0, scaleTop + line, width, line);
    }
    places.height = std::max(scaleTop, places.kept.top()) + line;
    return places;
}

double ScaleLegend::xOf(int place, const QRectF& bar) const {
    return bar.left() + bar.width() * place / lastPlace;
}

int ScaleLegend::placeAt(double x) const {
    const QRectF bar = barRect();
    const double place = (x - bar.left()) / bar.width() * lastPlace;
    return static_cast<int>(std::lround(std::clamp(place, 0.0, double{lastPlace})));
}

ScaleLegend::Grip ScaleLegend::gripAt(QPointF at) const {
    const Places places = placesFor(width());
    if (!isClickable()) {
        return Grip::None;
    }
    if (places.showAll.contains(at)) {
        return Grip::ShowAll;
    }
    const double reach = (places.high.height() - scaleHeight) / 2;
    if (!places.bar.adjusted(-endReach, -reach, endReach, reach).contains(at)) {
        return Grip::None;
    }
    const double toFirst = std::abs(at.x() - xOf(m_range.first, places.bar));
    const double toLast = std::abs(at.x() - xOf(m_range.last, places.bar));
    if (m_range.isAll()) {
        return Grip::New;
    }
    if (std::min(toFirst, toLast) <= endReach) {
        return toFirst < toLast ? Grip::First : Grip::Last;
    }
    const int place = placeAt(at.x());
    return place > m_range.first && place < m_range.last ? Grip::Whole : Grip::New;
}

void ScaleLegend::setRange(const Range& range) {
    if (range != m_range) {
        m_range = range;
        changed();
        Q_EMIT rangeChanged(range.first, range.last);
    }
}

void ScaleLegend::drag(int place) {
    Range range = m_rangeBefore;
    switch (m_grip) {
        case Grip::New:
            range = {std::min(m_from, place), std::max(m_from, place)};
            break;
        case Grip::First:
            range.first = std::min(place, range.last);
            break;
        case Grip::Last:
            range.last = std::max(place, range.first);
            break;
        case Grip::Whole: {
            const int by = std::clamp(place - m_from, -range.first, lastPlace - range.last);
            range = {range.first + by, range.last + by};
            break;
        }
        case Grip::None:
        case Grip::ShowAll:
            return;
    }
    setRange(range);
}

void ScaleLegend::mousePressEvent(QMouseEvent* event) {
    m_grip = event->button() == Qt::LeftButton ? gripAt(event->position()) : Grip::None;
    m_from = placeAt(event->position().x());
    m_pressedX = event->position().x();
    m_rangeBefore = m_range;
    m_dragging = false;
    event->setAccepted(m_grip != Grip::None);
}

void ScaleLegend::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton) && m_grip != Grip::None) {
        m_dragging = m_dragging || std::abs(event->position().x() - m_pressedX) >= leastDrag;
        if (m_dragging) {
            drag(placeAt(event->position().x()));
        }
        return;
    }
    m_hovered = gripAt(event->position());
    setCursor(m_hovered == Grip::None      ? Qt::ArrowCursor
              : m_hovered == Grip::ShowAll ? Qt::PointingHandCursor
              : m_hovered == Grip::Whole   ? Qt::OpenHandCursor
                                           : Qt::SizeHorCursor);
    update();
}

void ScaleLegend::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && std::exchange(m_grip, Grip::None) == Grip::ShowAll &&
        gripAt(event->position()) == Grip::ShowAll) {
        setRange({});
    }
    update();
}

void ScaleLegend::mouseDoubleClickEvent(QMouseEvent* event) {
    const Grip grip = gripAt(event->position());
    event->setAccepted(grip != Grip::None);
    if (grip != Grip::None && event->button() == Qt::LeftButton) {
        setRange({});
    }
}

void ScaleLegend::leaveEvent(QEvent*) {
    m_hovered = Grip::None;
    update();
}

void ScaleLegend::moveEnd(int by) {
    Range range = m_range;
    if (m_lastEnd) {
        range.last = std::clamp(range.last + by, range.first, lastPlace);
    } else {
        range.first = std::clamp(range.first + by, 0, range.last);
    }
    setRange(range);
    update();
}

void ScaleLegend::keyPressEvent(QKeyEvent* event) {
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? 1 : hundredth;
    switch (event->key()) {
        case Qt::Key_Left:
            return moveEnd(-step);
        case Qt::Key_Right:
            return moveEnd(step);
        case Qt::Key_Home:
            return moveEnd(-lastPlace);
        case Qt::Key_End:
            return moveEnd(lastPlace);
        case Qt::Key_Up:
        case Qt::Key_Down:
            m_lastEnd = event->key() == Qt::Key_Up;
            return update();
        case Qt::Key_Escape:
            if (!m_range.isAll()) {
                return setRange({});
            }
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

bool ScaleLegend::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Grip grip = gripAt(help->pos());
        const bool isOnScale = grip != Grip::None && grip != Grip::ShowAll;
        QToolTip::showText(help->globalPos(),
                           isOnScale ? tr("Drag to keep only the points of a range; its ends can be dragged "
                                          "too.\nA double click shows all.")
                                     : QString(),
                           this);
        return true;
    }
    return QWidget::event(event);
}

void ScaleLegend::paintBar(QPainter& painter, const QRectF& bar) const {
    const Theme& theme = m_theme.theme();
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    constexpr int stopCount = 24;
    for (int i = 0; i <= stopCount; ++i) {
        const double place = static_cast<double>(i) / stopCount;
        gradient.setColorAt(place, theme.number(place));
    }
    painter.fillRect(bar, gradient);
    if (m_range.isAll()) {
        return;
    }
    // What is left out is an empty trough: a line around nothing.
    for (const auto& [first, last] :
         {std::pair(0, m_range.first), std::pair(m_range.last, static_cast<int>(lastPlace))}) {
        const QRectF away(xOf(first, bar), bar.top(), xOf(last, bar) - xOf(first, bar), bar.height());
        if (away.width() > 0) {
            painter.fillRect(away, theme.surface);
            painter.fillRect(away.adjusted(0, 3, 0, -3), theme.line);
        }
    }
}

void ScaleLegend::paintEnds(QPainter& painter, const QRectF& bar) const {
    const Theme& theme = m_theme.theme();
    const bool hasFocusRing = hasKeyboard();
    for (const bool isLast : {false, true}) {
        const double x = xOf(isLast ? m_range.last : m_range.first, bar);
        const QRectF end(x - 2.5, bar.center().y() - endHeight / 2, 5, endHeight);
        const bool isHeld = m_hovered == (isLast ? Grip::Last : Grip::First);
        if (!m_range.isAll()) {
            paintRounded(painter, end, 2.5, isHeld ? theme.accent : theme.text, theme.surface);
        }
        if (hasFocusRing && isLast == m_lastEnd) {
            paintFocusRing(painter, end.adjusted(-3, -2, 3, 2).toAlignedRect(), 4, theme);
        }
    }
}

void ScaleLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    const Places places = placesFor(width());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(nameFont());
    if (places.showAll.isNull()) {
        painter.setPen(theme.muted);
        painter.drawText(places.title, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_title, Qt::ElideRight,
                                                          static_cast<int>(places.title.width()) + 1));
    } else {
        paintShowAll(painter, places.showAll, m_hovered == Grip::ShowAll);
    }
    painter.setPen(theme.muted);
    if (!places.kept.isNull()) {
        painter.drawText(places.kept, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(keptText(), Qt::ElideRight,
                                                          static_cast<int>(places.kept.width()) + 1));
    }
    painter.setFont(numberFont());
    painter.drawText(places.low, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, m_low);
    painter.drawText(places.high, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, m_high);
    paintBar(painter, places.bar);
    paintEnds(painter, places.bar);
}

}  // namespace lexiscope

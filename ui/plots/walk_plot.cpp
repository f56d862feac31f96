// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/walk_plot.h"

#include "ui/plots/plot_axes.h"
#include "ui/plots/read_out.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr double radius = 6;
constexpr double dimmedOpacity = 0.4;
constexpr double leastScale = 0.8;         // below that numbers cannot be read
constexpr double leastFigureScale = 0.25;  // nothing scrolls there
constexpr int leastHeight = 110;
constexpr int usualHeight = 220;
constexpr int leastWidth = 220;
constexpr int mostSteps = 1 << 20;  // more than any walk has

void paintBox(QPainter& painter, const QRectF& rect, const QBrush& fill, const QPen& pen) {
    const double inset = pen.style() == Qt::NoPen ? 0 : pen.widthF() / 2;
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

}  // namespace

WalkPlot::WalkPlot(const ThemeSource& theme, QWidget* parent) : QAbstractScrollArea(parent), m_theme(theme) {
    setAccessibleName(tr("How a piece becomes tokens"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&theme, &ThemeSource::changed, this, &WalkPlot::relayout);
}

void WalkPlot::setMoment(const std::shared_ptr<const PieceWalk>& walk, WalkView view, std::size_t step,
                         bool dimmed) {
    const bool isOther = walk != m_walk || view != m_view || step != m_step || dimmed != m_dimmed;
    if (!isOther && m_message.isEmpty()) {
        return;
    }
    m_walk = walk;
    m_view = view;
    m_step = step;
    m_dimmed = dimmed;
    m_message.clear();
    setAccessibleDescription(walkText(*walk, step));
    relayout();
    showFocus();
}

void WalkPlot::setMessage(const QString& message) {
    if (!m_walk && message == m_message) {
        return;
    }
    m_walk.reset();
    m_message = message;
    setAccessibleDescription(message);
    relayout();
}

void WalkPlot::setWhole(bool whole) {
    m_whole = whole;
    const Qt::ScrollBarPolicy policy = whole ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded;
    setVerticalScrollBarPolicy(policy);
    setHorizontalScrollBarPolicy(policy);
    relayout();
}

double WalkPlot::scale() const {
    const QSizeF size = m_scene.size();
    if (size.isEmpty()) {
        return 1;
    }
    const double across = viewport()->width() / size.width();
    if (!m_whole) {
        return std::clamp(across, leastScale, 1.0);
    }
    return std::clamp(std::min(across, viewport()->height() / size.height()), leastFigureScale, 1.0);
}

QPointF WalkPlot::scrolled() const {
    return {static_cast<double>(horizontalScrollBar()->value()),
            static_cast<double>(verticalScrollBar()->value())};
}

void WalkPlot::relayout() {
    m_scene = m_walk ? WalkScene(*m_walk, m_view, m_step, m_theme.theme()) : WalkScene();
    const QSize content = (m_scene.size() * scale()).toSize();
    const auto setBar = [](QScrollBar& bar, int all, int seen) {
        bar.setRange(0, std::max(0, all - seen));
        bar.setPageStep(seen);
        bar.setSingleStep(20);
    };
    setBar(*horizontalScrollBar(), content.width(), viewport()->width());
    setBar(*verticalScrollBar(), content.height(), viewport()->height());
    updateGeometry();
    viewport()->update();
}

void WalkPlot::showFocus() {
    const QRectF focus(m_scene.focus().topLeft() * scale(), m_scene.focus().size() * scale());
    const auto show = [](QScrollBar& bar, double from, double to) {
        constexpr double margin = 8;
        const double least = to + margin - bar.pageStep();
        const double most = std::max(from - margin, least);
        bar.setValue(static_cast<int>(std::clamp<double>(bar.value(), std::min(least, most), most)));
    };
    if (!focus.isNull()) {
        show(*horizontalScrollBar(), focus.left(), focus.right());
        show(*verticalScrollBar(), focus.top(), focus.bottom());
    }
}

QRectF WalkPlot::cellRect(std::size_t cell) const {
    if (cell >= m_scene.cells().size()) {
        return {};
    }
    const QRectF& rect = m_scene.cells()[cell].rect;
    return {rect.topLeft() * scale() - scrolled(), rect.size() * scale()};
}

const WalkCell* WalkPlot::cellAt(QPointF at) const {
    const QPointF place = toScene(at);
    const auto found = std::find_if(m_scene.cells().begin(), m_scene.cells().end(),
                                    [&](const WalkCell& cell) { return cell.rect.contains(place); });
    return found == m_scene.cells().end() ? nullptr : &*found;
}

QString WalkPlot::readOutAt(QPointF at) const {
    const WalkCell* cell = m_walk ? cellAt(at) : nullptr;
    if (cell == nullptr) {
        return {};
    }
    const ByteSpan& span = cell->span;
    QStringList parts{u'“' + cell->before + walkLabel(*m_walk, span) + u'”'};
    parts << (cell->id ? tr("ID %1").arg(cell->id->value) : tr("not in the vocabulary"));
    parts << (span.size() == 1 ? tr("byte %1 of the piece").arg(span.begin)
                               : tr("bytes %1 to %2 of the piece").arg(span.begin).arg(span.end - 1));
    return parts.join(QStringLiteral(" · "));
}

void WalkPlot::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Theme& theme = m_theme.theme();
    painter.fillRect(viewport()->rect(), theme.surface);
    if (!m_walk) {
        paintMessage(painter, theme, QRectF(viewport()->rect()).adjusted(8, 8, -8, -8), m_message);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(m_dimmed ? dimmedOpacity : 1);
    painter.save();
    painter.translate(-scrolled());
    painter.scale(scale(), scale());
    const QRectF seen(toScene(event->rect().topLeft()), QSizeF(event->rect().size()) / scale());
    painter.setPen(QPen(theme.muted, 1));
    painter.drawLines(m_scene.lines().data(), static_cast<int>(m_scene.lines().size()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.muted);
    for (const QPointF& dot : m_scene.dots()) {
        painter.drawEllipse(dot, 3, 3);
    }
    for (const WalkCell& cell : m_scene.cells()) {
        if (cell.rect.intersects(seen)) {
            paintCell(painter, cell);
        }
    }
    for (const WalkNote& note : m_scene.notes()) {
        if (note.rect.intersects(seen)) {
            paintNote(painter, note);
        }
    }
    painter.restore();
    painter.setOpacity(1);
    if (hasFocus()) {
        paintBox(painter, QRectF(viewport()->rect()), Qt::NoBrush, QPen(theme.accent, 1));
    }
    const QString readOut = m_pointer ? readOutAt(*m_pointer) : QString();
    if (!readOut.isEmpty()) {
        paintReadOut(painter, theme, *m_pointer, QRectF(viewport()->rect()), readOut);
    }
}

void WalkPlot::paintCell(QPainter& painter, const WalkCell& cell) const {
    using Look = WalkCell::Look;
    const Theme& theme = m_theme.theme();
    QBrush fill(theme.control);
    QPen pen(theme.line, 1);
    QColor ink = theme.text;
    if (cell.look == Look::New) {
        fill = theme.accentSurface;
        pen = QPen(theme.accent, 1.5);
        ink = theme.accent;
    } else if (cell.look == Look::Token) {
        fill = theme.chip(cell.color % 8);
        pen = QPen(Qt::NoPen);
    } else if (cell.look == Look::Loose) {
        fill = theme.surface;
        pen = QPen(theme.muted, 1.2, Qt::DashLine);
    } else if (cell.look == Look::Faint) {
        fill = theme.surface;
        ink = theme.muted;
    }
    paintBox(painter, cell.rect, fill, pen);
    const QString label = cell.before + walkLabel(*m_walk, cell.span);
    const QFont font = tokenFont(WalkScene::cellFont(theme), label);
    const QRectF room = cell.rect.adjusted(2, 0, -2, 0);
    QRectF line = room;
    if (!cell.below.isEmpty()) {
        line.setHeight(room.height() * 0.6);
        const QRectF second(room.left(), line.bottom() - 2, room.width(), room.height() - line.height());
        painter.setFont(WalkScene::numberFont(theme));
        painter.setPen(cell.look == Look::New ? theme.accent : theme.muted);
        painter.drawText(second, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, cell.below);
    }
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(label, Qt::ElideMiddle, room.width()));
}

void WalkPlot::paintNote(QPainter& painter, const WalkNote& note) const {
    const Theme& theme = m_theme.theme();
    painter.setFont(WalkScene::numberFont(theme));
    painter.setPen(note.isStrong ? theme.accent : theme.muted);
    painter.drawText(note.rect, note.alignment | Qt::TextSingleLine | Qt::TextDontClip, note.text);
}

QSize WalkPlot::sizeHint() const {
    return {std::max(leastWidth, static_cast<int>(m_scene.size().width())),
            std::max(leastHeight, m_walk ? static_cast<int>(m_scene.size().height()) : usualHeight)};
}

QSize WalkPlot::minimumSizeHint() const {
    return {leastWidth, leastHeight};
}

void WalkPlot::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
    showFocus();
}

void WalkPlot::scrollContentsBy(int, int) {
    viewport()->update();
}

void WalkPlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    const WalkCell* cell = m_walk ? cellAt(*m_pointer) : nullptr;
    viewport()->setCursor(cell != nullptr && cell->id ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void WalkPlot::mousePressEvent(QMouseEvent* event) {
    const WalkCell* cell = m_walk ? cellAt(event->position()) : nullptr;
    if (event->button() == Qt::LeftButton && cell != nullptr && cell->id) {
        Q_EMIT idClicked(*cell->id);
    } else {
        event->ignore();
    }
}

bool WalkPlot::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void WalkPlot::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            Q_EMIT stepWanted(-1);
            return;
        case Qt::Key_Right:
            Q_EMIT stepWanted(1);
            return;
        case Qt::Key_Home:
            Q_EMIT stepWanted(-mostSteps);
            return;
        case Qt::Key_End:
            Q_EMIT stepWanted(mostSteps);
            return;
        case Qt::Key_PageUp:
            Q_EMIT pieceWanted(-1);
            return;
        case Qt::Key_PageDown:
            Q_EMIT pieceWanted(1);
            return;
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void WalkPlot::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void WalkPlot::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/walk_plot.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr double walkRadius = 6;
constexpr double leastScale = 0.8;        // below that numbers cannot be read
constexpr double leastWalkScale = 0.25;   // nothing scrolls there; of what no page holds
constexpr double mostFigureScale = 1.25;  // where a page has more room
constexpr int longestPage = 2000;         // pixels that a figure takes by itself
constexpr int widestPage = 1300;
constexpr int leastWalkHeight = 110;
constexpr int usualWalkHeight = 220;
constexpr int leastWalkWidth = 220;
constexpr int mostSteps = 1 << 20;  // more than any walk has

}  // namespace

WalkPlot::WalkPlot(const ThemeSource& theme, QWidget* parent) : ScenePlot(theme, parent) {
    setAccessibleName(tr("How a piece becomes tokens"));
}

void WalkPlot::setMoment(const std::shared_ptr<const PieceWalk>& walk, WalkView view, std::size_t step,
                         bool dimmed) {
    const bool isOther = walk != m_walk || view != m_view || step != m_step || dimmed != isDimmed();
    if (!isOther && message().isEmpty()) {
        return;
    }
    m_walk = walk;
    m_view = view;
    m_step = step;
    setAccessibleDescription(walkText(*walk, step));
    showScene(dimmed);
    showFocus();
}

double WalkPlot::scale() const {
    const QSizeF size = m_scene.size();
    if (size.isEmpty()) {
        return 1;
    }
    const double across = viewport()->width() / size.width();
    const double both = std::min(across, viewport()->height() / size.height());
    if (isWhole()) {
        return std::clamp(both, leastWalkScale, mostFigureScale);
    }
    // A little smaller is better than a little to scroll.
    return both >= leastScale ? std::min(both, 1.0) : std::clamp(across, leastScale, 1.0);
}

void WalkPlot::relayout() {
    m_scene = m_walk ? WalkScene(*m_walk, m_view, m_step, m_theme.theme(), isWhole()) : WalkScene();
    const QSize content = (m_scene.size() * scale()).toSize();
    setBar(*horizontalScrollBar(), content.width(), viewport()->width(), scrollStep);
    setBar(*verticalScrollBar(), content.height(), viewport()->height(), scrollStep);
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
    return cell < m_scene.cells().size() ? toView(m_scene.cells()[cell].rect) : QRectF();
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

void WalkPlot::paintScene(QPainter& painter, const QRectF& seen) const {
    const Theme& theme = m_theme.theme();
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
    paintBox(painter, cell.rect, walkRadius, fill, pen);
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
    const QSizeF scene = m_scene.size();
    const int width = std::max(leastWalkWidth, static_cast<int>(scene.width()));
    if (!m_walk || !isWhole()) {
        return {width,
                std::max(leastWalkHeight, m_walk ? static_cast<int>(scene.height()) : usualWalkHeight)};
    }
    // In the width that it has got it may be drawn smaller.
    const double across = std::min(1.0, viewport()->width() / scene.width());
    return {width, std::min(static_cast<int>(std::ceil(scene.height() * across)), longestPage)};
}

QSize WalkPlot::minimumSizeHint() const {
    // Large type leaves less for what can be scrolled.
    const int least = qRound(leastWalkHeight / std::max(1.0, m_theme.theme().fontScale));
    if (!m_walk || !isWhole()) {
        return {leastWalkWidth, least};
    }
    const QSizeF readable = m_scene.size() * leastScale;
    return {std::clamp(static_cast<int>(std::ceil(readable.width())), leastWalkWidth, widestPage),
            std::min(static_cast<int>(std::ceil(readable.height())), longestPage)};
}

void WalkPlot::resizeEvent(QResizeEvent* event) {
    ScenePlot::resizeEvent(event);
    showFocus();
}

bool WalkPlot::isThingAt(QPointF at) const {
    const WalkCell* cell = m_walk ? cellAt(at) : nullptr;
    return cell != nullptr && cell->id;
}

void WalkPlot::mousePressEvent(QMouseEvent* event) {
    const WalkCell* cell = m_walk ? cellAt(event->position()) : nullptr;
    if (event->button() == Qt::LeftButton && cell != nullptr && cell->id) {
        Q_EMIT idClicked(*cell->id);
    } else {
        event->ignore();
    }
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
            ScenePlot::keyPressEvent(event);
    }
}

}  // namespace lexiscope

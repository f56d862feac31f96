// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_popup.h"

#include "ui/widgets/exact_characters.h"
#include "ui/widgets/paint.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace lexiscope {
namespace {

constexpr int mostRows = SearchField::fullList;
constexpr int margin = 5;

}  // namespace

SearchPopup::SearchPopup(const ThemeSource& theme, QWidget* parent) : QFrame(parent), m_theme(theme) {
    setObjectName(QStringLiteral("searchPopup"));
    setAccessibleName(tr("Tokens found"));
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    connect(&m_theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void SearchPopup::setCompletions(const QVector<Completion>& completions, const QString& note) {
    m_completions = completions;
    m_note = note;
    m_message.clear();
    m_current = m_hovered = -1;
    m_first = 0;
    describe();
    update();
}

void SearchPopup::setMessage(const QString& message) {
    setCompletions({});
    m_message = message;
    describe();
}

void SearchPopup::describe() {
    QStringList parts{m_current >= 0              ? m_completions[m_current].text
                      : m_completions.isEmpty()   ? m_message
                      : m_completions.size() == 1 ? tr("1 token")
                                                  : tr("%1 tokens").arg(m_completions.size())};
    if (m_current < 0 && !m_note.isEmpty()) {
        parts << m_note;
    }
    setAccessibleDescription(parts.join(QStringLiteral(" · ")));
}

void SearchPopup::step(int by) {
    const int count = static_cast<int>(m_completions.size());
    if (count == 0) {
        return;
    }
    if (m_current < 0) {
        m_current = by > 0 ? 0 : count - 1;
    } else {
        m_current = qBound(0, m_current + by, count - 1);
    }
    scrollToCurrent();
    describe();
    update();
}

int SearchPopup::rowHeight() const {
    return qRound(26 * m_theme.theme().fontScale);
}

int SearchPopup::shownRows() const {
    const int lines = (height() - 2 * margin) / rowHeight() - (lastLine().isEmpty() ? 0 : 1);
    return qMin(static_cast<int>(m_completions.size()), qMax(1, lines));
}

int SearchPopup::wantedHeight() const {
    const int rows = qBound(1, static_cast<int>(m_completions.size()), mostRows);
    return 2 * margin + rowHeight() * (rows + (lastLine().isEmpty() ? 0 : 1));
}

QString SearchPopup::lastLine() const {
    QStringList parts;
    if (m_completions.size() >= SearchField::fullList) {
        parts << tr("type on for more");
    }
    if (!m_completions.isEmpty() && !m_note.isEmpty()) {
        parts << m_note;
    }
    return parts.join(QStringLiteral(" · "));
}

void SearchPopup::scrollToCurrent() {
    const int rows = shownRows();
    m_first = qBound(qMax(0, m_current - rows + 1), m_first, qMax(0, m_current));
}

int SearchPopup::rowAt(QPoint point) const {
    if (point.y() < margin || point.x() < 0 || point.x() >= width()) {
        return -1;
    }
    const int shown = (point.y() - margin) / rowHeight();
    return shown < shownRows() ? m_first + shown : -1;
}

void SearchPopup::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    paintRounded(painter, rect(), 6, theme.surface, blend(theme.line, theme.muted, 0.4));
    const QRectF inner = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    if (m_completions.isEmpty()) {
        painter.setFont(theme.textFont(12.5));
        painter.setPen(theme.muted);
        const QRectF place = inner.adjusted(9, 0, -9, 0);
        drawExactLine(painter, place, Qt::AlignLeft | Qt::AlignVCenter,
                      painter.fontMetrics().elidedText(m_message, Qt::ElideMiddle, qRound(place.width())));
        return;
    }
    if (const QString text = lastLine(); !text.isEmpty()) {
        painter.setFont(theme.textFont(11.5));
        painter.setPen(theme.muted);
        const QRectF last(inner.left() + 9, inner.top() + shownRows() * rowHeight(), inner.width() - 18,
                          rowHeight());
        painter.drawText(last, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, qRound(last.width())));
    }
    const QFont small = theme.monoFont(11);
    for (int shown = 0; shown < shownRows(); ++shown) {
        const int index = m_first + shown;
        const QRectF row(inner.left(), inner.top() + shown * rowHeight(), inner.width(), rowHeight());
        if (index == m_current || index == m_hovered) {
            paintRounded(painter, row, 5, index == m_current ? theme.accentSurface : theme.control,
                         index == m_current ? theme.accentLine : QColor());
        }
        const Completion& completion = m_completions[index];
        const QRectF place = row.adjusted(9, 0, -9, 0);
        const double detail = QFontMetricsF(small).horizontalAdvance(completion.detail);
        painter.setFont(small);
        painter.setPen(theme.muted);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, completion.detail);
        const QFont mono = tokenFont(theme.monoFont(13), completion.text);
        painter.setFont(mono);
        painter.setPen(index == m_current ? theme.accent : theme.text);
        painter.drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetricsF(mono).elidedText(completion.text, Qt::ElideMiddle, place.width() - detail - 10));
    }
}

void SearchPopup::mouseMoveEvent(QMouseEvent* event) {
    m_hovered = rowAt(event->pos());
    update();
}

void SearchPopup::mousePressEvent(QMouseEvent* event) {
    event->accept();
}

void SearchPopup::mouseReleaseEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row >= 0 && event->button() == Qt::LeftButton) {
        Q_EMIT taken(row);
    }
}

void SearchPopup::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void SearchPopup::wheelEvent(QWheelEvent* event) {
    const int last = qMax(0, static_cast<int>(m_completions.size()) - shownRows());
    m_first = qBound(0, m_first - event->angleDelta().y() / 60, last);
    m_hovered = rowAt(event->position().toPoint());
    event->accept();
    update();
}

}  // namespace lexiscope

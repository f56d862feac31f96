// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_grid.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/slot_mark.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

namespace lexiscope {
namespace {

constexpr double lineHeight = 23;
constexpr double gapOfColumns = 18;
constexpr double markWidth = 32;  // dot, letter, and the gap behind them
constexpr double noteGap = 8;
constexpr double leastText = 60;  // of a column of text that gives way
constexpr double barInset = 3;
constexpr double barPadding = 6;
constexpr double leastCellBar = 30;  // in which bars can be compared

QString textOf(const CellGrid::Cell& cell) {
    QStringList parts{cell.text.trimmed(), cell.note, cell.explanation};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

CellGrid::CellGrid(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void CellGrid::setTable(std::vector<Column> columns, std::vector<std::vector<Cell>> rows) {
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    describe();
    updateGeometry();
    update();
}

void CellGrid::setDimmed(bool dimmed) {
    m_dimmed = dimmed;
    update();
}

void CellGrid::setWhole(bool whole) {
    m_whole = whole;
    updateGeometry();
}

void CellGrid::describe() {
    QStringList lines;
    for (const std::vector<Cell>& row : m_rows) {
        QStringList parts;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const QString letter = row[i].slot ? slotLetter(*row[i].slot) + u' ' : QString();
            const QString of = m_columns[i].slot ? slotLetter(*m_columns[i].slot) + u' ' : QString();
            parts << (m_columns[i].isText ? letter + row[i].text
                                          : of + m_columns[i].title + u' ' + row[i].text);
        }
        lines << parts.join(QStringLiteral(", "));
    }
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
}

double CellGrid::rowHeight() const {
    return lineHeight * m_theme.theme().fontScale;
}

double CellGrid::contentWidth(std::size_t column, bool withNotes) const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF head(theme.textFont(12));
    const QFontMetricsF text(m_columns[column].isText ? theme.textFont(13) : theme.monoFont(12.5));
    const double mark = markWidth * theme.fontScale;
    double widest = head.horizontalAdvance(m_columns[column].title) + (m_columns[column].slot ? mark : 0);
    for (const std::vector<Cell>& row : m_rows) {
        const Cell& cell = row[column];
        const double note =
            withNotes && !cell.note.isEmpty() ? head.horizontalAdvance(cell.note) + noteGap : 0;
        widest = std::max(widest, text.horizontalAdvance(cell.text) + note + (cell.slot ? mark : 0) +
                                      (cell.bar >= 0 ? leastCellBar : 0));
    }
    return std::ceil(widest) + 1;
}

double CellGrid::leastWidth(std::size_t column) const {
    const double whole = contentWidth(column, false);
    const bool givesWay = m_columns[column].isText && !m_whole;
    const bool hasMarks = std::any_of(m_rows.begin(), m_rows.end(), [column](const std::vector<Cell>& row) {
        return row[column].slot.has_value();
    });
    const double least = (leastText + (hasMarks ? markWidth : 0)) * m_theme.theme().fontScale;
    return givesWay ? std::min(whole, least) : whole;
}

std::vector<double> CellGrid::edges() const {
    const double gap = gapOfColumns * m_theme.theme().fontScale;
    const bool withNotes = sizeHint().width() <= width();
    std::vector<double> widths;
    double all = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        widths.push_back(contentWidth(i, withNotes));
        all += widths.back() + (i > 0 ? gap : 0);
    }
    double room = width() - all;
    // Notes are the first to make way. What is still too much is taken from the columns of text; what is left
    // goes to those with bars, else to text.
    for (std::size_t i = 0; i < m_columns.size() && room < 0; ++i) {
        const double least = leastWidth(i);
        const double taken = std::min(-room, std::max(0.0, widths[i] - least));
        widths[i] -= taken;
        room += taken;
    }
    const auto hasBars = [this](std::size_t i) {
        return std::any_of(m_rows.begin(), m_rows.end(),
                           [i](const std::vector<Cell>& row) { return row[i].bar >= 0; });
    };
    std::vector<std::size_t> growing;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (hasBars(i)) {
            growing.push_back(i);
        }
    }
    if (growing.empty() && !widths.empty()) {
        growing.push_back(0);
    }
    // Bars are compared across columns, too: those columns are of one width.
    double shared = std::max(0.0, room);
    for (const std::size_t i : growing) {
        shared += widths[i];
    }
    for (const std::size_t i : growing) {
        widths[i] = shared / static_cast<double>(growing.size());
    }
    std::vector<double> edges{0};
    for (const double each : widths) {
        edges.push_back(edges.back() + each + gap);
    }
    return edges;
}

double CellGrid::columnWidth(std::size_t column) const {
    const std::vector<double> places = edges();
    return places[column + 1] - places[column] - gapOfColumns * m_theme.theme().fontScale;
}

QSize CellGrid::sizeHint() const {
    double wide = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        wide += contentWidth(i, true) + (i > 0 ? gapOfColumns * m_theme.theme().fontScale : 0);
    }
    return {static_cast<int>(std::ceil(wide)),
            static_cast<int>(std::ceil(rowHeight() * static_cast<double>(m_rows.size() + 1)))};
}

QSize CellGrid::minimumSizeHint() const {
    double wide = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        wide += leastWidth(i) + (i > 0 ? gapOfColumns * m_theme.theme().fontScale : 0);
    }
    return {static_cast<int>(std::ceil(wide)), sizeHint().height()};
}

double CellGrid::widthBehindBars(std::size_t column) const {
    const QFontMetricsF metrics(m_theme.theme().monoFont(12.5));
    double widest = 0;
    for (const std::vector<Cell>& row : m_rows) {
        if (row[column].bar >= 0) {
            widest = std::max(widest, metrics.horizontalAdvance(row[column].text) + noteGap);
        }
    }
    return widest;
}

void CellGrid::paintCell(QPainter& painter, const QRectF& place, const Column& column, const Cell& cell,
                         double behindBar) const {
    const Theme& theme = m_theme.theme();
    QRectF room = place;
    QRectF noteRoom = place;
    if (cell.bar >= 0) {
        const QColor color = cell.barSlot ? theme.slot(*cell.barSlot) : theme.accent;
        QRectF bar = place.adjusted(0, barInset, -behindBar, -barInset);
        noteRoom = bar.adjusted(barPadding, 0, -barPadding, 0);
        paintRounded(painter, bar, 3, blend(theme.surface, theme.control, 0.6));
        bar.setWidth(std::max(2.0, bar.width() * std::min(cell.bar, 1.0)));
        paintRounded(painter, bar, std::min(3.0, bar.width() / 2), blend(theme.surface, color, 0.3));
        room.setLeft(place.right() - behindBar);
    }
    if (cell.slot) {
        const double end = paintSlotMark(painter, room.left(), room.center().y(), *cell.slot, theme);
        room.setLeft(std::max(end, room.left() + markWidth * theme.fontScale));
    }
    const QFont noteFont = theme.textFont(12);
    const double noteWidth =
        cell.note.isEmpty() ? 0 : QFontMetricsF(noteFont).horizontalAdvance(cell.note) + 1;
    const QFont font = column.isText ? theme.textFont(13) : theme.monoFont(12.5);
    const QFontMetricsF metrics(font);
    const double textWidth = metrics.horizontalAdvance(cell.text) + 1;
    const bool hasNote = noteWidth > 0 && (cell.bar >= 0 ? noteWidth <= noteRoom.width()
                                                         : textWidth + noteGap + noteWidth <= room.width());
    if (hasNote) {
        painter.setFont(noteFont);
        painter.setPen(theme.muted);
        // Behind a text; before a number, so that the numbers stay below each other.
        const QRectF note =
            column.isText
                ? QRectF(room.left() + textWidth + noteGap, room.top(), noteWidth, room.height())
                : QRectF(cell.bar >= 0 ? noteRoom.left() : room.left(), room.top(), noteWidth, room.height());
        painter.drawText(note, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, cell.note);
    }
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(room,
                     (column.isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(cell.text, Qt::ElideRight, room.width()));
}

void CellGrid::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_dimmed) {
        painter.setOpacity(0.55);
    }
    const double gap = gapOfColumns * theme.fontScale;
    const double height = rowHeight();
    const std::vector<double> lefts = edges();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        QRectF head(lefts[i], 0, lefts[i + 1] - gap - lefts[i], height);
        const QFontMetricsF metrics(theme.textFont(12));
        double textLeft = head.left();
        if (m_columns[i].slot) {
            textLeft =
                std::max(paintSlotMark(painter, head.left(), head.center().y(), *m_columns[i].slot, theme),
                         head.left() + markWidth * theme.fontScale);
        }
        head.setLeft(textLeft);
        painter.setFont(theme.textFont(12));
        painter.setPen(theme.muted);
        const bool isLeft = m_columns[i].isText || m_columns[i].slot;
        painter.drawText(head,
                         (isLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(m_columns[i].title, Qt::ElideRight, head.width()));
    }
    painter.fillRect(QRectF(0, height - 1, width(), 1), theme.line);
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const QRectF place(lefts[i], height * static_cast<double>(row + 1), lefts[i + 1] - gap - lefts[i],
                               height);
            paintCell(painter, place, m_columns[i], m_rows[row][i], widthBehindBars(i));
        }
    }
}

bool CellGrid::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::vector<double> lefts = edges();
    const auto row = static_cast<std::size_t>(std::max(0.0, help->pos().y() / rowHeight()));
    QString text;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (help->pos().x() >= lefts[i] && help->pos().x() < lefts[i + 1]) {
            text = row == 0                  ? m_columns[i].explanation
                   : row - 1 < m_rows.size() ? textOf(m_rows[row - 1][i])
                                             : QString();
        }
    }
    text.trimmed().isEmpty() ? QToolTip::hideText()
                             : QToolTip::showText(help->globalPos(), text.trimmed().toHtmlEscaped(), this);
    return true;
}

}  // namespace lexiscope

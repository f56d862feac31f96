// SPDX-License-Identifier: GPL-3.0-or-later
// HeatMapView: what it looks like.
#include "ui/plots/cell_numbers.h"
#include "ui/plots/color_scale.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/paint_target.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double rowNumberGap = 8;     // between row numbers and the map
constexpr double frameOverhang = 2.5;  // of the selected row's frame
constexpr double widestNames = 0.25;   // of the width

}  // namespace

QString rangeText(std::size_t begin, std::size_t end) {
    return end - begin <= 1 ? QString::number(begin) : QStringLiteral("%1…%2").arg(begin).arg(end - 1);
}

QRectF HeatMapView::wholeRect() const {
    const Theme& theme = m_theme.theme();
    const QFont numbers = theme.monoFont(numberPixels, QFont::Bold);
    const std::size_t last = m_figure.totalRows > 0 ? (m_figure.totalRows - 1) * m_figure.rowStep : 0;
    const qsizetype digits = std::max<qsizetype>(3, QString::number(last).size());
    const double title = m_figure.rowTitle.isEmpty() ? 0 : textHeight(theme.textFont(namePixels)) + 2;
    const double names = hasRowNames() ? rowNameWidth() + rowNumberGap : 0;
    const double left =
        std::ceil(static_cast<double>(digits) * QFontMetricsF(numbers).horizontalAdvance(QLatin1Char('0')) +
                  rowNumberGap + title + names);
    const double top = std::ceil(frameOverhang);
    const double below = legendGap + colorLegendHeight(theme);
    return {left, top, std::max(8.0, width() - left - std::ceil(frameOverhang)),
            std::max(8.0, height() - top - below)};
}

bool HeatMapView::hasRowNames() const {
    const double room = height() - 2 * frameOverhang - legendGap - colorLegendHeight(m_theme.theme());
    return !m_figure.rowNames.empty() && m_figure.rowNames.size() == m_figure.rowCount &&
           room / static_cast<double>(m_figure.rowCount) >=
               textHeight(m_theme.theme().monoFont(numberPixels));
}

double HeatMapView::rowNameWidth() const {
    double width = 0;
    for (const QString& name : m_figure.rowNames) {
        const QFont font = tokenFont(m_theme.theme().monoFont(numberPixels, QFont::Bold), name);
        width = std::max(width, QFontMetricsF(font).horizontalAdvance(name));
    }
    return std::ceil(std::min(width, widestNames * this->width()));
}

QRectF HeatMapView::mapRect() const {
    QRectF map = wholeRect();
    if (m_square) {
        const double side = std::min(map.width(), map.height());
        map.setSize({side, side});
    }
    return map;
}

int HeatMapView::squareWidth() const {
    const QRectF map = wholeRect();
    return static_cast<int>(std::ceil(map.left() + map.height() + frameOverhang));
}

const QImage& HeatMapView::mapImage(double scale) {
    const QRectF map = mapRect();
    const QSize size((map.size() * scale).toSize());
    const std::size_t lines = lineCount(m_figure);
    ImageKey key{m_figure.values, m_figure.firstLine,  lines, firstColumn(), columnCount(), size,
                 m_figure.scale,  m_theme.theme().name};
    if (m_image.isNull() || key != m_imageKey) {
        const std::span<const float> values =
            std::span(*m_figure.values).subspan(m_figure.firstLine * m_figure.columns);
        m_image = heatMapImage({values, lines, columnCount(), firstColumn(), m_figure.columns}, size,
                               m_theme.theme(), m_figure.scale);
        m_imageKey = std::move(key);
    }
    return m_image;
}

void HeatMapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed},
                   QRectF(rect()).adjusted(8, 8, -8, -8), m_figure.message)) {
        return;
    }
    const QImage& image = mapImage(imageScale(painter));
    painter.drawImage(map, image, QRectF(image.rect()));
    paintNumbers(painter);
    paintRowFrames(painter);
    paintRowNumbers(painter);
    paintRowTitle(painter);
    paintLegend(painter);
    painter.setOpacity(1);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(map.adjusted(-1.5, -1.5, 1.5, 1.5));
    }
    const bool isDrag = m_press && m_press->isDrag;
    const std::optional<HeatMapCell> cell =
        m_pointerInside && !isDrag ? cellAt(m_pointer) : std::optional<HeatMapCell>();
    if (cell) {
        paintReadOut(painter, theme, m_pointer, QRectF(rect()),
                     m_readOut ? m_readOut(*cell) : readOut(*cell));
    }
}

void HeatMapView::paintNumbers(QPainter& painter) const {
    if (!m_figure.numbers || m_figure.rowsPerLine > 1) {
        return;
    }
    const QRectF map = mapRect();
    const std::size_t lines = lineCount(m_figure);
    const std::size_t columns = columnCount();
    const double height = map.height() / static_cast<double>(lines);
    for (std::size_t line = 0; line < lines; ++line) {
        const QRectF place(map.left(), map.top() + static_cast<double>(line) * height, map.width(), height);
        const std::size_t first = (m_figure.firstLine + line) * m_figure.columns + firstColumn();
        paintCellNumbers(painter, m_theme.theme(), m_figure.scale, place,
                         std::span(*m_figure.values).subspan(first, columns));
    }
}

void HeatMapView::paintRowFrames(QPainter& painter) const {
    const QRectF map = mapRect();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const auto frame = [&](long long row, const QPen& pen, double beyond) {
        const double top = yOf(static_cast<double>(row));
        const double bottom = yOf(static_cast<double>(row + 1));
        if (row < 0 || bottom <= map.top() || top >= map.bottom()) {
            return;
        }
        // A row lower than a pen would vanish under its own frame.
        const double half = std::max((bottom - top) / 2, 1.5) + 0.75;
        const double middle = (top + bottom) / 2;
        painter.setPen(pen);
        painter.drawRoundedRect(
            QRectF(map.left() - beyond, middle - half, map.width() + 2 * beyond, 2 * half), 1.5, 1.5);
    };
    if (m_figure.hoveredRow != m_figure.selectedRow) {
        frame(m_figure.hoveredRow, QPen(m_theme.theme().muted, 1), 0.5);
    }
    frame(m_figure.selectedRow, QPen(m_theme.theme().text, 1.5), frameOverhang - 0.75);
    painter.restore();
}

void HeatMapView::paintRowNames(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    const double names = rowNameWidth();
    for (std::size_t i = 0; i < m_figure.rowNames.size(); ++i) {
        const auto row = static_cast<double>(m_figure.firstRow + i);
        const bool isSelected = static_cast<long long>(m_figure.firstRow + i) == m_figure.selectedRow;
        const QRectF line(0, yOf(row), map.left() - rowNumberGap, yOf(row + 1) - yOf(row));
        const QFont font = theme.monoFont(numberPixels, isSelected ? QFont::Bold : QFont::Normal);
        const QFont nameFont = tokenFont(font, m_figure.rowNames[i]);
        painter.setFont(font);
        painter.setPen(isSelected ? theme.text : theme.muted);
        painter.drawText(line.adjusted(0, 0, -names - rowNumberGap, 0),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                         QString::number((m_figure.firstRow + i) * m_figure.rowStep));
        painter.setFont(nameFont);
        painter.setPen(theme.text);
        painter.drawText(line.adjusted(line.width() - names, 0, 1, 0),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         QFontMetricsF(nameFont).elidedText(m_figure.rowNames[i], Qt::ElideRight, names));
    }
}

void HeatMapView::paintRowNumbers(QPainter& painter) const {
    if (hasRowNames()) {
        return paintRowNames(painter);
    }
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    const double tall = textHeight(theme.monoFont(numberPixels));
    const auto rectFor = [&](long long row) {
        const double middle = (yOf(static_cast<double>(row)) + yOf(static_cast<double>(row + 1))) / 2;
        const double top =
            std::clamp(middle - tall / 2, 0.0, std::max(map.bottom() - tall + frameOverhang, 0.0));
        return QRectF(0, top, map.left() - rowNumberGap, tall);
    };
    const auto write = [&](long long row, const QRectF& where) {
        painter.drawText(where, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                         QString::number(row * static_cast<long long>(m_figure.rowStep)));
    };
    const long long first = static_cast<long long>(m_figure.firstRow);
    const long long last = first + static_cast<long long>(m_figure.rowCount) - 1;
    const bool selected = m_figure.selectedRow >= first && m_figure.selectedRow <= last;
    const QRectF taken = selected ? rectFor(m_figure.selectedRow) : QRectF();
    painter.setFont(theme.monoFont(numberPixels));
    painter.setPen(theme.muted);
    for (const long long row : {first, last}) {
        if (row != m_figure.selectedRow && (row == first || last > first) &&
            !rectFor(row).intersects(taken)) {
            write(row, rectFor(row));
        }
    }
    if (selected) {
        painter.setFont(theme.monoFont(numberPixels, QFont::Bold));
        painter.setPen(theme.text);
        write(m_figure.selectedRow, taken);
    }
}

void HeatMapView::paintRowTitle(QPainter& painter) const {
    const QFont font = m_theme.theme().textFont(namePixels);
    const QRectF map = mapRect();
    const double tall = textHeight(font);
    if (m_figure.rowTitle.isEmpty() ||
        QFontMetricsF(font).horizontalAdvance(m_figure.rowTitle) > map.height()) {
        return;
    }
    painter.save();
    painter.translate(0, map.center().y());
    painter.rotate(-90);
    painter.setFont(font);
    painter.setPen(m_theme.theme().muted);
    painter.drawText(QRectF(-map.height() / 2, 0, map.height(), tall), Qt::AlignCenter, m_figure.rowTitle);
    painter.restore();
}

QString HeatMapView::columnTitle(double room) const {
    if (m_figure.columnName.isEmpty()) {
        return {};
    }
    const std::size_t first = firstColumn() * m_figure.columnStep;
    const std::size_t last = (firstColumn() + columnCount() - 1) * m_figure.columnStep;
    const QString range =
        first == last ? QString::number(first) : QStringLiteral("%1 … %2").arg(first).arg(last);
    const QFontMetricsF metrics(m_theme.theme().textFont(namePixels));
    for (const QString& title : {m_figure.columnName + u' ' + range, range}) {
        if (metrics.horizontalAdvance(title) <= room) {
            return title;
        }
    }
    return {};
}

void HeatMapView::paintLegend(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    // The bar gives way to the title, down to the numbers of its ends.
    const QFont font = theme.textFont(namePixels);
    const double shortest = colorLegendWidth(theme, m_figure.scale);
    const QString title = columnTitle(map.width() - shortest - legendGap);
    const double free = map.width() - legendGap - QFontMetricsF(font).horizontalAdvance(title) - 1;
    const QRectF bar = paintColorLegend(painter, theme, m_figure.scale,
                                        {map.right(), map.bottom() + legendGap}, std::max(free, 0.0));
    const QRectF place(map.left(), map.bottom() + legendGap - 3, bar.left() - map.left(), textHeight(font));
    painter.setFont(font);
    painter.setPen(theme.muted);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, title);
}

QString HeatMapView::readOut(const HeatMapCell& cell) const {
    const QString number = valueText(cell.value, 4);
    const QString columns = rangeText(cell.firstColumn, cell.endColumn);
    if (!cell.isOneRow) {
        return tr("rows %1 · dimension %2 · largest %3")
            .arg(rangeText(cell.firstRow, cell.endRow), columns, number);
    }
    const QString label = m_rowLabel ? m_rowLabel(Row{static_cast<std::uint32_t>(cell.firstRow)}) : QString();
    const QString name = label.isEmpty() ? QString::number(cell.firstRow)
                                         : QStringLiteral("%1 %2").arg(cell.firstRow).arg(label);
    return cell.endColumn - cell.firstColumn == 1
               ? tr("row %1 · dimension %2 · %3").arg(name, columns, number)
               : tr("row %1 · dimensions %2 · largest %3").arg(name, columns, number);
}

}  // namespace lexiscope

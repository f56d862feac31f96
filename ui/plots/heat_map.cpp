// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map.h"

#include "ui/plots/read_out.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace lexiscope {
namespace {

constexpr double numberPixels = 11;
constexpr double numberGap = 8;   // between row numbers and the map
constexpr double overhang = 2.5;  // of the selected row's frame
constexpr double legendGap = 8;   // between the map and what is below it
constexpr double legendBar = 7;
constexpr double legendLength = 104;
constexpr double readableCell = 3;  // pixels from which single rows can be pointed at
constexpr double wheelShare = 0.1;  // of the rows in view, per notch
constexpr double zoomFactor = 1.25;
constexpr double dimmedOpacity = 0.4;

double textHeight(const QFont& font) {
    const QFontMetricsF metrics(font);
    return std::ceil(metrics.ascent() + metrics.descent());
}

int decimalsFor(double limit) {
    return limit > 0 && std::isfinite(limit)
               ? std::clamp(1 - static_cast<int>(std::floor(std::log10(limit))), 0, 8)
               : 0;
}

/// "7" or "7…9" for the half-open range.
QString rangeText(std::size_t begin, std::size_t end) {
    return end - begin <= 1 ? QString::number(begin) : QStringLiteral("%1…%2").arg(begin).arg(end - 1);
}

}  // namespace

std::size_t lineCount(const HeatMapFigure& figure) {
    return figure.values && figure.columns > 0 ? figure.values->size() / figure.columns : 0;
}

void boundRows(double& firstRow, double& rowCount, std::size_t totalRows) {
    const double total = static_cast<double>(totalRows);
    rowCount = std::clamp(rowCount, std::min(4.0, total), total);
    firstRow = std::clamp(firstRow, 0.0, total - rowCount);
}

HeatMapView::HeatMapView(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Embedding matrix"));
    setAccessibleDescription(
        tr("Weights as colours, one row per token. Up and Down choose a row, Page Up and Page Down "
           "scroll, plus and minus zoom."));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void HeatMapView::setFigure(HeatMapFigure figure) {
    // The answer to a request is the asked view in whole rows: its fraction is kept, or slow wheels would
    // never move.
    const double first = static_cast<double>(figure.firstRow);
    const double count = static_cast<double>(figure.rowCount);
    if (std::abs(first - m_viewFirst) >= 1 || std::abs(count - m_viewCount) > 1) {
        m_viewFirst = first;
        m_viewCount = count;
    }
    m_figure = std::move(figure);
    if (m_pointerInside) {
        hover(singleRowAt(m_pointer));
    }
    update();
}

QSize HeatMapView::sizeHint() const {
    return {300, 260};
}

QSize HeatMapView::minimumSizeHint() const {
    return {180, 120};
}

QRectF HeatMapView::mapRect() const {
    const QFont numbers = m_theme.theme().monoFont(numberPixels, QFont::Bold);
    const qsizetype digits =
        std::max<qsizetype>(3, QString::number(m_figure.totalRows > 0 ? m_figure.totalRows - 1 : 0).size());
    const double left = std::ceil(
        static_cast<double>(digits) * QFontMetricsF(numbers).horizontalAdvance(QLatin1Char('0')) + numberGap);
    const double top = std::ceil(overhang);
    const double below = legendGap + legendBar + 4 + textHeight(m_theme.theme().monoFont(numberPixels));
    return {left, top, std::max(8.0, width() - left - std::ceil(overhang)),
            std::max(8.0, height() - top - below)};
}

int HeatMapView::mapHeight() const {
    return static_cast<int>(std::lround(mapRect().height() * devicePixelRatioF()));
}

double HeatMapView::yOf(double row) const {
    const QRectF map = mapRect();
    return map.top() + (row - static_cast<double>(m_figure.firstRow)) /
                           static_cast<double>(m_figure.rowCount) * map.height();
}

long long HeatMapView::rowAt(QPointF at) const {
    const QRectF map = mapRect();
    if (lineCount(m_figure) == 0 || m_figure.rowCount == 0 || !map.contains(at)) {
        return -1;
    }
    const auto offset = static_cast<std::size_t>((at.y() - map.top()) / map.height() *
                                                 static_cast<double>(m_figure.rowCount));
    return static_cast<long long>(m_figure.firstRow + std::min(offset, m_figure.rowCount - 1));
}

long long HeatMapView::singleRowAt(QPointF at) const {
    return m_figure.rowsPerLine > 1 ? -1 : rowAt(at);
}

const QImage& HeatMapView::mapImage(double scale) {
    const QRectF map = mapRect();
    const QSize size((map.size() * scale).toSize());
    ImageKey key{m_figure.values, size, m_figure.limit, m_theme.theme().name};
    if (m_image.isNull() || key != m_imageKey) {
        m_image = heatMapImage(*m_figure.values, lineCount(m_figure), m_figure.columns, size, m_theme.theme(),
                               m_figure.limit);
        m_imageKey = std::move(key);
    }
    return m_image;
}

void HeatMapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    painter.fillRect(rect(), theme.surface);
    if (lineCount(m_figure) == 0 || m_figure.rowCount == 0) {
        painter.setFont(theme.textFont(13));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(rect()).adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                         m_figure.message);
        return;
    }
    painter.setOpacity(m_figure.dimmed ? dimmedOpacity : 1);
    const QImage& image =
        mapImage(std::hypot(painter.deviceTransform().m11(), painter.deviceTransform().m12()));
    painter.drawImage(map, image, QRectF(image.rect()));
    paintRowFrames(painter);
    paintRowNumbers(painter);
    paintLegend(painter);
    painter.setOpacity(1);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(map.adjusted(-1.5, -1.5, 1.5, 1.5));
    }
    const QString text = m_pointerInside ? readOut(m_pointer) : QString();
    if (!text.isEmpty()) {
        paintReadOut(painter, theme, m_pointer, QRectF(rect()), text);
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
    frame(m_figure.selectedRow, QPen(m_theme.theme().text, 1.5), overhang - 0.75);
    painter.restore();
}

void HeatMapView::paintRowNumbers(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    const double tall = textHeight(theme.monoFont(numberPixels));
    const auto rectFor = [&](long long row) {
        const double middle = (yOf(static_cast<double>(row)) + yOf(static_cast<double>(row + 1))) / 2;
        const double top = std::clamp(middle - tall / 2, 0.0, std::max(map.bottom() - tall + overhang, 0.0));
        return QRectF(0, top, map.left() - numberGap, tall);
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
            painter.drawText(rectFor(row), Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                             QString::number(row));
        }
    }
    if (selected) {
        painter.setFont(theme.monoFont(numberPixels, QFont::Bold));
        painter.setPen(theme.text);
        painter.drawText(taken, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                         QString::number(m_figure.selectedRow));
    }
}

void HeatMapView::paintLegend(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect();
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    const int decimals = decimalsFor(m_figure.limit);
    const QString low = numberText(-m_figure.limit, decimals);
    const QString high = numberText(m_figure.limit, decimals);
    const QString zero = QStringLiteral("0");
    const double ends = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high);
    // The bar gives way to the title, down to the numbers of its ends.
    const QFont title = theme.textFont(12);
    const double free =
        map.width() - legendGap - QFontMetricsF(title).horizontalAdvance(m_figure.columnTitle);
    const double length = std::clamp(free - 1, ends + numberGap, std::max(legendLength, ends + numberGap));
    const QRectF bar(map.right() - length, map.bottom() + legendGap, length, legendBar);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    gradient.setStops({{0, theme.signedLow}, {0.5, theme.signedMid}, {1, theme.signedHigh}});
    painter.fillRect(bar, gradient);

    const double tall = textHeight(theme.monoFont(numberPixels));
    const QRectF numbers(bar.left(), bar.bottom() + 3, bar.width(), tall);
    painter.setFont(theme.monoFont(numberPixels));
    painter.setPen(theme.muted);
    painter.drawText(numbers, Qt::AlignLeft | Qt::TextDontClip, low);
    if (length >= ends + metrics.horizontalAdvance(zero) + 3 * numberGap) {
        painter.drawText(numbers, Qt::AlignHCenter | Qt::TextDontClip, zero);
    }
    painter.drawText(numbers, Qt::AlignRight | Qt::TextDontClip, high);

    const QRectF place(map.left(), map.bottom() + legendGap - 3, bar.left() - map.left() - legendGap,
                       textHeight(title));
    painter.setFont(title);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(title).elidedText(m_figure.columnTitle, Qt::ElideRight, place.width()));
}

QString HeatMapView::readOut(QPointF at) const {
    const long long row = rowAt(at);
    if (row < 0) {
        return {};
    }
    const QRectF map = mapRect();
    const std::size_t lines = lineCount(m_figure);
    const double scale = devicePixelRatioF();
    const auto range = [](double position, double pixels, std::size_t cells) {
        const auto count = static_cast<std::size_t>(std::max(1.0, std::floor(pixels)));
        const std::size_t pixel = std::min(static_cast<std::size_t>(std::max(position, 0.0)), count - 1);
        const std::size_t begin = pixel * cells / count;
        return std::pair(begin, std::max(begin + 1, (pixel + 1) * cells / count));
    };
    const auto [left, right] = range((at.x() - map.left()) * scale, map.width() * scale, m_figure.columns);
    const auto [top, bottom] = range((at.y() - map.top()) * scale, map.height() * scale, lines);
    float value = 0;
    for (std::size_t line = top; line < bottom; ++line) {
        for (std::size_t column = left; column < right; ++column) {
            const float other = (*m_figure.values)[line * m_figure.columns + column];
            value = std::abs(other) >= std::abs(value) || std::isnan(other) ? other : value;
        }
    }
    const bool single = bottom - top == 1 && m_figure.rowsPerLine <= 1;
    const std::size_t firstRow = m_figure.firstRow + top * m_figure.rowsPerLine;
    const std::size_t endRow =
        std::min(m_figure.firstRow + bottom * m_figure.rowsPerLine, m_figure.firstRow + m_figure.rowCount);
    const QString number =
        std::isnan(value) ? QStringLiteral("NaN") : numberText(static_cast<double>(value), 4);
    if (!single || map.height() / static_cast<double>(m_figure.rowCount) < readableCell) {
        return tr("rows %1 · dimension %2 · largest %3")
            .arg(rangeText(firstRow, std::max(firstRow + 1, endRow)), rangeText(left, right), number);
    }
    const QString label = m_rowLabel ? m_rowLabel(Row{static_cast<std::uint32_t>(row)}) : QString();
    const QString name = label.isEmpty() ? QString::number(row) : QStringLiteral("%1 %2").arg(row).arg(label);
    return right - left == 1
               ? tr("row %1 · dimension %2 · %3").arg(name, rangeText(left, right), number)
               : tr("row %1 · dimensions %2 · largest %3").arg(name, rangeText(left, right), number);
}

void HeatMapView::requestView(double firstRow, double rowCount) {
    if (m_figure.totalRows == 0 || lineCount(m_figure) == 0) {
        return;
    }
    boundRows(firstRow, rowCount, m_figure.totalRows);
    if (firstRow != m_viewFirst || rowCount != m_viewCount) {
        m_viewFirst = firstRow;
        m_viewCount = rowCount;
        Q_EMIT viewRequested(firstRow, rowCount);
    }
}

void HeatMapView::hover(long long row) {
    if (row != m_hoveredRow) {
        m_hoveredRow = row;
        Q_EMIT rowHovered(row >= 0, Row{static_cast<std::uint32_t>(std::max(row, 0LL))});
    }
}

void HeatMapView::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    m_pointerInside = mapRect().contains(m_pointer);
    hover(singleRowAt(m_pointer));
    setCursor(m_pointerInside && rowAt(m_pointer) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void HeatMapView::mousePressEvent(QMouseEvent* event) {
    const long long row = rowAt(event->position());
    if (event->button() != Qt::LeftButton || row < 0) {
        event->ignore();
        return;
    }
    Q_EMIT rowClicked(Row{static_cast<std::uint32_t>(row)});
}

void HeatMapView::leaveEvent(QEvent*) {
    m_pointerInside = false;
    hover(-1);
    update();
}

void HeatMapView::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    const QRectF map = mapRect();
    if (notches == 0 || lineCount(m_figure) == 0) {
        event->ignore();
        return;
    }
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const double share = std::clamp((event->position().y() - map.top()) / map.height(), 0.0, 1.0);
        double count = m_viewCount / std::pow(zoomFactor, notches);
        double first = m_viewFirst;
        double unused = 0;
        boundRows(unused, count, m_figure.totalRows);
        first += share * (m_viewCount - count);
        requestView(first, count);
    } else {
        requestView(m_viewFirst - notches * std::max(1.0, m_viewCount * wheelShare), m_viewCount);
    }
    event->accept();
}

void HeatMapView::keyPressEvent(QKeyEvent* event) {
    const double middle = m_viewFirst + m_viewCount / 2;
    const auto zoomTo = [&](double count) { requestView(middle - count / 2, count); };
    switch (event->key()) {
        case Qt::Key_Up:
            Q_EMIT moveSelection(-1);
            return;
        case Qt::Key_Down:
            Q_EMIT moveSelection(1);
            return;
        case Qt::Key_PageUp:
            return requestView(m_viewFirst - m_viewCount, m_viewCount);
        case Qt::Key_PageDown:
            return requestView(m_viewFirst + m_viewCount, m_viewCount);
        case Qt::Key_Home:
            return requestView(0, m_viewCount);
        case Qt::Key_End:
            return requestView(static_cast<double>(m_figure.totalRows), m_viewCount);
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomTo(m_viewCount / zoomFactor);
        case Qt::Key_Minus:
            return zoomTo(m_viewCount * zoomFactor);
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace lexiscope

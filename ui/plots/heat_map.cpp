// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map.h"

#include "core/embedding/matrix_levels.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace lexiscope {
namespace {

constexpr double readableCell = 3;  // pixels from which single rows can be pointed at
constexpr double wheelShare = 0.1;  // of the rows in view, per notch
constexpr double fewestColumns = 4;

}  // namespace

std::size_t lineCount(const HeatMapFigure& figure) {
    if (!figure.values || figure.columns == 0 || figure.rowsPerLine == 0) {
        return 0;
    }
    const std::size_t held = figure.values->size() / figure.columns;
    const std::size_t wanted = (figure.rowCount + figure.rowsPerLine - 1) / figure.rowsPerLine;
    return std::min(wanted, held - std::min(held, figure.firstLine));
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
           "scroll, plus and minus zoom; Left and Right scroll the columns, Ctrl with plus and minus zooms "
           "them."));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void HeatMapView::setFigure(HeatMapFigure figure) {
    // The answer to a request is the asked view in whole lines: its fraction is kept, or slow wheels would
    // never move.
    const double first = static_cast<double>(figure.firstRow);
    const double count = static_cast<double>(figure.rowCount);
    const double line = static_cast<double>(figure.rowsPerLine);
    if (std::abs(first - m_viewFirst) >= line || std::abs(count - m_viewCount) >= 2 * line) {
        m_viewFirst = first;
        m_viewCount = count;
    }
    if (figure.columns != m_figure.columns) {
        m_columnFirst = 0;
        m_columnCount = static_cast<double>(figure.columns);
    }
    m_figure = std::move(figure);
    if (m_pointerInside) {
        hoverAt(m_pointer);
    }
    update();
}

void HeatMapView::setColumns(double first, double count) {
    const double all = static_cast<double>(m_figure.columns);
    count = std::clamp(count, std::min(fewestColumns, all), all);
    first = std::clamp(first, 0.0, all - count);
    if (first != m_columnFirst || count != m_columnCount) {
        m_columnFirst = first;
        m_columnCount = count;
        update();
    }
}

std::size_t HeatMapView::firstColumn() const {
    return static_cast<std::size_t>(std::floor(m_columnFirst));
}

std::size_t HeatMapView::columnCount() const {
    return std::min(m_figure.columns, static_cast<std::size_t>(std::ceil(m_columnFirst + m_columnCount))) -
           firstColumn();
}

void HeatMapView::setSquare(bool square) {
    m_square = square;
    update();
}

QSize HeatMapView::sizeHint() const {
    return {300, 260};
}

QSize HeatMapView::minimumSizeHint() const {
    return {180, 78};
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
    if (isEmpty() || !map.contains(at)) {
        return -1;
    }
    const auto offset = static_cast<std::size_t>((at.y() - map.top()) / map.height() *
                                                 static_cast<double>(m_figure.rowCount));
    return static_cast<long long>(m_figure.firstRow + std::min(offset, m_figure.rowCount - 1));
}

long long HeatMapView::singleRowAt(QPointF at) const {
    return m_figure.rowsPerLine > 1 ? -1 : rowAt(at);
}

std::optional<HeatMapCell> HeatMapView::cellAt(QPointF at) const {
    if (rowAt(at) < 0) {
        return std::nullopt;
    }
    const QRectF map = mapRect();
    const double ratio = devicePixelRatioF();
    const auto range = [](double position, double pixels, std::size_t cells) {
        const auto count = static_cast<std::size_t>(std::max(1.0, std::floor(pixels)));
        return coveredCells(std::min(static_cast<std::size_t>(std::max(position, 0.0)), count - 1), count,
                            cells);
    };
    const auto [left, right] = range((at.x() - map.left()) * ratio, map.width() * ratio, columnCount());
    const auto [top, bottom] = range((at.y() - map.top()) * ratio, map.height() * ratio, lineCount(m_figure));
    HeatMapCell cell;
    cell.firstRow = m_figure.firstRow + top * m_figure.rowsPerLine;
    cell.endRow =
        std::min(m_figure.firstRow + bottom * m_figure.rowsPerLine, m_figure.firstRow + m_figure.rowCount);
    cell.endRow = std::max(cell.endRow, cell.firstRow + 1);
    cell.firstColumn = firstColumn() + left;
    cell.endColumn = firstColumn() + right;
    for (std::size_t line = m_figure.firstLine + top; line < m_figure.firstLine + bottom; ++line) {
        for (std::size_t column = cell.firstColumn; column < cell.endColumn; ++column) {
            cell.value = fartherFromZero(cell.value, (*m_figure.values)[line * m_figure.columns + column]);
        }
    }
    cell.isOneRow = bottom - top == 1 && m_figure.rowsPerLine <= 1 &&
                    map.height() / static_cast<double>(m_figure.rowCount) >= readableCell;
    return cell;
}

void HeatMapView::requestView(double firstRow, double rowCount) {
    if (m_fixed || m_figure.totalRows == 0 || isEmpty()) {
        return;
    }
    boundRows(firstRow, rowCount, m_figure.totalRows);
    if (firstRow != m_viewFirst || rowCount != m_viewCount) {
        m_viewFirst = firstRow;
        m_viewCount = rowCount;
        Q_EMIT viewRequested(firstRow, rowCount);
    }
}

void HeatMapView::zoomColumns(double factor, double fixedShare) {
    if (m_fixed || isEmpty()) {
        return;
    }
    const double all = static_cast<double>(m_figure.columns);
    const double count = std::clamp(m_columnCount / factor, std::min(fewestColumns, all), all);
    setColumns(m_columnFirst + fixedShare * (m_columnCount - count), count);
}

void HeatMapView::hoverAt(QPointF at) {
    const std::optional<HeatMapCell> cell = m_pointerInside ? cellAt(at) : std::nullopt;
    const bool isOne = cell && cell->endColumn - cell->firstColumn == 1;
    hover(cell ? singleRowAt(at) : -1, isOne ? static_cast<long long>(cell->firstColumn) : -1);
}

void HeatMapView::hover(long long row, long long column) {
    if (row != m_hoveredRow) {
        m_hoveredRow = row;
        Q_EMIT rowHovered(row >= 0, Row{static_cast<std::uint32_t>(std::max(row, 0LL))});
    }
    if (column != m_hoveredColumn) {
        m_hoveredColumn = column;
        Q_EMIT columnHovered(column);
    }
}

void HeatMapView::drag(QPointF to) {
    const QPointF moved = to - m_press->at;
    const QRectF map = mapRect();
    if (!m_press->isDrag && moved.manhattanLength() < QApplication::startDragDistance()) {
        return;
    }
    m_press->isDrag = true;
    requestView(m_press->firstRow - moved.y() / map.height() * m_viewCount, m_viewCount);
    setColumns(m_press->firstColumn - moved.x() / map.width() * m_columnCount, m_columnCount);
}

void HeatMapView::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    m_pointerInside = mapRect().contains(m_pointer);
    if (m_press && event->buttons().testFlag(Qt::LeftButton) && !m_fixed) {
        drag(m_pointer);
    }
    hoverAt(m_pointer);
    const bool isDrag = m_press && m_press->isDrag;
    setCursor(isDrag                                     ? Qt::ClosedHandCursor
              : m_pointerInside && rowAt(m_pointer) >= 0 ? Qt::PointingHandCursor
                                                         : Qt::ArrowCursor);
    update();
}

void HeatMapView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || rowAt(event->position()) < 0) {
        event->ignore();
        return;
    }
    m_press = Press{event->position(), m_viewFirst, m_columnFirst};
}

void HeatMapView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_press) {
        event->ignore();
        return;
    }
    const bool isClick = !m_press->isDrag;
    m_press.reset();
    const long long row = rowAt(event->position());
    if (isClick && row >= 0) {
        Q_EMIT rowClicked(Row{static_cast<std::uint32_t>(row)});
    }
}

void HeatMapView::leaveEvent(QEvent*) {
    m_pointerInside = false;
    hover(-1, -1);
    update();
}

void HeatMapView::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    const double sideways = event->angleDelta().x() / 120.0;
    const QRectF map = mapRect();
    if ((notches == 0 && sideways == 0) || m_fixed || isEmpty()) {
        event->ignore();
        return;
    }
    const bool columns = event->modifiers().testFlag(Qt::ShiftModifier) || notches == 0;
    const double amount = notches == 0 ? sideways : notches;
    const auto shareOf = [](double at, double from, double length) {
        return std::clamp((at - from) / length, 0.0, 1.0);
    };
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const double factor = std::pow(zoomFactor, amount);
        if (columns) {
            zoomColumns(factor, shareOf(event->position().x(), map.left(), map.width()));
        } else {
            double count = m_viewCount / factor;
            double unused = 0;
            boundRows(unused, count, m_figure.totalRows);
            const double share = shareOf(event->position().y(), map.top(), map.height());
            requestView(m_viewFirst + share * (m_viewCount - count), count);
        }
    } else if (columns) {
        setColumns(m_columnFirst - amount * std::max(1.0, m_columnCount * wheelShare), m_columnCount);
    } else {
        requestView(m_viewFirst - amount * std::max(1.0, m_viewCount * wheelShare), m_viewCount);
    }
    hoverAt(event->position());
    event->accept();
}

void HeatMapView::keyPressEvent(QKeyEvent* event) {
    const double middle = m_viewFirst + m_viewCount / 2;
    const bool columns = event->modifiers().testFlag(Qt::ControlModifier);
    const auto zoom = [&](double factor) {
        if (columns) {
            zoomColumns(factor, 0.5);
        } else {
            requestView(middle - m_viewCount / factor / 2, m_viewCount / factor);
        }
    };
    const auto scrollColumns = [&](double direction) {
        if (!m_fixed) {
            setColumns(m_columnFirst + direction * std::max(1.0, m_columnCount * wheelShare), m_columnCount);
        }
    };
    switch (event->key()) {
        case Qt::Key_Up:
            Q_EMIT moveSelection(-1);
            return;
        case Qt::Key_Down:
            Q_EMIT moveSelection(1);
            return;
        case Qt::Key_Left:
            return scrollColumns(-1);
        case Qt::Key_Right:
            return scrollColumns(1);
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
            return zoom(zoomFactor);
        case Qt::Key_Minus:
            return zoom(1 / zoomFactor);
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace lexiscope

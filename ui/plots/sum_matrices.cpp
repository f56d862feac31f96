// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/sum_matrices.h"

#include "ui/plots/heat_map.h"
#include "ui/plots/heat_map_image.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace lexiscope {
namespace {

constexpr double matrixEdge = 2.5;  // for frames
constexpr double mostLabel = 110;
constexpr double highestRow = 26;
constexpr double rowsPerNotch = 0.15;  // of the rows in view, per notch
constexpr int matrixDecimals = 4;

QString cellText(float value) {
    return std::isnan(value) ? QStringLiteral("–") : numberText(static_cast<double>(value), matrixDecimals);
}

}  // namespace

SumMatrices::SumMatrices(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Token rows plus position rows"));
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        m_measured.reset();
        fitView();
        update();
    });
}

void SumMatrices::setFigure(SumMatricesFigure figure) {
    const bool wasEmpty = isEmpty();
    if (figure.input != m_figure.input) {
        const bool isOther = !wasEmpty && (!figure.input || figure.input->rows != m_figure.input->rows);
        m_viewChosen = m_viewChosen && !isOther;
        m_cell.reset();
    }
    // A view that was set before there was anything to see is kept.
    const bool isNewlySelected = figure.selectedRow != m_figure.selectedRow && !(wasEmpty && m_viewChosen);
    m_figure = std::move(figure);
    fitView();
    const double selected = static_cast<double>(m_figure.selectedRow);
    if (isNewlySelected && selected >= 0 && (selected < m_first || selected + 1 > m_first + m_count)) {
        setView(selected - std::floor(m_count / 2), m_count);
    }
    setAccessibleDescription(isEmpty() ? m_figure.message : readOut());
    update();
}

void SumMatrices::fitView() {
    if (isEmpty()) {
        return;
    }
    if (!m_viewChosen) {
        const double named = std::floor(mapRect(0).height() / nameHeight());
        m_first = 0;
        m_count = named;
    }
    boundRows(m_first, m_count, rows());
    measureLabels();
}

void SumMatrices::setView(double first, double count) {
    m_first = first;
    m_count = count;
    m_viewChosen = true;
    fitView();
    update();
}

QSize SumMatrices::sizeHint() const {
    return {760, 360};
}

QSize SumMatrices::minimumSizeHint() const {
    return {240, leastHeight(m_theme.theme())};
}

int SumMatrices::leastHeight(const Theme& theme) {
    const double line = textHeight(theme.textFont(namePixels));
    return static_cast<int>(
        std::ceil(4 * line + nameGap + legendGap + colorLegendHeight(theme) + 2 * matrixEdge));
}

double SumMatrices::nameHeight() const {
    return textHeight(m_theme.theme().textFont(namePixels)) + 1;
}

void SumMatrices::measureLabels() {
    if (isEmpty() || !m_rowLabel) {
        m_labelWidth = 0;
        m_measured.reset();
        return;
    }
    // Of rows that may be named at once; the place stays while it is scrolled a little.
    constexpr std::size_t together = 400;
    const auto first = static_cast<std::size_t>(m_first) / together * together;
    if (m_measured == m_figure.input && m_measuredFrom == first) {
        return;
    }
    m_measured = m_figure.input;
    m_measuredFrom = first;
    TextWidths widths(m_theme.theme().textFont(namePixels));
    double width = 0;
    for (std::size_t row = first; row < std::min(rows(), first + 2 * together); ++row) {
        width = std::max(width, widths.of(m_rowLabel(row)));
    }
    m_labelWidth = std::min(std::ceil(width) + 1, mostLabel * m_theme.theme().fontScale);
}

QRectF SumMatrices::mapRect(int matrix) const {
    const Theme& theme = m_theme.theme();
    const double above = textHeight(theme.textFont(namePixels)) + nameGap + matrixEdge;
    const double below = legendGap + colorLegendHeight(theme);
    const double labels = m_labelWidth + labelGap;
    const double wide = std::max(8.0, std::floor((width() - labels - 2 * signRoom - matrixEdge) / 3));
    const double room = std::max(8.0, height() - above - below);
    const double most = isEmpty() ? room : highestRow * theme.fontScale * static_cast<double>(rows());
    return {labels + matrix * (wide + signRoom), above, wide, std::min(room, most)};
}

double SumMatrices::yOf(double row) const {
    const QRectF map = mapRect(0);
    return map.top() + (row - m_first) / m_count * map.height();
}

QRectF SumMatrices::cellRect(int matrix, std::size_t row, std::size_t column) const {
    if (isEmpty()) {
        return {};
    }
    const QRectF map = mapRect(matrix);
    const double top = yOf(static_cast<double>(row));
    const double bottom = yOf(static_cast<double>(row + 1));
    if (bottom <= map.top() || top >= map.bottom()) {
        return {};
    }
    const double wide = map.width() / static_cast<double>(dimension());
    const QRectF cell(map.left() + static_cast<double>(column) * wide, top, wide, bottom - top);
    return cell.intersected(map);
}

std::optional<SumMatrices::Cell> SumMatrices::cellAt(QPointF at) const {
    for (int matrix = 0; !isEmpty() && matrix < 3; ++matrix) {
        const QRectF map = mapRect(matrix);
        if (!map.contains(at)) {
            continue;
        }
        const double ratio = devicePixelRatioF();
        const auto pixels = static_cast<std::size_t>(std::max(1.0, std::floor(map.width() * ratio)));
        const auto pixel = static_cast<std::size_t>((at.x() - map.left()) * ratio);
        const auto [begin, end] = coveredCells(std::min(pixel, pixels - 1), pixels, dimension());
        const auto rowsHere =
            static_cast<std::size_t>(std::max(0.0, (at.y() - map.top()) / map.height() * m_count + m_first));
        Cell cell{std::min(rowsHere, rows() - 1), begin};
        const std::span<const float> sums = m_figure.input->sums->row(cell.row);
        for (std::size_t column = begin + 1; column < end; ++column) {
            cell.dimension =
                std::abs(sums[column]) > std::abs(sums[cell.dimension]) ? column : cell.dimension;
        }
        return cell;
    }
    return std::nullopt;
}

QString SumMatrices::readOut() const {
    if (!m_cell || isEmpty()) {
        return {};
    }
    const InputMatrices& input = *m_figure.input;
    const std::size_t column = m_cell->dimension;
    return (m_rowLabel ? m_rowLabel(m_cell->row) + QStringLiteral(" · ") : QString()) +
           tr("position %1 · dimension %2 · ").arg(m_cell->row).arg(column) +
           QStringLiteral("%1 + %2 = %3")
               .arg(cellText(input.tokens->row(m_cell->row)[column]),
                    cellText(input.positions->row(m_cell->row)[column]),
                    cellText(input.sums->row(m_cell->row)[column]));
}

void SumMatrices::point(std::optional<Cell> cell, QPointF at) {
    m_at = at;
    const long long before = m_cell ? static_cast<long long>(m_cell->row) : -1;
    const long long now = cell ? static_cast<long long>(cell->row) : -1;
    if (cell != m_cell) {
        m_cell = cell;
        setAccessibleDescription(readOut());
    }
    if (now != before) {
        Q_EMIT rowHovered(static_cast<int>(now));
    }
    update();
}

void SumMatrices::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<Cell> cell = cellAt(event->position());
    setCursor(cell ? Qt::PointingHandCursor : Qt::ArrowCursor);
    point(cell, event->position());
}

void SumMatrices::mousePressEvent(QMouseEvent* event) {
    const std::optional<Cell> cell = cellAt(event->position());
    if (event->button() != Qt::LeftButton || !cell) {
        event->ignore();
        return;
    }
    Q_EMIT rowClicked(static_cast<int>(cell->row));
}

void SumMatrices::leaveEvent(QEvent*) {
    point(std::nullopt, {});
}

void SumMatrices::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    point(std::nullopt, {});
}

void SumMatrices::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitView();
}

void SumMatrices::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    if (isEmpty() || notches == 0) {
        event->ignore();
        return;
    }
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const QRectF map = mapRect(0);
        const double share = std::clamp((event->position().y() - map.top()) / map.height(), 0.0, 1.0);
        const double count = m_count / std::pow(zoomFactor, notches);
        setView(m_first + share * (m_count - count), count);
    } else {
        setView(m_first - notches * std::max(1.0, m_count * rowsPerNotch), m_count);
    }
    point(cellAt(event->position()), event->position());
    event->accept();
}

void SumMatrices::keyPressEvent(QKeyEvent* event) {
    if (isEmpty()) {
        return QWidget::keyPressEvent(event);
    }
    const double middle = m_first + m_count / 2;
    const auto zoom = [&](double factor) { setView(middle - m_count / factor / 2, m_count / factor); };
    const auto look = [&](int by) {
        const auto row = static_cast<std::size_t>(std::max(m_figure.selectedRow, 0LL));
        if (row >= rows()) {
            return;
        }
        const int last = static_cast<int>(dimension()) - 1;
        const int from = m_cell ? static_cast<int>(m_cell->dimension) + by : by > 0 ? 0 : last;
        const Cell cell{row, static_cast<std::size_t>(std::clamp(from, 0, last))};
        point(cell, cellRect(2, cell.row, cell.dimension).center());
    };
    switch (event->key()) {
        case Qt::Key_Up:
            Q_EMIT moveSelection(-1);
            return;
        case Qt::Key_Down:
            Q_EMIT moveSelection(1);
            return;
        case Qt::Key_Left:
            return look(-1);
        case Qt::Key_Right:
            return look(1);
        case Qt::Key_PageUp:
            return setView(m_first - m_count, m_count);
        case Qt::Key_PageDown:
            return setView(m_first + m_count, m_count);
        case Qt::Key_Home:
            return setView(0, m_count);
        case Qt::Key_End:
            return setView(static_cast<double>(rows()), m_count);
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoom(zoomFactor);
        case Qt::Key_Minus:
            return zoom(1 / zoomFactor);
        case Qt::Key_Escape:
            if (m_cell) {
                return point(std::nullopt, {});
            }
            return QWidget::keyPressEvent(event);
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace lexiscope

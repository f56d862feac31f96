// SPDX-License-Identifier: GPL-3.0-or-later
// SumMatrices: what they look like.
#include "ui/plots/heat_map_image.h"
#include "ui/plots/paint_target.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/sum_matrices.h"
#include "ui/plots/text_widths.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double footPixels = 11;
constexpr double overhang = 2;

}  // namespace

std::pair<std::size_t, std::size_t> SumMatrices::lines(std::size_t rowsPerLine) const {
    const double per = static_cast<double>(rowsPerLine);
    const std::size_t all = (rows() + rowsPerLine - 1) / rowsPerLine;
    const auto first = static_cast<std::size_t>(std::floor(m_first / per));
    const auto end = static_cast<std::size_t>(std::ceil((m_first + m_count) / per));
    return {std::min(first, all - 1), std::clamp(end, first + 1, all)};
}

void SumMatrices::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed}, QRectF(rect()), m_figure.message,
                   Qt::AlignLeft | Qt::AlignTop)) {
        return;
    }
    const double scale = imageScale(painter);
    for (const int matrix : {0, 1, 2}) {
        paintMap(painter, matrix, scale);
        paintHoles(painter, matrix);
    }
    paintNames(painter);
    paintLabels(painter);
    paintFoot(painter);
    paintFrames(painter);
    painter.setOpacity(1);
    if (m_cell) {
        paintReadOut(painter, theme, m_at, QRectF(rect()), readOut());
    }
}

void SumMatrices::paintMap(QPainter& painter, int matrix, double scale) {
    const InputMatrices& input = *m_figure.input;
    const auto index = static_cast<std::size_t>(matrix);
    const MatrixLevels& levels = *std::array{input.tokens, input.positions, input.sums}.at(index);
    const QRectF map = mapRect(matrix);
    const MatrixLevels::Level& level = levels.levelFor(m_count / std::max(1.0, map.height() * scale));
    const auto [first, end] = lines(level.rowsPerLine);
    // Whole lines are painted, those that stick out of the view cut off.
    const double per = static_cast<double>(level.rowsPerLine);
    const double top = yOf(static_cast<double>(first) * per);
    const double bottom = yOf(static_cast<double>(end) * per);
    const QRectF whole(map.left(), top, map.width(), bottom - top);
    const QSize size = (whole.size() * scale).toSize().expandedTo({1, 1});
    ImageKey key{m_figure.input, first, end, size, m_theme.theme().name};
    if (m_images.at(index).isNull() || key != m_keys.at(index)) {
        const std::span<const float> values = std::span(level.values).subspan(first * levels.columns());
        m_images.at(index) = heatMapImage({values, end - first, levels.columns()}, size, m_theme.theme(),
                                          ColorScale::symmetric(input.limit));
        m_keys.at(index) = std::move(key);
    }
    const QImage& image = m_images.at(index);
    const double perPixel = image.height() / whole.height();
    const QRectF seen = whole.intersected(map);
    painter.drawImage(
        seen, image,
        QRectF(0, (seen.top() - whole.top()) * perPixel, image.width(), seen.height() * perPixel));
}

void SumMatrices::paintHoles(QPainter& painter, int matrix) const {
    const Theme& theme = m_theme.theme();
    const MatrixLevels& tokens = *m_figure.input->tokens;
    const QRectF map = mapRect(matrix);
    const auto end = std::min(rows(), static_cast<std::size_t>(std::ceil(m_first + m_count)));
    // Where several rows share a pixel they are colours among others.
    if (matrix == 1 || rowHeight() < 2) {
        return;
    }
    for (auto row = static_cast<std::size_t>(m_first); row < end; ++row) {
        if (!std::isnan(tokens.row(row)[0])) {
            continue;
        }
        const double top = std::max(yOf(static_cast<double>(row)), map.top());
        const double bottom = std::min(yOf(static_cast<double>(row + 1)), map.bottom());
        const QRectF hole(map.left(), top, map.width(), bottom - top);
        painter.fillRect(hole, theme.control);
        if (matrix == 0 && hole.height() >= textHeight(theme.textFont(footPixels))) {
            painter.setFont(theme.textFont(footPixels));
            painter.setPen(theme.muted);
            painter.drawText(hole, Qt::AlignCenter | Qt::TextSingleLine, tr("no row"));
        }
    }
}

void SumMatrices::paintNames(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const double tall = textHeight(theme.textFont(namePixels));
    for (const int matrix : {0, 1, 2}) {
        const QRectF map = mapRect(matrix);
        const QRectF above(map.left(), map.top() - nameGap - tall, map.width(), tall);
        painter.setFont(theme.textFont(namePixels));
        painter.setPen(theme.muted);
        const QString& name = m_figure.names.at(static_cast<std::size_t>(matrix));
        painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(painter.font()).elidedText(name, Qt::ElideRight, above.width()));
        if (matrix > 0) {
            painter.setFont(theme.monoFont(15, QFont::Bold));
            painter.setPen(theme.text);
            painter.drawText(QRectF(map.left() - signRoom, map.top(), signRoom, map.height()),
                             Qt::AlignCenter, matrix == 1 ? QStringLiteral("+") : QStringLiteral("="));
        }
    }
}

void SumMatrices::paintLabels(QPainter& painter) const {
    if (!m_rowLabel) {
        return;
    }
    const Theme& theme = m_theme.theme();
    const QRectF map = mapRect(0);
    const double tall = textHeight(theme.textFont(namePixels));
    const double room = map.left() - labelGap;
    double free = -1e9;  // from where on a label has room
    const auto write = [&](long long row, bool isAnyway) {
        const double middle = (yOf(static_cast<double>(row)) + yOf(static_cast<double>(row + 1))) / 2;
        const double top = std::clamp(middle - tall / 2, map.top() - 2, map.bottom() - tall + 2);
        if (top < free && !isAnyway) {
            return;
        }
        free = top + tall;
        const bool isSelected = row == m_figure.selectedRow;
        const QString label = m_rowLabel(static_cast<std::size_t>(row));
        const QFont font =
            tokenFont(theme.textFont(namePixels, isSelected ? QFont::DemiBold : QFont::Normal), label);
        painter.setFont(font);
        painter.setPen(isSelected || row == m_figure.hoveredRow ? theme.text : theme.muted);
        painter.drawText(QRectF(0, top, room, tall), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(font).elidedText(label, Qt::ElideMiddle, room));
    };
    const auto first = static_cast<long long>(std::floor(m_first));
    const auto end =
        std::min(static_cast<long long>(std::ceil(m_first + m_count)), static_cast<long long>(rows()));
    const long long selected = m_figure.selectedRow;
    const bool isSeen = selected >= first && selected < end;
    // Where not all have room, the selected one has it before others.
    const double selectedTop =
        isSeen ? (yOf(static_cast<double>(selected)) + yOf(static_cast<double>(selected + 1)) - tall) / 2 : 0;
    const auto step = static_cast<long long>(std::max(1.0, std::floor(tall / std::max(rowHeight(), 1e-9))));
    for (long long row = first; row < end; row += rowHeight() >= tall - 1 ? 1 : step) {
        const double top = (yOf(static_cast<double>(row)) + yOf(static_cast<double>(row + 1)) - tall) / 2;
        if (!isSeen || row == selected || std::abs(top - selectedTop) >= tall) {
            write(row, false);
        }
    }
    if (isSeen) {
        write(selected, true);
    }
}

void SumMatrices::paintFrames(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const auto frame = [&](long long row, const QPen& pen, double beyond) {
        for (int matrix = 0; row >= 0 && row < static_cast<long long>(rows()) && matrix < 3; ++matrix) {
            const QRectF map = mapRect(matrix);
            const double top = yOf(static_cast<double>(row));
            const double bottom = yOf(static_cast<double>(row + 1));
            if (bottom <= map.top() || top >= map.bottom()) {
                continue;
            }
            const double half = std::max((bottom - top) / 2, 1.5) + 0.5;
            const double middle = (top + bottom) / 2;
            painter.setPen(pen);
            painter.drawRoundedRect(
                QRectF(map.left() - beyond, middle - half, map.width() + 2 * beyond, 2 * half), 1.5, 1.5);
        }
    };
    if (m_figure.hoveredRow != m_figure.selectedRow) {
        frame(m_figure.hoveredRow, QPen(theme.muted, 1), 0.5);
    }
    frame(m_figure.selectedRow, QPen(theme.text, 1.5), overhang - 0.5);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(mapRect(0).united(mapRect(2)).adjusted(-1.5, -1.5, 1.5, 1.5));
    }
    if (m_cell) {
        for (const int matrix : {0, 1, 2}) {
            QRectF cell = cellRect(matrix, m_cell->row, m_cell->dimension);
            const double wider = std::max(0.0, 3 - cell.width()) / 2;
            const double higher = std::max(0.0, 3 - cell.height()) / 2;
            cell = cell.adjusted(-wider - 1, -higher - 1, wider + 1, higher + 1);
            painter.setPen(QPen(theme.surface, 3));
            painter.drawRect(cell);
            painter.setPen(QPen(theme.text, 1.2));
            painter.drawRect(cell);
        }
    }
    painter.restore();
}

void SumMatrices::paintFoot(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF last = mapRect(2);
    const double top = last.bottom() + legendGap;
    paintColorLegend(painter, theme, ColorScale::symmetric(m_figure.input->limit), {last.right(), top},
                     last.width());
    painter.setFont(theme.textFont(footPixels));
    painter.setPen(theme.muted);
    const QRectF first = mapRect(0);
    const auto begin = static_cast<std::size_t>(std::floor(m_first));
    const std::size_t end = std::min(rows(), static_cast<std::size_t>(std::ceil(m_first + m_count)));
    const QString shown =
        end - begin < rows() ? tr("%1 to %2 of %3 tokens").arg(begin).arg(end - 1).arg(rows()) : QString();
    const QString dimensions = tr("dimension 0 to %1").arg(dimension() - 1);
    painter.drawText(
        QRectF(first.left(), top - 3, last.left() - first.left() - signRoom, colorLegendHeight(theme)),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
        shown.isEmpty() ? dimensions : dimensions + QStringLiteral(" · ") + shown);
}

}  // namespace lexiscope

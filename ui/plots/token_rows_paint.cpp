// SPDX-License-Identifier: GPL-3.0-or-later
// TokenRows: what it looks like.
#include "ui/plots/color_scale.h"
#include "ui/plots/heat_map_image.h"
#include "ui/plots/paint_target.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/read_out.h"
#include "ui/plots/token_rows.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double chipRadius = 4;
constexpr double highestChip = 22;  // at a font scale of 1

void write(QPainter& painter, const QRectF& where, const QFont& font, const QColor& color,
           const QString& text, Qt::Alignment side = Qt::AlignLeft) {
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideMiddle, where.width() + 1);
    painter.drawText(where, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip,
                     shown);
}

}  // namespace

void TokenRows::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed}, QRectF(rect()), m_figure.message,
                   Qt::AlignLeft | Qt::AlignTop)) {
        return;
    }
    for (std::size_t block = 0; block < m_figure.blocks.size(); ++block) {
        paintBlock(painter, block);
    }
    const std::size_t lines = m_figure.blocks.back().lines.size();
    const double top = blockTop(m_figure.blocks.size() - 1) + m_measures.title +
                       static_cast<double>(lines) * m_measures.line + legendGap;
    const QRectF bar = paintColorLegend(painter, theme, ColorScale::symmetric(m_figure.limit),
                                        {m_measures.right(), top}, m_measures.strip);
    write(painter,
          {m_measures.left, top - legendGap, bar.left() - m_measures.left - m_measures.gap, m_measures.title},
          theme.textFont(12), theme.muted, m_figure.legendText);
    paintNumbers(painter, top + colorLegendHeight(theme));
    painter.setOpacity(1);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    paintChosen(painter);
}

void TokenRows::paintTitles(QPainter& painter, double top, const QString& title,
                            const std::array<QString, 2>& columns) const {
    const Theme& theme = m_theme.theme();
    write(painter, {0, top, m_measures.left - m_measures.gap, m_measures.title},
          theme.textFont(12, QFont::DemiBold), theme.text, title);
    for (const std::size_t column : {std::size_t(0), std::size_t(1)}) {
        write(painter, {m_measures.columnLeft(column), top, m_measures.strip, m_measures.title},
              theme.textFont(12), theme.muted, columns.at(column));
    }
}

void TokenRows::paintBlock(QPainter& painter, std::size_t block) const {
    paintTitles(painter, blockTop(block), m_figure.blocks[block].title,
                block == 0 ? m_figure.columns : std::array<QString, 2>());
    for (std::size_t line = 0; line < m_figure.blocks[block].lines.size(); ++line) {
        paintToken(painter, m_figure.blocks[block].lines[line], stripRect(block, line, 0));
        paintStrips(painter, block, line);
    }
}

void TokenRows::paintToken(QPainter& painter, const TokenRowLine& line, const QRectF& strip) const {
    const Theme& theme = m_theme.theme();
    const double gap = m_measures.gap;
    write(painter, {0, strip.top(), m_measures.number - gap, strip.height()}, theme.monoFont(11), theme.muted,
          line.number, Qt::AlignRight);
    const QRectF room(m_measures.number, strip.top(), m_measures.left - m_measures.number - gap,
                      strip.height());
    if (line.chip < 0) {
        write(painter, room, theme.textFont(12), theme.muted, line.name);
        return;
    }
    const double tall = std::min(strip.height(), std::ceil(highestChip * theme.fontScale));
    const QFont font = tokenFont(theme.monoFont(12), line.name);
    const double wide =
        std::min(m_measures.chip,
                 std::ceil(QFontMetricsF(font).horizontalAdvance(line.name)) + 2 * m_measures.padding);
    const QRectF chip(m_measures.number, strip.center().y() - tall / 2, wide, tall);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.chip(line.chip));
    painter.setPen(line.isMarked ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
    const double inside = line.isMarked ? 1 : 0;
    painter.drawRoundedRect(chip.adjusted(inside, inside, -inside, -inside), chipRadius, chipRadius);
    painter.restore();
    write(painter, chip.adjusted(m_measures.padding, 0, -m_measures.padding, 0), font, theme.text, line.name,
          Qt::AlignHCenter);
    write(painter, room.adjusted(m_measures.chip + gap, 0, 0, 0), theme.monoFont(12), theme.muted, line.id);
}

void TokenRows::paintStrips(QPainter& painter, std::size_t block, std::size_t line) const {
    const Theme& theme = m_theme.theme();
    const TokenRowLine& shown = m_figure.blocks[block].lines[line];
    const double scale = imageScale(painter);
    for (const std::size_t column : {std::size_t(0), std::size_t(1)}) {
        const QRectF place = stripRect(block, line, column);
        const std::span<const float> values = shown.strips.at(column);
        if (values.empty()) {
            painter.fillRect(place, theme.field);
            continue;
        }
        const QSize pixels(std::max(1, static_cast<int>(std::lround(place.width() * scale))), 1);
        const QImage image =
            heatMapImage({values, 1, values.size()}, pixels, theme, ColorScale::symmetric(m_figure.limit));
        painter.drawImage(place, image, QRectF(image.rect()));
    }
}

void TokenRows::paintNumbers(QPainter& painter, double top) const {
    const Theme& theme = m_theme.theme();
    if (!m_figure.numbers.empty()) {
        top += m_measures.numbersGap;
        paintTitles(painter, top, m_figure.numberTitle,
                    m_figure.numberColumns[0].isEmpty() ? m_figure.columns : m_figure.numberColumns);
        top += m_measures.title;
        painter.fillRect(QRectF(0, top - 1, m_measures.right(), 1), theme.line);
    }
    for (const TokenRowNumber& number : m_figure.numbers) {
        write(painter, {0, top, m_measures.left - m_measures.gap, m_measures.title}, theme.textFont(12),
              theme.text, number.name);
        for (const std::size_t column : {std::size_t(0), std::size_t(1)}) {
            const bool standsOut = number.standsOut.at(column);
            write(painter, {m_measures.columnLeft(column), top, m_measures.strip, m_measures.title},
                  theme.monoFont(12, standsOut ? QFont::Bold : QFont::Normal),
                  standsOut ? theme.text : theme.muted, number.values.at(column));
        }
        top += m_measures.title;
    }
    if (!m_figure.note.isEmpty()) {
        painter.setFont(theme.textFont(12));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(0, top + m_measures.gap - 2, width() - 2 * edge, height() - top),
                         Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, m_figure.note);
    }
}

void TokenRows::paintChosen(QPainter& painter) const {
    if (!m_chosen || !m_readOut) {
        return;
    }
    const Theme& theme = m_theme.theme();
    const QRectF strip = stripRect(m_chosen->block, m_chosen->line, m_chosen->column);
    const double cell = strip.width() / static_cast<double>(valuesAt(*m_chosen).size());
    const double middle = strip.left() + (static_cast<double>(m_chosen->dimension) + 0.5) * cell;
    const double half = std::max(cell / 2, 1.0) + 0.5;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.text, 1));
    painter.drawRect(QRectF(middle - half, strip.top() - 1, 2 * half, strip.height() + 2));
    // Beside the tokens, which tell what is read out.
    const QRectF bounds(m_measures.left, 0, width() - m_measures.left, height());
    paintReadOut(painter, theme, {middle, strip.top()}, bounds, m_readOut(*m_chosen));
}

}  // namespace lexiscope

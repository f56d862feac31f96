// SPDX-License-Identifier: GPL-3.0-or-later
// StepView: what it looks like.
#include "core/base/utf8.h"
#include "ui/plots/heat_map_image.h"
#include "ui/plots/paint_target.h"
#include "ui/plots/step_view.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double stepRadius = 6;
constexpr int stepDecimals = 3;

double lengthOf(const std::vector<float>& values) {
    double sum = 0;
    for (const float value : values) {
        sum += static_cast<double>(value) * static_cast<double>(value);
    }
    return std::sqrt(sum);
}

QString numberOf(float value) {
    return numberText(static_cast<double>(value), stepDecimals);
}

}  // namespace

void StepView::paintScene(QPainter& painter, const QRectF&) const {
    paintChips(painter);
    paintHeaders(painter);
    for (std::size_t i = 0; i < m_layout.outputs(); ++i) {
        paintLine(painter, m_layout.output(i), outputLine(i));
        paintOutputNumbers(painter, i);
    }
    for (std::size_t i = 0; i < m_layout.inputs(); ++i) {
        paintLine(painter, m_layout.input(i), inputLine(i));
        paintInputNumber(painter, i);
    }
    paintLegend(painter);
}

void StepView::paintChips(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const StepWalk& walk = *m_frame->walk;
    const WordWindow& window = m_frame->trace().plan.window;
    for (const QRectF& part : m_layout.window()) {
        paintBox(painter, part, stepRadius + 3, theme.accentSurface, QPen(theme.accentLine, 1));
    }
    const std::size_t middle = walk.places[window.middle];
    for (std::size_t i = 0; i < m_layout.chips(); ++i) {
        const StepWord& word = walk.words[i];
        const bool isMiddle = i == middle;
        const bool isAround =
            word.row && !isMiddle && i >= walk.places[window.begin] && i <= walk.places[window.end - 1];
        const QRectF& chip = m_layout.chip(i);
        QPen pen = isMiddle ? QPen(theme.accent, 1.5) : QPen(theme.line, 1);
        if (!word.row) {
            pen = QPen(theme.muted, 1, Qt::DashLine);
        }
        paintBox(painter, chip, stepRadius, isMiddle || isAround || !word.row ? theme.surface : theme.control,
                 pen);
        const QString text = QString::fromStdString(displayText(word.text));
        QFont font = tokenFont(theme.textFont(13, isMiddle ? QFont::DemiBold : QFont::Normal), text);
        painter.setFont(font);
        painter.setPen(isMiddle ? theme.accent : isAround ? theme.text : theme.muted);
        painter.drawText(chip, Qt::AlignCenter | Qt::TextSingleLine,
                         QFontMetricsF(font).elidedText(text, Qt::ElideMiddle, chip.width() - 8));
    }
}

void StepView::paintLine(QPainter& painter, const QRectF& where, const Line& line) const {
    const Theme& theme = m_theme.theme();
    const QRectF strip = m_layout.stripIn(where);
    if (!isAt(line.since)) {
        paintBox(painter, strip, 3, Qt::NoBrush, QPen(theme.line, 1, Qt::DotLine));
        return;
    }
    if (line.isChosen) {
        painter.fillRect(QRectF(where.left(), where.top() + 2, 3, where.height() - 4), theme.accent);
    }
    const std::vector<float> values = shownValues(*line.row);
    const double pixels = imageScale(painter);
    const QSize size(std::max(1, static_cast<int>(std::lround(strip.width() * pixels))), 1);
    const QImage image = heatMapImage({values, 1, values.size()}, size, theme, m_scale);
    painter.drawImage(strip, image, QRectF(image.rect()));
    const QRectF place = m_layout.nameIn(where);
    const QString name = m_frame->stage == StepStage::Change ? QStringLiteral("Δ ") + line.name : line.name;
    const QFont font = tokenFont(StepLayout::nameFont(theme, line.isChosen), name);
    painter.setFont(font);
    painter.setPen(line.isChosen ? theme.accent : theme.text);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(name, Qt::ElideRight, place.width()));
}

void StepView::paintHeaders(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    painter.setFont(StepLayout::headerFont(theme));
    painter.setPen(theme.muted);
    const auto caption = [&](const QRectF& header, std::size_t column, const QString& text) {
        painter.drawText(m_layout.numberIn(header, column),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, text);
    };
    const auto title = [&](const QRectF& header, const QString& text) {
        const double room = m_layout.stripIn(header).right() - header.left();
        painter.drawText(QRectF(header.left(), header.top(), room, header.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(room)));
    };
    title(m_layout.outputHeader(), tr("y · predicted, drawn"));
    title(m_layout.inputHeader(),
          m_frame->trace().mean ? tr("around it, and their mean x") : tr("x · around it"));
    if (isAt(StepStage::Drawn)) {
        caption(m_layout.outputHeader(), 0,
                m_frame->stage == StepStage::Drawn ? tr("chance") : QStringLiteral("x · y"));
    }
    if (isAt(StepStage::Sigmoid)) {
        caption(m_layout.outputHeader(), 1, QStringLiteral("σ"));
    }
    if (isAt(StepStage::Error)) {
        caption(m_layout.outputHeader(), 2, tr("error"));
    }
    if (isAt(StepStage::Context)) {
        caption(m_layout.inputHeader(), 2, m_frame->stage == StepStage::Change ? tr("change") : tr("length"));
    }
}

void StepView::paintNumber(QPainter& painter, const QRectF& where, const QString& text, bool isNew) const {
    const Theme& theme = m_theme.theme();
    painter.setFont(StepLayout::numberFont(theme));
    painter.setPen(isNew ? theme.text : theme.muted);
    painter.drawText(where, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, text);
}

void StepView::paintOutputNumbers(QPainter& painter, std::size_t line) const {
    const StepStage stage = m_frame->stage;
    const QRectF& where = m_layout.output(line);
    if (stage == StepStage::Drawn) {
        const double percent = 100 * m_frame->walk->chances[m_frame->step][line];
        if (line > 0) {
            paintNumber(painter, m_layout.numberIn(where, 0), tr("%1 %").arg(numberText(percent, 2)), true);
        }
        return;
    }
    const TracedPair& pair = m_frame->trace().pair(m_frame->chosen, line);
    if (isAt(StepStage::Product)) {
        paintNumber(painter, m_layout.numberIn(where, 0), numberOf(pair.product),
                    stage == StepStage::Product);
    }
    if (isAt(StepStage::Sigmoid)) {
        paintNumber(painter, m_layout.numberIn(where, 1), numberOf(pair.sigmoid),
                    stage == StepStage::Sigmoid);
    }
    if (isAt(StepStage::Error)) {
        paintNumber(painter, m_layout.numberIn(where, 2), numberOf(pair.weight * pair.error),
                    stage == StepStage::Error);
    }
}

void StepView::paintInputNumber(QPainter& painter, std::size_t line) const {
    if (!isAt(StepStage::Context)) {
        return;
    }
    const Line shown = inputLine(line);
    const bool isNew = m_frame->stage == StepStage::Context || isAt(StepStage::Change);
    paintNumber(painter, m_layout.numberIn(m_layout.input(line), 2),
                numberText(lengthOf(shownValues(*shown.row)), stepDecimals), isNew);
}

void StepView::paintLegend(QPainter& painter) const {
    if (!isAt(StepStage::Row)) {
        return;
    }
    const Theme& theme = m_theme.theme();
    const QPointF corner = m_layout.legendCorner();
    const double room = m_layout.stripIn(m_layout.inputHeader()).width();
    const QRectF bar = paintColorLegend(painter, theme, m_scale, corner, room);
    const QString what = m_frame->stage == StepStage::Change  ? tr("changes")
                         : m_frame->stage == StepStage::After ? tr("rows, after")
                                                              : tr("rows");
    painter.setFont(StepLayout::headerFont(theme));
    painter.setPen(theme.muted);
    const QRectF left(m_layout.inputHeader().left(), corner.y() - 3, bar.left() - 10,
                      colorLegendHeight(theme));
    painter.drawText(left, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, what);
}

}  // namespace lexiscope

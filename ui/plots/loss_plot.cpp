// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/loss_plot.h"

#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace lexiscope {
namespace {

constexpr double roomForWordTick = 56;  // along the words
constexpr double roomForLoss = 36;      // between two ticks of the loss
constexpr double narrowestRange = 0.1;  // of the loss: smaller changes are noise

}  // namespace

QString wordCount(double words) {
    const auto rounded = [](double number) {
        return QString::number(number, 'f', number < 99.95 ? 1 : 0).remove(QStringLiteral(".0"));
    };
    if (words < 9'999.5) {
        return groupedText(static_cast<std::uint64_t>(std::llround(words)));
    }
    return words < 999'500         ? LossPlot::tr("%1 thousand").arg(rounded(words / 1e3))
           : words < 999'500'000.0 ? LossPlot::tr("%1 million").arg(rounded(words / 1e6))
                                   : LossPlot::tr("%1 billion").arg(rounded(words / 1e9));
}

LossPlot::LossPlot(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Curve of learning"));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void LossPlot::setFigure(LossFigure figure) {
    m_figure = std::move(figure);
    if (!m_figure.points.empty()) {
        const auto [low, high] = std::minmax_element(m_figure.points.begin(), m_figure.points.end(),
                                                     [](QPointF a, QPointF b) { return a.y() < b.y(); });
        const double room = std::max(1.0, std::floor(plotRect().height() / roomForLoss));
        m_step = niceStep(std::max(high->y() - low->y(), narrowestRange) / room);
        m_low = std::floor(low->y() / m_step) * m_step;
        m_high = std::max(std::ceil(high->y() / m_step) * m_step, m_low + m_step);
    }
    setAccessibleDescription(m_figure.points.empty() ? m_figure.message
                                                     : tr("Loss %1 after %2 words")
                                                           .arg(numberText(m_figure.points.back().y(), 3),
                                                                wordCount(m_figure.points.back().x())));
    m_hovered = std::min(m_hovered, static_cast<int>(m_figure.points.size()) - 1);
    update();
}

QSize LossPlot::sizeHint() const {
    return {320, 200};
}

QSize LossPlot::minimumSizeHint() const {
    return {180, 96};
}

int LossPlot::decimals() const {
    return std::clamp(-static_cast<int>(std::floor(std::log10(m_step))), 0, 6);
}

QRectF LossPlot::plotRect() const {
    const Theme& theme = m_theme.theme();
    const double tall = textHeight(theme.monoFont(numberPixels));
    const double left =
        std::ceil(QFontMetricsF(theme.monoFont(numberPixels)).horizontalAdvance(QStringLiteral("0.00"))) +
        axisGap;
    const double top = std::ceil(tall / 2);
    return {left, top, std::max(8.0, width() - left - 2), std::max(8.0, height() - top - axisGap - tall - 2)};
}

QPointF LossPlot::placeOf(QPointF point) const {
    const QRectF plot = plotRect();
    return {plot.left() + point.x() / std::max(m_figure.wordsInAll, 1.0) * plot.width(),
            plot.bottom() - (point.y() - m_low) / (m_high - m_low) * plot.height()};
}

void LossPlot::paintAxes(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF plot = plotRect();
    painter.fillRect(plot, theme.field);
    for (const Tick& tick : ticks(m_low, m_high + m_step / 2, m_step)) {
        const double y = placeOf({0, tick.value}).y();
        paintLevel(painter, theme, plot, y, numberText(tick.value, decimals()));
    }
    const double unit = m_figure.wordsInAll >= 1e6 ? 1e6 : m_figure.wordsInAll >= 1e4 ? 1e3 : 1;
    const QString title = unit == 1e6   ? tr("million words read")
                          : unit == 1e3 ? tr("thousand words read")
                                        : tr("words read");
    const double last = m_figure.wordsInAll / unit;
    const double step = niceStep(last * roomForWordTick / std::max(plot.width(), roomForWordTick));
    const auto placeOfWords = [&](double value) { return placeOf({value * unit, 0}).x(); };
    paintHorizontalAxis(painter, theme, plot, {0, last, step, placeOfWords, title});
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(plot);
}

void LossPlot::paintCurve(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_figure.marked >= 0) {
        const QRectF plot = plotRect();
        const double x = placeOf({m_figure.marked, 0}).x();
        painter.setPen(QPen(theme.text, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    QPainterPath curve(placeOf(m_figure.points.front()));
    for (const QPointF point : m_figure.points) {
        curve.lineTo(placeOf(point));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.category(0), curveWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(curve);
    painter.setBrush(theme.category(0));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(placeOf(m_figure.points.back()), 3, 3);
}

void LossPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    painter.fillRect(rect(), theme.surface);
    if (m_figure.points.empty()) {
        paintMessage(painter, theme, QRectF(rect()).adjusted(axisGap, 0, -axisGap, 0), m_figure.message);
        return;
    }
    paintAxes(painter);
    paintCurve(painter);
    if (m_hovered >= 0) {
        const QPointF point = m_figure.points[static_cast<std::size_t>(m_hovered)];
        painter.setBrush(theme.text);
        painter.drawEllipse(placeOf(point), 3, 3);
        paintReadOut(painter, theme, m_pointer, QRectF(rect()),
                     tr("%1 words · loss %2").arg(wordCount(point.x()), numberText(point.y(), 3)));
    }
}

void LossPlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    m_hovered = -1;
    if (plotRect().contains(m_pointer) && !m_figure.points.empty()) {
        const auto nearest =
            std::min_element(m_figure.points.begin(), m_figure.points.end(), [this](QPointF a, QPointF b) {
                return std::abs(placeOf(a).x() - m_pointer.x()) < std::abs(placeOf(b).x() - m_pointer.x());
            });
        m_hovered = static_cast<int>(nearest - m_figure.points.begin());
    }
    update();
}

void LossPlot::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

}  // namespace lexiscope

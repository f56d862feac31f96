// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/wave_plot.h"

#include "ui/plots/paint_target.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double roomForPositionTick = 44;  // along the positions
constexpr double lowestPlot = 64;           // with a legend below it
constexpr double mostBroadSwings = 30;
constexpr float bandOpacity = 0.3F;  // of what a wave covers that is faster than pixels
// Of the theme's categories those that differ most as thin lines: blue, vermilion, green, purple.

}  // namespace

WavePlot::WavePlot(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Waves per dimension"));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void WavePlot::setFigure(WaveFigure figure) {
    m_figure = std::move(figure);
    update();
}

QSize WavePlot::sizeHint() const {
    return {260, 180};
}

QSize WavePlot::minimumSizeHint() const {
    return {180, 78};
}

QColor WavePlot::colorOf(std::size_t wave) const {
    const Theme& theme = m_theme.theme();
    return m_figure.waves[wave].isPointedAt ? theme.text : theme.category(lineCategories[wave % 4]);
}

std::vector<double> WavePlot::levels(double height) const {
    const double limit = m_figure.limit;
    const double room = height / textHeight(m_theme.theme().monoFont(numberPixels));
    return room < 6 ? std::vector<double>{-limit, 0, limit}
                    : std::vector<double>{-limit, -limit / 2, 0, limit / 2, limit};
}

QString WavePlot::levelText(double value) const {
    const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(m_figure.limit))), 1, 8);
    return value == 0 ? QStringLiteral("0") : numberText(value, decimals);
}

WavePlot::Places WavePlot::places() const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF tickMetrics(theme.monoFont(numberPixels));
    const double labels = tickMetrics.horizontalAdvance(levelText(-m_figure.limit));
    const double tall = textHeight(theme.monoFont(numberPixels));
    const double line = textHeight(theme.textFont(namePixels));
    const double left = std::ceil(labels) + axisGap;
    const double top = std::ceil(tall / 2);
    const double below = axisGap + tall + 2;
    const auto rows = static_cast<double>(legendRows(width()).size());
    const double legendHeight = rows * (line + 2);
    QRectF plot(left, top, std::max(8.0, width() - left - 2),
                std::max(8.0, height() - top - below - axisGap - legendHeight));
    QRectF legend(0, plot.bottom() + below + axisGap - 2, width(), legendHeight);
    if (plot.height() < lowestPlot) {
        double longest = 0;
        for (std::size_t i = 0; i < m_figure.waves.size(); ++i) {
            longest = std::max(longest, legendEntry(i));
        }
        plot.setHeight(std::max(8.0, height() - top - below));
        plot.setWidth(std::max(8.0, plot.width() - longest - 2 * axisGap));
        legend = QRectF(width() - longest, 0, longest, height());
    }
    return {plot, legend};
}

QRectF WavePlot::plotRect() const {
    return places().plot;
}

double WavePlot::xOf(double position) const {
    const QRectF plot = plotRect();
    const double last = static_cast<double>(std::max<std::size_t>(positionCount(), 2) - 1);
    return plot.left() + (position - static_cast<double>(m_figure.firstPosition)) / last * plot.width();
}

long long WavePlot::positionAt(QPointF at) const {
    const QRectF plot = plotRect();
    if (positionCount() == 0 || !plot.adjusted(-3, -3, 3, 3).contains(at)) {
        return -1;
    }
    const double last = static_cast<double>(positionCount() - 1);
    const double place = std::clamp((at.x() - plot.left()) / plot.width(), 0.0, 1.0) * last;
    return static_cast<long long>(m_figure.firstPosition) + std::lround(place);
}

double WavePlot::legendEntry(std::size_t wave) const {
    const QFontMetricsF metrics(m_theme.theme().textFont(namePixels));
    return legendSample + 5 + std::ceil(metrics.horizontalAdvance(m_figure.waves[wave].name));
}

std::vector<std::vector<std::size_t>> WavePlot::legendRows(double width) const {
    std::vector<std::vector<std::size_t>> rows;
    double x = 0;
    for (std::size_t i = 0; i < m_figure.waves.size(); ++i) {
        const double length = legendEntry(i);
        if (rows.empty() || x + length > width) {
            rows.emplace_back();
            x = 0;
        }
        rows.back().push_back(i);
        x += length + legendSpacing;
    }
    return rows;
}

void WavePlot::paintLegend(QPainter& painter, const QRectF& where) const {
    const Theme& theme = m_theme.theme();
    const QFont font = theme.textFont(namePixels);
    const double tall = textHeight(font);
    double y = where.top();
    for (const std::vector<std::size_t>& row : legendRows(where.width())) {
        double x = where.left();
        for (const std::size_t wave : row) {
            const double length = legendEntry(wave);
            painter.setPen(QPen(colorOf(wave), 2));
            painter.drawLine(QPointF(x, y + tall / 2), QPointF(x + legendSample, y + tall / 2));
            painter.setFont(font);
            painter.setPen(theme.text);
            painter.drawText(QRectF(x + legendSample + 5, y, length, tall), Qt::AlignLeft | Qt::AlignVCenter,
                             m_figure.waves[wave].name);
            x += length + legendSpacing;
        }
        y += tall + 2;
    }
}

void WavePlot::paintAxes(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF plot = plotRect();
    painter.fillRect(plot, theme.field);
    for (const double level : levels(plot.height())) {
        const double y = plot.center().y() - level / m_figure.limit * plot.height() / 2;
        paintLevel(painter, theme, plot, y, levelText(level));
    }
    const double first = static_cast<double>(m_figure.firstPosition);
    const double last = first + static_cast<double>(positionCount()) - 1;
    const double step = niceStep(
        std::max(1.0, (last - first) * roomForPositionTick / std::max(plot.width(), roomForPositionTick)));
    paintHorizontalAxis(painter, theme, plot,
                        {first, last, step, [this](double value) { return xOf(value); }, tr("position")});
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(plot);
}

void WavePlot::paintMark(QPainter& painter, long long position, const QColor& color) const {
    const auto first = static_cast<long long>(m_figure.firstPosition);
    if (position < first || position >= first + static_cast<long long>(positionCount())) {
        return;
    }
    const QRectF plot = plotRect();
    const double x = xOf(static_cast<double>(position));
    painter.setPen(QPen(color, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void WavePlot::paintBand(QPainter& painter, std::size_t wave, const QRectF& inside) const {
    const double scale = imageScale(painter);
    const WaveBand band = waveBand(m_figure.waves[wave].values, inside, m_figure.limit, 1 / scale);
    QColor veil = colorOf(wave);
    veil.setAlphaF(bandOpacity);
    painter.drawImage(inside, bandImage(band, inside, scale, veil));
    painter.setPen(QPen(colorOf(wave), 0));
    drawInPieces(painter, band.upper);
    drawInPieces(painter, band.lower);
}

void WavePlot::paintWave(QPainter& painter, std::size_t wave, const QRectF& inside) const {
    const std::vector<float>& values = m_figure.waves[wave].values;
    if (static_cast<double>(values.size()) > inside.width()) {
        return paintBand(painter, wave, inside);
    }
    const QPainterPath path = waveLine(values, inside, m_figure.limit);
    // A hairline where the wave is fast: broad ones would run into each other, and take their time to draw.
    const bool isFast = swings(path, inside.height()) > mostBroadSwings;
    painter.setPen(QPen(colorOf(wave), isFast ? 0 : lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    drawInPieces(painter, path);
    if (values.size() == 1 && path.elementCount() > 0) {
        painter.setBrush(colorOf(wave));
        painter.drawEllipse(QPointF(path.elementAt(0)), 2.5, 2.5);
        painter.setBrush(Qt::NoBrush);
    }
}

void WavePlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), positionCount() == 0, m_figure.dimmed},
                   QRectF(rect()).adjusted(axisGap, 0, -axisGap, 0), m_figure.message)) {
        return;
    }
    const QRectF plot = plotRect();
    paintAxes(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMark(painter, m_figure.selectedPosition, theme.text);
    const long long hovered = m_hovered >= 0 ? m_hovered : m_figure.hoveredPosition;
    if (hovered != m_figure.selectedPosition) {
        paintMark(painter, hovered, theme.muted);
    }
    painter.setBrush(Qt::NoBrush);
    const QRectF inside = plot.adjusted(0, 2, 0, -2);  // the pen's own width stays inside too
    for (std::size_t i = 0; i < m_figure.waves.size(); ++i) {
        paintWave(painter, i, inside);
    }
    paintLegend(painter, places().legend);
    painter.setOpacity(1);
    if (m_hovered >= 0) {
        paintReadOut(painter, theme, m_pointer, QRectF(rect()), readOut(static_cast<std::size_t>(m_hovered)));
    }
}

QString WavePlot::readOut(std::size_t position) const {
    QString text = tr("position %1").arg(position);
    const std::size_t at = position - m_figure.firstPosition;
    for (const Wave& wave : m_figure.waves) {
        if (at < wave.values.size()) {
            const float value = wave.values[at];
            text += QStringLiteral(" · %1 %2")
                        .arg(wave.name, std::isnan(value) ? QStringLiteral("NaN")
                                                          : numberText(static_cast<double>(value), 3));
        }
    }
    return text;
}

void WavePlot::hover(long long position) {
    if (position != m_hovered) {
        m_hovered = position;
        Q_EMIT positionHovered(position);
    }
    update();
}

void WavePlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    hover(positionAt(m_pointer));
    setCursor(m_hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void WavePlot::mousePressEvent(QMouseEvent* event) {
    const long long position = positionAt(event->position());
    if (event->button() != Qt::LeftButton || position < 0) {
        event->ignore();
        return;
    }
    Q_EMIT positionClicked(static_cast<std::size_t>(position));
}

void WavePlot::leaveEvent(QEvent*) {
    hover(-1);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/line_plot.h"

#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"
#include "ui/plots/wave_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace lexiscope {
namespace {

constexpr double roomForLineTick = 48;
constexpr double roomForLevel = 26;
// Those that differ most as thin lines.

/// 1 to 100,000 in whole, more as a power of ten.
QString powerText(int exponent) {
    static const std::array<QString, 10> raised = {
        QStringLiteral("⁰"), QStringLiteral("¹"), QStringLiteral("²"), QStringLiteral("³"),
        QStringLiteral("⁴"), QStringLiteral("⁵"), QStringLiteral("⁶"), QStringLiteral("⁷"),
        QStringLiteral("⁸"), QStringLiteral("⁹")};
    QString text = QStringLiteral("10");
    for (const QChar digit : QString::number(exponent)) {
        text += raised.at(static_cast<std::size_t>(digit.digitValue()));
    }
    return exponent == 0 ? QStringLiteral("1") : exponent == 1 ? QStringLiteral("10") : text;
}

}  // namespace

LinePlot::LinePlot(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void LinePlot::setFigure(LineFigure figure) {
    if (figure == m_figure) {
        return;  // what stands beside it moves with each turn of a wheel
    }
    m_figure = std::move(figure);
    m_hovered.reset();
    m_first = 0;
    m_last = 1;
    bool any = false;
    for (const PlotLine& line : m_figure.lines) {
        if (!line.points.empty()) {
            m_first = any ? std::min(m_first, line.points.front().x()) : line.points.front().x();
            m_last = any ? std::max(m_last, line.points.back().x()) : line.points.back().x();
            any = true;
        }
    }
    if (m_last <= m_first) {
        m_last = m_first + 1;
    }
    update();
}

bool LinePlot::isEmpty() const {
    return std::all_of(m_figure.lines.begin(), m_figure.lines.end(),
                       [](const PlotLine& line) { return line.points.empty(); });
}

QSize LinePlot::sizeHint() const {
    return {260, 180};
}

QSize LinePlot::minimumSizeHint() const {
    return {180, 78};
}

QColor LinePlot::colorOf(std::size_t line) const {
    const Theme& theme = m_theme.theme();
    return m_figure.lines[line].isQuiet ? theme.muted
                                        : theme.category(lineCategories.at(line % lineCategories.size()));
}

std::vector<std::pair<double, QString>> LinePlot::levels(double height) const {
    std::vector<std::pair<double, QString>> found;
    if (m_figure.isLogarithmic) {
        const int first = static_cast<int>(std::ceil(std::log10(m_figure.low) - 1e-9));
        const int last = static_cast<int>(std::floor(std::log10(m_figure.high) + 1e-9));
        const double fitting = std::max(1.0, std::floor(height / roomForLevel));
        const int step = std::max(1, static_cast<int>(std::ceil((last - first + 1) / fitting)));
        for (int exponent = first; exponent <= last; exponent += step) {
            found.emplace_back(std::pow(10.0, exponent), powerText(exponent));
        }
        return found;
    }
    const double range = m_figure.high - m_figure.low;
    const double step = niceStep(range / std::max(1.0, std::floor(height / roomForLevel)));
    for (const Tick& tick : ticks(m_figure.low - step * 1e-9, m_figure.high + step * 1e-9, step)) {
        found.emplace_back(tick.value, tick.label);
    }
    return found;
}

double LinePlot::legendEntry(std::size_t line) const {
    const QFontMetricsF metrics(m_theme.theme().textFont(namePixels));
    return legendSample + 5 + std::ceil(metrics.horizontalAdvance(m_figure.lines[line].name));
}

std::vector<std::vector<std::size_t>> LinePlot::legendRows() const {
    std::vector<std::vector<std::size_t>> rows;
    double x = 0;
    for (std::size_t i = 0; i < m_figure.lines.size(); ++i) {
        const double length = legendEntry(i);
        if (rows.empty() || x + length > width()) {
            rows.emplace_back();
            x = 0;
        }
        rows.back().push_back(i);
        x += length + legendSpacing;
    }
    return rows;
}

QRectF LinePlot::plotRect() const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    const double tall = textHeight(theme.monoFont(numberPixels));
    double widest = 0;
    for (const auto& [level, text] : levels(std::max(roomForLevel, height() - 3 * tall))) {
        widest = std::max(widest, metrics.horizontalAdvance(text));
    }
    const double left = std::ceil(widest) + axisGap;
    const double top = std::ceil(tall / 2);
    const double legend =
        static_cast<double>(legendRows().size()) * (textHeight(theme.textFont(namePixels)) + 2);
    return {left, top, std::max(8.0, width() - left - 2),
            std::max(8.0, height() - top - axisGap - tall - 2 - legend - axisGap)};
}

QPointF LinePlot::placeOf(QPointF point) const {
    return placeIn(plotRect(), point);
}

QPointF LinePlot::placeIn(const QRectF& plot, QPointF point) const {
    const auto height = [this](double value) { return m_figure.isLogarithmic ? std::log(value) : value; };
    const double share = (height(point.y()) - height(m_figure.low)) /
                         std::max(height(m_figure.high) - height(m_figure.low), 1e-300);
    return {plot.left() + (point.x() - m_first) / (m_last - m_first) * plot.width(),
            plot.bottom() - std::clamp(share, 0.0, 1.0) * plot.height()};
}

void LinePlot::paintAxes(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF plot = plotRect();
    painter.fillRect(plot, theme.field);
    for (const auto& [level, text] : levels(plot.height())) {
        const double y = placeIn(plot, {m_first, level}).y();
        paintLevel(painter, theme, plot, y, text);
    }
    const double step = niceStep(
        std::max(1.0, (m_last - m_first) * roomForLineTick / std::max(plot.width(), roomForLineTick)));
    const auto placeOfX = [&](double value) { return placeIn(plot, {value, m_figure.high}).x(); };
    paintHorizontalAxis(painter, theme, plot, {m_first, m_last, step, placeOfX, m_figure.xTitle});
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(plot);
}

void LinePlot::paintLine(QPainter& painter, std::size_t line) const {
    const PlotLine& shown = m_figure.lines[line];
    const QRectF plot = plotRect();
    QPainterPath path;
    bool isDown = false;
    for (const QPointF& point : shown.points) {
        if (!std::isfinite(point.y())) {
            isDown = false;
            continue;
        }
        isDown ? path.lineTo(placeIn(plot, point)) : path.moveTo(placeIn(plot, point));
        isDown = true;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(colorOf(line), shown.isQuiet ? 1 : lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    drawInPieces(painter, path);
    if (shown.points.size() == 1 && path.elementCount() > 0) {
        painter.setBrush(colorOf(line));
        painter.drawEllipse(QPointF(path.elementAt(0)), 2.5, 2.5);
    }
}

void LinePlot::paintMark(QPainter& painter) const {
    if (!m_figure.level || *m_figure.level < m_figure.low || *m_figure.level > m_figure.high) {
        return;
    }
    const Theme& theme = m_theme.theme();
    const QRectF plot = plotRect();
    const double y = placeIn(plot, {m_first, *m_figure.level}).y();
    painter.setPen(QPen(theme.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    const QFont font = theme.textFont(namePixels);
    const double tall = textHeight(font);
    // Lines rise: below the mark there is room at the right, above it at the left.
    const bool isBelow = y + tall + 1 < plot.bottom();
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(
        QRectF(plot.left() + axisGap, isBelow ? y + 1 : y - tall - 1, plot.width() - 2 * axisGap, tall),
        (isBelow ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, m_figure.levelName);
}

void LinePlot::paintLegend(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QFont font = theme.textFont(namePixels);
    const double tall = textHeight(font);
    double y = plotRect().bottom() + axisGap + textHeight(theme.monoFont(numberPixels)) + 2 + axisGap - 2;
    for (const std::vector<std::size_t>& row : legendRows()) {
        double x = 0;
        for (const std::size_t line : row) {
            const double length = legendEntry(line);
            painter.setPen(QPen(colorOf(line), m_figure.lines[line].isQuiet ? 1 : 2));
            painter.drawLine(QPointF(x, y + tall / 2), QPointF(x + legendSample, y + tall / 2));
            painter.setFont(font);
            painter.setPen(theme.text);
            painter.drawText(QRectF(x + legendSample + 5, y, length, tall), Qt::AlignLeft | Qt::AlignVCenter,
                             m_figure.lines[line].name);
            x += length + legendSpacing;
        }
        y += tall + 2;
    }
}

void LinePlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed},
                   QRectF(rect()).adjusted(axisGap, 0, -axisGap, 0), m_figure.message)) {
        return;
    }
    paintAxes(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_hovered) {
        const QRectF plot = plotRect();
        const double x = placeIn(plot, {*m_hovered, m_figure.high}).x();
        painter.setPen(QPen(theme.muted, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    for (std::size_t i = m_figure.lines.size(); i-- > 0;) {  // the first lies above all
        paintLine(painter, i);
    }
    paintMark(painter);
    paintLegend(painter);
    painter.setOpacity(1);
    if (m_hovered) {
        paintReadOut(painter, theme, m_pointer, QRectF(rect()), readOut(*m_hovered));
    }
}

QString LinePlot::readOut(double x) const {
    QString text = m_figure.xTitle + u' ' + numberText(x, 0);
    for (const PlotLine& line : m_figure.lines) {
        const auto at = std::find_if(line.points.begin(), line.points.end(),
                                     [x](const QPointF& point) { return point.x() == x; });
        if (at != line.points.end() && std::isfinite(at->y())) {
            text += QStringLiteral(" · ") + line.name + u' ' + numberText(at->y(), line.decimals);
        }
    }
    return text;
}

void LinePlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    m_hovered.reset();
    const QRectF plot = plotRect();
    if (plot.adjusted(-3, -3, 3, 3).contains(m_pointer)) {
        double nearest = 0;
        for (const PlotLine& line : m_figure.lines) {
            for (const QPointF& point : line.points) {
                const double away = std::abs(placeIn(plot, {point.x(), m_figure.high}).x() - m_pointer.x());
                if (!m_hovered || away < nearest) {
                    m_hovered = point.x();
                    nearest = away;
                }
            }
        }
    }
    update();
}

void LinePlot::leaveEvent(QEvent*) {
    m_hovered.reset();
    update();
}

}  // namespace lexiscope

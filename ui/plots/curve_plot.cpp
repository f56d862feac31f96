// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_plot.h"

#include "ui/plots/color_scale.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QMouseEvent>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double margin = 22;     // around the curve, for the numbers of its ends
constexpr double dot = 1.9;       // radius of a point, where they are few
constexpr double mostDots = 260;  // more would run into each other
constexpr double nearness = 14;   // pixels
constexpr double namedParts = 7;

/// Beside `at`, inside of the plot and on none of those taken: where it hides no point of the curve, if there
/// is such a place.
std::optional<QRectF> placeForName(QPointF at, QSizeF size, const QRectF& plot,
                                   const std::vector<QPointF>& points, const std::vector<QRectF>& taken) {
    constexpr double away = 5;
    const double left = -size.width() - away;
    const double middle = -size.height() / 2;
    std::optional<QRectF> second;
    for (const QPointF& corner :
         {QPointF(away, middle), QPointF(left, middle), QPointF(-size.width() / 2, -size.height() - away),
          QPointF(-size.width() / 2, away), QPointF(away, -size.height()), QPointF(left, -size.height()),
          QPointF(away, 0), QPointF(left, 0)}) {
        const QRectF where(at + corner, size);
        const bool isFree = plot.contains(where) &&
                            std::none_of(taken.begin(), taken.end(),
                                         [&](const QRectF& other) { return other.intersects(where); });
        if (!isFree) {
            continue;
        }
        if (std::none_of(points.begin(), points.end(),
                         [&](const QPointF& point) { return where.contains(point); })) {
            return where;
        }
        second = second ? second : where;
    }
    return second;
}

}  // namespace

CurvePlot::CurvePlot(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

bool CurvePlot::isThere(std::size_t point) const {
    const QPointF& at = m_figure.points[point];
    return std::isfinite(at.x()) && std::isfinite(at.y());
}

void CurvePlot::setFigure(CurveFigure figure) {
    if (figure == m_figure) {
        return;  // what stands beside it moves with each turn of a wheel
    }
    m_figure = std::move(figure);
    bool any = false;
    QPointF low;
    QPointF high;
    for (std::size_t i = 0; i < m_figure.points.size(); ++i) {
        if (isThere(i)) {
            const QPointF at = m_figure.points[i];
            low = any ? QPointF(std::min(low.x(), at.x()), std::min(low.y(), at.y())) : at;
            high = any ? QPointF(std::max(high.x(), at.x()), std::max(high.y(), at.y())) : at;
            any = true;
        }
    }
    m_bounds = QRectF(low, high);
    if (m_hovered && *m_hovered >= m_figure.points.size()) {
        m_hovered.reset();
    }
    update();
}

QSize CurvePlot::sizeHint() const {
    return {240, 200};
}

QSize CurvePlot::minimumSizeHint() const {
    return {150, 78};
}

QRectF CurvePlot::plotRect() const {
    const Theme& theme = m_theme.theme();
    const double below = axisGap + textHeight(theme.textFont(namePixels)) + 2 +
                         textHeight(theme.monoFont(numberPixels)) + scaleBarHeight - 8;
    return {1, 1, std::max(8.0, width() - 2.0), std::max(8.0, height() - 2 - below)};
}

ViewTransform CurvePlot::transform() const {
    const QRectF plot = plotRect();
    const double room = std::min(margin, std::min(plot.width(), plot.height()) / 5);
    return {fittedView(m_bounds, plot.size(), room), plot};
}

QPointF CurvePlot::placeOf(std::size_t point) const {
    return transform().toPixel(m_figure.points[point]);
}

QColor CurvePlot::colorOf(std::size_t point) const {
    const double last = static_cast<double>(std::max<std::size_t>(m_figure.points.size(), 2) - 1);
    return m_theme.theme().number(static_cast<double>(point) / last);
}

void CurvePlot::paintCurve(QPainter& painter) const {
    const ViewTransform to = transform();
    const std::size_t count = m_figure.points.size();
    for (std::size_t i = 1; i < count; ++i) {
        if (isThere(i - 1) && isThere(i)) {
            painter.setPen(QPen(colorOf(i), curveWidth, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(to.toPixel(m_figure.points[i - 1]), to.toPixel(m_figure.points[i]));
        }
    }
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < count && static_cast<double>(count) <= mostDots; ++i) {
        if (isThere(i)) {
            painter.setBrush(colorOf(i));
            painter.drawEllipse(to.toPixel(m_figure.points[i]), dot, dot);
        }
    }
}

void CurvePlot::paintNames(QPainter& painter) const {
    const QFont font = m_theme.theme().monoFont(numberPixels);
    const QFontMetricsF metrics(font);
    const double tall = textHeight(font);
    const QRectF plot = plotRect();
    const ViewTransform to = transform();
    std::vector<QPointF> places;
    for (std::size_t i = 0; i < m_figure.points.size(); ++i) {
        if (isThere(i)) {
            places.push_back(to.toPixel(m_figure.points[i]));
        }
    }
    std::vector<QRectF> taken;
    painter.setFont(font);
    painter.setPen(m_theme.theme().text);
    const auto name = [&](std::size_t point) {
        if (!isThere(point)) {
            return;
        }
        const QString text = QString::number(point * m_figure.step);
        const QSizeF size(metrics.horizontalAdvance(text) + 2, tall);
        const std::optional<QRectF> where =
            placeForName(to.toPixel(m_figure.points[point]), size, plot, places, taken);
        if (where) {
            painter.drawText(*where, Qt::AlignCenter | Qt::TextDontClip, text);
            taken.push_back(*where);
        }
    };
    const std::size_t last = m_figure.points.size() - 1;
    name(0);
    name(last);
    const double span = static_cast<double>(last * m_figure.step);
    const auto every = static_cast<std::size_t>(niceStep(std::max(1.0, span / namedParts)));
    for (std::size_t position = every; position < last * m_figure.step; position += every) {
        if (position % m_figure.step == 0) {
            name(position / m_figure.step);
        }
    }
}

void CurvePlot::paintMark(QPainter& painter, long long position, const QColor& color) const {
    const auto step = static_cast<long long>(m_figure.step);
    if (position < 0 || position % step != 0) {
        return;
    }
    const auto point = static_cast<std::size_t>(position / step);
    if (point < m_figure.points.size() && isThere(point)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5));
        painter.drawEllipse(placeOf(point), 5, 5);
    }
}

void CurvePlot::paintAxes(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF plot = plotRect();
    painter.fillRect(plot, theme.field);
    painter.setPen(QPen(theme.grid, 1));
    const QPointF zero = transform().toPixel({0, 0});
    if (plot.contains(QPointF(zero.x(), plot.center().y()))) {
        painter.drawLine(QPointF(zero.x(), plot.top()), QPointF(zero.x(), plot.bottom()));
    }
    if (plot.contains(QPointF(plot.center().x(), zero.y()))) {
        painter.drawLine(QPointF(plot.left(), zero.y()), QPointF(plot.right(), zero.y()));
    }
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(plot);
}

void CurvePlot::paintLegend(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF plot = plotRect();
    const QFont font = theme.textFont(namePixels);
    const QFont numbers = theme.monoFont(numberPixels);
    const double tall = textHeight(font);
    const auto percent = [](double share) { return numberText(100 * share, 0) + QStringLiteral(" %"); };
    const QString last = QString::number((m_figure.points.size() - 1) * m_figure.step);
    const double top = plot.bottom() + axisGap;
    painter.setFont(font);
    painter.setPen(theme.muted);
    const QString axes =
        tr("PC 1 %1 · PC 2 %2").arg(percent(m_figure.shares[0]), percent(m_figure.shares[1]));
    const double room = QFontMetricsF(font).horizontalAdvance(axes);
    painter.drawText(QRectF(plot.left(), top - 2, plot.width(), tall), Qt::AlignLeft | Qt::AlignVCenter,
                     axes);
    const double length = std::min(104.0, plot.width() - room - 2 * axisGap);
    if (length < 40) {
        return;
    }
    const QRectF bar(plot.right() - length, top, length, scaleBarHeight);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (const double place : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        gradient.setColorAt(place, theme.number(place));
    }
    painter.fillRect(bar, gradient);
    painter.setFont(numbers);
    const QRectF below(bar.left(), bar.bottom() + 3, bar.width(), textHeight(numbers));
    painter.drawText(below, Qt::AlignLeft | Qt::TextDontClip, QStringLiteral("0"));
    painter.drawText(below, Qt::AlignRight | Qt::TextDontClip, last);
}

void CurvePlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), m_figure.points.empty(), m_figure.dimmed},
                   QRectF(rect()).adjusted(axisGap, 0, -axisGap, 0), m_figure.message)) {
        return;
    }
    paintAxes(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCurve(painter);
    paintNames(painter);
    const long long hovered =
        m_hovered ? static_cast<long long>(*m_hovered * m_figure.step) : m_figure.hoveredPosition;
    if (hovered != m_figure.selectedPosition) {
        paintMark(painter, hovered, theme.muted);
    }
    paintMark(painter, m_figure.selectedPosition, theme.text);
    paintLegend(painter);
    painter.setOpacity(1);
    if (m_hovered) {
        const QPointF at = m_figure.points[*m_hovered];
        paintReadOut(painter, theme, m_pointer, QRectF(rect()),
                     tr("position %1 · PC 1 %2 · PC 2 %3")
                         .arg(*m_hovered * m_figure.step)
                         .arg(numberText(at.x(), 3), numberText(at.y(), 3)));
    }
}

std::optional<std::size_t> CurvePlot::pointAt(QPointF at) const {
    const ViewTransform to = transform();
    std::optional<std::size_t> found;
    double nearest = nearness;
    for (std::size_t i = 0; i < m_figure.points.size(); ++i) {
        if (isThere(i)) {
            const QPointF away = to.toPixel(m_figure.points[i]) - at;
            const double distance = std::hypot(away.x(), away.y());
            if (distance < nearest) {
                nearest = distance;
                found = i;
            }
        }
    }
    return found;
}

void CurvePlot::hover(std::optional<std::size_t> point) {
    if (point != m_hovered) {
        m_hovered = point;
        Q_EMIT positionHovered(point ? static_cast<long long>(*point * m_figure.step) : -1);
    }
    update();
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    hover(pointAt(m_pointer));
    setCursor(m_hovered ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CurvePlot::mousePressEvent(QMouseEvent* event) {
    const std::optional<std::size_t> point = pointAt(event->position());
    if (event->button() != Qt::LeftButton || !point) {
        event->ignore();
        return;
    }
    Q_EMIT positionClicked(*point * m_figure.step);
}

void CurvePlot::leaveEvent(QEvent*) {
    hover(std::nullopt);
}

}  // namespace lexiscope

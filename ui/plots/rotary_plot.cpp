// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/rotary_plot.h"

#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace lexiscope {
namespace {

constexpr double textPixels = 12;
constexpr double rotaryGap = 6;
constexpr double dialGap = 22;      // dial and curves
constexpr double dialShare = 0.34;  // of the width, at most
constexpr double scoreShare = 0.6;  // of the curves' height
constexpr double shortestHand = 0.12;

QString signedNumber(long long number) {
    return numberText(static_cast<double>(number), 0);
}

}  // namespace

double degreesBetween(const RotaryFigure& figure) {
    const QPointF& q = figure.queryHand;
    const QPointF& k = figure.keyHand;
    const double turn = std::atan2(q.x() * k.y() - q.y() * k.x(), q.x() * k.x() + q.y() * k.y());
    return turn * 180 / std::numbers::pi;
}

RotaryPlot::RotaryPlot(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Score of a query and a key"));
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void RotaryPlot::setFigure(RotaryFigure figure) {
    m_figure = std::move(figure);
    m_low = 0;
    m_high = 0;
    for (const std::vector<double>* values : {&m_figure.scores, &m_figure.slide}) {
        for (const double value : *values) {
            m_low = std::isfinite(value) ? std::min(m_low, value) : m_low;
            m_high = std::isfinite(value) ? std::max(m_high, value) : m_high;
        }
    }
    // To two digits of the larger one, so that the ticks are short numbers.
    const double largest = std::max(-m_low, m_high);
    const double unit = largest > 0 ? std::pow(10.0, std::floor(std::log10(largest)) - 1) : 1;
    m_low = -std::ceil(-m_low / unit - 1e-9) * unit;
    m_high = largest > 0 ? std::ceil(m_high / unit - 1e-9) * unit : 1;
    setAccessibleDescription(isEmpty() ? m_figure.message
                                       : tr("positions %1 and %2, score %3")
                                             .arg(m_figure.queryPosition)
                                             .arg(m_figure.keyPosition)
                                             .arg(levelText(m_figure.score())));
    update();
}

QSize RotaryPlot::sizeHint() const {
    const double unit = m_theme.theme().fontScale;
    return {qRound(560 * unit), qRound(300 * unit)};
}

QSize RotaryPlot::minimumSizeHint() const {
    const double unit = m_theme.theme().fontScale;
    return {qRound(320 * unit), qRound(190 * unit)};
}

QString RotaryPlot::levelText(double value) const {
    const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(m_high - m_low))), 0, 8);
    return std::isnan(value) ? QStringLiteral("NaN") : numberText(value, decimals);
}

double RotaryPlot::tickWidth() const {
    const QFontMetricsF metrics(m_theme.theme().monoFont(numberPixels));
    return std::ceil(
        std::max(metrics.horizontalAdvance(levelText(m_low)), metrics.horizontalAdvance(levelText(m_high))) +
        rotaryGap);
}

RotaryPlot::Places RotaryPlot::places() const {
    const Theme& theme = m_theme.theme();
    const double text = textHeight(theme.textFont(textPixels));
    const double number = textHeight(theme.monoFont(numberPixels));
    const double below = 2 * (text + 2);  // two lines of text below the dial
    const double side = std::max(40.0, std::min(dialShare * width(), height() - below - text - rotaryGap));
    const QRectF dial(0, text + rotaryGap, side, side);
    const double left = dial.right() + dialGap * theme.fontScale + tickWidth();
    const double wide = std::max(40.0, width() - left - 2);
    // Each curve has a title above it and numbers below.
    const double room =
        std::max(40.0, height() - 2 * (text + rotaryGap) - 2 * (number + rotaryGap) - rotaryGap);
    const QRectF scores(left, text + rotaryGap, wide, std::floor(room * scoreShare));
    const double second = scores.bottom() + rotaryGap + number + rotaryGap + text + rotaryGap;
    return {dial, scores, {left, second, wide, room - scores.height()}};
}

double RotaryPlot::heightOf(const QRectF& plot, double value) const {
    return plot.bottom() - (value - m_low) / (m_high - m_low) * plot.height();
}

QPointF RotaryPlot::placeOf(const QRectF& plot, const std::vector<double>& values, std::size_t index) const {
    const double last = std::max(1.0, static_cast<double>(values.size()) - 1);
    return {plot.left() + static_cast<double>(index) / last * plot.width(), heightOf(plot, values[index])};
}

void RotaryPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed}, QRectF(rect()), m_figure.message,
                   Qt::AlignLeft | Qt::AlignTop)) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintDial(painter);
    const auto reach = static_cast<long long>(m_figure.reach());
    paintCurve(painter, scoreRect(), m_figure.scores, static_cast<std::size_t>(m_figure.difference() + reach),
               tr("score by the difference of positions"),
               {signedNumber(-reach), QStringLiteral("0"), signedNumber(reach)});
    paintCurve(painter, slideRect(), m_figure.slide, std::min(m_figure.queryPosition, m_figure.keyPosition),
               tr("score while both slide together"),
               {QStringLiteral("0"), QString::number(m_figure.slide.size() - 1)});
    painter.setOpacity(1);
    if (const QString text = readOut(); !text.isEmpty()) {
        paintReadOut(painter, theme, *m_pointer, QRectF(rect()), text);
    }
}

void RotaryPlot::paintHand(QPainter& painter, QPointF hand, double longest, const QColor& color,
                           const QString& name) const {
    const QRectF dial = dialRect();
    const double length = std::hypot(hand.x(), hand.y());
    if (!(length > 0)) {
        return;
    }
    // So short that it could not be seen, it still shows where it points.
    const double share = std::max(shortestHand, length / longest);
    const QPointF direction(hand.x() / length, -hand.y() / length);
    const double radius = dial.width() / 2 - 14 * m_theme.theme().fontScale;
    const QPointF tip = dial.center() + direction * (share * radius);
    painter.setPen(QPen(color, 2.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(dial.center(), tip);
    painter.setBrush(color);
    painter.drawEllipse(tip, 3.0, 3.0);
    const QFont font = m_theme.theme().textFont(textPixels, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const QPointF at = dial.center() + direction * (share * radius + 9 * m_theme.theme().fontScale);
    painter.setFont(font);
    painter.drawText(QRectF(at.x() - 20, at.y() - metrics.height() / 2, 40, metrics.height()),
                     Qt::AlignCenter | Qt::TextDontClip, name);
}

void RotaryPlot::paintDial(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF dial = dialRect();
    const double text = textHeight(theme.textFont(textPixels));
    const double wide = dial.width() + dialGap * theme.fontScale - rotaryGap;
    painter.setFont(theme.textFont(textPixels));
    painter.setPen(theme.muted);
    const auto write = [&](double top, const QString& line) {
        const QString shown = QFontMetricsF(painter.font()).elidedText(line, Qt::ElideRight, wide);
        painter.drawText(QRectF(0, top, wide, text), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         shown);
    };
    write(0, tr("pair %1 of the numbers").arg(m_figure.pair));
    write(dial.bottom() + 2, tr("%1 rad a position").arg(numberText(m_figure.radiansPerPosition, 4)));
    write(dial.bottom() + text + 4, tr("%1° from q to k").arg(numberText(degreesBetween(m_figure), 1)));
    painter.setBrush(theme.field);
    painter.setPen(QPen(theme.line, 1));
    painter.drawEllipse(dial.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(dial.left() + 1, dial.center().y()),
                     QPointF(dial.right() - 1, dial.center().y()));
    painter.drawLine(QPointF(dial.center().x(), dial.top() + 1),
                     QPointF(dial.center().x(), dial.bottom() - 1));
    const double longest = std::max(std::hypot(m_figure.queryHand.x(), m_figure.queryHand.y()),
                                    std::hypot(m_figure.keyHand.x(), m_figure.keyHand.y()));
    paintHand(painter, m_figure.keyHand, longest, theme.category(1), QStringLiteral("k"));
    paintHand(painter, m_figure.queryHand, longest, theme.category(0), QStringLiteral("q"));
}

void RotaryPlot::paintCurve(QPainter& painter, const QRectF& plot, const std::vector<double>& values,
                            std::size_t current, const QString& title,
                            const std::vector<QString>& ends) const {
    const Theme& theme = m_theme.theme();
    const double text = textHeight(theme.textFont(textPixels));
    const QFont numbers = theme.monoFont(numberPixels);
    const double number = textHeight(numbers);
    painter.setFont(theme.textFont(textPixels));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(plot.left(), plot.top() - rotaryGap - text, plot.width(), text),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     QFontMetricsF(painter.font()).elidedText(title, Qt::ElideRight, plot.width()));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.field);
    painter.drawRect(plot);
    painter.setFont(numbers);
    double above = -2 * number;
    for (const double level : {m_high, 0.0, m_low}) {
        const double y = heightOf(plot, level);
        if (y - above < number) {
            continue;  // its number would cover the one above
        }
        above = y;
        painter.setPen(QPen(theme.grid, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(0, y - number / 2, plot.left() - rotaryGap, number),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, levelText(level));
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(ends.size() - 1);
        const Qt::Alignment side = i == 0                ? Qt::AlignLeft
                                   : i + 1 < ends.size() ? Qt::AlignHCenter
                                                         : Qt::AlignRight;
        const double width = QFontMetricsF(numbers).horizontalAdvance(ends[i]) + 2;
        const double left = plot.left() + share * (plot.width() - width);
        painter.drawText(QRectF(left, plot.bottom() + rotaryGap - 2, width, number),
                         static_cast<int>(side) | Qt::TextDontClip, ends[i]);
    }
    const QPointF now = placeOf(plot, values, current);
    painter.setPen(QPen(theme.muted, 1, Qt::DashLine));
    painter.drawLine(QPointF(now.x(), plot.top()), QPointF(now.x(), plot.bottom()));
    QPainterPath curve(placeOf(plot, values, 0));
    for (std::size_t i = 1; i < values.size(); ++i) {
        curve.lineTo(placeOf(plot, values, i));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.category(0), curveWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(curve);
    painter.setBrush(theme.text);
    painter.setPen(QPen(theme.surface, 1.5));
    painter.drawEllipse(now, 4.5, 4.5);
}

std::optional<std::size_t> RotaryPlot::indexAt(const QRectF& plot, const std::vector<double>& values) const {
    if (!m_pointer || isEmpty() || !plot.contains(*m_pointer)) {
        return std::nullopt;
    }
    const double share = (m_pointer->x() - plot.left()) / plot.width();
    return static_cast<std::size_t>(std::lround(share * (static_cast<double>(values.size()) - 1)));
}

QString RotaryPlot::readOut() const {
    if (const std::optional<std::size_t> at = indexAt(scoreRect(), m_figure.scores)) {
        const long long difference = static_cast<long long>(*at) - static_cast<long long>(m_figure.reach());
        return tr("difference %1 · score %2").arg(signedNumber(difference), levelText(m_figure.scores[*at]));
    }
    if (const std::optional<std::size_t> at = indexAt(slideRect(), m_figure.slide)) {
        const std::size_t earlier = std::min(m_figure.queryPosition, m_figure.keyPosition);
        return tr("positions %1 and %2 · score %3")
            .arg(*at + m_figure.queryPosition - earlier)
            .arg(*at + m_figure.keyPosition - earlier)
            .arg(levelText(m_figure.slide[*at]));
    }
    return {};
}

void RotaryPlot::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    update();
}

void RotaryPlot::leaveEvent(QEvent*) {
    m_pointer.reset();
    update();
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/sum_strips.h"

#include "ui/plots/cell_numbers.h"
#include "ui/plots/heat_map_image.h"
#include "ui/plots/paint_target.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double leastSign = 16;  // of "+" and "=" before the names
constexpr double signGap = 6;
constexpr double stripNameGap = 8;
constexpr double highestStrip = 30;
constexpr double lowestGap = 2;
constexpr double gapShare = 0.55;  // of a strip's height, between two
constexpr double stripLegendGap = 5;
constexpr double stripEdge = 2;  // for the ring of the keyboard's focus
constexpr int stripDecimals = 6;

}  // namespace

SumStrips::SumStrips(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Token plus position"));
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SumStrips::setFigure(SumFigure figure) {
    m_figure = std::move(figure);
    if (m_chosen >= static_cast<long long>(m_figure.sum.size())) {
        m_chosen = -1;
    }
    setAccessibleDescription(isEmpty() ? m_figure.message : readOut());
    update();
}

QSize SumStrips::sizeHint() const {
    return {420, 180};
}

QSize SumStrips::minimumSizeHint() const {
    const double names = 3 * nameHeight();
    return {240, static_cast<int>(
                     std::ceil(names + 2 * stripEdge + stripLegendGap + colorLegendHeight(m_theme.theme())))};
}

double SumStrips::nameHeight() const {
    const QFontMetricsF metrics(m_theme.theme().monoFont(namePixels));
    return std::ceil(metrics.ascent() + metrics.descent());
}

double SumStrips::signWidth() const {
    const QFontMetricsF metrics(m_theme.theme().monoFont(namePixels, QFont::Bold));
    const double wide = m_figure.sign.size() > 1 ? metrics.horizontalAdvance(m_figure.sign) + signGap : 0;
    return std::max(leastSign, std::ceil(wide));
}

double SumStrips::nameWidth() const {
    const QFontMetricsF metrics(m_theme.theme().monoFont(namePixels));
    double width = 0;
    for (const QString& name : {m_figure.tokenName, m_figure.positionName, m_figure.sumName}) {
        width = std::max(width, metrics.horizontalAdvance(name));
    }
    return std::ceil(width);
}

QRectF SumStrips::stripRect(int strip) const {
    const double left = signWidth() + nameWidth() + stripNameGap;
    const double room = height() - 2 * stripEdge - stripLegendGap - colorLegendHeight(m_theme.theme());
    // Names below each other never overlap, however low the strips are.
    const double names = nameHeight();
    const double tall = std::clamp(std::floor(room / (3 + 2 * gapShare)), names - lowestGap, highestStrip);
    const double step = std::max(names, std::floor(std::min(tall * (1 + gapShare), (room - tall) / 2)));
    return {left, stripEdge + strip * step, std::max(8.0, width() - left - stripEdge), tall};
}

void SumStrips::paintStrip(QPainter& painter, int strip, double scale) const {
    const Theme& theme = m_theme.theme();
    const auto index = static_cast<std::size_t>(strip);
    const std::array values = {&m_figure.token, &m_figure.position, &m_figure.sum};
    const std::array names = {m_figure.tokenName, m_figure.positionName, m_figure.sumName};
    const std::array signs = {QString(), m_figure.sign, QStringLiteral("=")};
    const QRectF place = stripRect(strip);
    const ColorScale colors = ColorScale::symmetric(m_figure.limit);
    const QSize pixels(std::max(1, static_cast<int>(std::lround(place.width() * scale))), 1);
    const QImage image =
        heatMapImage({*values.at(index), 1, values.at(index)->size()}, pixels, theme, colors);
    painter.drawImage(place, image, QRectF(image.rect()));
    if (m_figure.numbers) {
        paintCellNumbers(painter, theme, colors, place, *values.at(index));
    }
    painter.setFont(theme.monoFont(namePixels, QFont::Bold));
    painter.setPen(theme.text);
    const bool isLong = m_figure.sign.size() > 1;
    painter.drawText(QRectF(0, place.top(), signWidth() - (isLong ? signGap : 0), place.height()),
                     (isLong ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, signs.at(index));
    painter.setFont(theme.monoFont(namePixels));
    painter.drawText(QRectF(signWidth(), place.top(), nameWidth() + 1, place.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, names.at(index));
}

void SumStrips::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed}, QRectF(rect()), m_figure.message,
                   Qt::AlignLeft | Qt::AlignTop)) {
        return;
    }
    const double scale = imageScale(painter);
    for (const int strip : {0, 1, 2}) {
        paintStrip(painter, strip, scale);
    }
    const QRectF last = stripRect(2);
    const QRectF legend = paintColorLegend(painter, theme, ColorScale::symmetric(m_figure.limit),
                                           {last.right(), last.bottom() + stripLegendGap}, last.width());
    painter.setOpacity(1);
    const QRectF all = stripRect(0).united(last);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(all.adjusted(-1.5, -1.5, 1.5, 1.5));
    }
    if (m_chosen >= 0) {
        paintChosen(painter, legend);
    }
}

void SumStrips::paintChosen(QPainter& painter, const QRectF& legend) const {
    const Theme& theme = m_theme.theme();
    const QRectF all = stripRect(0).united(stripRect(2));
    const double cell = all.width() / static_cast<double>(m_figure.sum.size());
    const double middle = all.left() + (static_cast<double>(m_chosen) + 0.5) * cell;
    const double half = std::max(cell / 2, 1.0) + 0.5;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.text, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(middle - half, all.top() - 1, 2 * half, all.height() + 2));

    const auto at = static_cast<std::size_t>(m_chosen);
    const QString numbers =
        QStringLiteral("%1 %2 %3 = %4")
            .arg(valueText(m_figure.token[at], stripDecimals), m_figure.sign,
                 valueText(m_figure.position[at], stripDecimals), valueText(m_figure.sum[at], stripDecimals));
    const QFontMetricsF metrics(theme.monoFont(numberPixels));
    const QRectF room(all.left(), legend.top() - 2, legend.left() - all.left() - stripLegendGap,
                      colorLegendHeight(theme) + 2);
    if (metrics.horizontalAdvance(numbers) > room.width()) {
        paintReadOut(painter, theme, m_at, QRectF(rect()), readOut());
        return;
    }
    painter.setFont(theme.textFont(numberPixels));
    painter.setPen(theme.muted);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignTop, tr("dimension %1").arg(m_chosen));
    painter.setFont(theme.monoFont(numberPixels));
    painter.setPen(theme.text);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignBottom, numbers);
}

QString SumStrips::readOut() const {
    if (m_chosen < 0) {
        return {};
    }
    const auto at = static_cast<std::size_t>(m_chosen);
    return tr("dimension %1").arg(m_chosen) +
           QStringLiteral(" · %1 %2 · %3 %4 %5 · = %6 %7")
               .arg(m_figure.tokenName, valueText(m_figure.token[at], stripDecimals), m_figure.sign,
                    m_figure.positionName, valueText(m_figure.position[at], stripDecimals), m_figure.sumName,
                    valueText(m_figure.sum[at], stripDecimals));
}

void SumStrips::choose(long long dimension, QPointF at) {
    m_at = at;
    if (dimension != m_chosen) {
        m_chosen = dimension;
        setAccessibleDescription(readOut());
    }
    update();
}

void SumStrips::mouseMoveEvent(QMouseEvent* event) {
    const QRectF all = stripRect(0).united(stripRect(2));
    if (isEmpty() || !all.contains(event->position())) {
        choose(-1, {});
        return;
    }
    const double ratio = devicePixelRatioF();
    const auto pixels = static_cast<std::size_t>(std::max(1.0, std::floor(all.width() * ratio)));
    const auto pixel = static_cast<std::size_t>((event->position().x() - all.left()) * ratio);
    const auto [begin, end] = coveredCells(std::min(pixel, pixels - 1), pixels, m_figure.sum.size());
    std::size_t largest = begin;
    for (std::size_t i = begin + 1; i < end; ++i) {
        largest = std::abs(m_figure.sum[i]) > std::abs(m_figure.sum[largest]) ? i : largest;
    }
    choose(static_cast<long long>(largest), event->position());
}

void SumStrips::leaveEvent(QEvent*) {
    choose(-1, {});
}

void SumStrips::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    choose(-1, {});
}

void SumStrips::keyPressEvent(QKeyEvent* event) {
    const auto last = static_cast<long long>(m_figure.sum.size()) - 1;
    long long wanted = m_chosen;
    switch (event->key()) {
        case Qt::Key_Left:
            wanted = m_chosen < 0 ? last : m_chosen - 1;
            break;
        case Qt::Key_Right:
            ++wanted;
            break;
        case Qt::Key_Home:
            wanted = 0;
            break;
        case Qt::Key_End:
            wanted = last;
            break;
        case Qt::Key_Escape:
            if (m_chosen >= 0) {
                return choose(-1, {});
            }
            return QWidget::keyPressEvent(event);
        default:
            return QWidget::keyPressEvent(event);
    }
    if (isEmpty()) {
        return;
    }
    wanted = std::clamp(wanted, 0LL, last);
    const QRectF strip = stripRect(2);
    const double share = (static_cast<double>(wanted) + 0.5) / static_cast<double>(last + 1);
    choose(wanted, {strip.left() + share * strip.width(), strip.bottom()});
}

}  // namespace lexiscope

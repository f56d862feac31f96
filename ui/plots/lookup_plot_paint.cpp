// SPDX-License-Identifier: GPL-3.0-or-later
// LookupPlot: what it looks like.
#include "ui/plots/cell_numbers.h"
#include "ui/plots/color_scale.h"
#include "ui/plots/heat_map_image.h"
#include "ui/plots/lookup_plot.h"
#include "ui/plots/paint_target.h"
#include "ui/plots/plot_axes.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/read_out.h"
#include "ui/plots/text_widths.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr double headPixels = 11;
constexpr double headGap = 3;
constexpr double lookupGap = 8;        // between columns
constexpr double lookupSignRoom = 20;  // of "×" and "="
constexpr double lowestLine = 14;      // before the theme's scale of type
constexpr double highestLookupLine = 30;
constexpr int leastLines = 10;      // in the least height, with that of the sum
constexpr double lineShare = 0.86;  // of its height that a line's cells take
constexpr double sumGap = 7;        // around the rule above the sum
constexpr double wideFrom =
    560;  // before the theme's scale of type: there the products stand beside the rows
constexpr double lookupEdge = 2.5;          // for frames and the ring of the keyboard's focus
constexpr double widestLookupNames = 0.16;  // of the width

QString times() {
    return QStringLiteral("×");
}

}  // namespace

QSize LookupPlot::sizeHint() const {
    return {420, 320};
}

QSize LookupPlot::minimumSizeHint() const {
    const double scale = m_theme.theme().fontScale;
    const double lines = leastLines * lowestLine * scale;
    return {static_cast<int>(std::ceil(300 * scale)),
            static_cast<int>(std::ceil(headHeight() + lines + 2 * sumGap + legendGap +
                                       colorLegendHeight(m_theme.theme()) + 2 * lookupEdge))};
}

double LookupPlot::headHeight() const {
    return textHeight(m_theme.theme().textFont(headPixels)) + headGap;
}

double LookupPlot::roomForLines() const {
    return height() - headHeight() - 2 * sumGap - legendGap - colorLegendHeight(m_theme.theme()) -
           2 * lookupEdge;
}

int LookupPlot::linesThatFit() const {
    return static_cast<int>(roomForLines() / (lowestLine * m_theme.theme().fontScale)) - 1;
}

double LookupPlot::lineHeight() const {
    const double room = roomForLines() / (lineCount() + 1);
    const double scale = m_theme.theme().fontScale;
    return std::clamp(std::floor(room), std::floor(lowestLine * scale),
                      std::floor(highestLookupLine * scale));
}

LookupPlot::Columns LookupPlot::columns() const {
    const Theme& theme = m_theme.theme();
    Columns columns;
    const std::size_t last = isEmpty() ? 0 : m_figure.lines.back().first + m_figure.lines.back().count - 1;
    const double digits =
        QFontMetricsF(theme.monoFont(numberPixels, QFont::Bold)).horizontalAdvance(QString::number(last));
    const double idWidth =
        std::max(digits, QFontMetricsF(theme.textFont(headPixels)).horizontalAdvance(tr("sum")));
    columns.idEnd = std::ceil(lookupEdge + idWidth);
    const double top = lookupEdge + headHeight();
    const double tall = lineHeight() * lineShare;
    const double oneHot =
        std::ceil(QFontMetricsF(theme.textFont(headPixels)).horizontalAdvance(tr("one-hot")));
    columns.isWide = width() >= wideFrom * theme.fontScale;
    double names = 0;
    for (const QString& name : m_figure.names) {
        const QFont font = tokenFont(theme.monoFont(numberPixels, QFont::Bold), name);
        names = std::max(names, QFontMetricsF(font).horizontalAdvance(name));
    }
    names = columns.isWide ? std::ceil(std::min(names, widestLookupNames * width())) : 0;
    columns.name = {columns.idEnd + lookupGap, top, names, tall};
    columns.oneHot = {columns.name.right() + (names > 0 ? lookupGap : 0), top, oneHot, tall};
    const double left = columns.oneHot.right() + lookupSignRoom;
    const double room = std::max(8.0, width() - left - lookupEdge);
    const double each = columns.isWide ? std::floor((room - lookupSignRoom) / 2) : room;
    columns.rows = {left, top, each, tall};
    columns.products = {columns.isWide ? left + each + lookupSignRoom : left, top, each, tall};
    return columns;
}

QRectF LookupPlot::onLine(const QRectF& first, int line) const {
    const double below = line == lineCount() ? 2 * sumGap : 0;
    return first.translated(0, line * lineHeight() + below);
}

QRectF LookupPlot::rowRect(int line) const {
    return onLine(columns().rows, line);
}

QRectF LookupPlot::productRect(int line) const {
    return onLine(columns().products, line);
}

void LookupPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_theme.theme();
    if (!beginPlot(painter, theme, {rect(), isEmpty(), m_figure.dimmed},
                   QRectF(rect()).adjusted(8, 8, -8, -8), m_figure.message)) {
        return;
    }
    const double scale = imageScale(painter);
    paintHead(painter);
    for (int line = 0; line < lineCount(); ++line) {
        paintLine(painter, line, scale);
    }
    paintSum(painter, scale);
    const QRectF sum = productRect(lineCount());
    paintColorLegend(painter, theme, ColorScale::symmetric(m_figure.limit),
                     {sum.right(), sum.bottom() + legendGap}, sum.width());
    painter.setOpacity(1);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(0.5, headHeight() - 0.5, width() - 1, sum.bottom() - headHeight() + 4));
    }
    if (const QString text = readOut(); !text.isEmpty()) {
        paintReadOut(painter, theme, *m_pointer, QRectF(rect()), text);
    }
}

void LookupPlot::paintHead(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const Columns place = columns();
    painter.setFont(theme.textFont(headPixels));
    painter.setPen(theme.muted);
    const auto title = [&](const QRectF& column, Qt::Alignment alignment, const QString& text) {
        painter.drawText(QRectF(column.left(), lookupEdge, column.width(), headHeight() - headGap),
                         alignment | Qt::AlignVCenter | Qt::TextDontClip, text);
    };
    title({0, 0, place.idEnd, 0}, Qt::AlignRight, tr("ID"));
    title(place.oneHot, Qt::AlignHCenter, tr("one-hot"));
    if (place.isWide) {
        title(place.rows, Qt::AlignLeft, tr("table"));
        title(place.products, Qt::AlignLeft, tr("products"));
    } else {
        title(place.rows, Qt::AlignLeft,
              m_figure.step > 0 ? tr("table, its rows becoming products") : tr("table"));
    }
}

void LookupPlot::paintOneHot(QPainter& painter, int line) const {
    const Theme& theme = m_theme.theme();
    const QRectF place = onLine(columns().oneHot, line);
    const double side = std::min(place.height(), place.width());
    const QRectF cell(place.center().x() - side / 2, place.top(), side, side);
    const bool isOne = isLookedUp(line);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isOne ? theme.accent : theme.line, 1));
    painter.setBrush(isOne ? theme.accentSurface : theme.field);
    painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(theme.monoFont(numberPixels, isOne ? QFont::Bold : QFont::Normal));
    painter.setPen(isOne ? theme.accent : theme.muted);
    painter.drawText(cell, Qt::AlignCenter | Qt::TextDontClip,
                     isOne ? QStringLiteral("1") : QStringLiteral("0"));
}

void LookupPlot::paintLine(QPainter& painter, int line, double scale) const {
    const Theme& theme = m_theme.theme();
    const Columns place = columns();
    const bool isNow = m_figure.step == line + 1;
    if (isNow) {
        const QRectF row = rowRect(line);
        painter.fillRect(QRectF(0, row.top() - (lineHeight() - row.height()) / 2, width(), lineHeight()),
                         theme.accentSurface);
    }
    if (lineAt(line).values.empty()) {
        return paintLeftOut(painter, line);
    }
    const bool isOne = isLookedUp(line);
    const QRectF row = rowRect(line);
    const QRectF product = productRect(line);
    painter.setFont(theme.monoFont(numberPixels, isOne ? QFont::Bold : QFont::Normal));
    painter.setPen(isOne ? theme.text : theme.muted);
    painter.drawText(QRectF(0, row.top(), place.idEnd, row.height()),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                     QString::number(lineAt(line).first));
    if (place.name.width() > 0 && static_cast<std::size_t>(line) < m_figure.names.size()) {
        const QString& name = m_figure.names[static_cast<std::size_t>(line)];
        const QFont font = tokenFont(painter.font(), name);
        painter.setFont(font);
        painter.setPen(theme.text);
        painter.drawText(onLine(place.name, line),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         QFontMetricsF(font).elidedText(name, Qt::ElideRight, place.name.width() + 1));
    }
    paintOneHot(painter, line);
    const auto sign = [&](double right, const QString& text) {
        painter.setFont(theme.monoFont(numberPixels));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(right - lookupSignRoom, row.top(), lookupSignRoom, row.height()),
                         Qt::AlignCenter | Qt::TextDontClip, text);
    };
    sign(row.left(), times());
    if (place.isWide || !isMultiplied(line) || isOne) {
        paintValues(painter, row, lineAt(line).values, scale);
    }
    if (place.isWide && isMultiplied(line)) {
        sign(product.left(), QStringLiteral("="));
    }
    const std::vector<float>& values = lineAt(line).values;
    if (isMultiplied(line) && !isOne &&
        std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
        paintZeros(painter, product);
    } else if (isMultiplied(line) && !isOne) {
        std::vector<float> products = values;  // zero times infinity is none
        std::for_each(products.begin(), products.end(), [](float& value) { value *= 0; });
        paintValues(painter, product, products, scale);
    } else if (isMultiplied(line)) {
        paintValues(painter, product, lineAt(line).values, scale);
        frame(painter, product);
    }
}

void LookupPlot::paintValues(QPainter& painter, const QRectF& place, const std::vector<float>& values,
                             double scale) const {
    const Theme& theme = m_theme.theme();
    const ColorScale colors = ColorScale::symmetric(m_figure.limit);
    const QSize pixels(std::max(1, static_cast<int>(std::lround(place.width() * scale))), 1);
    const QImage image = heatMapImage({values, 1, values.size()}, pixels, theme, colors);
    painter.drawImage(place, image, QRectF(image.rect()));
    paintCellNumbers(painter, theme, colors, place, values);
}

void LookupPlot::paintZeros(QPainter& painter, const QRectF& place) const {
    const Theme& theme = m_theme.theme();
    painter.fillRect(place, theme.field);
    painter.setFont(theme.monoFont(numberPixels));
    painter.setPen(theme.muted);
    const double cell = place.width() / static_cast<double>(dimension());
    const double narrowest = 2 * QFontMetricsF(theme.monoFont(numberPixels)).horizontalAdvance(u'0');
    if (cell < narrowest) {
        painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, QStringLiteral("0  0  …  0"));
        return;
    }
    for (std::size_t i = 0; i < dimension(); ++i) {
        painter.drawText(
            QRectF(place.left() + static_cast<double>(i) * cell, place.top(), cell, place.height()),
            Qt::AlignCenter | Qt::TextDontClip, QStringLiteral("0"));
    }
}

void LookupPlot::paintLeftOut(QPainter& painter, int line) const {
    const Theme& theme = m_theme.theme();
    const QRectF row = rowRect(line);
    const QRectF product = productRect(line);
    const QString rows = tr("%1 rows").arg(groupedText(lineAt(line).count));
    painter.setFont(theme.textFont(headPixels));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(0, row.top(), columns().idEnd, row.height()),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, QStringLiteral("⋮"));
    const bool isBeside = columns().isWide;
    if (isBeside || !isMultiplied(line)) {
        painter.drawText(row, Qt::AlignCenter | Qt::TextDontClip, rows);
    }
    if (isMultiplied(line)) {
        painter.drawText(product, Qt::AlignCenter | Qt::TextDontClip, tr("%1, all zeros").arg(rows));
    }
}

void LookupPlot::paintSum(QPainter& painter, double scale) const {
    const Theme& theme = m_theme.theme();
    const QRectF place = productRect(lineCount());
    const double rule = std::round(place.top() - sumGap) + 0.5;
    painter.setPen(QPen(theme.muted, 1));
    painter.drawLine(QPointF(place.left(), rule), QPointF(place.right(), rule));
    const double nameRoom = columns().isWide ? place.left() - lookupGap : columns().oneHot.right();
    painter.setFont(theme.textFont(headPixels, QFont::DemiBold));
    painter.setPen(hasSum() ? theme.text : theme.muted);
    painter.drawText(QRectF(0, place.top(), nameRoom, place.height()),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, tr("sum"));
    if (hasSum()) {
        paintValues(painter, place, m_figure.result, scale);
        frame(painter, place);
    } else {
        painter.fillRect(place, theme.field);
    }
}

void LookupPlot::frame(QPainter& painter, const QRectF& place) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.theme().text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), 1.5, 1.5);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/shade_legend.h"

#include "ui/plots/color_scale.h"
#include "ui/session/grouped_text.h"

#include <cmath>

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLinearGradient>

namespace lexiscope {
namespace {

constexpr double fontPixels = 11;
constexpr double barWidth = 72;
constexpr double shadeGap = 6;

/// Two digits are as many as a shade can tell.
QString rounded(double number) {
    const double unit = std::max(1.0, std::pow(10.0, std::floor(std::log10(number)) - 1));
    return groupedText(static_cast<std::uint64_t>(std::round(number / unit) * unit));
}

}  // namespace

ShadeLegend::ShadeLegend(const Theme& theme, const CloudStyle& style, CloudTable::Of of)
    : m_theme(theme),
      m_style(style),
      m_of(of),
      m_words(QCoreApplication::translate("lexiscope::ShadeLegend", "overlapping points, log")),
      m_first(QStringLiteral("1")),
      m_last(QStringLiteral("≥ ") + rounded(style.top)) {
    if (of == CloudTable::Of::Strengths) {
        m_style.color = theme.text;
    }
}

double ShadeLegend::scaleWidth() const {
    const QFontMetricsF metrics(m_theme.monoFont(fontPixels));
    return std::ceil(metrics.horizontalAdvance(m_first) + shadeGap + barWidth + shadeGap +
                     metrics.horizontalAdvance(m_last));
}

double ShadeLegend::wordsWidth() const {
    return std::ceil(QFontMetricsF(m_theme.textFont(fontPixels)).horizontalAdvance(m_words)) + shadeGap;
}

double ShadeLegend::widthIn(double room) const {
    if (m_style.shading <= 0 || scaleWidth() > room) {
        return 0;
    }
    return scaleWidth() + wordsWidth() <= room ? scaleWidth() + wordsWidth() : scaleWidth();
}

QColor ShadeLegend::onField(QRgb premultiplied) const {
    const auto part = [&](int above, int below) {
        return above + below * (255 - qAlpha(premultiplied)) / 255;
    };
    return {part(qRed(premultiplied), m_theme.field.red()),
            part(qGreen(premultiplied), m_theme.field.green()),
            part(qBlue(premultiplied), m_theme.field.blue())};
}

void ShadeLegend::paint(QPainter& painter, const QRectF& line) const {
    const double width = widthIn(line.width());
    if (width <= 0) {
        return;
    }
    painter.setPen(m_theme.muted);
    QRectF rest(line.right() - width, line.top(), width, line.height());
    if (width > scaleWidth()) {
        painter.setFont(m_theme.textFont(fontPixels));
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, m_words);
        rest.setLeft(rest.left() + wordsWidth());
    }
    const QFont font = m_theme.monoFont(fontPixels);
    painter.setFont(font);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, m_first);
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, m_last);
    const QRectF bar(rest.left() + std::ceil(QFontMetricsF(font).horizontalAdvance(m_first)) + shadeGap,
                     std::round(rest.center().y() - scaleBarHeight / 2), barWidth, scaleBarHeight);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    const CloudTable table(m_style, m_of);
    constexpr int stops = 24;
    for (int i = 0; i <= stops; ++i) {
        const double place = static_cast<double>(i) / stops;
        gradient.setColorAt(place, onField(table(static_cast<float>(std::pow(m_style.top, place)))));
    }
    painter.fillRect(bar, gradient);
}

}  // namespace lexiscope

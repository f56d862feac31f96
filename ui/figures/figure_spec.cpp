// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_spec.h"

#include <algorithm>
#include <cmath>

#include <QLocale>

namespace lexiscope {
namespace {

constexpr double pixelsPerInch = 96;
constexpr double pointsPerInch = 72;
constexpr double millimetresPerInch = 25.4;

/// Digits with at most one point; nothing else that is a number elsewhere. -1 for anything else.
double plainNumber(const QString& text) {
    const bool plain = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
    });
    bool isNumber = false;
    const double value = QLocale::c().toDouble(text, &isNumber);
    return plain && isNumber ? value : -1;
}

QString numberText(double value) {
    return QString::number(value, 'g', 10);
}

}  // namespace

QString nameOf(FigureFormat format) {
    switch (format) {
        case FigureFormat::Svg:
            return QStringLiteral("svg");
        case FigureFormat::Pdf:
            return QStringLiteral("pdf");
        case FigureFormat::Png:
            break;
    }
    return QStringLiteral("png");
}

std::optional<FigureFormat> figureFormatOf(const QString& path) {
    for (const FigureFormat format : {FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf}) {
        if (path.endsWith(u'.' + nameOf(format), Qt::CaseInsensitive)) {
            return format;
        }
    }
    return std::nullopt;
}

QSize FigureSize::pixels() const {
    if (size.isEmpty()) {
        return {};
    }
    const double unit = inMillimetres ? pixelsPerInch / millimetresPerInch : 1;
    return {std::max(1, static_cast<int>(std::lround(size.width() * unit))),
            std::max(1, static_cast<int>(std::lround(size.height() * unit)))};
}

QSizeF FigureSize::points() const {
    return size * (pointsPerInch / (inMillimetres ? millimetresPerInch : pixelsPerInch));
}

Result<FigureSize> parseFigureSize(const QString& text) {
    FigureSize result;
    result.inMillimetres = text.endsWith(QLatin1String("mm"));
    const QString sides = result.inMillimetres ? text.chopped(2) : text;
    const qsizetype cross = sides.indexOf(u'x');
    const double width = plainNumber(sides.left(cross));
    const double height = cross < 0 ? -1 : plainNumber(sides.mid(cross + 1));
    const bool whole = result.inMillimetres || !sides.contains(u'.');
    if (whole && width > 0 && height > 0) {
        result.size = QSizeF(width, height);
        const QSize pixels = result.pixels();
        if (width <= longestFigureSide && height <= longestFigureSide &&
            pixels.width() <= longestFigureSide && pixels.height() <= longestFigureSide) {
            return result;
        }
    }
    return Error{ErrorCode::InvalidArgument,
                 text.toStdString(),
                 "is no size: a width and a height from 1 to 16,384 pixels, as 1280x720, or in millimetres, "
                 "as 160x90mm",
                 {}};
}

QString toText(const FigureSize& size) {
    return numberText(size.size.width()) + u'x' + numberText(size.size.height()) +
           (size.inMillimetres ? QStringLiteral("mm") : QString());
}

QString fileNameOf(const FigureSpec& spec, FigureFormat format) {
    const QString part = spec.part.isEmpty() ? QString() : u'-' + spec.part;
    return spec.what + part + u'.' + nameOf(format);
}

Theme themeOf(const FigureSpec& spec) {
    Theme theme = themeOf(spec.theme);
    theme.fontScale *= spec.fontSize;
    if (spec.transparent) {
        theme.window.setAlpha(0);
        if (spec.what != QLatin1String("window")) {
            theme.surface.setAlpha(0);
            theme.field.setAlpha(0);
        }
    }
    return theme;
}

}  // namespace lexiscope

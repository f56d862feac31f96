// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/plots/theme.h"

#include <optional>

#include <QJsonObject>
#include <QSize>
#include <QSizeF>
#include <QString>

namespace lexiscope {

enum class FigureFormat { Png, Svg, Pdf };
QString nameOf(FigureFormat format);  ///< "png", as in the ending of a file's name
/// By the ending of the name, in capitals or not; none for any other.
std::optional<FigureFormat> figureFormatOf(const QString& path);

constexpr double smallestFigureScale = 0.1;
constexpr double largestFigureScale = 16;
constexpr double smallestFontFactor = 0.5;
constexpr double largestFontFactor = 3;
constexpr int longestFigureSide = 16384;  ///< logical pixels

/// Width and height of a figure, in logical pixels (96 an inch) or in millimetres.
struct FigureSize {
    QSizeF size;  ///< empty: the figure chooses
    bool inMillimetres = false;

    /// At least 1 × 1 where the size is not empty.
    QSize pixels() const;
    QSizeF points() const;  ///< 72 an inch
    bool operator==(const FigureSize&) const = default;
};

/// "1280x720" or "160x90mm", with decimals where they are millimetres. InvalidArgument when it is neither or
/// a side is not within 1 … 16,384 pixels.
Result<FigureSize> parseFigureSize(const QString& text);
QString toText(const FigureSize& size);

/// All that a figure is asked for with, beside what is loaded and selected.
struct FigureSpec {
    QString what = QStringLiteral("window");  ///< a panel's name, or "window"
    QString part;                             ///< of that panel, alone; empty: all of it
    FigureSize size;
    bool grows = false;  ///< the size is the least: what does not fit makes the figure larger
    double scale = 1;    ///< pixels of a PNG for each logical one
    ThemeName theme = ThemeName::Light;
    double fontSize = 1;       ///< factor of all type
    bool caption = false;      ///< a line below with model, text and parameters
    bool transparent = false;  ///< no ground
    QJsonObject view;          ///< what the panel shows of its content; empty: what it begins with
    bool operator==(const FigureSpec&) const = default;
};

/// "space.svg", "positions-matrix.png": what its file is called until somebody says otherwise.
QString fileNameOf(const FigureSpec& spec, FigureFormat format);

/// The theme with the spec's size of type, and where it asks for that, without grounds: those colours are
/// fully transparent but keep what they are, for what is mixed from them. The window keeps its cards.
Theme themeOf(const FigureSpec& spec);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <array>
#include <functional>

#include <QPainter>
#include <QRectF>
#include <QString>

namespace lexiscope {

// What plots of lines have in common: grid, numbers and title around the plot.
inline constexpr double axisGap = 6;         ///< between the plot and its numbers
inline constexpr double curveWidth = 1.8;    ///< of the pen, where there are few
inline constexpr double lineWidth = 1.6;     ///< of the pen, where there are many
inline constexpr double legendSample = 12;   ///< length of the line before a name
inline constexpr double legendSpacing = 10;  ///< between two entries of a legend
/// Categories that are told apart as thin lines too.
inline constexpr std::array lineCategories = {0, 1, 3, 4};

/// What is said where there is nothing to plot, in the middle of `rect` unless told.
void paintMessage(QPainter& painter, const Theme& theme, const QRectF& rect, const QString& text,
                  Qt::Alignment alignment = Qt::AlignCenter);

/// Begins to paint a plot, on its ground. Where there is nothing to plot, says so instead, inside `rect`, and
/// returns false; else what follows is faint if the plot is `dimmed`, until opacity is 1 again.
inline constexpr double dimmedOpacity = 0.4;
struct PlotGround {
    QRect all;
    bool isEmpty = false;
    bool dimmed = false;
};
bool beginPlot(QPainter& painter, const Theme& theme, const PlotGround& ground, const QRectF& rect,
               const QString& message, Qt::Alignment alignment = Qt::AlignCenter);

/// One line of the grid at that height, with its number left of the plot.
void paintLevel(QPainter& painter, const Theme& theme, const QRectF& plot, double y, const QString& number);

/// The axis below a plot: a line of the grid for each number, the numbers that leave room for the title, and
/// the title at the right end.
struct HorizontalAxis {
    double first = 0;
    double last = 1;
    double step = 1;                        ///< between two numbers
    std::function<double(double)> placeOf;  ///< x of a value
    QString title;
};
void paintHorizontalAxis(QPainter& painter, const Theme& theme, const QRectF& plot,
                         const HorizontalAxis& axis);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include <QBrush>
#include <QColor>
#include <QFont>
#include <QImage>
#include <QPainterPath>
#include <QPen>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QTransform>

namespace lexiscope {

// What a figure is made of once it has been painted, in the order of painting. Lengths and places are logical
// pixels of the figure, from its top left corner.

/// An outline, filled, stroked or both. The brush may be a colour or a linear gradient.
struct FigureShape {
    QPainterPath path;
    QBrush fill{Qt::NoBrush};
    QPen pen{Qt::NoPen};
    double opacity = 1;
    bool isEllipse = false;  ///< the path is the ellipse that fills its bounding rectangle
};

/// A piece of text on one line, in one font and direction.
struct FigureText {
    QString text;
    QFont font;  ///< its size is in pixels
    QColor color;
    QTransform place;  ///< takes (0, 0) to the left end of the baseline
    double width = 0;
    double opacity = 1;
    bool rightToLeft = false;
    std::optional<QRectF> clip;  ///< what is outside of it is not seen; none: all of the text is seen
};

/// An image, stretched to `place`.
struct FigureImage {
    QRectF place;
    QImage image;
    double opacity = 1;
};

using FigureItem = std::variant<FigureShape, FigureText, FigureImage>;

/// A painted figure as a value: text is text and lines are lines, and nothing of it lies outside of what it
/// was clipped to when it was painted. SVG and PDF are written from it.
struct FigurePicture {
    QSizeF size;
    QString title;
    QString description;
    std::vector<FigureItem> items;
};

}  // namespace lexiscope

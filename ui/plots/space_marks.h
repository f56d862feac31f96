// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/label_sprites.h"
#include "ui/plots/space_plot.h"
#include "ui/plots/view_transform.h"

#include <optional>
#include <span>
#include <vector>

#include <QPainter>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

namespace lexiscope {

/// All that a figure says of one row, in one place.
struct SpaceMark {
    Row row;
    PointRole role = PointRole::Frequent;  ///< the most important one, Hovered left aside
    bool neighbor = false;                 ///< is a neighbour, whatever else it is
    QString label;
    QPointF data;      ///< where its point is
    QSizeF labelSize;  ///< of the text in the font of its role
    QPointF at;        ///< in pixels, set by placeMarks
    bool visible = false;
    QRectF labelRect;       ///< null: no room
    std::size_t given = 0;  ///< which of the figure's marks gave it its role
};

/// Marks of a figure, one per row, and apart from them the hovered one.
struct SpaceMarks {
    std::vector<SpaceMark> marks;  ///< by rising importance, then as given
    std::optional<SpaceMark> hovered;
    QRectF readOutRect;  ///< of the hovered label's box
};

/// The row's point in the figure's two components; none for rows without one.
std::optional<QPointF> dataPoint(const SpaceFigure& figure, Row row);

/// Merges the figure's marks; rows without a point are left out.
SpaceMarks mergeMarks(const SpaceFigure& figure, const Theme& theme);

/// Names these rows, which are in view, by the figure's model: puts labels before all other marks, in place
/// of those that the last call put there. Rows that have a mark already keep that one.
void nameRowsInView(SpaceMarks& marks, const SpaceFigure& figure, std::span<const Row> rows,
                    const Theme& theme);

/// The figure's hovered mark, drawn as large as its row in `marks` is.
std::optional<SpaceMark> hoveredMark(const SpaceFigure& figure, const SpaceMarks& marks);

/// Points and labels of the marks for that view. The hovered mark does not move the labels of others.
void placeMarks(SpaceMarks& marks, const ViewTransform& transform);
/// The read-out of the hovered mark; to be called after placeMarks.
void placeReadOut(SpaceMarks& marks, const ViewTransform& transform, const Theme& theme);

/// Labels under the read-out, and that of the hovered row itself, are not drawn.
bool isLabelShown(const SpaceMarks& marks, const SpaceMark& mark);

/// Radius of the dot of a role, logical pixels; 0 where the role has none of its own.
double dotRadius(PointRole role);

void paintMarks(QPainter& painter, const SpaceMarks& marks, const QRectF& field, const Theme& theme,
                const QColor& slot, LabelSprites& sprites);

}  // namespace lexiscope

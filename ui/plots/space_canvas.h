// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_index.h"
#include "ui/plots/point_tint.h"
#include "ui/plots/theme.h"
#include "ui/plots/view_transform.h"

#include <cstdint>
#include <functional>
#include <memory>

#include <QRectF>
#include <QSize>
#include <QString>

class QCPPainter;

namespace lexiscope {

/// Where the plot's field is in a widget of `size`, whole logical pixels, when its longest tick label has
/// `tickCharacters`. Never smaller than 8 × 8.
QRectF spacePlotField(QSize size, const Theme& theme, int tickCharacters);

/// The step of ticks and grid on both axes, in data units, for labels of so many characters.
double spaceTickStep(double pixelsPerUnit, const Theme& theme, int tickCharacters);

/// Characters of the longest tick label at that scale anywhere inside the bounds; at least 5, so that the
/// field stands still as long as labels are short.
int spaceTickCharacters(double pixelsPerUnit, const QRectF& bounds, const Theme& theme);

/// The field with its grid, ticks and titles, what the shades of crowds mean, and the clouds in it: what
/// QCustomPlot draws, straight onto the painter of screen or file. It holds no pixels but the clouds' images.
class SpaceCanvas {
  public:
    SpaceCanvas();
    ~SpaceCanvas();

    void setPoints(std::shared_ptr<const PointIndex> all);
    /// Colours of the points, by the traits of the index that setPoints() gave; none: all alike.
    void setTint(std::shared_ptr<const PointTint> tint, const HiddenPoints& hidden);
    void setBoxed(std::shared_ptr<const PointIndex> boxed);

    /// See PointCloud::setDeferred.
    void setDeferred(std::function<void()> ready);

    struct Labels {
        QString xTitle;
        QString yTitle;
        int tickCharacters = 5;
    };
    /// `transform` maps the view to the field. The painter's opacity applies to everything but the
    /// background.
    void paint(QCPPainter* painter, QSize size, const Theme& theme, const ViewTransform& transform,
               const Labels& labels);
    /// Surface and an empty field, as a plot without points has them.
    static void paintBackground(QCPPainter* painter, QSize size, const Theme& theme, const QRectF& field);

  private:
    void paintTitles(QCPPainter* painter, QSize size, const Theme& theme, const QRect& field,
                     const Labels& labels);
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace lexiscope

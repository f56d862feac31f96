// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace lexiscope {

/// A text that wants to stand beside a point. Lengths are pixels.
struct LabelRequest {
    QPointF point;
    double clearance = 4;  ///< from the point to the nearest edge of the text
    QSizeF size;
    int priority = 0;       ///< the higher goes first; equals in the order given
    double padding = 2;     ///< kept free around the text
    bool mayCover = false;  ///< rather covers marked points than stays away
};

/// Where each text stands: beside its point in one of eight places (right, left, above, below, then the
/// corners), inside `bounds`, with its padding clear of every other text and of `obstacles`, the marked
/// points. A null rectangle: no room. The same input gives the same places. An obstacle with
/// the text's own point in its middle does not count: the clearance keeps away from that one.
std::vector<QRectF> placeLabels(std::span<const LabelRequest> requests, std::span<const QRectF> obstacles,
                                const QRectF& bounds);

}  // namespace lexiscope

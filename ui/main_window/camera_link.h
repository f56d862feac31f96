// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/space_plot.h"

#include <array>

#include <QObject>

namespace lexiscope {

/// Links the maps of slots A and B. Their axes have nothing to do with each other, so that no view of one can
/// be had in the other; what they share is the selected token. A map that is moved or zoomed takes the other
/// one to the same closeness (relative to the view of all points), with the selected token at the same place
/// of the picture; showing all points shows all in both. A token selected while they are zoomed is brought
/// into view in both. Where the token has no match the closeness alone follows.
class CameraLink : public QObject {
    Q_OBJECT
  public:
    /// The plots of slot 0 and 1.
    CameraLink(const PanelContext& context, SpacePlot& first, SpacePlot& second, QObject* parent = nullptr);

  private:
    void selectionMoved();
    /// Moves the other map after that of `slot`.
    void lead(int slot);
    SpacePlot& plot(int slot) { return *m_plots.at(static_cast<std::size_t>(slot)); }

    const PanelContext m_context;
    std::array<SpacePlot*, 2> m_plots;
    bool m_moving = false;
};

/// The view of `follower` that shows its point at `point` (in its pixels) where `leader` shows the one at
/// `leaderPoint`, and as much of all its points as `leader` of its own. A null point leaves the middle where
/// it is.
QRectF followingView(const SpacePlot& leader, QPointF leaderPoint, const SpacePlot& follower, QPointF point);

}  // namespace lexiscope

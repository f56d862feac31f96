// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/background_work.h"
#include "ui/plots/label_sprites.h"
#include "ui/plots/point_index.h"
#include "ui/plots/space_canvas.h"
#include "ui/plots/space_marks.h"
#include "ui/plots/view_transform.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QRectF>
#include <QSize>

namespace lexiscope {

/// A SpaceFigure in a certain size and view: where everything stands, what is near a place, and the painting.
/// It knows no widget and no events. Lengths are logical pixels.
class SpaceScene {
  public:
    explicit SpaceScene(const ThemeSource& themes) : m_themes(themes) {}

    /// With a callback, what takes longer than a frame is prepared in the background; the callback asks for a
    /// repaint when it is there. Without, as at first: everything is there when a call returns, for files and
    /// hidden widgets.
    void setDeferred(std::function<void()> ready);
    /// Waits for the points of the figure.
    void finish() { m_work.finish(); }

    void setFigure(SpaceFigure figure);
    const SpaceFigure& figure() const { return m_figure; }
    void setSize(QSize size);
    /// Fonts and colours changed.
    void updateTheme();

    bool hasPoints() const { return m_points && m_points->size() > 0; }
    /// The part that shows the view; the rest is ticks and titles.
    const QRectF& field();
    const QRectF& view();
    ViewTransform transform();
    /// Shows `wanted`, kept within bounds; nothing without points. Until the next resetView() the view no
    /// longer follows the size.
    void show(const QRectF& wanted);
    void resetView();
    /// The view is the one that resetView() gives.
    bool isFitted() const { return m_fitted && !m_restored; }
    /// Shows `wanted` at every size until the next show() or resetView(); it may come before the points.
    void restore(const QRectF& wanted) { m_restored = wanted; }
    /// What resetView() shows; empty without points.
    QRectF viewOfAll();

    Camera camera();
    /// Shows what the camera sees; where that is does not depend on what was shown before.
    void show(const Camera& camera);
    /// With the selected point in the middle, at least `closeUp` times as close as the view of all points;
    /// none without one.
    std::optional<Camera> cameraOnSelection(double closeUp);

    /// What a press there means: a marked point, its label, or the nearest point of the cloud, at most 8
    /// pixels away.
    std::optional<Row> pick(QPointF at);
    std::vector<Row> inside(const QRectF& pixels);
    std::vector<QRectF> labelRects();

    void paint(QCPPainter* painter);

  private:
    void setPoints();
    void showPoints(std::shared_ptr<const PointIndex> points);
    void setTint();
    void setBoxed();
    PointFilter filter() const;
    void settle();
    void settleView();
    void nameRows();
    QString message() const;

    const ThemeSource& m_themes;
    SpaceFigure m_figure;
    std::shared_ptr<const PointIndex> m_points;
    std::shared_ptr<const Vocabulary> m_words;  // of m_points: the same ones elsewhere keep the view
    std::shared_ptr<const PointTint> m_tint;    // of m_points
    std::function<void()> m_ready;
    BackgroundWork m_work;
    bool m_pending = false;  // m_points is still being made
    SpaceCanvas m_canvas;
    SpaceMarks m_marks;
    LabelSprites m_sprites;
    QSize m_size;
    QSize m_settledSize;  // the size that m_field and m_view were made for
    QRectF m_field;
    QRectF m_view;
    int m_tickCharacters = 5;
    std::optional<QRectF> m_restored;
    bool m_fitted = true;   // nobody has moved the view, so it follows the size
    bool m_placed = false;  // marks stand where m_placedView and m_placedField want them
    QRectF m_placedField;
    QRectF m_placedView;
};

}  // namespace lexiscope

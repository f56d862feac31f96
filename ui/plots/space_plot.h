// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/projection/pca.h"
#include "ui/plots/point_traits.h"
#include "ui/plots/theme.h"

#include <memory>
#include <vector>

#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// Why a point is drawn larger than the cloud; the later, the more important.
enum class PointRole { InView, Frequent, Boxed, Neighbor, Token, Pinned, Hovered, Selected };

struct MarkedPoint {
    Row row;
    PointRole role = PointRole::Frequent;
    QString label;
};

/// What the embedding-space picture shows, as a value: the screen, an exported figure and the command line
/// paint from it through the same painter.
struct SpaceFigure {
    std::shared_ptr<const PcaResult> projection;  ///< null: an empty plot with `message`
    std::size_t xComponent = 0;
    std::size_t yComponent = 1;
    std::vector<MarkedPoint> marks;  ///< drawn above the cloud; InView, Frequent and Boxed ones are labels
                                     ///< only, shown where there is room
    std::shared_ptr<const std::vector<Row>> boxed;  ///< drawn as a second cloud; null: none
    int slot = 0;                                   ///< whose colour marks the selection and its neighbours
    QString xTitle;                                 ///< "PC 1 (5.0 %)"
    QString yTitle;
    QString message;
    std::shared_ptr<const PointTraits> traits;  ///< what the cloud is coloured by; null: all points alike
    /// What of the traits is left out: these points, marks and labels are not there for eye or pointer. The
    /// selected one is drawn nevertheless.
    HiddenPoints hidden;
    /// Names rows in view where these are so few that there is room; null: only marks are named.
    std::shared_ptr<const Model> model;
    bool dimmed = false;  ///< content of before, while the new one is computed
};

/// The scatter plot: pan by dragging, zoom at the pointer by wheel, box select with Shift + drag, reset by
/// double click or Home, + and -, arrow keys, to the selected point by Space. Both axes always have the same
/// scale. Paints at the resolution of whatever it is rendered into.
class SpacePlot : public QWidget {
    Q_OBJECT
  public:
    explicit SpacePlot(const ThemeSource& theme, QWidget* parent = nullptr);
    ~SpacePlot() override;

    /// The view is kept when the projection is the same object, else reset to all points.
    void setFigure(SpaceFigure figure);
    const SpaceFigure& figure() const;

    /// With millions of points, what takes longer than a frame is prepared beside the window's thread, and
    /// the screen shows the picture of before meanwhile. Hidden or rendered at another resolution than the
    /// screen's, each picture is whole; with setWhole(true) it always is.
    void setWhole(bool whole);

    QRectF view() const;               ///< in data units, bottom-left origin, as drawn
    void setView(const QRectF& view);  ///< grown in one direction to keep the scales equal
    /// The same, whenever there are points to show, and at any size until somebody moves the view.
    void restoreView(const QRectF& view);
    /// Nobody has moved the view: it shows all points.
    bool showsAll() const;
    QRectF viewOfAll() const;  ///< what resetView() shows; empty without points
    void resetView();
    void zoom(double factor);  ///< about the middle; > 1 is closer
    void centerOn(Row row);    ///< pans so that the row's point is visible
    /// Moves in a moment to where the selected point is in the middle, at least as close as `closeUp` times
    /// the view of all points; at once where the style or the platform wants no animation, or nobody looks.
    /// Nothing without one.
    void glideToSelection();
    static constexpr double closeUp = 4;
    /// Rectangles of the labels last drawn, in widget coordinates: for tests.
    std::vector<QRectF> labelRects() const;
    /// Where a row's point stands, in widget coordinates; null when it has none.
    QPointF pointPosition(Row row) const;
    /// The part of the widget that shows the view.
    QRectF fieldRect() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    /// The view was moved or reset, by hand or by a call; a new size or figure does not count.
    void viewMoved();
    void hovered(bool any, lexiscope::Row row);
    void clicked(lexiscope::Row row, Qt::KeyboardModifiers modifiers);
    void boxSelected(const std::vector<lexiscope::Row>& rows);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/plots/view_transform.h"

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>

class QPainter;

namespace lexiscope {

/// A curve through points in their order, as a value.
struct CurveFigure {
    std::vector<QPointF> points;     ///< one that is not finite leaves a gap
    std::size_t step = 1;            ///< point i is position i × step
    std::array<double, 2> shares{};  ///< of the spread that the two axes have, 0 … 1
    long long selectedPosition = -1;
    long long hoveredPosition = -1;
    QString message;  ///< stands in the middle where there is no curve
    bool dimmed = false;

    bool operator==(const CurveFigure&) const = default;
};

/// Points in two dimensions, both on one scale, joined in their order: coloured by it from one end of a scale
/// to the other, some with their number. Pointing tells which one is nearest.
class CurvePlot : public QWidget {
    Q_OBJECT
  public:
    explicit CurvePlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(CurveFigure figure);
    const CurveFigure& figure() const { return m_figure; }
    QRectF plotRect() const;
    /// Where that point stands.
    QPointF placeOf(std::size_t point) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void positionHovered(long long position);  ///< -1: none
    void positionClicked(std::size_t position);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    ViewTransform transform() const;
    bool isThere(std::size_t point) const;
    QColor colorOf(std::size_t point) const;
    /// The nearest to that place, if it is near.
    std::optional<std::size_t> pointAt(QPointF at) const;
    void hover(std::optional<std::size_t> point);
    void paintCurve(QPainter& painter) const;
    /// Numbers of some points, the ends first; none covers another.
    void paintNames(QPainter& painter) const;
    void paintMark(QPainter& painter, long long position, const QColor& color) const;
    void paintAxes(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    const ThemeSource& m_theme;
    CurveFigure m_figure;
    QRectF m_bounds;
    QPointF m_pointer;
    std::optional<std::size_t> m_hovered;
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <QPointF>
#include <QRectF>

namespace lexiscope {

/// Points in the plane, sorted into the cells of a grid of about two points each: what is near the pointer,
/// inside a box or in view is found without looking at all of them. Immutable.
class PointIndex {
  public:
    /// Point i is (coordinates[i * stride + x], coordinates[i * stride + y]); points that are not finite are
    /// left out.
    static std::shared_ptr<const PointIndex> build(std::span<const float> coordinates, std::size_t stride,
                                                   std::size_t x, std::size_t y);
    /// Of these rows only; rows without a point are left out.
    static std::shared_ptr<const PointIndex> build(std::span<const float> coordinates, std::size_t stride,
                                                   std::size_t x, std::size_t y, std::span<const Row> rows);

    std::size_t size() const { return m_rows.size(); }
    /// Of all points; null (0, 0, 0, 0) when there are none.
    const QRectF& bounds() const { return m_bounds; }

    /// Points per unit of area as a typical point sees them around itself: the mean over points, not over the
    /// plane, so that far outliers do not thin it. 0 when there are fewer than two points.
    double density() const { return m_density; }

    /// The point nearest to `at` and at most `reach` away; of equals the lowest row.
    std::optional<Row> nearest(QPointF at, double reach) const;
    /// Rows inside the rectangle, edges included, ascending.
    std::vector<Row> inside(const QRectF& box) const;

    /// How many points visitNear() visits.
    std::size_t countNear(const QRectF& box) const {
        std::size_t count = 0;
        forCells(box, [&](std::size_t begin, std::size_t end) { count += end - begin; });
        return count;
    }

    /// Calls visit(x, y) for every point of every cell that the rectangle touches, and so for some points
    /// outside of it.
    template <typename Visit>
    void visitNear(const QRectF& box, Visit visit) const {
        forCells(box, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                visit(m_points[i].x, m_points[i].y);
            }
        });
    }

  private:
    struct Point {
        float x;
        float y;
    };

    void sort(std::vector<Point> points, std::vector<std::uint32_t> rows);
    std::size_t columnOf(double x) const;
    std::size_t lineOf(double y) const;

    /// Cells of one line follow each other, so a line of the box is one stretch.
    template <typename Visit>
    void forCells(const QRectF& box, Visit visit) const {
        if (m_rows.empty() || !box.intersects(m_bounds.adjusted(-m_cell, -m_cell, m_cell, m_cell))) {
            return;
        }
        const std::size_t left = columnOf(box.left());
        const std::size_t right = columnOf(box.right());
        const std::size_t last = lineOf(box.bottom());
        for (std::size_t line = lineOf(box.top()); line <= last; ++line) {
            visit(m_cells[line * m_columns + left], m_cells[line * m_columns + right + 1]);
        }
    }

    std::vector<Point> m_points;         // by cell
    std::vector<std::uint32_t> m_rows;   // of m_points
    std::vector<std::uint32_t> m_cells;  // where each cell begins, and the end
    QRectF m_bounds;
    double m_density = 0;
    double m_cell = 1;  // width and height of a cell
    std::size_t m_columns = 1;
    std::size_t m_lines = 1;
};

}  // namespace lexiscope

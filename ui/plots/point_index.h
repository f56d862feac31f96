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

struct PlanePoint {
    float x;
    float y;
};

/// Which points of an index are out of sight: those of a hidden class, or whose number lies beyond a range.
struct PointFilter {
    std::span<const std::uint16_t> shades;  ///< in the order of PointIndex::points(); empty: all are seen
    std::uint32_t hidden = 0;               ///< shades that are classes, below 32: a bit for each
    std::uint16_t first = 0;                ///< lower shades are hidden
    std::uint16_t last = 0xFFFF;            ///< higher ones likewise

    bool hidesAny() const { return !shades.empty() && (hidden != 0 || first > 0 || last < 0xFFFF); }
    bool hides(std::size_t place) const {
        if (!hidesAny()) {
            return false;
        }
        const std::uint16_t shade = shades[place];
        return shade < first || shade > last || (hidden != 0 && ((hidden >> shade) & 1U) != 0);
    }
};

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
    /// Points per unit of area where it is crowded: squares of 4 × 4 cells that hold any point are at most
    /// that dense but for one in a thousand. A heap of equal points is one such square. 0 without points.
    double peakDensity() const { return m_peakDensity; }

    /// The point nearest to `at` and at most `reach` away; of equals the lowest row.
    std::optional<Row> nearest(QPointF at, double reach, const PointFilter& filter = {}) const;
    /// Rows inside the rectangle, edges included, ascending.
    std::vector<Row> inside(const QRectF& box, const PointFilter& filter = {}) const;

    /// All points, those of a cell together, and the row of each.
    std::span<const PlanePoint> points() const { return m_points; }
    std::span<const std::uint32_t> rows() const { return m_rows; }
    /// Calls visit(begin, end) for stretches of points() that together hold every point of every cell that
    /// the rectangle touches, and so some points outside of it.
    template <typename Visit>
    void visitNear(const QRectF& box, Visit visit) const {
        forCells(box, visit);
    }
    /// How many points visitNear() visits.
    std::size_t countNear(const QRectF& box) const {
        std::size_t count = 0;
        forCells(box, [&](std::size_t begin, std::size_t end) { count += end - begin; });
        return count;
    }

  private:
    void sort(std::vector<PlanePoint> points, std::vector<std::uint32_t> rows);
    void measure();
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

    std::vector<PlanePoint> m_points;    // by cell
    std::vector<std::uint32_t> m_rows;   // of m_points
    std::vector<std::uint32_t> m_cells;  // where each cell begins, and the end
    QRectF m_bounds;
    double m_density = 0;
    double m_peakDensity = 0;
    double m_cell = 1;  // width and height of a cell
    std::size_t m_columns = 1;
    std::size_t m_lines = 1;
};

}  // namespace lexiscope

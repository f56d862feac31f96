// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexiscope {

std::shared_ptr<const PointIndex> PointIndex::build(std::span<const float> coordinates, std::size_t stride,
                                                    std::size_t x, std::size_t y) {
    auto index = std::make_shared<PointIndex>();
    const std::size_t count = stride > 0 && x < stride && y < stride ? coordinates.size() / stride : 0;
    std::vector<PlanePoint> points;
    std::vector<std::uint32_t> rows;
    points.reserve(count);
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const PlanePoint point{coordinates[i * stride + x], coordinates[i * stride + y]};
        if (std::isfinite(point.x) && std::isfinite(point.y)) {
            points.push_back(point);
            rows.push_back(static_cast<std::uint32_t>(i));
        }
    }
    index->sort(std::move(points), std::move(rows));
    return index;
}

std::shared_ptr<const PointIndex> PointIndex::build(std::span<const float> coordinates, std::size_t stride,
                                                    std::size_t x, std::size_t y,
                                                    std::span<const Row> wanted) {
    auto index = std::make_shared<PointIndex>();
    const std::size_t count = stride > 0 && x < stride && y < stride ? coordinates.size() / stride : 0;
    std::vector<PlanePoint> points;
    std::vector<std::uint32_t> rows;
    for (const Row row : wanted) {
        if (row.value >= count) {
            continue;
        }
        const PlanePoint point{coordinates[row.value * stride + x], coordinates[row.value * stride + y]};
        if (std::isfinite(point.x) && std::isfinite(point.y)) {
            points.push_back(point);
            rows.push_back(row.value);
        }
    }
    index->sort(std::move(points), std::move(rows));
    return index;
}

void PointIndex::sort(std::vector<PlanePoint> points, std::vector<std::uint32_t> rows) {
    if (points.empty()) {
        m_cells.assign(2, 0);
        return;
    }
    float left = points[0].x, right = left, low = points[0].y, high = low;
    for (const PlanePoint& point : points) {
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        low = std::min(low, point.y);
        high = std::max(high, point.y);
    }
    m_bounds = QRectF(QPointF(left, low), QPointF(right, high));
    const double wanted = std::max(1.0, static_cast<double>(points.size()) / 2);
    const double extent = std::max(m_bounds.width(), m_bounds.height());
    // A long thin cloud gets a long thin grid; the floor keeps the number of cells near `wanted` whatever the
    // shape.
    const double area =
        std::max(m_bounds.width(), extent / wanted) * std::max(m_bounds.height(), extent / wanted);
    m_cell = extent > 0 ? std::sqrt(area / wanted) : 1;
    m_columns = static_cast<std::size_t>(m_bounds.width() / m_cell) + 1;
    m_lines = static_cast<std::size_t>(m_bounds.height() / m_cell) + 1;

    std::vector<std::uint32_t> cellOf(points.size());
    m_cells.assign(m_columns * m_lines + 1, 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        cellOf[i] = static_cast<std::uint32_t>(lineOf(points[i].y) * m_columns + columnOf(points[i].x));
        ++m_cells[cellOf[i] + 1];
    }
    for (std::size_t cell = 1; cell < m_cells.size(); ++cell) {
        m_cells[cell] += m_cells[cell - 1];
    }
    std::vector<std::uint32_t> next(m_cells.begin(), m_cells.end() - 1);
    m_points.resize(points.size());
    m_rows.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::uint32_t place = next[cellOf[i]]++;
        m_points[place] = points[i];
        m_rows[place] = rows[i];
    }
    measure();
}

void PointIndex::measure() {
    double pairs = 0;
    for (std::size_t cell = 0; cell + 1 < m_cells.size(); ++cell) {
        const double inside = m_cells[cell + 1] - m_cells[cell];
        pairs += inside * (inside - 1);
    }
    m_density = pairs / static_cast<double>(m_points.size()) / (m_cell * m_cell);

    constexpr std::size_t side = 4;
    std::vector<std::uint32_t> squares;
    for (std::size_t line = 0; line < m_lines; line += side) {
        for (std::size_t column = 0; column < m_columns; column += side) {
            std::uint32_t inside = 0;
            for (std::size_t i = line; i < std::min(line + side, m_lines); ++i) {
                const std::size_t begin = i * m_columns + column;
                inside += m_cells[i * m_columns + std::min(column + side, m_columns)] - m_cells[begin];
            }
            if (inside > 0) {
                squares.push_back(inside);
            }
        }
    }
    const auto crowded = squares.begin() + static_cast<std::ptrdiff_t>((squares.size() - 1) * 999 / 1000);
    std::nth_element(squares.begin(), crowded, squares.end());
    m_peakDensity = *crowded / (m_cell * m_cell * side * side);
}

std::size_t PointIndex::columnOf(double x) const {
    const double column = std::floor((x - m_bounds.left()) / m_cell);
    return static_cast<std::size_t>(std::clamp(column, 0.0, static_cast<double>(m_columns - 1)));
}

std::size_t PointIndex::lineOf(double y) const {
    const double line = std::floor((y - m_bounds.top()) / m_cell);
    return static_cast<std::size_t>(std::clamp(line, 0.0, static_cast<double>(m_lines - 1)));
}

std::optional<Row> PointIndex::nearest(QPointF at, double reach, const PointFilter& filter) const {
    double best = reach * reach;
    std::uint32_t bestRow = std::numeric_limits<std::uint32_t>::max();
    // Boxes that double in size: a crowded place is answered by the first few cells, an empty one is left
    // soon.
    for (double radius = std::min(reach, m_cell);; radius = std::min(reach, radius * 2)) {
        const QRectF box(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius);
        forCells(box, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                const double dx = m_points[i].x - at.x();
                const double dy = m_points[i].y - at.y();
                const double squared = dx * dx + dy * dy;
                const bool isBetter = squared < best || (squared == best && m_rows[i] < bestRow);
                if (isBetter && !filter.hides(i)) {
                    best = squared;
                    bestRow = m_rows[i];
                }
            }
        });
        const bool found = bestRow != std::numeric_limits<std::uint32_t>::max();
        if (radius >= reach || (found && best <= radius * radius)) {
            return found ? std::optional<Row>(Row{bestRow}) : std::nullopt;
        }
    }
}

std::vector<Row> PointIndex::inside(const QRectF& box, const PointFilter& filter) const {
    std::vector<Row> result;
    forCells(box, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const double x = m_points[i].x;
            const double y = m_points[i].y;
            const bool isInside = x >= box.left() && x <= box.right() && y >= box.top() && y <= box.bottom();
            if (isInside && !filter.hides(i)) {
                result.push_back(Row{m_rows[i]});
            }
        }
    });
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/label_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace lexiscope {
namespace {

bool isMiddle(const QPointF& point, const QRectF& rect) {
    return (rect.center() - point).manhattanLength() < 0.5;
}

/// As QRectF::intersects() for rectangles that have an extent, but within the loop that asks thousands of
/// times.
bool meet(const QRectF& a, const QRectF& b) {
    return a.left() < b.right() && b.left() < a.right() && a.top() < b.bottom() && b.top() < a.bottom();
}

/// Rectangles by squares of the plane, so that a text is compared with its surroundings only.
class Occupied {
  public:
    explicit Occupied(const QRectF& bounds)
        : m_bounds(bounds),
          m_columns(std::max(1, static_cast<int>(bounds.width() / square) + 1)),
          m_lines(std::max(1, static_cast<int>(bounds.height() / square) + 1)),
          m_squares(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_lines)) {}

    void add(const QRectF& rect) {
        m_rects.push_back(rect);
        forSquares(rect, [&](std::vector<std::size_t>& place) {
            place.push_back(m_rects.size() - 1);
            return true;
        });
    }

    /// Whether any rectangle meets this one; the one around `except` as its middle does not count.
    bool isMet(const QRectF& rect, const QPointF* except) const {
        bool met = false;
        forSquares(rect, [&](const std::vector<std::size_t>& place) {
            met = std::any_of(place.begin(), place.end(), [&](std::size_t i) {
                return meet(m_rects[i], rect) && !(except && isMiddle(*except, m_rects[i]));
            });
            return !met;
        });
        return met;
    }

    /// How many do.
    std::size_t meeting(const QRectF& rect, const QPointF* except) const {
        std::vector<std::size_t> met;
        forSquares(rect, [&](const std::vector<std::size_t>& place) {
            for (const std::size_t i : place) {
                const QRectF& other = m_rects[i];
                if (meet(other, rect) && !(except && isMiddle(*except, other)) &&
                    std::find(met.begin(), met.end(), i) == met.end()) {
                    met.push_back(i);
                }
            }
            return true;
        });
        return met.size();
    }

  private:
    static constexpr double square = 48;

    template <typename Visit>
    void forSquares(const QRectF& rect, Visit visit) const {
        walk(*this, rect, visit);
    }
    template <typename Visit>
    void forSquares(const QRectF& rect, Visit visit) {
        walk(*this, rect, visit);
    }
    template <typename Self, typename Visit>
    static void walk(Self& self, const QRectF& rect, Visit& visit) {
        const auto at = [](double offset, int count) {
            return static_cast<int>(std::clamp(std::floor(offset / square), 0.0, count - 1.0));
        };
        const int left = at(rect.left() - self.m_bounds.left(), self.m_columns);
        const int right = at(rect.right() - self.m_bounds.left(), self.m_columns);
        const int last = at(rect.bottom() - self.m_bounds.top(), self.m_lines);
        for (int line = at(rect.top() - self.m_bounds.top(), self.m_lines); line <= last; ++line) {
            for (int column = left; column <= right; ++column) {
                if (!visit(self.m_squares[static_cast<std::size_t>(line * self.m_columns + column)])) {
                    return;
                }
            }
        }
    }

    QRectF m_bounds;
    int m_columns;
    int m_lines;
    std::vector<std::vector<std::size_t>> m_squares;
    std::vector<QRectF> m_rects;
};

std::array<QRectF, 8> placesOf(const LabelRequest& request) {
    const double w = request.size.width();
    const double h = request.size.height();
    const double x = request.point.x();
    const double y = request.point.y();
    const double gap = request.clearance;
    const double corner = gap * 0.7;
    return {QRectF(x + gap, y - h / 2, w, h),
            QRectF(x - gap - w, y - h / 2, w, h),
            QRectF(x - w / 2, y - gap - h, w, h),
            QRectF(x - w / 2, y + gap, w, h),
            QRectF(x + corner, y - corner - h, w, h),
            QRectF(x + corner, y + corner, w, h),
            QRectF(x - corner - w, y - corner - h, w, h),
            QRectF(x - corner - w, y + corner, w, h)};
}

QRectF place(const LabelRequest& request, const QRectF& bounds, const Occupied& texts, const Occupied& dots) {
    const double pad = request.padding;
    QRectF leastBad;
    std::size_t fewest = 0;
    for (const QRectF& rect : placesOf(request)) {
        const QRectF padded = rect.adjusted(-pad, -pad, pad, pad);
        if (!bounds.contains(rect) || texts.isMet(padded, nullptr)) {
            continue;
        }
        if (!dots.isMet(padded, &request.point)) {
            return rect;
        }
        if (!request.mayCover) {
            continue;
        }
        const std::size_t covered = dots.meeting(padded, &request.point);
        if (leastBad.isNull() || covered < fewest) {
            leastBad = rect;
            fewest = covered;
        }
    }
    return leastBad;
}

}  // namespace

std::vector<QRectF> placeLabels(std::span<const LabelRequest> requests, std::span<const QRectF> obstacles,
                                const QRectF& bounds) {
    std::vector<QRectF> result(requests.size());
    Occupied dots(bounds);
    for (const QRectF& obstacle : obstacles) {
        dots.add(obstacle);
    }
    Occupied texts(bounds);
    std::vector<std::size_t> order(requests.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return requests[a].priority > requests[b].priority;
    });
    for (const std::size_t i : order) {
        result[i] = place(requests[i], bounds, texts, dots);
        if (!result[i].isNull()) {
            texts.add(result[i]);
        }
    }
    return result;
}

}  // namespace lexiscope

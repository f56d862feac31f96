// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

namespace lexiscope {

// Views are rectangles in data units whose y() is the lower edge: data grows upwards, pixels downwards.

/// The mapping between a view and the pixels it fills. One scale for both axes if the view has the shape of
/// the pixels.
class ViewTransform {
  public:
    ViewTransform() = default;
    /// Both must have a positive width and height.
    ViewTransform(const QRectF& view, const QRectF& pixels) : m_view(view), m_pixels(pixels) {}

    QPointF toPixel(QPointF data) const;
    QPointF toData(QPointF pixel) const;
    double pixelsPerUnit() const { return m_pixels.width() / m_view.width(); }
    const QRectF& view() const { return m_view; }
    const QRectF& pixels() const { return m_pixels; }

  private:
    QRectF m_view{0, 0, 1, 1};
    QRectF m_pixels{0, 0, 1, 1};
};

/// The smallest view around `view`, with the same middle, that has the shape of `pixels`.
QRectF equalScaleView(const QRectF& view, QSizeF pixels);

/// All of `bounds` with `margin` pixels around it, in the middle. Bounds without extent get a view of a width
/// of 1 (or, far from zero, one that numbers can still resolve).
QRectF fittedView(const QRectF& bounds, QSizeF pixels, double margin);

/// `factor` > 1 is closer; the data point `fixed` stays where it is on screen.
QRectF zoomedView(const QRectF& view, QPointF fixed, double factor);

/// The view after its content was dragged by `delta` pixels.
QRectF draggedView(const QRectF& view, QPointF delta, double pixelsPerUnit);

/// What is looked at, and how closely: a view whatever the pixels.
struct Camera {
    QPointF center;
    double unitsPerPixel = 1;  ///< > 0
};

/// From 0 (`from`, exactly) to 1 (`to`, exactly): each step as many times closer as the one before, about one
/// point that stands still on screen; between equal distances straight ahead.
Camera between(const Camera& from, const Camera& to, double share);

/// Keeps a view useful: not wider than 20 times `bounds`, not closer than single precision can tell points
/// apart, and overlapping the bounds.
QRectF boundedView(const QRectF& view, const QRectF& bounds);

inline constexpr double zoomFactor = 1.25;  ///< of a notch of the wheel, of a key

struct Tick {
    double value = 0;
    QString label;
};

/// The smallest of 1, 2, 5 × 10ⁿ that is at least `atLeast` (> 0).
double niceStep(double atLeast);

/// Multiples of `step` from `low` to `high`, with as many decimals as the step needs; zero is "0". None when
/// there would be more than 1,000.
std::vector<Tick> ticks(double low, double high, double step);

/// A number for people: fixed decimals, U+2212 as the minus sign, never "-0".
QString numberText(double value, int decimals);
/// The same of one value of a table, which may be NaN.
QString valueText(float value, int decimals);

/// Decimals that show `digits` digits of a number as large as `width`, 0 … most.
int decimalsFor(double width, int digits, int most = 8);

}  // namespace lexiscope

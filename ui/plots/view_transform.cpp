// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/view_transform.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {

QPointF ViewTransform::toPixel(QPointF data) const {
    return {m_pixels.left() + (data.x() - m_view.x()) / m_view.width() * m_pixels.width(),
            m_pixels.bottom() - (data.y() - m_view.y()) / m_view.height() * m_pixels.height()};
}

QPointF ViewTransform::toData(QPointF pixel) const {
    return {m_view.x() + (pixel.x() - m_pixels.left()) / m_pixels.width() * m_view.width(),
            m_view.y() + (m_pixels.bottom() - pixel.y()) / m_pixels.height() * m_view.height()};
}

QRectF equalScaleView(const QRectF& view, QSizeF pixels) {
    const double unitsPerPixel = std::max(view.width() / pixels.width(), view.height() / pixels.height());
    QRectF grown(0, 0, unitsPerPixel * pixels.width(), unitsPerPixel * pixels.height());
    grown.moveCenter(view.center());
    return grown;
}

QRectF fittedView(const QRectF& bounds, QSizeF pixels, double margin) {
    QRectF content = bounds;
    if (std::max(content.width(), content.height()) <= 0) {
        const double extent = std::max({1.0, std::abs(bounds.x()) * 1e-3, std::abs(bounds.y()) * 1e-3});
        content = QRectF(bounds.x() - extent / 2, bounds.y() - extent / 2, extent, extent);
    }
    const double innerWidth = std::max(pixels.width() - 2 * margin, pixels.width() / 2);
    const double innerHeight = std::max(pixels.height() - 2 * margin, pixels.height() / 2);
    const double unitsPerPixel = std::max(content.width() / innerWidth, content.height() / innerHeight);
    QRectF view(0, 0, unitsPerPixel * pixels.width(), unitsPerPixel * pixels.height());
    view.moveCenter(content.center());
    return view;
}

QRectF zoomedView(const QRectF& view, QPointF fixed, double factor) {
    return {fixed.x() - (fixed.x() - view.x()) / factor, fixed.y() - (fixed.y() - view.y()) / factor,
            view.width() / factor, view.height() / factor};
}

QRectF draggedView(const QRectF& view, QPointF delta, double pixelsPerUnit) {
    return view.translated(-delta.x() / pixelsPerUnit, delta.y() / pixelsPerUnit);
}

Camera between(const Camera& from, const Camera& to, double share) {
    if (share <= 0) {
        return from;
    }
    if (share >= 1) {
        return to;
    }
    const double distance = from.unitsPerPixel * std::pow(to.unitsPerPixel / from.unitsPerPixel, share);
    const double change = to.unitsPerPixel - from.unitsPerPixel;
    // Of distances that are all but equal the ratio below would be noise.
    const double along =
        std::abs(change) > 1e-3 * from.unitsPerPixel ? (distance - from.unitsPerPixel) / change : share;
    return {from.center + (to.center - from.center) * along, distance};
}

QRectF boundedView(const QRectF& view, const QRectF& bounds) {
    const double reach = std::max({std::abs(bounds.left()), std::abs(bounds.right()), std::abs(bounds.top()),
                                   std::abs(bounds.bottom())});
    const double extent = std::max({bounds.width(), bounds.height(), reach * 1e-3, 1e-30});
    const double longest = std::max(view.width(), view.height());
    QRectF result = view;
    if (longest > 20 * extent) {
        result = zoomedView(view, view.center(), longest / (20 * extent));
    } else if (longest < std::max(extent, reach) * 1e-5) {
        result = zoomedView(view, view.center(), longest / (std::max(extent, reach) * 1e-5));
    }
    // A tenth of the view keeps touching the content, so that one drag brings everything back.
    const double keepX = result.width() / 10;
    const double keepY = result.height() / 10;
    result.moveLeft(
        std::clamp(result.left(), bounds.left() - result.width() + keepX, bounds.right() - keepX));
    result.moveTop(std::clamp(result.top(), bounds.top() - result.height() + keepY, bounds.bottom() - keepY));
    return result;
}

double niceStep(double atLeast) {
    const double power = std::pow(10.0, std::floor(std::log10(atLeast)));
    for (const double digit : {1.0, 2.0, 5.0}) {
        // A step that is short only by rounding is meant to be that step.
        if (digit * power >= atLeast * (1 - 1e-9)) {
            return digit * power;
        }
    }
    return 10 * power;
}

std::vector<Tick> ticks(double low, double high, double step) {
    std::vector<Tick> result;
    if (!(step > 0) || !(high >= low) || (high - low) / step > 1000) {
        return result;
    }
    const int exponent = static_cast<int>(std::floor(std::log10(step) + 1e-9));
    const bool scientific = exponent < -6 || exponent > 6;
    const double first = std::ceil(low / step - 1e-9);
    const double last = std::floor(high / step + 1e-9);
    for (double k = first; k <= last; ++k) {
        const double value = k * step;
        if (k == 0) {
            result.push_back({0, QStringLiteral("0")});
        } else if (scientific) {
            QString text = QString::number(value, 'g', 6);
            text.replace(QLatin1Char('-'), QChar(0x2212));
            result.push_back({value, text});
        } else {
            result.push_back({value, numberText(value, std::max(0, -exponent))});
        }
    }
    return result;
}

QString numberText(double value, int decimals) {
    const QString digits = QString::number(std::abs(value), 'f', decimals);
    const bool zero = std::all_of(digits.begin(), digits.end(),
                                  [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    return value < 0 && !zero ? QChar(0x2212) + digits : digits;
}

QString valueText(float value, int decimals) {
    return std::isnan(value) ? QStringLiteral("NaN") : numberText(static_cast<double>(value), decimals);
}

int decimalsFor(double width, int digits, int most) {
    return width > 0 && std::isfinite(width)
               ? std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(width))), 0, most)
               : 0;
}

}  // namespace lexiscope

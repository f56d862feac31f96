// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_cloud.h"

#include "ui/plots/paint_target.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace lexiscope {
namespace {

// Dots smaller than this many device pixels are blurs that cost contrast instead of showing it.
constexpr double smallestRadius = 0.75;
// A file of lines and text (SVG, PDF) gets every dot as one of its own up to this many, then an image.
constexpr std::size_t mostVectorDots = 20'000;

// What an image may cost before it is made beside the frames instead of in one, of which 30 a second are due.
constexpr double longestNanoseconds = 30e6;

/// QCustomPlot moves what is drawn with antialiasing by half a pixel, for the sake of lines; points have
/// places of their own.
void moveBack(QCPPainter& painter) {
    if (painter.antialiasing() && !painter.modes().testFlag(QCPPainter::pmVectorized)) {
        painter.translate(-0.5, -0.5);
    }
}

}  // namespace

PointCloud::PointCloud(QCPAxis* keyAxis, QCPAxis* valueAxis) : QCPAbstractPlottable(keyAxis, valueAxis) {
    setSelectable(QCP::stNone);
}

CloudStyle PointCloud::style(double scale) const {
    const double radius = std::max(m_look.radius * scale, smallestRadius);
    const double unit = m_transform.pixelsPerUnit() * scale;
    const double dot = std::numbers::pi * radius * radius / (unit * unit);
    const double crowd = m_points ? m_points->density() * dot : 0;
    CloudStyle style = cloudStyle(m_look.color, radius, crowd);
    if (m_look.alpha > 0) {
        style.alpha = m_look.alpha;
        style.squeeze = 0;
    } else if (m_tint.points) {
        // A hue is told from fewer dots than a grey, and is to look like its mark in the legend.
        style.alpha = std::min(0.95, 1.5 * style.alpha);
    }
    addShades(style, crowd, m_points ? m_points->peakDensity() * dot : 0, m_look.sparse, m_look.dense);
    return style;
}

double PointCloud::selectTest(const QPointF&, bool, QVariant*) const {
    return -1;
}

QCPRange PointCloud::getKeyRange(bool& foundRange, QCP::SignDomain) const {
    foundRange = m_points && m_points->size() > 0;
    return foundRange ? QCPRange(m_points->bounds().left(), m_points->bounds().right()) : QCPRange();
}

QCPRange PointCloud::getValueRange(bool& foundRange, QCP::SignDomain, const QCPRange&) const {
    foundRange = m_points && m_points->size() > 0;
    return foundRange ? QCPRange(m_points->bounds().top(), m_points->bounds().bottom()) : QCPRange();
}

QRect PointCloud::clipRect() const {
    // QCustomPlot clips one pixel too high.
    return QCPAbstractPlottable::clipRect().translated(0, 1);
}

void PointCloud::draw(QCPPainter* painter) {
    if (!m_points || m_points->size() == 0) {
        return;
    }
    if (!hasPixels(*painter) && drawDots(painter)) {
        return;
    }
    const double scale = imageScale(*painter);
    const QRectF pixels = m_transform.pixels();
    // The image covers whole device pixels, so it begins where the first of them does.
    const QPointF origin(std::floor(pixels.left() * scale) / scale, std::floor(pixels.top() * scale) / scale);
    const QSize size(static_cast<int>(std::ceil((pixels.right() - origin.x()) * scale)),
                     static_cast<int>(std::ceil((pixels.bottom() - origin.y()) * scale)));
    const QRectF covered(origin, QSizeF(size) / scale);
    const QPointF topLeft = m_transform.toData(covered.topLeft());
    const QPointF bottomRight = m_transform.toData(covered.bottomRight());
    const QRectF view(topLeft.x(), bottomRight.y(), bottomRight.x() - topLeft.x(),
                      topLeft.y() - bottomRight.y());

    if (prepare({m_points, view, size, style(scale), m_tint})) {
        // Pixel for pixel: an image that is scaled, be it by one, costs several times as much.
        painter->save();
        moveBack(*painter);
        painter->scale(1 / scale, 1 / scale);
        painter->drawImage(origin * scale, m_image);
        painter->restore();
    } else if (m_imageKey.points == m_points && m_imageKey.style.color == m_look.color) {
        const QRectF old = m_imageKey.view;
        const QRectF place(m_transform.toPixel(old.bottomLeft()), m_transform.toPixel(old.topRight()));
        painter->drawImage(place, m_image, QRectF(m_image.rect()));
    }
}

/// A dot by itself.
struct PointCloud::Dot {
    QPointF at;
    QColor color;
    float crowd = 1;  // dots on the pixel that it is in
};

std::vector<PointCloud::Dot> PointCloud::dotsIn(const QRectF& view) const {
    constexpr double scale = 2;  // pixels a unit for counting crowds
    const CloudStyle style = this->style(scale);
    const QSize size = (view.size() * m_transform.pixelsPerUnit() * scale).toSize().expandedTo({1, 1});
    const PointFilter filter = m_tint.points ? m_tint.points->filter(m_tint.hidden) : PointFilter();
    std::vector<float> crowds(static_cast<std::size_t>(size.width()) *
                              static_cast<std::size_t>(size.height()));
    cloudSums(*m_points, view, size, style.radius, style.places, {{}, 0, {}, filter},
              [&](int y, std::span<const float> line) {
                  std::copy(line.begin(), line.end(), crowds.begin() + std::ptrdiff_t{y} * size.width());
              });
    const CloudTable table(style, m_tint.points ? CloudTable::Of::Strengths : CloudTable::Of::Shades);
    std::vector<Dot> dots;
    m_points->visitNear(view, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const QPointF point(m_points->points()[i].x, m_points->points()[i].y);
            if (filter.hides(i) || !view.contains(point)) {
                continue;
            }
            Dot dot{m_transform.toPixel(point), {}, 1};
            if (style.shading > 0 || style.squeeze > 0) {
                const double x = (point.x() - view.left()) / view.width() * size.width();
                const double y = (view.bottom() - point.y()) / view.height() * size.height();
                const int column = std::min(static_cast<int>(x), size.width() - 1);
                const int line = std::min(static_cast<int>(y), size.height() - 1);
                dot.crowd = crowds[static_cast<std::size_t>(line * size.width() + column)];
            }
            dot.crowd = std::max(dot.crowd, 1.0F);
            const QRgb shade = qUnpremultiply(table(dot.crowd));
            dot.color = QColor(m_tint.points ? m_tint.palette[m_tint.points->shades[i]] : shade);
            // As many sheets as dots lie on each other are together as dense as the crowd is to be.
            dot.color.setAlphaF(1 - std::pow(1 - static_cast<float>(qAlpha(shade)) / 255, 1 / dot.crowd));
            dots.push_back(dot);
        }
    });
    // The shade of a crowd is not to be covered by its rim.
    std::stable_sort(dots.begin(), dots.end(), [](const Dot& a, const Dot& b) { return a.crowd < b.crowd; });
    return dots;
}

bool PointCloud::drawDots(QCPPainter* painter) const {
    const QRectF pixels = m_transform.pixels();
    const QRectF field(m_transform.toData(pixels.bottomLeft()), m_transform.toData(pixels.topRight()));
    const double reach = m_look.radius / m_transform.pixelsPerUnit();
    const QRectF view = field.adjusted(-reach, -reach, reach, reach);
    if (m_points->countNear(view) > mostVectorDots) {
        return false;
    }
    painter->save();
    moveBack(*painter);
    painter->setPen(Qt::NoPen);
    for (const Dot& dot : dotsIn(view)) {
        painter->setBrush(dot.color);
        painter->drawEllipse(dot.at, m_look.radius, m_look.radius);
    }
    painter->restore();
    return true;
}

bool PointCloud::prepare(const Key& key) {
    if (!m_image.isNull() && key == m_imageKey) {
        return true;
    }
    if (!m_ready ||
        cloudImageCost(*key.points, key.view, key.size, key.style, key.tint) < longestNanoseconds) {
        m_work.drop();
        setImage(key, cloudImage(*key.points, key.view, key.size, key.style, key.tint));
        return true;
    }
    if (m_requested != key) {
        m_requested = key;
        auto image = std::make_shared<QImage>();
        m_work.request(
            [key, image] { *image = cloudImage(*key.points, key.view, key.size, key.style, key.tint); },
            [this, key, image] {
                setImage(key, *image);
                if (m_ready) {
                    m_ready();
                }
            });
    }
    return false;
}

void PointCloud::setImage(Key key, QImage image) {
    m_image = std::move(image);
    m_imageKey = std::move(key);
    m_requested = {};
}

void PointCloud::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
    painter->setBrush(m_look.color);
    painter->setPen(Qt::NoPen);
    painter->drawEllipse(rect.center(), m_look.radius, m_look.radius);
}

}  // namespace lexiscope

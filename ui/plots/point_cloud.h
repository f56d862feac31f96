// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/background_work.h"
#include "ui/plots/cloud_image.h"
#include "ui/plots/point_index.h"
#include "ui/plots/view_transform.h"

#include <functional>
#include <memory>
#include <vector>

#include <QColor>
#include <QImage>
#include <qcustomplot.h>

namespace lexiscope {

/// How a cloud looks at any scale.
struct CloudLook {
    QColor color;
    double radius = 1;  ///< logical pixels
    double alpha = 0;   ///< of a dot; 0: what suits the density, see cloudStyle
    QColor sparse;      ///< shades of crowds, see addShades
    QColor dense;
    bool operator==(const CloudLook&) const = default;
};

/// Any number of points as one image of soft dots. The image is kept and drawn again as long as the points,
/// the view, the colours and the resolution of the target stay the same. In a file of lines and text, up to
/// 20,000 points in view are dots of their own instead, in a crowd each of the shade of its place. It never
/// answers QCustomPlot's own hit tests: PointIndex does.
class PointCloud : public QCPAbstractPlottable {
    Q_OBJECT
  public:
    PointCloud(QCPAxis* keyAxis, QCPAxis* valueAxis);

    void setPoints(std::shared_ptr<const PointIndex> points) { m_points = std::move(points); }
    void setTransform(const ViewTransform& transform) { m_transform = transform; }
    void setLook(const CloudLook& look) { m_look = look; }
    void setTint(const CloudTint& tint) { m_tint = tint; }

    /// How dots are drawn where a logical pixel has `scale` device pixels. It depends on how close the view
    /// is, not on where it is: moving changes no shade.
    CloudStyle style(double scale) const;

    /// With a callback, an image that takes longer than a frame is made in the background and the one before
    /// stands in, moved to where it belongs; the callback then asks for a repaint. Without: draw() waits.
    void setDeferred(std::function<void()> ready) { m_ready = std::move(ready); }

    double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& foundRange, QCP::SignDomain inSignDomain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& foundRange, QCP::SignDomain inSignDomain = QCP::sdBoth,
                           const QCPRange& inKeyRange = QCPRange()) const override;

  protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;
    QRect clipRect() const override;

  private:
    /// All that an image depends on.
    struct Key {
        std::shared_ptr<const PointIndex> points;
        QRectF view;
        QSize size;
        CloudStyle style;
        CloudTint tint;
        bool operator==(const Key&) const = default;
    };

    /// Draws each dot by itself; false, and nothing is drawn, where there are too many.
    bool drawDots(QCPPainter* painter) const;
    struct Dot;
    std::vector<Dot> dotsIn(const QRectF& view) const;
    void setImage(Key key, QImage image);
    /// The image of `key`, or none while it is being made.
    bool prepare(const Key& key);

    std::shared_ptr<const PointIndex> m_points;
    std::function<void()> m_ready;
    BackgroundWork m_work;
    Key m_requested;
    ViewTransform m_transform;
    CloudLook m_look;
    CloudTint m_tint;
    Key m_imageKey;
    QImage m_image;
};

}  // namespace lexiscope

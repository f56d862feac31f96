// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_index.h"
#include "ui/plots/view_transform.h"

#include <memory>

#include <QColor>
#include <QImage>
#include <qcustomplot.h>

namespace lexiscope {

/// Any number of points as one image of soft dots. The image is kept and drawn again as long as the points,
/// the view, the colour and the resolution of the target stay the same. It never answers QCustomPlot's own
/// hit tests: PointIndex does.
class PointCloud : public QCPAbstractPlottable {
    Q_OBJECT
  public:
    PointCloud(QCPAxis* keyAxis, QCPAxis* valueAxis);

    void setPoints(std::shared_ptr<const PointIndex> points) { m_points = std::move(points); }
    void setTransform(const ViewTransform& transform) { m_transform = transform; }
    /// `radius` in logical pixels; an alpha of 0 means what suits the density, see cloudStyle.
    void setLook(const QColor& color, double radius, double alpha = 0);

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
        QColor color;
        double radius = 0;
        double alpha = 0;
        bool operator==(const Key&) const = default;
    };

    std::shared_ptr<const PointIndex> m_points;
    ViewTransform m_transform;
    QColor m_color;
    double m_radius = 1;
    double m_alpha = 0;
    Key m_imageKey;
    QImage m_image;
};

}  // namespace lexiscope

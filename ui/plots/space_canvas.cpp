// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/space_canvas.h"

#include "ui/plots/oklab.h"
#include "ui/plots/plot_type.h"
#include "ui/plots/point_cloud.h"
#include "ui/plots/shade_legend.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <qcustomplot.h>

namespace lexiscope {
namespace {

constexpr int tickGap = 5;   // between the field and its tick labels
constexpr int titleGap = 5;  // between tick labels and the title
constexpr double cloudRadius = 1.15;
constexpr double boxedRadius = 2.1;

struct Sizes {
    double character;
    double tickHeight;
    double titleHeight;
};

Sizes sizesOf(const Theme& theme) {
    const QFontMetricsF tick(theme.monoFont(numberPixels));
    const QFontMetricsF title(theme.textFont(namePixels));
    return {tick.horizontalAdvance(QLatin1Char('0')), tick.ascent() + tick.descent(),
            title.ascent() + title.descent()};
}

}  // namespace

QRectF spacePlotField(QSize size, const Theme& theme, int tickCharacters) {
    const Sizes sizes = sizesOf(theme);
    const double left = std::ceil(sizes.titleHeight + titleGap + tickCharacters * sizes.character + tickGap);
    const double below = std::ceil(tickGap + sizes.tickHeight + titleGap - 2 + sizes.titleHeight);
    return {left, 1, std::max(8.0, size.width() - left - 1), std::max(8.0, size.height() - below - 1)};
}

double spaceTickStep(double pixelsPerUnit, const Theme& theme, int tickCharacters) {
    const double room = tickCharacters * sizesOf(theme).character + 30;
    return niceStep(room / pixelsPerUnit);
}

int spaceTickCharacters(double pixelsPerUnit, const QRectF& bounds, const Theme& theme) {
    const double step = spaceTickStep(pixelsPerUnit, theme, 5);
    const double reach = std::max({std::abs(bounds.left()), std::abs(bounds.right()), std::abs(bounds.top()),
                                   std::abs(bounds.bottom()), step});
    const std::vector<Tick> farthest = ticks(-reach - step, -reach + step, step);
    qsizetype longest = 5;
    for (const Tick& tick : farthest) {
        longest = std::max(longest, tick.label.size());
    }
    return static_cast<int>(longest);
}

class SpaceCanvas::Private {
  public:
    Private() {
        plot.setBackground(QBrush(Qt::NoBrush));
        plot.plotLayout()->setMargins(QMargins());
        plot.axisRect()->setAutoMargins(QCP::msNone);
        plot.axisRect()->setMinimumSize(1, 1);
        for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
            axis->setTicker(QSharedPointer<QCPAxisTickerText>::create());
            axis->setTickPen(Qt::NoPen);
            axis->setSubTicks(false);
            axis->setTickLength(0);
            axis->setTickLabelPadding(tickGap);
            axis->setBasePen(Qt::NoPen);
            axis->grid()->setZeroLinePen(Qt::NoPen);
        }
        all = new PointCloud(plot.xAxis, plot.yAxis);
        boxed = new PointCloud(plot.xAxis, plot.yAxis);
    }

    void setTicks(QCPAxis* axis, double low, double high, double step,
                  const std::function<bool(const Tick&)>& fits) {
        QMap<double, QString> map;
        for (const Tick& tick : ticks(low, high, step)) {
            map.insert(tick.value, fits(tick) ? tick.label : QString());
        }
        qSharedPointerCast<QCPAxisTickerText>(axis->ticker())->setTicks(map);
    }

    QCustomPlot plot;  // never shown: it lays out and draws onto painters that it is given
    PointCloud* all = nullptr;
    PointCloud* boxed = nullptr;
    std::shared_ptr<const PointTint> tint;
    HiddenPoints hidden;
};

SpaceCanvas::SpaceCanvas() : d(std::make_unique<Private>()) {}
SpaceCanvas::~SpaceCanvas() = default;

void SpaceCanvas::setPoints(std::shared_ptr<const PointIndex> all) {
    d->all->setPoints(std::move(all));
}

void SpaceCanvas::setTint(std::shared_ptr<const PointTint> tint, const HiddenPoints& hidden) {
    d->tint = std::move(tint);
    d->hidden = hidden;
}

void SpaceCanvas::setBoxed(std::shared_ptr<const PointIndex> boxed) {
    d->boxed->setPoints(std::move(boxed));
}

void SpaceCanvas::setDeferred(std::function<void()> ready) {
    d->boxed->setDeferred(ready);
    d->all->setDeferred(std::move(ready));
}

void SpaceCanvas::paintBackground(QCPPainter* painter, QSize size, const Theme& theme, const QRectF& field) {
    painter->fillRect(QRect(QPoint(), size), theme.surface);
    painter->fillRect(field, theme.field);
}

void SpaceCanvas::paint(QCPPainter* painter, QSize size, const Theme& theme, const ViewTransform& transform,
                        const Labels& labels) {
    const QRect field = transform.pixels().toRect();
    const QRectF view = transform.view();
    d->plot.axisRect()->setMargins(QMargins(field.left(), field.top(), size.width() - field.right() - 1,
                                            size.height() - field.bottom() - 1));
    d->plot.xAxis->setRange(view.left(), view.right());
    // QCustomPlot's vertical mapping ends one pixel above the field's lower edge.
    const double pixel = 1 / transform.pixelsPerUnit();
    d->plot.yAxis->setRange(view.top() + pixel, view.bottom() + pixel);

    const Sizes sizes = sizesOf(theme);
    const double step = spaceTickStep(transform.pixelsPerUnit(), theme, labels.tickCharacters);
    d->setTicks(d->plot.xAxis, view.left(), view.right(), step, [&](const Tick& tick) {
        const double half = static_cast<double>(tick.label.size()) * sizes.character / 2;
        return transform.toPixel({tick.value, 0}).x() + half <= size.width();
    });
    d->setTicks(d->plot.yAxis, view.top(), view.bottom(), step, [&](const Tick& tick) {
        return transform.toPixel({0, tick.value}).y() - sizes.tickHeight / 2 >= 0;
    });
    for (QCPAxis* axis : {d->plot.xAxis, d->plot.yAxis}) {
        axis->setTickLabelFont(theme.monoFont(numberPixels));
        axis->setTickLabelColor(theme.muted);
        axis->grid()->setPen(QPen(theme.grid, 1));
    }
    d->all->setLook({theme.cloud, cloudRadius, 0, theme.sparse, theme.dense});
    d->all->setTint(d->tint ? CloudTint{d->tint, paletteOf(*d->tint->traits, theme), d->hidden}
                            : CloudTint{});
    d->all->setTransform(transform);
    const QColor light = fromOklab(between(toOklab(theme.accent), toOklab(theme.field), 0.4));
    const QColor strong = fromOklab(between(toOklab(theme.accent), toOklab(theme.dense), 0.5));
    d->boxed->setLook({theme.accent, boxedRadius, 0.75, light, strong});
    d->boxed->setTransform(transform);
    d->plot.toPainter(painter, size.width(), size.height());
    paintTitles(painter, size, theme, field, labels);
}

void SpaceCanvas::paintTitles(QCPPainter* painter, QSize size, const Theme& theme, const QRect& field,
                              const Labels& labels) {
    constexpr double apart = 16;  // from the title to the legend
    const double height = sizesOf(theme).titleHeight;
    const QFont font = theme.textFont(namePixels);
    const double width = std::ceil(QFontMetricsF(font).horizontalAdvance(labels.xTitle));
    const QRectF line(field.left(), size.height() - height, field.width(), height);
    const ShadeLegend legend(theme, d->all->style(1),
                             d->tint ? CloudTable::Of::Strengths : CloudTable::Of::Shades);
    const double taken = legend.widthIn(line.width() - width - apart);
    const double middle =
        std::min(line.center().x(), line.right() - (taken > 0 ? taken + apart : 0) - width / 2);
    painter->setFont(font);
    painter->setPen(theme.muted);
    painter->drawText(QRectF(middle - width / 2, line.top(), width, height),
                      Qt::AlignCenter | Qt::TextDontClip, labels.xTitle);
    // Beside a field lower than it is long it goes on below, where room is, and not out of the picture.
    const double length = QFontMetricsF(font).horizontalAdvance(labels.yTitle);
    const double out = std::max((length - field.height()) / 2 - field.top(), 0.0);
    painter->save();
    painter->translate(0, field.bottom() + 1 + std::ceil(out));
    painter->rotate(-90);
    painter->drawText(QRectF(0, 0, field.height(), height), Qt::AlignCenter | Qt::TextDontClip,
                      labels.yTitle);
    painter->restore();
    if (taken > 0) {
        legend.paint(*painter, QRectF(line.right() - taken, line.top(), taken, height));
    }
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/view_transform.h"

#include <cmath>

#include <QTest>

using namespace lexiscope;

namespace {

bool near(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}
bool near(QPointF a, QPointF b) {
    return near(a.x(), b.x()) && near(a.y(), b.y());
}

QStringList labelsOf(double low, double high, double step) {
    QStringList result;
    for (const Tick& tick : ticks(low, high, step)) {
        result << tick.label;
    }
    return result;
}

const QString minus = QString(QChar(0x2212));

}  // namespace

class ViewTransformTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void mapsCornersWithDataUpwards();
    void mapsBothWays();
    void equalScaleGrowsOneDirectionOnly();
    void fitShowsAllPointsInTheMiddle();
    void fitOfOnePointHasExtent();
    void zoomKeepsThePointUnderThePointer();
    void dragMovesContentWithThePointer();
    void boundsStopZoomAndFlight();
    void camerasMeetHalfWay();
    void niceSteps_data();
    void niceSteps();
    void ticksHaveTheDecimalsOfTheirStep();
    void ticksOfNonsenseAreNone();
    void numbersHaveOneMinusSign();
};

void ViewTransformTest::mapsCornersWithDataUpwards() {
    const ViewTransform map(QRectF(-1, 10, 4, 2), QRectF(50, 20, 400, 200));
    QVERIFY(near(map.toPixel({-1, 10}), {50, 220}));
    QVERIFY(near(map.toPixel({3, 12}), {450, 20}));
    QVERIFY(near(map.pixelsPerUnit(), 100));
}

void ViewTransformTest::mapsBothWays() {
    const ViewTransform map(QRectF(-0.3, 7e5, 0.125, 1e-3), QRectF(11, 3, 731, 419));
    for (const QPointF pixel : {QPointF(11, 3), QPointF(100.25, 200.5), QPointF(-40, 900)}) {
        const QPointF back = map.toPixel(map.toData(pixel));
        QVERIFY(std::abs(back.x() - pixel.x()) < 1e-3 && std::abs(back.y() - pixel.y()) < 1e-3);
    }
}

void ViewTransformTest::equalScaleGrowsOneDirectionOnly() {
    const QRectF wide = equalScaleView(QRectF(0, 0, 4, 1), QSizeF(200, 100));
    QVERIFY(near(wide.width(), 4) && near(wide.height(), 2) && near(wide.center(), {2, 0.5}));
    const QRectF high = equalScaleView(QRectF(0, 0, 1, 4), QSizeF(200, 100));
    QVERIFY(near(high.width(), 8) && near(high.height(), 4) && near(high.center(), {0.5, 2}));
}

void ViewTransformTest::fitShowsAllPointsInTheMiddle() {
    const QRectF bounds(-2, 5, 3, 1);
    const QSizeF pixels(600, 400);
    const QRectF view = fittedView(bounds, pixels, 20);
    const ViewTransform map(view, QRectF(QPointF(), pixels));
    QVERIFY(near(view.width() / view.height(), 1.5));
    QVERIFY(near(map.toPixel(bounds.topLeft()).x(), 20));
    QVERIFY(near(map.toPixel(bounds.bottomRight()).x(), 580));
    QVERIFY(near(view.center(), bounds.center()));
}

void ViewTransformTest::fitOfOnePointHasExtent() {
    const QRectF view = fittedView(QRectF(3, 4, 0, 0), QSizeF(100, 100), 10);
    QVERIFY(view.width() > 0 && view.height() > 0);
    QVERIFY(near(view.center(), {3, 4}));
    const QRectF far = fittedView(QRectF(1e9, 0, 0, 0), QSizeF(100, 100), 10);
    QVERIFY(far.left() < 1e9 && far.right() > 1e9);
}

void ViewTransformTest::zoomKeepsThePointUnderThePointer() {
    const QRectF pixels(0, 0, 640, 480);
    const QRectF view(-1, -0.75, 2, 1.5);
    const QPointF pointer(123, 77);
    const QPointF data = ViewTransform(view, pixels).toData(pointer);
    const QRectF closer = zoomedView(view, data, 3);
    QVERIFY(near(closer.width(), view.width() / 3));
    QVERIFY(near(ViewTransform(closer, pixels).toPixel(data), pointer));
    QVERIFY(near(zoomedView(closer, data, 1 / 3.0).topLeft(), view.topLeft()));
}

void ViewTransformTest::dragMovesContentWithThePointer() {
    const QRectF pixels(0, 0, 200, 100);
    const QRectF view(0, 0, 20, 10);
    const ViewTransform before(view, pixels);
    const ViewTransform after(draggedView(view, {30, -12}, before.pixelsPerUnit()), pixels);
    QVERIFY(near(after.toPixel({5, 5}), before.toPixel({5, 5}) + QPointF(30, -12)));
}

void ViewTransformTest::boundsStopZoomAndFlight() {
    const QRectF bounds(0, 0, 1, 1);
    QVERIFY(near(boundedView(QRectF(-500, -500, 1000, 1000), bounds).width(), 20));
    QVERIFY(boundedView(QRectF(0.5, 0.5, 1e-12, 1e-12), bounds).width() > 1e-6);
    QVERIFY(boundedView(QRectF(50, -80, 2, 2), bounds).intersects(bounds));
    const QRectF fine(0.2, 0.3, 0.5, 0.25);
    QCOMPARE(boundedView(fine, bounds), fine);
}

void ViewTransformTest::camerasMeetHalfWay() {
    const Camera from{{0, 0}, 1};
    const Camera to{{10, 20}, 0.01};
    QVERIFY(between(from, to, 0).center == from.center && between(from, to, 1).center == to.center);
    QCOMPARE(between(from, to, 1).unitsPerPixel, to.unitsPerPixel);
    QVERIFY(near(between(from, to, 0.5).unitsPerPixel, 0.1));
    // One point of the plane stands still on screen: at pixels (p - center) / unitsPerPixel.
    const double still = 10.0 / 0.99;
    for (const double share : {0.2, 0.5, 0.9}) {
        const Camera camera = between(from, to, share);
        QVERIFY(near((still - camera.center.x()) / camera.unitsPerPixel, still));
    }
    const Camera aside = between(from, {{10, 20}, 1}, 0.25);
    QVERIFY(near(aside.center, {2.5, 5}) && near(aside.unitsPerPixel, 1));
}

void ViewTransformTest::niceSteps_data() {
    QTest::addColumn<double>("atLeast");
    QTest::addColumn<double>("step");
    QTest::newRow("exact") << 0.1 << 0.1;
    QTest::newRow("above one") << 1.01 << 2.0;
    QTest::newRow("above two") << 0.021 << 0.05;
    QTest::newRow("above five") << 51.0 << 100.0;
    QTest::newRow("tiny") << 1.7e-9 << 2e-9;
}

void ViewTransformTest::niceSteps() {
    QFETCH(double, atLeast);
    QFETCH(double, step);
    QVERIFY(near(niceStep(atLeast) / step, 1));
}

void ViewTransformTest::ticksHaveTheDecimalsOfTheirStep() {
    QCOMPARE(labelsOf(-0.22, 0.2, 0.1), (QStringList{minus + "0.2", minus + "0.1", "0", "0.1", "0.2"}));
    QCOMPARE(labelsOf(0.9, 1.11, 0.05), (QStringList{"0.90", "0.95", "1.00", "1.05", "1.10"}));
    QCOMPARE(labelsOf(-20, 20, 20), (QStringList{minus + "20", "0", "20"}));
    QCOMPARE(labelsOf(0, 4e8, 2e8), (QStringList{"0", "2e+08", "4e+08"}));
}

void ViewTransformTest::ticksOfNonsenseAreNone() {
    QVERIFY(ticks(0, 1, 0).empty());
    QVERIFY(ticks(0, 1, -1).empty());
    QVERIFY(ticks(1, 0, 0.1).empty());
    QVERIFY(ticks(0, std::nan(""), 0.1).empty());
    QVERIFY(ticks(0, 1e9, 1).empty());
}

void ViewTransformTest::numbersHaveOneMinusSign() {
    QCOMPARE(numberText(-0.125, 3), minus + "0.125");
    QCOMPARE(numberText(-0.0001, 2), QStringLiteral("0.00"));
    QCOMPARE(numberText(-0.0, 1), QStringLiteral("0.0"));
    QCOMPARE(numberText(3, 0), QStringLiteral("3"));
}

QTEST_GUILESS_MAIN(ViewTransformTest)
#include "view_transform_test.moc"

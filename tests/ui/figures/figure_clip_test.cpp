// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_clip.h"

#include <QTest>

using namespace lexiscope;

namespace {

const QRectF field(10, 10, 100, 50);

FigureClip rectClip() {
    return {field, {}};
}

FigureShape filled(const QPainterPath& path) {
    return {path, QBrush(Qt::red), Qt::NoPen, 1, false};
}

FigureShape stroked(const QPainterPath& path, double width) {
    return {path, Qt::NoBrush, QPen(Qt::red, width), 1, false};
}

QPainterPath line(QPointF from, QPointF to) {
    QPainterPath path(from);
    path.lineTo(to);
    return path;
}

QPainterPath circle(QPointF centre, double radius) {
    QPainterPath path;
    path.addEllipse(centre, radius, radius);
    return path;
}

/// Of all that the parts cover, pens included.
QRectF extent(const std::vector<FigureShape>& parts) {
    QRectF all;
    for (const FigureShape& part : parts) {
        const double half = part.pen.style() == Qt::NoPen ? 0 : part.pen.widthF() / 2;
        all |= part.path.controlPointRect().adjusted(-half, -half, half, half);
    }
    return all;
}

bool isInside(const QRectF& rect) {
    return field.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(rect);
}

}  // namespace

class FigureClipTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aLineIsCutAtTheEdges() {
        const std::vector<QPolygonF> parts = cutLine({{0, 35}, {200, 35}}, field);
        QCOMPARE(parts.size(), std::size_t{1});
        QCOMPARE(parts[0], (QPolygonF{{10, 35}, {110, 35}}));
        // y = x / 2 enters at (20, 10) and leaves at (110, 55).
        const std::vector<QPolygonF> slanted = cutLine({{0, 0}, {200, 100}}, field);
        QCOMPARE(slanted[0], (QPolygonF{{20, 10}, {110, 55}}));
    }

    void aLineThatLeavesAndComesBackIsTwo() {
        const std::vector<QPolygonF> parts =
            cutLine({{20, 20}, {20, 80}, {40, 80}, {40, 30}, {50, 30}}, field);
        QCOMPARE(parts.size(), std::size_t{2});
        QCOMPARE(parts[0], (QPolygonF{{20, 20}, {20, 60}}));
        QCOMPARE(parts[1], (QPolygonF{{40, 60}, {40, 30}, {50, 30}}));
    }

    void linesOutsideOrWithoutLengthAreNoTrouble() {
        QVERIFY(cutLine({{0, 0}, {200, 0}}, field).empty());
        QVERIFY(cutLine({{0, 70}, {60, 200}}, field).empty());
        QVERIFY(cutLine({}, field).empty());
        QVERIFY(cutLine({{20, 20}}, field).empty());
        QCOMPARE(cutLine({{20, 20}, {20, 20}}, field).size(), std::size_t{1});
        QCOMPARE(cutLine({{10, 10}, {110, 10}}, field)[0], (QPolygonF{{10, 10}, {110, 10}}));
    }

    void whatIsInsideStaysAsItIs() {
        FigureShape shape = filled(circle({50, 30}, 5));
        shape.isEllipse = true;
        const std::vector<FigureShape> parts = cutShape(shape, rectClip());
        QCOMPARE(parts.size(), std::size_t{1});
        QVERIFY(parts[0].isEllipse);
        QCOMPARE(parts[0].path, shape.path);
    }

    void whatIsOutsideIsLeftOut() {
        QVERIFY(cutShape(filled(circle({200, 30}, 5)), rectClip()).empty());
        QVERIFY(cutShape(stroked(line({0, 5}, {200, 5}), 2), rectClip()).empty());
        QVERIFY(cutShape(filled(circle({50, 30}, 5)), {QRectF(), {}}).empty());
    }

    void anAreaOverTheEdgeIsCutThere() {
        const std::vector<FigureShape> parts = cutShape(filled(circle({110, 35}, 6)), rectClip());
        QCOMPARE(parts.size(), std::size_t{1});
        QVERIFY(!parts[0].isEllipse);
        QCOMPARE(parts[0].path.boundingRect(), QRectF(104, 29, 6, 12));
    }

    void aLineOverTheEdgeStaysALine() {
        const std::vector<FigureShape> parts = cutShape(stroked(line({50, 30}, {300, 90}), 4), rectClip());
        QCOMPARE(parts.size(), std::size_t{1});
        QCOMPARE(parts[0].pen.widthF(), 4.0);
        QCOMPARE(parts[0].path.elementCount(), 2);
        QVERIFY(isInside(extent(parts)));
        // A square end would reach over the edge.
        QCOMPARE(parts[0].pen.capStyle(), Qt::FlatCap);
    }

    void aLineAlongTheEdgeLosesTheHalfThatIsOutside() {
        const std::vector<FigureShape> parts = cutShape(stroked(line({20, 10}, {90, 10}), 2), rectClip());
        QCOMPARE(parts.size(), std::size_t{1});
        QCOMPARE(parts[0].path.boundingRect().top(), 10.0);
        QCOMPARE(parts[0].path.boundingRect().height(), 1.0);
        QVERIFY(isInside(extent(parts)));
    }

    void aRingOverTheEdgeStaysInside() {
        FigureShape ring = stroked(circle({12, 35}, 8), 3);
        ring.fill = Qt::blue;
        const std::vector<FigureShape> parts = cutShape(ring, rectClip());
        QCOMPARE(parts.size(), std::size_t{2});  // the area, and what was its line
        QCOMPARE(parts[0].fill.color(), QColor(Qt::blue));
        QCOMPARE(parts[1].fill.color(), QColor(Qt::red));
        QVERIFY(isInside(extent(parts)));
    }

    void anotherShapeThanARectangleCutsToo() {
        FigureClip round{field, circle({60, 35}, 20)};
        QPainterPath all;
        all.addRect(field);
        const std::vector<FigureShape> parts = cutShape(filled(all), round);
        QCOMPARE(parts.size(), std::size_t{1});
        QCOMPARE(parts[0].path.boundingRect().toRect(), QRect(40, 15, 40, 40));
        QVERIFY(!parts[0].path.contains(QPointF(42, 17)));
    }

    void ofAnImageWholePixelsInsideAreKept() {
        QImage image(100, 100, QImage::Format_RGB32);
        image.fill(Qt::red);
        // Two pixels for each unit: from (0, 0) to (50, 50).
        const auto cut = cutImage({QRectF(0, 0, 50, 50), image, 1}, QRectF(10.2, 10, 100, 20));
        QVERIFY(cut);
        QCOMPARE(cut->place, QRectF(10.5, 10, 39.5, 20));
        QCOMPARE(cut->image.size(), QSize(79, 40));
        QVERIFY(!cutImage({QRectF(0, 0, 50, 50), image, 1}, QRectF(60, 0, 10, 10)));
        QCOMPARE(cutImage({QRectF(0, 0, 50, 50), image, 1}, QRectF(0, 0, 50, 50))->image.size(),
                 image.size());
    }
};

QTEST_GUILESS_MAIN(FigureClipTest)
#include "figure_clip_test.moc"

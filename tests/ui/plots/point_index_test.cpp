// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_index.h"

#include <limits>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float endless = std::numeric_limits<float>::infinity();

std::vector<float> gaussian(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> result(2 * count);
    for (float& value : result) {
        value = normal(random);
    }
    return result;
}

std::optional<Row> slowNearest(const std::vector<float>& points, QPointF at, double reach) {
    std::optional<Row> best;
    double least = reach * reach;
    for (std::size_t i = 0; i < points.size() / 2; ++i) {
        const double dx = static_cast<double>(points[2 * i]) - at.x();
        const double dy = static_cast<double>(points[2 * i + 1]) - at.y();
        const double squared = dx * dx + dy * dy;
        if (squared < least || (squared == least && !best)) {
            least = squared;
            best = Row{static_cast<std::uint32_t>(i)};
        }
    }
    return best;
}

}  // namespace

class PointIndexTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void nearestIsThatOfALinearSearch();
    void insideIsThatOfALinearSearch();
    void readsTheWantedColumns();
    void leavesOutWhatIsNotFinite();
    void degenerateClouds();
    void outliersDoNotBreakTheGrid();
    void densityIsThatOfThePoints();
    void peakDensityIsThatOfCrowds();
    void hiddenPointsAreNotFound();
};

void PointIndexTest::nearestIsThatOfALinearSearch() {
    const std::vector<float> points = gaussian(3000, 1);
    const auto index = PointIndex::build(points, 2, 0, 1);
    std::mt19937 random(2);
    std::normal_distribution<double> place(0, 1.5);
    for (int i = 0; i < 500; ++i) {
        const QPointF at(place(random), place(random));
        for (const double reach : {0.01, 0.1, 3.0}) {
            QVERIFY(index->nearest(at, reach) == slowNearest(points, at, reach));
        }
    }
}

void PointIndexTest::insideIsThatOfALinearSearch() {
    const std::vector<float> points = gaussian(2000, 5);
    const auto index = PointIndex::build(points, 2, 0, 1);
    for (const QRectF box : {QRectF(-0.5, -0.25, 1, 0.75), QRectF(1, 1, 0.01, 5), QRectF(-9, -9, 18, 18)}) {
        std::vector<Row> expected;
        for (std::uint32_t i = 0; i < 2000; ++i) {
            const double x = static_cast<double>(points[2 * i]);
            const double y = static_cast<double>(points[2 * i + 1]);
            if (x >= box.left() && x <= box.right() && y >= box.top() && y <= box.bottom()) {
                expected.push_back(Row{i});
            }
        }
        QVERIFY(index->inside(box) == expected);
    }
    QVERIFY(index->inside(QRectF(20, 20, 1, 1)).empty());
}

void PointIndexTest::readsTheWantedColumns() {
    const std::vector<float> table = {9, 1, 2, 9, 3, 4};
    const auto index = PointIndex::build(table, 3, 2, 1);
    QCOMPARE(index->bounds(), QRectF(QPointF(2, 1), QPointF(4, 3)));
    QVERIFY(index->nearest({4, 3}, 0.1) == Row{1});
    QCOMPARE(PointIndex::build(table, 3, 3, 0)->size(), std::size_t{0});
    const std::vector<Row> some = {Row{1}, Row{77}};
    QVERIFY(PointIndex::build(table, 3, 2, 1, some)->inside(QRectF(-9, -9, 99, 99)) == std::vector{Row{1}});
}

void PointIndexTest::leavesOutWhatIsNotFinite() {
    const std::vector<float> points = {notANumber, 0, 1, 1, endless, 2, 3, -endless, 2, 2};
    const auto index = PointIndex::build(points, 2, 0, 1);
    QCOMPARE(index->size(), std::size_t{2});
    QCOMPARE(index->bounds(), QRectF(1, 1, 1, 1));
    QVERIFY(index->nearest({0, 0}, 10) == Row{1});
}

void PointIndexTest::degenerateClouds() {
    const auto empty = PointIndex::build({}, 2, 0, 1);
    QCOMPARE(empty->size(), std::size_t{0});
    QVERIFY(!empty->nearest({0, 0}, 100));
    QVERIFY(empty->inside(QRectF(-1, -1, 2, 2)).empty());

    const std::vector<float> same(200, 5.0F);
    const auto one = PointIndex::build(same, 2, 0, 1);
    QCOMPARE(one->size(), std::size_t{100});
    QVERIFY(one->nearest({5.1, 5}, 0.5) == Row{0});
    QCOMPARE(one->inside(QRectF(4, 4, 2, 2)).size(), std::size_t{100});

    std::vector<float> line;
    for (int i = 0; i < 1000; ++i) {
        line.insert(line.end(), {static_cast<float>(i), 0.0F});
    }
    QVERIFY(PointIndex::build(line, 2, 0, 1)->nearest({417.3, 0.2}, 1) == Row{417});
}

void PointIndexTest::outliersDoNotBreakTheGrid() {
    std::vector<float> points = gaussian(1000, 9);
    points.insert(points.end(), {3e38F, 0.0F, 0.0F, -3e38F});
    const auto index = PointIndex::build(points, 2, 0, 1);
    QCOMPARE(index->size(), std::size_t{1002});
    QVERIFY(index->nearest({static_cast<double>(points[0]), static_cast<double>(points[1])}, 0.0001) ==
            Row{0});
}

void PointIndexTest::densityIsThatOfThePoints() {
    // 40,000 points evenly in a square of 2 × 2: 10,000 in each unit of area.
    std::mt19937 random(3);
    std::uniform_real_distribution<float> place(-1, 1);
    std::vector<float> points(80000);
    for (float& value : points) {
        value = place(random);
    }
    const double density = PointIndex::build(points, 2, 0, 1)->density();
    QVERIFY(density > 9000 && density < 11000);
    QCOMPARE(PointIndex::build(std::vector<float>{1, 2}, 2, 0, 1)->density(), 0.0);
}

void PointIndexTest::peakDensityIsThatOfCrowds() {
    // A square of 100 × 100 points, one a unit of area, and one as large that is nine times as dense.
    std::vector<float> points;
    for (int i = 0; i < 100; ++i) {
        for (int k = 0; k < 100; ++k) {
            points.insert(points.end(), {static_cast<float>(i), static_cast<float>(k)});
        }
    }
    QVERIFY(std::abs(PointIndex::build(points, 2, 0, 1)->peakDensity() - 1) < 0.35);
    for (int i = 0; i < 300; ++i) {
        for (int k = 0; k < 300; ++k) {
            points.insert(points.end(), {200 + static_cast<float>(i) / 3, static_cast<float>(k) / 3});
        }
    }
    QVERIFY(std::abs(PointIndex::build(points, 2, 0, 1)->peakDensity() - 9) < 1.5);
    QCOMPARE(PointIndex::build({}, 2, 0, 1)->peakDensity(), 0.0);
    QVERIFY(PointIndex::build(std::vector<float>(2000, 3.0F), 2, 0, 1)->peakDensity() > 0);
}

void PointIndexTest::hiddenPointsAreNotFound() {
    const std::vector<float> points = gaussian(2000, 5);
    const auto index = PointIndex::build(points, 2, 0, 1);
    std::vector<std::uint16_t> classes;
    for (const std::uint32_t row : index->rows()) {
        classes.push_back(static_cast<std::uint16_t>(row % 4));
    }
    const PointFilter filter{classes, 0b0101};
    QVERIFY(filter.hidesAny() && !PointFilter{}.hides(7) && !PointFilter{classes}.hidesAny());
    QVERIFY(index->inside(QRectF(-1, -1, 2, 2), PointFilter{classes, 0, 1, 1}) ==
            index->inside(QRectF(-1, -1, 2, 2), PointFilter{classes, 0b1101}));
    // The other half alone, in an index of its own.
    std::vector<Row> odd;
    for (std::uint32_t row = 1; row < 2000; row += 2) {
        odd.push_back(Row{row});
    }
    const auto left = PointIndex::build(points, 2, 0, 1, odd);
    QVERIFY(index->inside(QRectF(-1, -1, 2, 2), filter) == left->inside(QRectF(-1, -1, 2, 2)));
    QVERIFY(!index->inside(QRectF(-1, -1, 2, 2), filter).empty());
    for (int i = 0; i < 300; ++i) {
        const QPointF at(-2 + i % 20 * 0.2, -2 + i / 20 * 0.25);
        QVERIFY(index->nearest(at, 0.3, filter) == left->nearest(at, 0.3));
    }
    QVERIFY(!index->nearest({0, 0}, 9, {classes, 0b1111}));
}

QTEST_GUILESS_MAIN(PointIndexTest)
#include "point_index_test.moc"

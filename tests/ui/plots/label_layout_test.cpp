// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/label_layout.h"

#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

LabelRequest at(double x, double y, int priority = 0) {
    LabelRequest request;
    request.point = {x, y};
    request.size = {40, 14};
    request.priority = priority;
    return request;
}

const QRectF bounds(0, 0, 400, 300);
const QRectF rightOfHundred(104, 93, 40, 14);  // at(100, 100) in its first place

}  // namespace

class LabelLayoutTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void firstPlaceIsAtTheRight();
    void takesAnotherSideAtTheEdge();
    void higherPriorityGoesFirst();
    void equalsGoInTheOrderGiven();
    void staysClearOfMarkedPoints();
    void ownPointIsNoObstacle();
    void whatMayCoverIsPlacedNonetheless();
    void thousandsNeverOverlap();
};

void LabelLayoutTest::firstPlaceIsAtTheRight() {
    const std::vector requests = {at(100, 100)};
    QCOMPARE(placeLabels(requests, {}, bounds).front(), rightOfHundred);
}

void LabelLayoutTest::takesAnotherSideAtTheEdge() {
    const std::vector requests = {at(395, 100), at(390, 2)};
    const std::vector<QRectF> places = placeLabels(requests, {}, bounds);
    QCOMPARE(places[0].right(), 391.0);
    QVERIFY(bounds.contains(places[1]));
    const std::vector<QRectF> none = placeLabels(requests, {}, QRectF(0, 0, 30, 30));
    QVERIFY(none[0].isNull() && none[1].isNull());
}

void LabelLayoutTest::higherPriorityGoesFirst() {
    const std::vector requests = {at(100, 100, 1), at(100, 100, 5)};
    const std::vector<QRectF> places = placeLabels(requests, {}, bounds);
    QCOMPARE(places[1], rightOfHundred);
    QVERIFY(!places[0].isNull() && !places[0].intersects(places[1]));
}

void LabelLayoutTest::equalsGoInTheOrderGiven() {
    const std::vector requests = {at(100, 100), at(100, 100)};
    QCOMPARE(placeLabels(requests, {}, bounds)[0], rightOfHundred);
}

void LabelLayoutTest::staysClearOfMarkedPoints() {
    const std::vector requests = {at(100, 100)};
    const std::vector obstacles = {QRectF(120, 95, 10, 10)};
    const QRectF place = placeLabels(requests, obstacles, bounds).front();
    QVERIFY(!place.isNull());
    QVERIFY(!place.intersects(obstacles.front()));
    const std::vector everywhere = {QRectF(0, 0, 400, 300)};
    QVERIFY(placeLabels(requests, everywhere, bounds).front().isNull());
}

void LabelLayoutTest::ownPointIsNoObstacle() {
    const std::vector requests = {at(100, 100)};
    const std::vector dots = {QRectF(92, 92, 16, 16)};
    QCOMPARE(placeLabels(requests, dots, bounds).front(), rightOfHundred);
}

void LabelLayoutTest::whatMayCoverIsPlacedNonetheless() {
    std::vector requests = {at(100, 100)};
    requests[0].mayCover = true;
    // One dot is everywhere; right and left there is one more, so that above is the least bad.
    const std::vector dots = {QRectF(0, 0, 400, 300), QRectF(110, 99, 5, 3), QRectF(66, 99, 5, 3)};
    QCOMPARE(placeLabels(requests, dots, bounds).front(), QRectF(80, 82, 40, 14));
}

void LabelLayoutTest::thousandsNeverOverlap() {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> x(-20, 1220), y(-20, 820), width(8, 90);
    std::vector<LabelRequest> requests;
    std::vector<QRectF> dots;
    for (int i = 0; i < 4000; ++i) {
        LabelRequest request = at(x(random), y(random), i % 5);
        request.size.setWidth(width(random));
        requests.push_back(request);
        if (i % 10 == 0) {
            dots.emplace_back(x(random), y(random), 9, 9);
        }
    }
    const QRectF field(0, 0, 1200, 800);
    const std::vector<QRectF> places = placeLabels(requests, dots, field);
    QCOMPARE(places.size(), requests.size());
    QCOMPARE(placeLabels(requests, dots, field), places);
    std::vector<QRectF> placed;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QRectF& place = places[i];
        if (place.isNull()) {
            continue;
        }
        QVERIFY(field.contains(place));
        for (const QRectF& other : placed) {
            QVERIFY(!place.intersects(other));
        }
        for (const QRectF& dot : dots) {
            const bool isOwn = (dot.center() - requests[i].point).manhattanLength() < 0.5;
            QVERIFY(isOwn || !place.intersects(dot));
        }
        placed.push_back(place);
    }
    QVERIFY(placed.size() > 200);
}

QTEST_GUILESS_MAIN(LabelLayoutTest)
#include "label_layout_test.moc"

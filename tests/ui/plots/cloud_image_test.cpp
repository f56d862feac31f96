// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_image.h"

#include "ui/plots/oklab.h"

#include <cmath>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

/// Columns of points, one behind the other at (5, 5), (15, 5), …: as many as `counts` say, of classes or
/// numbers given in turn.
struct Heaps {
    explicit Heaps(const std::vector<std::vector<int>>& heaps) {
        auto made = std::make_shared<PointTraits>();
        made->classes = {{"a", {}, 0, 0}, {"b", {}, 1, 0}, {"c", {}, 2, 0}};
        std::vector<float> points;
        for (std::size_t i = 0; i < heaps.size(); ++i) {
            for (const int kind : heaps[i]) {
                points.insert(points.end(), {static_cast<float>(10 * i + 5), 5.0F});
                made->classOf.push_back(static_cast<std::uint8_t>(kind));
                made->numbers.push_back(static_cast<float>(kind));
            }
        }
        made->scale = {0, 2, false, false};
        index = PointIndex::build(points, 2, 0, 1);
        width = 10 * static_cast<int>(heaps.size());
        classes = made;
        auto other = std::make_shared<PointTraits>(*made);
        other->classes.clear();
        numbers = other;
    }
    QImage drawn(const CloudStyle& style, const CloudTint& tint) const {
        return cloudImage(*index, QRectF(0, 0, width, 10), QSize(width, 10), style, tint);
    }
    std::shared_ptr<const PointIndex> index;
    std::shared_ptr<const PointTraits> classes;
    std::shared_ptr<const PointTraits> numbers;
    int width = 0;
};

/// Shades alone, from white for one point to black for 64; a tint is at full strength from the first point
/// on.
CloudStyle shades(DotPlaces places) {
    CloudStyle style{Qt::black, 2, 0.999, 0};
    style.shading = 1;
    style.top = 64;
    style.first = Qt::white;
    style.last = Qt::black;
    style.places = places;
    return style;
}

const CloudStyle sheets{Qt::black, 2, 0.999, 0};

}  // namespace

class CloudImageTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void oneDotIsWhereItsPointIs();
    void imageDoesNotDependOnTheOrder();
    void darkerWhereDenser();
    void singleDotsAreSeenInAnyCrowd();
    void dotsBeyondTheEdgeAreCut();
    void emptyImagesAreHarmless();
    void countsBecomeShades();
    void mixedClassesGiveTheMeanOfTheirLight();
    void mixedNumbersGiveTheColorOfTheirMean();
    void hiddenClassesLeaveNothing();
};

void CloudImageTest::oneDotIsWhereItsPointIs() {
    const std::vector<float> points = {2.5F, 7.5F};
    const auto index = PointIndex::build(points, 2, 0, 1);
    const QImage image = cloudImage(*index, QRectF(0, 0, 10, 10), QSize(100, 100), {Qt::black, 2, 0.5, 0});
    for (int y = 0; y < 100; ++y) {
        for (int x = 0; x < 100; ++x) {
            const double distance = std::hypot(x + 0.5 - 25, y + 0.5 - 25);
            const int alpha = qAlpha(image.pixel(x, y));
            QVERIFY(distance < 1 ? alpha == 128 : distance > 3 ? alpha == 0 : alpha <= 128);
        }
    }
}

void CloudImageTest::imageDoesNotDependOnTheOrder() {
    std::mt19937 random(4);
    std::normal_distribution<float> normal;
    std::vector<float> points(10000);
    for (float& value : points) {
        value = normal(random);
    }
    std::vector<float> reversed;
    for (std::size_t i = points.size(); i > 0; i -= 2) {
        reversed.insert(reversed.end(), {points[i - 2], points[i - 1]});
    }
    const QRectF view(-3, -2, 6, 4);
    const CloudStyle style{QColor(0x9aa3b2), 1.2, 0.4, 3};
    QCOMPARE(cloudImage(*PointIndex::build(points, 2, 0, 1), view, QSize(300, 200), style),
             cloudImage(*PointIndex::build(reversed, 2, 0, 1), view, QSize(300, 200), style));
}

void CloudImageTest::darkerWhereDenser() {
    std::vector<float> points;
    for (int i = 0; i < 6; ++i) {
        for (int k = 0; k <= i; ++k) {
            points.insert(points.end(), {static_cast<float>(10 * i + 5), 5.0F});
        }
    }
    const auto index = PointIndex::build(points, 2, 0, 1);
    for (const double squeeze : {0.0, 2.0}) {
        const QImage image =
            cloudImage(*index, QRectF(0, 0, 60, 10), QSize(60, 10), {Qt::black, 2, 0.3, squeeze});
        QVERIFY(std::abs(qAlpha(image.pixel(5, 5)) - 0.3 * 255) <= 0.5);  // whatever the squeeze
        for (int i = 1; i < 6; ++i) {
            QVERIFY(qAlpha(image.pixel(10 * i + 5, 5)) > qAlpha(image.pixel(10 * i - 5, 5)));
        }
        if (squeeze == 0.0) {
            QCOMPARE(qAlpha(image.pixel(15, 5)), 130);  // 1 - 0.7²
        }
    }
}

void CloudImageTest::singleDotsAreSeenInAnyCrowd() {
    for (const double crowd : {0.0, 0.1, 1.0, 10.0, 1000.0}) {
        const CloudStyle style = cloudStyle(Qt::black, 1.2, crowd);
        QVERIFY(style.alpha >= 0.2 && style.alpha <= 0.7);
        const double dots = std::max(3 * crowd, 1.0);
        const double layers =
            style.squeeze > 0 ? std::log1p(dots * style.squeeze) / std::log1p(style.squeeze) : dots;
        QVERIFY(1 - std::pow(1 - style.alpha, layers) < 0.98);
    }
}

void CloudImageTest::dotsBeyondTheEdgeAreCut() {
    const std::vector<float> points = {0, 0, 10, 10, -0.05F, 5, 50, 50, -1e30F, 1e30F};
    const auto index = PointIndex::build(points, 2, 0, 1);
    const QImage image = cloudImage(*index, QRectF(0, 0, 10, 10), QSize(40, 40), {Qt::black, 3, 0.5, 0});
    QVERIFY(qAlpha(image.pixel(0, 39)) > 0);
    QVERIFY(qAlpha(image.pixel(39, 0)) > 0);
    QVERIFY(qAlpha(image.pixel(0, 20)) > 0);
    QCOMPARE(qAlpha(image.pixel(20, 20)), 0);
}

void CloudImageTest::emptyImagesAreHarmless() {
    const auto index = PointIndex::build({}, 2, 0, 1);
    QVERIFY(cloudImage(*index, QRectF(0, 0, 1, 1), QSize(0, 5), {Qt::black, 1, 0.5, 0}).isNull());
    const QImage blank = cloudImage(*index, QRectF(0, 0, 1, 1), QSize(5, 5), {Qt::black, 1, 0.5, 0});
    QCOMPARE(qAlpha(blank.pixel(2, 2)), 0);
}

void CloudImageTest::countsBecomeShades() {
    const Heaps heaps({{0}, std::vector<int>(8, 0), std::vector<int>(64, 0), std::vector<int>(200, 0), {}});
    for (const DotPlaces places : {DotPlaces::Quarter, DotPlaces::Whole}) {
        const QImage image = heaps.drawn(shades(places), {});
        QCOMPARE(image.pixel(5, 5), 0xffffffffU);
        // ln 8 / ln 64 = 1/2: half as light as white.
        QVERIFY(std::abs(toOklab(QColor(image.pixel(15, 5))).lightness - 0.5) < 0.01);
        QCOMPARE(image.pixel(25, 5), 0xff000000U);
        QCOMPARE(image.pixel(35, 5), 0xff000000U);
        QCOMPARE(image.pixel(45, 5), 0U);
        QCOMPARE(image.pixel(20, 5), 0U);  // between two heaps
    }
}

void CloudImageTest::mixedClassesGiveTheMeanOfTheirLight() {
    const Heaps heaps({{0, 0, 0}, {1}, {0, 1}, {0, 1, 2, 2}});
    const std::vector<QRgb> palette = {0xff0072b2, 0xffe69f00, 0xff000000};
    const QImage image = heaps.drawn(sheets, {PointTint::of(*heaps.index, heaps.classes), palette, {}});
    QCOMPARE(image.pixel(5, 5), 0xff0072b2U);
    QVERIFY(qAlpha(image.pixel(15, 5)) >= 254);
    QVERIFY(std::abs(qRed(image.pixel(15, 5)) - 0xe6) <= 1);
    const auto mean = [](double a, double b, double parts) {
        return std::lround(255 * encodedOf((linearOf(a / 255) + linearOf(b / 255)) / parts));
    };
    QCOMPARE(qRed(image.pixel(25, 5)), mean(0x00, 0xe6, 2));
    QCOMPARE(qGreen(image.pixel(25, 5)), mean(0x72, 0x9f, 2));
    QCOMPARE(qBlue(image.pixel(25, 5)), mean(0xb2, 0x00, 2));
    QCOMPARE(qGreen(image.pixel(35, 5)), mean(0x72, 0x9f, 4));
}

void CloudImageTest::mixedNumbersGiveTheColorOfTheirMean() {
    const Heaps heaps({{0}, {2, 2}, {0, 2}, {2, 2, 2, 1, 1, 1, 2, 1}});
    std::vector<QRgb> palette;
    for (int place = 0; place <= PointTraits::lastPlace; ++place) {
        palette.push_back(qRgb(place / 4, 0, 255 - place / 4));
    }
    const QImage image = heaps.drawn(sheets, {PointTint::of(*heaps.index, heaps.numbers), palette, {}});
    QVERIFY(qRed(image.pixel(5, 5)) == 0 && qBlue(image.pixel(5, 5)) >= 254);
    QCOMPARE(image.pixel(15, 5), 0xffff0000U);
    QCOMPARE(image.pixel(25, 5), 0xff80007fU);  // 1
    QCOMPARE(image.pixel(35, 5), 0xffc0003fU);  // 1.5
}

void CloudImageTest::hiddenClassesLeaveNothing() {
    const Heaps heaps({{0, 1}, {1}, {0}});
    const Heaps left({{0}, {}, {0}});
    const std::vector<QRgb> palette = {0xff0072b2, 0xffe69f00, 0xff000000};
    for (const DotPlaces places : {DotPlaces::Quarter, DotPlaces::Whole}) {
        const QImage image =
            heaps.drawn(shades(places), {PointTint::of(*heaps.index, heaps.classes), palette, {0b010}});
        QCOMPARE(image, left.drawn(shades(places), {PointTint::of(*left.index, left.classes), palette, {}}));
        QCOMPARE(image.pixel(15, 5), 0U);
        QVERIFY(qAlpha(image.pixel(5, 5)) > 0);
    }
    // Numbers have no classes to hide.
    const QImage numbers = heaps.drawn(
        sheets, {PointTint::of(*heaps.index, heaps.numbers), std::vector<QRgb>(1024, 0xffff0000), {7}});
    QVERIFY(qAlpha(numbers.pixel(15, 5)) > 0);
}

QTEST_GUILESS_MAIN(CloudImageTest)
#include "cloud_image_test.moc"

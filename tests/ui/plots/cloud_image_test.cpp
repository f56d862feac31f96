// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_image.h"

#include <cmath>
#include <random>

#include <QTest>

using namespace lexiscope;

class CloudImageTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void oneDotIsWhereItsPointIs();
    void imageDoesNotDependOnTheOrder();
    void darkerWhereDenser();
    void singleDotsAreSeenInAnyCrowd();
    void dotsBeyondTheEdgeAreCut();
    void emptyImagesAreHarmless();
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
        const double sheets =
            style.squeeze > 0 ? std::log1p(dots * style.squeeze) / std::log1p(style.squeeze) : dots;
        QVERIFY(1 - std::pow(1 - style.alpha, sheets) < 0.98);
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

QTEST_GUILESS_MAIN(CloudImageTest)
#include "cloud_image_test.moc"

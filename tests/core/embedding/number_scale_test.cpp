// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/number_scale.h"

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include <QTest>

using namespace lexiscope;

class NumberScaleTest : public QObject {
    Q_OBJECT

  private slots:
    void fewNumbersSpanTheScale() {
        const NumberScale scale = scaleOf(std::vector<float>{3, -1, 2});
        QCOMPARE(scale.low, -1.0);
        QCOMPARE(scale.high, 3.0);
        QVERIFY(!scale.isBelow && !scale.isAbove);
    }

    void theOutermostOfManyLieBeyond() {
        std::vector<float> numbers;
        for (int i = 0; i < 1000; ++i) {
            numbers.push_back(static_cast<float>(i));
        }
        std::shuffle(numbers.begin(), numbers.end(), std::mt19937(1));
        const NumberScale scale = scaleOf(numbers);
        QCOMPARE(scale.low, 5.0);
        QCOMPARE(scale.high, 994.0);
        QVERIFY(scale.isBelow && scale.isAbove);
    }

    void equalNumbersLieWithin() {
        std::vector<float> numbers(1000, 7.0F);
        numbers[3] = 1e6F;
        const NumberScale scale = scaleOf(numbers);
        QCOMPARE(scale.low, 7.0);
        QCOMPARE(scale.high, 7.0);
        QVERIFY(!scale.isBelow && scale.isAbove);
    }

    void whatIsNoNumberIsLeftOut() {
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        constexpr float infinity = std::numeric_limits<float>::infinity();
        const NumberScale scale = scaleOf(std::vector<float>{nan, 2, infinity, 1, -infinity});
        QCOMPARE(scale.low, 1.0);
        QCOMPARE(scale.high, 2.0);
        QVERIFY(!scale.isBelow && !scale.isAbove);
        QCOMPARE(scaleOf(std::vector<float>{nan}).high, 0.0);
        QCOMPARE(scaleOf({}).low, 0.0);
    }
};

QTEST_GUILESS_MAIN(NumberScaleTest)
#include "number_scale_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The positions that are added to the scores of attention: ALiBi and T5's buckets.
#include "core/position/alibi.h"
#include "core/position/relative_buckets.h"

#include <cmath>
#include <limits>

#include <QTest>

using namespace lexiscope;

class AttentionPositionsTest : public QObject {
    Q_OBJECT

  private slots:
    void slopesOfPowersOfTwo();
    void slopesOfOtherCounts();
    void biasFallsWithDistance();
    void bucketsByTheirEdges();
    void bucketsEqualTheFormula();
    void refuseWhatMakesNoSense();
};

void AttentionPositionsTest::slopesOfPowersOfTwo() {
    QCOMPARE(alibiSlopes(1), (std::vector<double>{0.00390625}));
    QCOMPARE(alibiSlopes(2), (std::vector<double>{0.0625, 0.00390625}));
    // The paper's own example: 1/2, 1/4, … 1/256.
    QCOMPARE(alibiSlopes(8),
             (std::vector<double>{0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625}));
}

void AttentionPositionsTest::slopesOfOtherCounts() {
    QCOMPARE(alibiSlopes(3), (std::vector<double>{0.0625, 0.00390625, 0.25}));
    // From the function get_slopes that the authors published, in Python.
    const std::vector<double> twelve = {0.5,
                                        0.25,
                                        0.125,
                                        0.0625,
                                        0.03125,
                                        0.015625,
                                        0.0078125,
                                        0.00390625,
                                        0.7071067811865476,
                                        0.35355339059327384,
                                        0.17677669529663692,
                                        0.08838834764831849};
    const std::vector<double> slopes = alibiSlopes(12);
    QCOMPARE(slopes.size(), twelve.size());
    for (std::size_t i = 0; i < twelve.size(); ++i) {
        QVERIFY(std::abs(slopes[i] - twelve[i]) < 1e-15);
    }
    QVERIFY(std::abs(alibiSlopes(20)[19] - 0.2973017787506802) < 1e-14);
}

void AttentionPositionsTest::biasFallsWithDistance() {
    const PositionArray bias = alibiBias({3, 2}).value();
    QCOMPARE(bias.shape, (std::vector<std::size_t>{2, 3, 3}));
    const float a = 0.0625F;
    const float b = 0.00390625F;
    QCOMPARE(bias.values, (std::vector<float>{0, -a, -2 * a, -a, 0, -a, -2 * a, -a, 0,  //
                                              0, -b, -2 * b, -b, 0, -b, -2 * b, -b, 0}));
    QVERIFY(!std::signbit(bias.values[0]));
    const PositionArray second = alibiBias({3, 2}, 1).value();
    QCOMPARE(second.shape, (std::vector<std::size_t>{3, 3}));
    QCOMPARE(second.values, std::vector<float>(bias.values.begin() + 9, bias.values.end()));
    // One head has to fit, not all.
    QCOMPARE(alibiBias({600, 4096}, 4095).value().values.size(), std::size_t(360000));
}

void AttentionPositionsTest::bucketsByTheirEdges() {
    // Where a new bucket begins, looking back; from the authors' formula in float32, which T5 was trained
    // with.
    const std::vector<std::size_t> first = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91};
    for (std::size_t bucket = 0; bucket < first.size(); ++bucket) {
        QCOMPARE(relativeBucket(first[bucket], 0), bucket);
        QCOMPARE(relativeBucket(first[bucket] + 1000, 1000), bucket);
        if (bucket > 0) {
            QCOMPARE(relativeBucket(first[bucket] - 1, 0), bucket - 1);
            QCOMPARE(relativeBucket(0, first[bucket]), bucket + 16);
        }
    }
    QCOMPARE(relativeBucket(1000000, 0), std::size_t(15));
    QCOMPARE(relativeBucket(0, 1000000), std::size_t(31));
}

void AttentionPositionsTest::bucketsEqualTheFormula() {
    const PositionArray buckets = relativeBuckets(150).value();
    QCOMPARE(buckets.shape, (std::vector<std::size_t>{150, 150}));
    for (int query = 0; query < 150; ++query) {
        for (int key = 0; key < 150; ++key) {
            const double distance = std::abs(key - query);
            const double within =
                distance < 8
                    ? distance
                    : std::min(15.0, 8 + std::floor(8 * std::log(distance / 8) / std::log(16.0) + 1e-9));
            const double expected = within + (key > query ? 16 : 0);
            QCOMPARE(static_cast<double>(buckets.values[static_cast<std::size_t>(query * 150 + key)]),
                     expected);
        }
    }
}

void AttentionPositionsTest::refuseWhatMakesNoSense() {
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    const auto where = [](const auto& result) {
        return result.ok() ? std::string("accepted") : result.error().where;
    };
    QCOMPARE(where(alibiBias({0, 1})), std::string("length"));
    QCOMPARE(where(alibiBias({1, 0})), std::string("heads"));
    QCOMPARE(where(alibiBias({1, all})), std::string("heads"));
    QCOMPARE(where(alibiBias({100000, 12})), std::string("positions"));
    QCOMPARE(where(alibiBias({100000, 12}, 0)), std::string("positions"));
    QCOMPARE(where(alibiBias({4, 12}, 12)), std::string("head"));
    QCOMPARE(where(alibiBias({0, 12}, 0)), std::string("length"));
    QCOMPARE(where(relativeBuckets(0)), std::string("length"));
    QCOMPARE(where(relativeBuckets(all)), std::string("length"));
    QCOMPARE(where(relativeBuckets(100000)), std::string("positions"));
}

QTEST_GUILESS_MAIN(AttentionPositionsTest)
#include "attention_positions_test.moc"

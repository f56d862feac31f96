// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/position_similarity.h"

#include "core/position/input_sum.h"
#include "core/position/sinusoidal.h"
#include "tests/support/stopping_progress.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <QTest>

using namespace lexiscope;

class PositionSimilarityTest : public QObject {
    Q_OBJECT

  private:
    PositionSimilarity compare(const std::vector<float>& matrix, std::size_t dimension,
                               std::size_t most = 1024) {
        NoProgress progress;
        return positionSimilarity(matrix, dimension, most, m_pool, progress).value();
    }
    WorkerPool m_pool{3};

  private slots:
    void byHand();
    void equalsNumpy();
    void manyRowsAreComparedInBlocks();
    void takesEveryFewRowsOfMany();
    void rowsWithoutDirection();
    void refusesWhatMakesNoSense();
    void stops();
    void sumsInFloat();
};

void PositionSimilarityTest::byHand() {
    const PositionSimilarity similarity = compare({3, 0, 0, 2, 1, 1}, 2);
    QCOMPARE(similarity.positions, std::size_t(3));
    QCOMPARE(similarity.step, std::size_t(1));
    const auto half = static_cast<float>(std::sqrt(0.5));
    QCOMPARE(similarity.values, (std::vector<float>{1, 0, half, 0, 1, half, half, half, 1}));
    QCOMPARE(similarity.low, 0.0F);
    QCOMPARE(similarity.high, 1.0F);
}

void PositionSimilarityTest::equalsNumpy() {
    NoProgress progress;
    const std::vector<float> matrix = sinusoidalMatrix({40, 16}, m_pool, progress).value();
    const PositionSimilarity similarity = compare(matrix, 16);
    const auto at = [&](std::size_t p, std::size_t q) {
        return static_cast<double>(similarity.values[p * 40 + q]);
    };
    // U = X / norm(X, axis=1); U @ U.T
    QVERIFY(std::abs(at(0, 1) - 0.9356457808921685) < 1e-7);
    QVERIFY(std::abs(at(3, 17) - 0.6147591747259188) < 1e-7);
    QVERIFY(std::abs(at(39, 0) - 0.5951487516131606) < 1e-7);
    QVERIFY(std::abs(static_cast<double>(similarity.low) - 0.23039305824749204) < 1e-7);
    QVERIFY(std::abs(std::accumulate(similarity.values.begin(), similarity.values.end(), 0.0) -
                     1013.621136641741) < 1e-4);
    // With whole pairs it depends on the distance alone: the mean of cos(distance / base^(2i / D)).
    for (std::size_t p = 5; p < 40; ++p) {
        QVERIFY(std::abs(at(p, p - 5) - at(5, 0)) < 1e-6);
    }
}

void PositionSimilarityTest::manyRowsAreComparedInBlocks() {
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    std::vector<float> matrix(333 * 5);
    std::generate(matrix.begin(), matrix.end(), [&] { return normal(random); });
    const PositionSimilarity similarity = compare(matrix, 5);
    QCOMPARE(similarity.values.size(), std::size_t(333 * 333));
    for (std::size_t p = 0; p < 333; ++p) {
        QCOMPARE(similarity.values[p * 333 + p], 1.0F);
        for (std::size_t q = 0; q < p; ++q) {
            double dot = 0;
            double first = 0;
            double second = 0;
            for (std::size_t d = 0; d < 5; ++d) {
                const double a = static_cast<double>(matrix[p * 5 + d]);
                const double b = static_cast<double>(matrix[q * 5 + d]);
                dot += a * b;
                first += a * a;
                second += b * b;
            }
            QVERIFY(std::abs(static_cast<double>(similarity.values[p * 333 + q]) -
                             dot / std::sqrt(first * second)) < 1e-6);
            QCOMPARE(similarity.values[q * 333 + p], similarity.values[p * 333 + q]);
        }
    }
}

void PositionSimilarityTest::takesEveryFewRowsOfMany() {
    NoProgress progress;
    const std::vector<float> matrix = sinusoidalMatrix({100, 6}, m_pool, progress).value();
    const PositionSimilarity all = compare(matrix, 6);
    const PositionSimilarity some = compare(matrix, 6, 30);
    QCOMPARE(some.step, std::size_t(4));
    QCOMPARE(some.positions, std::size_t(25));
    for (std::size_t p = 0; p < 25; ++p) {
        for (std::size_t q = 0; q < 25; ++q) {
            QVERIFY(std::abs(some.values[p * 25 + q] - all.values[p * 4 * 100 + q * 4]) < 1e-7F);
        }
    }
    QCOMPARE(compare(matrix, 6, 100).step, std::size_t(1));
    QCOMPARE(compare(matrix, 6, 99).step, std::size_t(2));
    QCOMPARE(compare(matrix, 6, 1).values, std::vector<float>{1});
}

void PositionSimilarityTest::rowsWithoutDirection() {
    constexpr float infinite = std::numeric_limits<float>::infinity();
    const PositionSimilarity similarity = compare({1, 2, 0, 0, 2, 4, infinite, 1}, 2);
    for (std::size_t p = 0; p < 4; ++p) {
        for (std::size_t q = 0; q < 4; ++q) {
            const bool defined = p % 2 == 0 && q % 2 == 0;
            QCOMPARE(std::isnan(similarity.values[p * 4 + q]), !defined);
        }
    }
    QCOMPARE(similarity.values[2], 1.0F);
    QCOMPARE(similarity.low, 1.0F);
    const PositionSimilarity none = compare({0, 0}, 2);
    QVERIFY(std::isnan(none.values[0]));
    QCOMPARE(none.low, 0.0F);
    QCOMPARE(none.high, 0.0F);
}

void PositionSimilarityTest::refusesWhatMakesNoSense() {
    NoProgress progress;
    QCOMPARE(positionSimilarity({}, 4, 10, m_pool, progress).error().code, ErrorCode::InvalidArgument);
    const std::vector<float> row = {1, 2};
    QCOMPARE(positionSimilarity(row, 0, 10, m_pool, progress).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(positionSimilarity(row, 2, 0, m_pool, progress).error().code, ErrorCode::InvalidArgument);
}

void PositionSimilarityTest::stops() {
    const std::vector<float> matrix(1000, 1);
    test::StoppingProgress soon(1);
    QCOMPARE(positionSimilarity(matrix, 1, 1000, m_pool, soon).error().code, ErrorCode::Cancelled);
}

void PositionSimilarityTest::sumsInFloat() {
    // 16777216 + 1 is no float: the sum is rounded as float32 rounds it, to even.
    const std::vector<float> token = {0.1F, 16777216, 1e-45F, -0.0F, 3e38F};
    const std::vector<float> position = {0.2F, 1, 1e-45F, -0.0F, 3e38F};
    const std::vector<float> sum = inputSum(token, position);
    QCOMPARE(std::bit_cast<std::uint32_t>(sum[0]), 0x3e99999aU);  // numpy.float32(0.1) + numpy.float32(0.2)
    QCOMPARE(sum[1], 16777216.0F);
    QCOMPARE(std::bit_cast<std::uint32_t>(sum[2]), 2U);
    QVERIFY(std::signbit(sum[3]));
    QVERIFY(std::isinf(sum[4]));
    QVERIFY(inputSum({}, {}).empty());
}

QTEST_GUILESS_MAIN(PositionSimilarityTest)
#include "position_similarity_test.moc"

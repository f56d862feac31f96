// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/position_decay.h"

#include "core/position/sinusoidal.h"
#include "tests/support/stopping_progress.h"

#include <cmath>
#include <limits>

#include <QTest>

using namespace lexiscope;

class PositionDecayTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool{2};

    PositionDecay decayOf(const std::vector<float>& matrix, std::size_t dimension, std::size_t most = 4096) {
        NoProgress progress;
        return positionDecay(matrix, dimension, most, m_pool, progress).value();
    }

  private slots:
    void byHand();
    void sinusoidalOnesFollowTheSumOfCosines();
    void manyPositionsAreTakenInSteps();
    void theSameOnAnyNumberOfThreads();
    void whatHasNoNumberIsLeftOut();
    void refusesAndStops();
};

void PositionDecayTest::byHand() {
    const PositionDecay decay = decayOf({1, 0, 3, 4, 0, -2}, 2);
    QCOMPARE(decay.step, std::size_t(1));
    QCOMPARE(decay.dot, (std::vector<double>{(1 + 25 + 4) / 3.0, (3 - 8) / 2.0, 0}));
    QCOMPARE(decay.cosine, (std::vector<double>{1, (0.6 - 0.8) / 2, 0}));
}

void PositionDecayTest::sinusoidalOnesFollowTheSumOfCosines() {
    // sin a sin b + cos a cos b = cos(a - b): for an even dimension nothing but the distance counts.
    NoProgress progress;
    const SinusoidalOptions options{150, 32, 10000, SinusoidalLayout::Split};
    const PositionDecay decay = decayOf(sinusoidalMatrix(options, m_pool, progress).value(), 32);
    for (std::size_t distance = 0; distance < 150; ++distance) {
        double sum = 0;
        for (int i = 0; i < 16; ++i) {
            sum += std::cos(static_cast<double>(distance) / std::pow(10000, i / 16.0));
        }
        QVERIFY(std::abs(decay.dot[distance] - sum) < 1e-5);
        QVERIFY(std::abs(decay.cosine[distance] - sum / 16) < 1e-6);
    }
}

void PositionDecayTest::manyPositionsAreTakenInSteps() {
    std::vector<float> matrix;
    for (int i = 0; i < 10; ++i) {
        matrix.push_back(static_cast<float>(i + 1));
    }
    const PositionDecay decay = decayOf(matrix, 1, 4);
    QCOMPARE(decay.step, std::size_t(3));
    QCOMPARE(decay.dot,
             (std::vector<double>{(1 + 16 + 49 + 100) / 4.0, (4 + 28 + 70) / 3.0, (7 + 40) / 2.0, 10}));
}

void PositionDecayTest::theSameOnAnyNumberOfThreads() {
    NoProgress progress;
    const std::vector<float> matrix = sinusoidalMatrix({500, 24}, m_pool, progress).value();
    WorkerPool one(1);
    WorkerPool many(4);
    const PositionDecay first = positionDecay(matrix, 24, 500, one, progress).value();
    const PositionDecay second = positionDecay(matrix, 24, 500, many, progress).value();
    QCOMPARE(first.dot, second.dot);
    QCOMPARE(first.cosine, second.cosine);
}

void PositionDecayTest::whatHasNoNumberIsLeftOut() {
    constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinite = std::numeric_limits<float>::infinity();
    const PositionDecay decay = decayOf({0, 2, notANumber, 3, infinite}, 1);
    QCOMPARE(decay.dot[0], (0 + 4 + 9) / 3.0);
    QCOMPARE(decay.cosine[0], 1.0);
    QCOMPARE(decay.dot[1], 0.0);
    QVERIFY(std::isnan(decay.cosine[1]));
    QCOMPARE(decay.dot[2], 6.0);
    QCOMPARE(decay.cosine[2], 1.0);
    QVERIFY(std::isnan(decay.dot[4]));
}

void PositionDecayTest::refusesAndStops() {
    NoProgress progress;
    QVERIFY(!positionDecay({}, 4, 10, m_pool, progress).ok());
    QVERIFY(!positionDecay(std::vector<float>(4), 0, 10, m_pool, progress).ok());
    QVERIFY(!positionDecay(std::vector<float>(4), 2, 0, m_pool, progress).ok());
    test::StoppingProgress stopping(1);
    const Result<PositionDecay> stopped =
        positionDecay(std::vector<float>(4000, 1), 4, 1000, m_pool, stopping);
    QVERIFY(!stopped.ok() && stopped.error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(PositionDecayTest)
#include "position_decay_test.moc"

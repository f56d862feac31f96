// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/axes.h"

#include "tests/support/stopping_progress.h"

#include <cmath>
#include <limits>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

std::shared_ptr<const EmbeddingTable> tableOf(std::size_t dimension, std::vector<float> values) {
    const std::size_t rows = values.size() / dimension;
    return EmbeddingTable::owned(std::move(values), rows, dimension);
}

std::vector<float> cloud(std::size_t rows, std::size_t dimension, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = 2 + normal(random) / static_cast<float>(1 + i % dimension);
    }
    return values;
}

}  // namespace

class AxesTest : public QObject {
    Q_OBJECT

  private slots:
    void onItsOwnAxesATableIsItsOwnPca();
    void byHand();
    void rowsWithoutNumbersAreLeftOut();
    void ofOtherDimensionsThereIsNone();
    void stops();
    void turnsWhatIsMirrored();

  private:
    WorkerPool m_pool{2};
    NoProgress m_progress;
};

void AxesTest::onItsOwnAxesATableIsItsOwnPca() {
    const auto table = tableOf(9, cloud(5000, 9, 3));
    const auto own = pca(*table, PcaOptions{}, m_pool, m_progress).value();
    const auto again = projectOnAxes(*table, *own, m_progress).value();
    QCOMPARE(again->rows, own->rows);
    QCOMPARE(again->components, own->components);
    for (std::size_t i = 0; i < own->coordinates.size(); ++i) {
        QVERIFY(std::abs(again->coordinates[i] - own->coordinates[i]) < 1e-5F);
    }
    QCOMPARE(again->explainedVarianceRatio.size(), own->components);
    for (std::size_t c = 0; c < own->components; ++c) {
        QVERIFY(std::abs(again->explainedVarianceRatio[c] - own->explainedVarianceRatio[c]) < 1e-9);
    }
}

void AxesTest::byHand() {
    PcaResult axes;
    axes.dimension = 2;
    axes.components = 1;
    axes.directions = {0, 1};
    // Mean (1, 2); along the second axis 1, -1, 0, 0; in all 8 + 2.
    const auto result = projectOnAxes(*tableOf(2, {1, 3, 1, 1, 3, 2, -1, 2}), axes, m_progress).value();
    QCOMPARE(result->mean, (std::vector<double>{1, 2}));
    QCOMPARE(result->coordinates, (std::vector<float>{1, -1, 0, 0}));
    QCOMPARE(result->explainedVarianceRatio, (std::vector<double>{0.2}));
}

void AxesTest::rowsWithoutNumbersAreLeftOut() {
    PcaResult axes;
    axes.dimension = 1;
    axes.components = 1;
    axes.directions = {1};
    const float none = std::numeric_limits<float>::quiet_NaN();
    const auto result = projectOnAxes(*tableOf(1, {1, none, 3}), axes, m_progress).value();
    QCOMPARE(result->rowsLeftOut, std::size_t(1));
    QCOMPARE(result->coordinates[0], -1.0F);
    QVERIFY(std::isnan(result->coordinates[1]));
    QCOMPARE(result->coordinates[2], 1.0F);
}

void AxesTest::ofOtherDimensionsThereIsNone() {
    const auto axes = pca(*tableOf(3, cloud(20, 3, 1)), PcaOptions{}, m_pool, m_progress).value();
    const auto result = projectOnAxes(*tableOf(4, cloud(20, 4, 1)), *axes, m_progress);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
}

void AxesTest::stops() {
    const auto table = tableOf(3, cloud(9000, 3, 1));
    const auto axes = pca(*table, PcaOptions{}, m_pool, m_progress).value();
    test::StoppingProgress stopping(0);
    const auto result = projectOnAxes(*table, *axes, stopping);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
}

void AxesTest::turnsWhatIsMirrored() {
    const auto table = tableOf(5, cloud(200, 5, 8));
    const auto reference = pca(*table, PcaOptions{}, m_pool, m_progress).value();
    PcaResult mirrored = *reference;
    for (std::size_t row = 0; row < mirrored.rows; ++row) {
        mirrored.coordinates[2 * row + 1] *= -1;
    }
    for (std::size_t i = 0; i < 5; ++i) {
        mirrored.directions[5 + i] *= -1;
    }
    turnLike(mirrored, *reference);
    QCOMPARE(mirrored.coordinates, reference->coordinates);
    QCOMPARE(mirrored.directions, reference->directions);
    turnLike(mirrored, *reference);
    QCOMPARE(mirrored.coordinates, reference->coordinates);
}

QTEST_APPLESS_MAIN(AxesTest)
#include "axes_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/matrix_levels.h"

#include "tests/support/stopping_progress.h"

#include <cmath>
#include <limits>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinite = std::numeric_limits<float>::infinity();

}  // namespace

class MatrixLevelsTest : public QObject {
    Q_OBJECT

  private:
    std::shared_ptr<const MatrixLevels> build(std::vector<float> values, std::size_t columns) {
        NoProgress progress;
        return MatrixLevels::build(std::move(values), columns, m_pool, progress).value();
    }
    WorkerPool m_pool{3};

  private slots:
    void theFartherFromZeroOfTwo();
    void everyLevelHoldsTheExtremesOfItsRows();
    void choosesTheCoarsestThatLosesNothing();
    void smallMatricesHaveOneLevel();
    void rowsAndColumns();
    void refusesWhatMakesNoSense();
    void reportsAndStops();
};

void MatrixLevelsTest::theFartherFromZeroOfTwo() {
    QCOMPARE(fartherFromZero(1, -2), -2.0F);
    QCOMPARE(fartherFromZero(-2, 1), -2.0F);
    QCOMPARE(fartherFromZero(2, -2), 2.0F);
    QCOMPARE(fartherFromZero(-2, 2), -2.0F);
    QCOMPARE(fartherFromZero(0, -1e-45F), -1e-45F);
    QCOMPARE(fartherFromZero(-infinite, 3e38F), -infinite);
    QVERIFY(std::isnan(fartherFromZero(notANumber, infinite)));
    QVERIFY(std::isnan(fartherFromZero(-infinite, -notANumber)));
}

void MatrixLevelsTest::everyLevelHoldsTheExtremesOfItsRows() {
    constexpr std::size_t rows = 1237;
    constexpr std::size_t columns = 7;
    std::mt19937 random(11);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * columns);
    std::generate(values.begin(), values.end(), [&] { return normal(random); });
    values[500 * columns + 3] = notANumber;
    const auto matrix = build(values, columns);
    std::vector<std::size_t> seen;
    for (std::size_t rowsPerPixel = 1; rowsPerPixel < rows; ++rowsPerPixel) {
        const MatrixLevels::Level& level = matrix->levelFor(static_cast<double>(rowsPerPixel));
        if (!seen.empty() && seen.back() == level.rowsPerLine) {
            continue;
        }
        seen.push_back(level.rowsPerLine);
        const std::size_t lines = (rows + level.rowsPerLine - 1) / level.rowsPerLine;
        QCOMPARE(level.values.size(), lines * columns);
        for (std::size_t line = 0; line < lines; ++line) {
            for (std::size_t column = 0; column < columns; ++column) {
                float expected = 0;
                for (std::size_t row = line * level.rowsPerLine;
                     row < std::min(rows, (line + 1) * level.rowsPerLine); ++row) {
                    const float value = values[row * columns + column];
                    expected = std::isnan(value) || std::abs(value) > std::abs(expected) ? value : expected;
                    if (std::isnan(expected)) {
                        break;
                    }
                }
                const float found = level.values[line * columns + column];
                QVERIFY(found == expected || (std::isnan(found) && std::isnan(expected)));
            }
        }
    }
    QCOMPARE(seen, (std::vector<std::size_t>{1, 4, 8, 16, 32, 64}));
}

void MatrixLevelsTest::choosesTheCoarsestThatLosesNothing() {
    const auto matrix = build(std::vector<float>(1000), 1);
    QCOMPARE(matrix->levelFor(0.01).rowsPerLine, std::size_t(1));
    QCOMPARE(matrix->levelFor(3.99).rowsPerLine, std::size_t(1));
    QCOMPARE(matrix->levelFor(4).rowsPerLine, std::size_t(4));
    QCOMPARE(matrix->levelFor(7.99).rowsPerLine, std::size_t(4));
    QCOMPARE(matrix->levelFor(8).rowsPerLine, std::size_t(8));
    QCOMPARE(matrix->levelFor(1e9).rowsPerLine, std::size_t(32));
}

void MatrixLevelsTest::smallMatricesHaveOneLevel() {
    const auto one = build({5}, 1);
    QCOMPARE(one->rows(), std::size_t(1));
    QCOMPARE(&one->levelFor(100).values[0], one->values().data());
}

void MatrixLevelsTest::rowsAndColumns() {
    const auto matrix = build({1, 2, 3, 4, 5, 6}, 2);
    QCOMPARE(matrix->rows(), std::size_t(3));
    QCOMPARE(matrix->columns(), std::size_t(2));
    QCOMPARE(std::vector<float>(matrix->row(1).begin(), matrix->row(1).end()), (std::vector<float>{3, 4}));
    QCOMPARE(matrix->column(1, 0, 3), (std::vector<float>{2, 4, 6}));
    QCOMPARE(matrix->column(0, 2, 1), (std::vector<float>{5}));
    QVERIFY(matrix->column(0, 3, 0).empty());
}

void MatrixLevelsTest::refusesWhatMakesNoSense() {
    NoProgress progress;
    QCOMPARE(MatrixLevels::build({}, 3, m_pool, progress).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(MatrixLevels::build({1, 2}, 0, m_pool, progress).error().code, ErrorCode::InvalidArgument);
}

void MatrixLevelsTest::reportsAndStops() {
    test::StoppingProgress never(1000000);
    QVERIFY(MatrixLevels::build(std::vector<float>(1000000), 100, m_pool, never).ok());
    QCOMPARE(never.reports.back().done, std::uint64_t(10000));
    test::StoppingProgress soon(1);
    QCOMPARE(MatrixLevels::build(std::vector<float>(1000000), 100, m_pool, soon).error().code,
             ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(MatrixLevelsTest)
#include "matrix_levels_test.moc"

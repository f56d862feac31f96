// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/sinusoidal.h"

#include "core/position/position_limits.h"
#include "tests/support/stopping_progress.h"

#include <cmath>
#include <limits>
#include <numeric>

#include <QTest>

using namespace lexiscope;

class SinusoidalTest : public QObject {
    Q_OBJECT

  private:
    std::vector<float> matrix(const SinusoidalOptions& options) {
        NoProgress progress;
        return sinusoidalMatrix(options, m_pool, progress).value();
    }
    WorkerPool m_pool{3};

  private slots:
    void byHand();
    void equalsThePaper_data();
    void equalsThePaper();
    void equalsNumpy();
    void splitHoldsTheSameNumbers();
    void rowsAndTermsAreThoseOfTheMatrix();
    void onePosition();
    void oneDimension();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void reportsAndStops();
};

void SinusoidalTest::byHand() {
    // D = 4, base 100: the second pair is ten times as slow.
    const std::vector<float> values = matrix({2, 4, 100});
    const std::vector<double> expected = {0, 1, 0, 1, std::sin(1), std::cos(1), std::sin(0.1), std::cos(0.1)};
    QCOMPARE(values.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(values[i], static_cast<float>(expected[i]));
    }
}

void SinusoidalTest::equalsThePaper_data() {
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("dimension");
    QTest::addColumn<double>("base");
    QTest::newRow("2,048 × 768") << 2048 << 768 << 10000.0;
    QTest::newRow("an odd dimension") << 300 << 101 << 10000.0;
    QTest::newRow("another base") << 300 << 64 << 500000.0;
    QTest::newRow("a base below 1") << 20 << 6 << 0.5;
}

void SinusoidalTest::equalsThePaper() {
    QFETCH(int, length);
    QFETCH(int, dimension);
    QFETCH(double, base);
    const std::vector<float> values =
        matrix({static_cast<std::size_t>(length), static_cast<std::size_t>(dimension), base});
    double worst = 0;
    for (int p = 0; p < length; ++p) {
        for (int d = 0; d < dimension; ++d) {
            // The power as an exponential, and the cosine as a sine a quarter of a turn ahead.
            const long double slowness = std::log(static_cast<long double>(base)) * (d - d % 2) / dimension;
            const long double angle = p * std::exp(-slowness);
            const long double expected = std::sin(angle + (d % 2) * std::acos(0.0L));
            const auto at = static_cast<std::size_t>(p * dimension + d);
            worst = std::max(worst, std::abs(static_cast<double>(values[at] - expected)));
        }
    }
    QVERIFY2(worst < 1e-6, qPrintable(QString::number(worst)));
}

void SinusoidalTest::equalsNumpy() {
    // p = arange(2048)[:, None]; a = p / 10000 ** (2 * arange(384) / 768); sin and cos of a, in float64.
    const std::vector<float> values = matrix({2048, 768});
    const auto at = [&](std::size_t p, std::size_t d) { return static_cast<double>(values[p * 768 + d]); };
    QVERIFY(std::abs(at(1, 0) - 0.8414709848078965) < 1e-7);
    QVERIFY(std::abs(at(1, 1) - 0.5403023058681397) < 1e-7);
    QVERIFY(std::abs(at(4, 12) + 0.31671542849222634) < 1e-7);
    QVERIFY(std::abs(at(2047, 0) + 0.9683193119086264) < 1e-7);
    QVERIFY(std::abs(at(2047, 767) - 0.978099832688044) < 1e-7);
    QVERIFY(std::abs(at(1023, 500) - 0.5617243121612514) < 1e-7);
    QVERIFY(std::abs(at(1500, 33) + 0.605429307728711) < 1e-7);
    QVERIFY(std::abs(std::accumulate(values.begin(), values.end(), 0.0) - 296193.63834909745) < 0.01);

    const std::vector<float> odd = matrix({50, 7, 100});
    const std::vector<double> last = {-0.953752652759472, 0.30059254374363714, 0.5470522524677562,
                                      0.8370984607977453, -0.3754360028082258, -0.9268483197348861,
                                      0.8111067717490283};
    for (std::size_t d = 0; d < last.size(); ++d) {
        QVERIFY(std::abs(static_cast<double>(odd[49 * 7 + d]) - last[d]) < 1e-7);
    }
}

void SinusoidalTest::splitHoldsTheSameNumbers() {
    for (const std::size_t dimension : {std::size_t(6), std::size_t(7), std::size_t(1)}) {
        const std::vector<float> beside = matrix({9, dimension});
        const std::vector<float> split = matrix({9, dimension, 10000, SinusoidalLayout::Split});
        const std::size_t sines = (dimension + 1) / 2;
        for (std::size_t p = 0; p < 9; ++p) {
            for (std::size_t d = 0; d < dimension; ++d) {
                const std::size_t there = d % 2 == 0 ? d / 2 : sines + d / 2;
                QCOMPARE(split[p * dimension + there], beside[p * dimension + d]);
            }
        }
    }
}

void SinusoidalTest::rowsAndTermsAreThoseOfTheMatrix() {
    for (const SinusoidalLayout layout : {SinusoidalLayout::Interleaved, SinusoidalLayout::Split}) {
        const SinusoidalOptions options{40, 11, 1000, layout};
        const std::vector<float> values = matrix(options);
        for (std::size_t p = 0; p < 40; ++p) {
            std::vector<float> row(11);
            sinusoidalRow(options, p, row);
            for (std::size_t d = 0; d < 11; ++d) {
                const SinusoidalTerm term = sinusoidalTerm(options, p, d);
                QCOMPARE(row[d], values[p * 11 + d]);
                QCOMPARE(static_cast<float>(term.value), values[p * 11 + d]);
                QCOMPARE(term.value, term.isSine ? std::sin(term.angle) : std::cos(term.angle));
                QVERIFY(std::abs(term.angle - static_cast<double>(p) * std::pow(1000, -term.exponent)) <
                        1e-12);
                QCOMPARE(term.exponent, 2.0 * static_cast<double>(term.pair) / 11.0);
            }
        }
    }
    const SinusoidalTerm term = sinusoidalTerm({1, 128}, 4, 12);
    QVERIFY(term.isSine);
    QCOMPARE(term.pair, std::size_t(6));
    QCOMPARE(term.exponent, 12.0 / 128);
}

void SinusoidalTest::onePosition() {
    QCOMPARE(matrix({1, 5}), (std::vector<float>{0, 1, 0, 1, 0}));
}

void SinusoidalTest::oneDimension() {
    const std::vector<float> values = matrix({4, 1});
    for (std::size_t p = 0; p < 4; ++p) {
        QCOMPARE(values[p], static_cast<float>(std::sin(static_cast<double>(p))));
    }
}

void SinusoidalTest::refusesWhatMakesNoSense_data() {
    QTest::addColumn<SinusoidalOptions>("options");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* name, const SinusoidalOptions& options, const char* where) {
        QTest::newRow(name) << options << QString::fromLatin1(where);
    };
    constexpr double infinite = std::numeric_limits<double>::infinity();
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    row("no positions", {0, 8}, "length");
    row("no dimension", {8, 0}, "dimension");
    row("too long", {mostPositions + 1, 1}, "length");
    row("beyond all memory", {all, all}, "length");
    row("too wide", {1, mostPositionDimensions + 1}, "dimension");
    row("too much together", {mostPositions, 257}, "positions");
    row("a base of zero", {8, 8, 0}, "base");
    row("a base below zero", {8, 8, -1}, "base");
    row("a base without end", {8, 8, infinite}, "base");
    row("a base that is no number", {8, 8, std::nan("")}, "base");
}

void SinusoidalTest::refusesWhatMakesNoSense() {
    QFETCH(SinusoidalOptions, options);
    QFETCH(QString, where);
    const Result<Done> sound = validate(options);
    QVERIFY(!sound.ok());
    QCOMPARE(sound.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(QString::fromStdString(sound.error().where), where);
    QVERIFY(!sound.error().hint.empty());
    NoProgress progress;
    const Result<std::vector<float>> values = sinusoidalMatrix(options, m_pool, progress);
    QVERIFY(!values.ok());
    QVERIFY(values.error() == sound.error());
}

void SinusoidalTest::reportsAndStops() {
    test::StoppingProgress never(1000000);
    QVERIFY(sinusoidalMatrix({5000, 256}, m_pool, never).ok());
    QVERIFY(never.reports.size() > 1);
    QCOMPARE(never.reports.back().done, std::uint64_t(5000));
    QCOMPARE(never.reports.back().total, std::uint64_t(5000));
    test::StoppingProgress soon(1);
    const Result<std::vector<float>> stopped = sinusoidalMatrix({5000, 256}, m_pool, soon);
    QVERIFY(!stopped.ok());
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(soon.reports.back().done < 5000);
}

QTEST_GUILESS_MAIN(SinusoidalTest)
#include "sinusoidal_test.moc"

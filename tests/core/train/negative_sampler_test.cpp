// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/negative_sampler.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

std::vector<std::uint64_t> drawnOften(const NegativeSampler& sampler, std::size_t words, std::uint64_t draws,
                                      std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<std::uint64_t> met(words);
    for (std::uint64_t i = 0; i < draws; ++i) {
        ++met.at(sampler.draw(random));
    }
    return met;
}

/// Pearson's chi-square of what was drawn against count^exponent.
double chiSquare(const std::vector<std::uint64_t>& counts, double exponent, std::uint64_t draws) {
    const std::vector<std::uint64_t> met =
        drawnOften(NegativeSampler(counts, exponent), counts.size(), draws, 42);
    double sum = 0;
    for (const std::uint64_t count : counts) {
        sum += std::pow(static_cast<double>(count), exponent);
    }
    double result = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double expected =
            static_cast<double>(draws) * std::pow(static_cast<double>(counts[i]), exponent) / sum;
        const double apart = static_cast<double>(met[i]) - expected;
        result += apart * apart / expected;
    }
    return result;
}

/// Word i in the manner of Zipf's law.
std::vector<std::uint64_t> zipf(std::size_t words) {
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < words; ++i) {
        counts.push_back(1'000'000 / (i + 1) + 1);
    }
    return counts;
}

}  // namespace

class NegativeSamplerTest : public QObject {
    Q_OBJECT

  private slots:
    // Chi-square has mean n - 1 and variance 2 (n - 1); five deviations above is one seed in a million.
    void drawsInProportion_data() {
        QTest::addColumn<std::vector<std::uint64_t>>("counts");
        QTest::addColumn<double>("exponent");
        QTest::newRow("two words") << std::vector<std::uint64_t>{1000, 1} << 0.75;
        QTest::newRow("equal words") << std::vector<std::uint64_t>(37, 5) << 0.75;
        QTest::newRow("as Zipf") << zipf(1000) << 0.75;
        QTest::newRow("as they are") << zipf(100) << 1.0;
        QTest::newRow("all alike") << zipf(100) << 0.0;
    }
    void drawsInProportion() {
        QFETCH(std::vector<std::uint64_t>, counts);
        QFETCH(double, exponent);
        const auto freedom = static_cast<double>(counts.size() - 1);
        const double found = chiSquare(counts, exponent, 2'000'000);
        QVERIFY2(found < freedom + 5 * std::sqrt(2 * freedom) + 10, qPrintable(QString::number(found)));
    }

    void theTestCouldFail() {
        // Against another exponent the same draws are far off.
        const std::vector<std::uint64_t> counts = zipf(100);
        const std::vector<std::uint64_t> met = drawnOften(NegativeSampler(counts, 0.75), 100, 100'000, 42);
        const double ratio = static_cast<double>(met[0]) / static_cast<double>(met[99]);
        QVERIFY2(ratio > 20 && ratio < 50, qPrintable(QString::number(ratio)));  // 100^0.75 = 31.6
    }

    void oneWord() {
        const std::vector<std::uint64_t> counts = {9};
        QCOMPARE(drawnOften(NegativeSampler(counts), 1, 1000, 1)[0], std::uint64_t(1000));
    }

    void chancesAreThoseOfTheDraws() {
        const std::vector<std::uint64_t> counts = zipf(50);
        std::vector<std::uint32_t> words(50);
        std::iota(words.begin(), words.end(), 0U);
        const std::vector<double> chances = chancesOfDraw(counts, words);
        QVERIFY(std::abs(std::accumulate(chances.begin(), chances.end(), 0.0) - 1) < 1e-12);
        const std::vector<std::uint64_t> met = drawnOften(NegativeSampler(counts), 50, 2'000'000, 8);
        for (const std::uint32_t word : {0U, 7U, 49U}) {
            const double expected = 2e6 * chances[word];
            QVERIFY(std::abs(static_cast<double>(met[word]) - expected) < 5 * std::sqrt(expected));
        }
        QCOMPARE(chancesOfDraw(counts, std::vector<std::uint32_t>{7, 7})[1], chances[7]);
        QVERIFY(chancesOfDraw(counts, {}).empty());
    }

    void theSeedTellsTheWords() {
        const NegativeSampler sampler(zipf(500));
        QCOMPARE(drawnOften(sampler, 500, 5000, 3), drawnOften(sampler, 500, 5000, 3));
        QVERIFY(drawnOften(sampler, 500, 5000, 3) != drawnOften(sampler, 500, 5000, 4));
    }

    void randomNumbersAreThoseOfSplitMix() {
        // As Java's SplittableRandom(1234567).nextLong() gives them (Vigna's splitmix64.c likewise).
        RandomSource random(1234567);
        QCOMPARE(random.next(), std::uint64_t(6457827717110365317U));
        QCOMPARE(random.next(), std::uint64_t(3203168211198807973U));
        QCOMPARE(random.next(), std::uint64_t(9817491932198370423U));
    }

    void smallNumbersStayInTheirRange() {
        RandomSource random(5);
        std::vector<int> met(7);
        for (int i = 0; i < 70'000; ++i) {
            ++met.at(random.below(7));
            const float unit = random.unit();
            QVERIFY(unit >= 0 && unit < 1);
        }
        for (const int count : met) {
            QVERIFY(count > 9'500 && count < 10'500);
        }
        QCOMPARE(random.below(1), 0U);
    }
};

QTEST_GUILESS_MAIN(NegativeSamplerTest)
#include "negative_sampler_test.moc"

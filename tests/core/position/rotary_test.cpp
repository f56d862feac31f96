// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/rotary.h"

#include <cmath>
#include <limits>
#include <numbers>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr auto interleaved = RotaryLayout::Interleaved;
constexpr auto split = RotaryLayout::Split;

RotaryScaling scaled(RotaryScalingKind kind, double factor, std::size_t originalLength) {
    RotaryScaling scaling;
    scaling.kind = kind;
    scaling.factor = factor;
    scaling.originalLength = originalLength;
    return scaling;
}

bool near(const std::vector<double>& values, const std::vector<double>& expected, double relative = 1e-12) {
    bool all = values.size() == expected.size();
    for (std::size_t i = 0; all && i < values.size(); ++i) {
        all = std::abs(values[i] - expected[i]) <= relative * std::abs(expected[i]);
    }
    return all;
}

}  // namespace

class RotaryTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool{2};

    PositionArray table(const RotaryOptions& options) {
        NoProgress progress;
        return rotaryTable(options, m_pool, progress).value();
    }
    std::string refusal(const RotaryOptions& options) {
        NoProgress progress;
        const Result<PositionArray> result = rotaryTable(options, m_pool, progress);
        return result.ok() ? "accepted" : result.error().where;
    }

  private slots:
    void theTableByHand();
    void theTermsAreThoseOfTheTable_data();
    void theTermsAreThoseOfTheTable();
    void turningAsTheMatrixOfThePaper();
    void scoresDependOnTheDistanceAlone();
    void scalingAsOtherProgramsHaveIt();
    void scalingAtItsCorners();
    void wavelengthsAreWholeTurns();
    void equalRowsScoreLessFarApart();
    void refusesWhatMakesNoSense();
};

void RotaryTest::theTableByHand() {
    const std::vector<double> expected = {1,           1,
                                          0,           0,
                                          std::cos(1), std::cos(0.1),
                                          std::sin(1), std::sin(0.1),
                                          std::cos(2), std::cos(0.2),
                                          std::sin(2), std::sin(0.2)};
    const PositionArray halves = table({3, 4, 100});
    const PositionArray pairs = table({3, 4, 100, interleaved});
    QCOMPARE(halves.shape, (std::vector<std::size_t>{3, 4}));
    QCOMPARE(pairs.shape, halves.shape);
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 4; ++column) {
            const double value = expected[4 * row + column];
            const std::size_t woven = column % 2 * 2 + column / 2;
            QVERIFY(std::abs(static_cast<double>(halves.values[4 * row + column]) - value) < 1e-7);
            QVERIFY(std::abs(static_cast<double>(pairs.values[4 * row + woven]) - value) < 1e-7);
        }
    }
}

void RotaryTest::theTermsAreThoseOfTheTable_data() {
    QTest::addColumn<std::size_t>("length");
    QTest::addColumn<std::size_t>("dimension");
    QTest::addColumn<double>("base");
    QTest::newRow("usual") << std::size_t(300) << std::size_t(64) << 10000.0;
    QTest::newRow("one pair") << std::size_t(50) << std::size_t(2) << 10000.0;
    QTest::newRow("one position") << std::size_t(1) << std::size_t(64) << 10000.0;
    QTest::newRow("a huge base") << std::size_t(40) << std::size_t(128) << 1e9;
}

void RotaryTest::theTermsAreThoseOfTheTable() {
    QFETCH(std::size_t, length);
    QFETCH(std::size_t, dimension);
    QFETCH(double, base);
    for (const RotaryLayout layout : {split, interleaved}) {
        for (const RotaryScalingKind kind :
             {RotaryScalingKind::None, RotaryScalingKind::Linear, RotaryScalingKind::Dynamic,
              RotaryScalingKind::Yarn, RotaryScalingKind::Llama3}) {
            const RotaryOptions options{length, dimension, base, layout, scaled(kind, 4, 16)};
            const PositionArray array = table(options);
            const RotaryWaves waves = rotaryWaves(options);
            for (std::size_t position = 0; position < length; ++position) {
                for (std::size_t pair = 0; pair < dimension / 2; ++pair) {
                    const auto [first, second] = rotaryPair(options, pair);
                    const RotaryTerm cosine = rotaryTerm(options, waves, position, first);
                    const RotaryTerm sine = rotaryTerm(options, waves, position, second);
                    QVERIFY(cosine.isCosine && !sine.isCosine);
                    QVERIFY(cosine.pair == pair && sine.pair == pair);
                    QCOMPARE(array.values[position * dimension + first], static_cast<float>(cosine.value));
                    QCOMPARE(array.values[position * dimension + second], static_cast<float>(sine.value));
                    QVERIFY(std::abs(std::hypot(cosine.value, sine.value) - waves.amplitude) < 1e-12);
                }
            }
        }
    }
}

void RotaryTest::turningAsTheMatrixOfThePaper() {
    // Equation 15: neighbours are turned, by 1 and by a tenth for each position.
    const RotaryOptions options{8, 4, 100, interleaved};
    const std::vector<float> row = {1, 2, -3, 0.5F};
    std::vector<double> turned(4);
    turnRow(options, rotaryWaves(options), 3, row, turned);
    QVERIFY(
        near(turned, {std::cos(3) - 2 * std::sin(3), std::sin(3) + 2 * std::cos(3),
                      -3 * std::cos(0.3) - 0.5 * std::sin(0.3), -3 * std::sin(0.3) + 0.5 * std::cos(0.3)}));
    // The other layout turns the same pairs, kept in other places.
    const RotaryOptions halves{8, 4, 100, split};
    std::vector<double> apart(4);
    turnRow(halves, rotaryWaves(halves), 3, std::vector<float>{1, -3, 2, 0.5F}, apart);
    QCOMPARE(apart, (std::vector<double>{turned[0], turned[2], turned[1], turned[3]}));
}

void RotaryTest::scoresDependOnTheDistanceAlone() {
    const std::vector<float> query = {1, 2, 3, 4, -1, 0.5F, 0.25F, 2};
    const std::vector<float> key = {0.5F, -2, 1, 1, 3, 0, 2, -1};
    for (const RotaryLayout layout : {split, interleaved}) {
        const RotaryOptions options{64, 8, 10000, layout, scaled(RotaryScalingKind::Yarn, 2, 32)};
        const RotaryWaves waves = rotaryWaves(options);
        const auto score = [&](std::size_t p, std::size_t q) {
            std::vector<double> a(8);
            std::vector<double> b(8);
            turnRow(options, waves, p, query, a);
            turnRow(options, waves, q, key, b);
            double sum = 0;
            for (std::size_t i = 0; i < 8; ++i) {
                sum += a[i] * b[i];
            }
            return sum;
        };
        for (std::size_t p = 7; p < 64; ++p) {
            QVERIFY(std::abs(score(p, p - 7) - score(7, 0)) < 1e-12);
        }
        QVERIFY(std::abs(score(8, 0) - score(7, 0)) > 0.01);
    }
}

void RotaryTest::scalingAsOtherProgramsHaveIt() {
    // Reciprocals of the frequencies that NumPy gives for the formulas of Hugging Face Transformers.
    const auto divisors = [](std::size_t length, double base, RotaryScalingKind kind, double factor,
                             std::size_t original) {
        return rotaryWaves({length, 8, base, split, scaled(kind, factor, original)}).divisors;
    };
    QVERIFY(near(divisors(9, 10000, RotaryScalingKind::Linear, 4, 1), {4, 40, 400, 4000}));
    QVERIFY(near(divisors(4096, 10000, RotaryScalingKind::Dynamic, 2, 1024),
                 {1.0, 19.12931182772389, 365.93057100229714, 6999.999999999999}));
    QVERIFY(near(divisors(4096, 10000, RotaryScalingKind::Yarn, 4, 1024),
                 {1.0, 13.333333333333332, 199.99999999999997, 4000.0}));
    QVERIFY(near(divisors(8192, 500000, RotaryScalingKind::Llama3, 8, 8192),
                 {1.0, 26.591479484724946, 1905.3202144188365, 150424.12372345573}));
    const RotaryOptions yarn{4096, 8, 10000, split, scaled(RotaryScalingKind::Yarn, 4, 1024)};
    QVERIFY(std::abs(rotaryWaves(yarn).amplitude - 1.138629436111989) < 1e-15);
    RotaryOptions own = yarn;
    own.scaling.attentionFactor = 0.5;
    QCOMPARE(rotaryWaves(own).amplitude, 0.5);
    QVERIFY(std::abs(table(own).values[0] - 0.5F) < 1e-7F);
}

void RotaryTest::scalingAtItsCorners() {
    for (const RotaryScalingKind kind : {RotaryScalingKind::Linear, RotaryScalingKind::Dynamic,
                                         RotaryScalingKind::Yarn, RotaryScalingKind::Llama3}) {
        // A factor of 1 changes nothing, for texts no longer than the original ones.
        const RotaryOptions plain{64, 16, 1e9, interleaved};
        RotaryOptions options = plain;
        options.scaling = scaled(kind, 1, 64);
        QVERIFY(near(rotaryWaves(options).divisors, rotaryWaves(plain).divisors));
        QCOMPARE(rotaryWaves(options).amplitude, 1.0);
        // One pair turns by 1, and by that divided by the factor where it is slowed.
        for (const std::size_t original : {std::size_t(1), std::size_t(4096)}) {
            const double only = rotaryWaves({100, 2, 10000, split, scaled(kind, 8, original)}).divisors.at(0);
            const bool isSlowed =
                kind == RotaryScalingKind::Linear || (kind == RotaryScalingKind::Llama3 && original == 1);
            QCOMPARE(only, isSlowed ? 8.0 : 1.0);
        }
    }
    // The dynamic base grows only beyond the original length.
    const auto slowest = [](std::size_t length) {
        return rotaryWaves({length, 8, 10000, split, scaled(RotaryScalingKind::Dynamic, 2, 1024)})
            .divisors.back();
    };
    QCOMPARE(slowest(1), slowest(1024));
    QVERIFY(slowest(1025) > slowest(1024));
}

void RotaryTest::wavelengthsAreWholeTurns() {
    const std::vector<double> lengths = wavelengths(rotaryWaves({16, 4, 100}));
    QVERIFY(near(lengths, {2 * std::numbers::pi, 20 * std::numbers::pi}));
    const std::vector<double> slow =
        wavelengths(rotaryWaves({16, 4, 100, split, scaled(RotaryScalingKind::Linear, 3, 1)}));
    QVERIFY(near(slow, {6 * std::numbers::pi, 60 * std::numbers::pi}));
}

void RotaryTest::equalRowsScoreLessFarApart() {
    const RotaryOptions options{200, 64};
    const RotaryDecay decay = rotaryDecay(options, 1000);
    QCOMPARE(decay.step, std::size_t(1));
    QCOMPARE(decay.score.size(), std::size_t(200));
    const RotaryWaves waves = rotaryWaves(options);
    const std::vector<float> ones(64, std::sqrt(0.5F));  // pairs of length 1
    std::vector<double> at(64);
    std::vector<double> origin(64);
    turnRow(options, waves, 0, ones, origin);
    for (std::size_t distance = 0; distance < 200; ++distance) {
        turnRow(options, waves, distance, ones, at);
        double score = 0;
        for (std::size_t i = 0; i < 64; ++i) {
            score += origin[i] * at[i];
        }
        QVERIFY(std::abs(decay.score[distance] - score / 32) < 1e-6);
        // The mean of |S_j|, each sum from the start.
        double bound = 0;
        for (std::size_t j = 1; j <= 32; ++j) {
            double real = 0;
            double imaginary = 0;
            for (std::size_t i = 0; i < j; ++i) {
                real += std::cos(static_cast<double>(distance) * std::pow(10000, -2.0 * double(i) / 64));
                imaginary += std::sin(static_cast<double>(distance) * std::pow(10000, -2.0 * double(i) / 64));
            }
            bound += std::hypot(real, imaginary) / 32;
        }
        QVERIFY(std::abs(decay.bound[distance] - bound) < 1e-9);
    }
    QCOMPARE(decay.score[0], 1.0);
    QVERIFY(std::abs(decay.bound[0] - 16.5) < 1e-12);
    const RotaryDecay coarse = rotaryDecay(options, 70);
    QCOMPARE(coarse.step, std::size_t(3));
    QCOMPARE(coarse.score.size(), std::size_t(67));
    QCOMPARE(coarse.score[66], decay.score[198]);
}

void RotaryTest::refusesWhatMakesNoSense() {
    QCOMPARE(refusal({0, 4}), std::string("length"));
    QCOMPARE(refusal({4, 0}), std::string("dimension"));
    QCOMPARE(refusal({4, 5}), std::string("dimension"));
    QCOMPARE(refusal({4, 4, 0}), std::string("base"));
    QCOMPARE(refusal({mostPositions, 512}), std::string("positions"));
    const auto refusalOf = [this](RotaryScaling scaling, double base = 10000) {
        return refusal({4, 4, base, split, scaling});
    };
    constexpr double infinite = std::numeric_limits<double>::infinity();
    for (const double factor : {0.0, 0.99, -2.0, infinite, std::nan("")}) {
        QCOMPARE(refusalOf(scaled(RotaryScalingKind::Linear, factor, 1)), std::string("factor"));
    }
    QCOMPARE(refusalOf(scaled(RotaryScalingKind::None, -1, 0)), std::string("accepted"));
    QCOMPARE(refusalOf(scaled(RotaryScalingKind::Linear, 2, 0)), std::string("accepted"));
    QCOMPARE(refusalOf(scaled(RotaryScalingKind::Dynamic, 2, 0)), std::string("original length"));
    QCOMPARE(refusalOf(scaled(RotaryScalingKind::Yarn, 2, 4), 1), std::string("base"));
    RotaryScaling scaling = scaled(RotaryScalingKind::Yarn, 2, 4);
    scaling.betaFast = scaling.betaSlow;
    QCOMPARE(refusalOf(scaling), std::string("beta"));
    scaling = scaled(RotaryScalingKind::Yarn, 2, 4);
    scaling.attentionFactor = 0;
    QCOMPARE(refusalOf(scaling), std::string("attention factor"));
    scaling = scaled(RotaryScalingKind::Llama3, 2, 4);
    scaling.highFrequencyFactor = 1;
    QCOMPARE(refusalOf(scaling), std::string("frequency factor"));
}

QTEST_GUILESS_MAIN(RotaryTest)
#include "rotary_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/rotary_score.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr std::size_t dimension = 8;

std::vector<float> someQuery() {
    std::vector<float> row;
    for (std::size_t j = 0; j < dimension; ++j) {
        row.push_back(static_cast<float>(0.5 * std::sin(1.0 + 3.0 * double(j))));
    }
    return row;
}
std::vector<float> someKey() {
    std::vector<float> row;
    for (std::size_t j = 0; j < dimension; ++j) {
        row.push_back(static_cast<float>(0.5 * std::cos(2.0 + 5.0 * double(j))));
    }
    return row;
}

RotaryOptions optionsOf(RotaryLayout layout) {
    RotaryOptions options;
    options.dimension = dimension;
    options.layout = layout;
    return options;
}

bool isNear(double found, double expected) {
    return std::abs(found - expected) < 1e-12;
}

}  // namespace

class RotaryScoreTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void byHand() {
        // One pair, one radian a position: a quarter of a turn is π / 2.
        RotaryOptions options;
        options.dimension = 2;
        const std::vector<float> query = {1, 0};
        const std::vector<float> key = {0, 2};
        QCOMPARE(rotaryScore(options, query, 0, key, 0), 0.0);
        // The query 3 ahead is turned by 3 towards the key, which is a quarter of a turn ahead of it.
        QVERIFY(isNear(rotaryScore(options, query, 3, key, 0), 2 * std::sin(3.0)));
        QVERIFY(isNear(rotaryScore(options, query, 0, key, 3), -2 * std::sin(3.0)));
        QVERIFY(isNear(rotaryScore(options, query, 7, query, 2), std::cos(5.0)));
    }

    // With complex numbers in NumPy, float64: Re(q · e^(i m θ) · conj(k · e^(i n θ))).
    void equalsNumpy_data() {
        QTest::addColumn<bool>("isSplit");
        QTest::addColumn<int>("query");
        QTest::addColumn<int>("key");
        QTest::addColumn<double>("score");
        const auto add = [](bool isSplit, int query, int key, double score) {
            QTest::addRow("%s %d %d", isSplit ? "split" : "interleaved", query, key)
                << isSplit << query << key << score;
        };
        add(false, 0, 0, -0.10860546861156829);
        add(false, 5, 2, 0.37047490143294065);
        add(false, 105, 102, 0.37047490143294065);
        add(false, 2, 5, 0.3127893008883995);
        add(false, 63, 0, -0.13333945021706575);
        add(true, 0, 0, -0.10860546861156829);
        add(true, 5, 2, 0.29168550742740507);
        add(true, 105, 102, 0.2916855074274052);
        add(true, 2, 5, 0.2682851352729304);
        add(true, 63, 0, -0.10909530467119756);
    }
    void equalsNumpy() {
        QFETCH(const bool, isSplit);
        QFETCH(const int, query);
        QFETCH(const int, key);
        QFETCH(const double, score);
        const RotaryOptions options = optionsOf(isSplit ? RotaryLayout::Split : RotaryLayout::Interleaved);
        const double found = rotaryScore(options, someQuery(), static_cast<std::size_t>(query), someKey(),
                                         static_cast<std::size_t>(key));
        QVERIFY2(isNear(found, score), qPrintable(QString::number(found, 'g', 17)));
        const std::vector<double> scores = rotaryScores(options, someQuery(), someKey(), 63);
        QCOMPARE(scores.size(), std::size_t(127));
        QVERIFY(isNear(scores[static_cast<std::size_t>(63 + query - key)], score));
    }

    void onlyTheDifferenceCounts() {
        for (const RotaryLayout layout : {RotaryLayout::Interleaved, RotaryLayout::Split}) {
            const RotaryOptions options = optionsOf(layout);
            const std::vector<double> scores = rotaryScores(options, someQuery(), someKey(), 127);
            for (const auto& [query, key] : {std::pair(9, 9), std::pair(14, 3), std::pair(3, 127)}) {
                const auto at = static_cast<std::size_t>(127 + query - key);
                const std::vector<double> slide =
                    rotarySlide(options, someQuery(), static_cast<std::size_t>(query), someKey(),
                                static_cast<std::size_t>(key), 127);
                QCOMPARE(slide.size(), static_cast<std::size_t>(128 - std::abs(query - key)));
                for (const double score : slide) {
                    QVERIFY(isNear(score, scores[at]));
                }
                // The place where they stand is one of them.
                const auto place = static_cast<std::size_t>(std::min(query, key));
                QCOMPARE(slide[place], rotaryScore(options, someQuery(), static_cast<std::size_t>(query),
                                                   someKey(), static_cast<std::size_t>(key)));
            }
            // And it does count.
            QVERIFY(std::abs(scores[127] - scores[128]) > 0.01);
            QVERIFY(std::abs(scores[126] - scores[128]) > 0.01);
        }
    }

    void scalingChangesTheWavesAlone() {
        RotaryOptions options = optionsOf(RotaryLayout::Split);
        options.scaling.kind = RotaryScalingKind::Linear;
        options.scaling.factor = 4;
        const RotaryOptions plain = optionsOf(RotaryLayout::Split);
        QVERIFY(isNear(rotaryScore(options, someQuery(), 20, someKey(), 8),
                       rotaryScore(plain, someQuery(), 5, someKey(), 2)));
        options.scaling.kind = RotaryScalingKind::Yarn;
        const double amplitude = rotaryWaves(options).amplitude;
        QVERIFY(amplitude > 1);
        const std::vector<double> scores = rotaryScores(options, someQuery(), someKey(), 3);
        QVERIFY(isNear(scores[3], amplitude * amplitude * -0.10860546861156829));
        QVERIFY(isNear(scores[5], rotaryScore(options, someQuery(), 9, someKey(), 7)));
    }

    void theTellingPair() {
        const std::vector<float> query = {1, 0, 3, 4, 9, 0, 0, 0};
        const std::vector<float> key = {5, 0, 0, 2, 0, 0, 7, 7};
        QCOMPARE(tellingPair(optionsOf(RotaryLayout::Interleaved), query, key), std::size_t(1));
        // Pairs (0, 4), (1, 5), (2, 6), (3, 7): lengths √82 · 5, 0, 3 · 7, 4 · √53.
        QCOMPARE(tellingPair(optionsOf(RotaryLayout::Split), query, key), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(RotaryScoreTest)
#include "rotary_score_test.moc"

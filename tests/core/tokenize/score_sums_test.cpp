// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/score_sums.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

std::vector<double> randomScores(std::mt19937& random, bool keepsFloats) {
    std::vector<double> scores;
    for (int i = 0; i < 6; ++i) {
        // Some of few bits, which end between two steps for many sums.
        const double fine = -static_cast<double>(random()) / 4e8;
        const double coarse = -static_cast<double>(random() % 64) / (1U << (random() % 12));
        const double score = random() % 2 == 0 ? fine : coarse;
        scores.push_back(keepsFloats ? static_cast<float>(score) : score);
    }
    return scores;
}

}  // namespace

class ScoreSumsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void goingOnAlikeIsToAddAsMuch_data() {
        QTest::addColumn<bool>("keepsFloats");
        QTest::newRow("float32") << true;
        QTest::newRow("float64") << false;
    }
    void goingOnAlikeIsToAddAsMuch() {
        QFETCH(const bool, keepsFloats);
        std::mt19937 random(8);
        int alike = 0;
        int other = 0;
        for (int round = 0; round < 20000; ++round) {
            const std::vector<double> scores = randomScores(random, keepsFloats);
            const ScoreSums sums(scores, keepsFloats);
            QVERIFY(sums.hasClasses());
            const auto kept = [&](double sum) { return keepsFloats ? static_cast<float>(sum) : sum; };
            const double scale = std::exp2(static_cast<double>(random() % 16) + 5);
            const double begin = kept(-scale * (1 + static_cast<double>(random()) / 5e9));
            double second = begin;
            for (std::size_t steps = random() % 8; steps > 0; --steps) {
                second = kept(second + (keepsFloats ? scores[random() % scores.size()]
                                                    : std::nextafter(second, -1e9) - second));
            }
            std::vector<double> way;
            double lowest = begin;
            double one = begin;
            double two = second;
            bool isAlike = true;
            for (int step = 0; step < 6; ++step) {
                const double score = scores[random() % scores.size()];
                const double tried = scores[random() % scores.size()];
                lowest = std::min({lowest, one + score, one + tried});
                // What a lattice compares: a sum kept, and another one tried.
                isAlike = isAlike && (one + tried > kept(one + score)) == (two + tried > kept(two + score));
                one = kept(one + score);
                two = kept(two + score);
            }
            if (sums.goesOnAlike(begin, lowest, second)) {
                QVERIFY(isAlike);
                QCOMPARE(one - begin, two - second);
                ++alike;
            } else {
                ++other;
            }
        }
        QVERIFY(alike > 2000);
        QVERIFY(other > 500);
    }

    void classesNeedScoresThatTakeAway() {
        const std::vector<double> usual = {-1.5, 0, -3};
        QVERIFY(ScoreSums(usual, true).hasClasses());
        const std::vector<double> adding = {-1.5, 0.25};
        QVERIFY(!ScoreSums(adding, true).hasClasses());
        const std::vector<double> none = {-1.5, std::nan("")};
        QVERIFY(!ScoreSums(none, false).hasClasses());
        QVERIFY(!ScoreSums().hasClasses());
        QVERIFY(!ScoreSums().classOf(-1000));
        QVERIFY(!ScoreSums(usual, true).classOf(0));
        QVERIFY(!ScoreSums(usual, true).classOf(-1));
        QVERIFY(ScoreSums(usual, true).classOf(-1000).has_value());
    }

    void anEqualSumGoesOnAlikeWhateverItIs() {
        const ScoreSums sums;
        QVERIFY(sums.goesOnAlike(-3, -INFINITY, -3));
        QVERIFY(!sums.goesOnAlike(-3, -4, -3.5));
    }
};

QTEST_APPLESS_MAIN(ScoreSumsTest)
#include "score_sums_test.moc"

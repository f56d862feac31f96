// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/correlation.h"

#include <cmath>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

using Numbers = std::vector<double>;

bool isClose(double value, double expected) {
    return std::abs(value - expected) < 1e-12;
}

}  // namespace

class CorrelationTest : public QObject {
    Q_OBJECT

  private slots:
    void lines() {
        const Numbers x = {1, 2, 3, 4};
        QVERIFY(isClose(pearsonCorrelation(x, Numbers{3, 5, 7, 9}), 1));
        QVERIFY(isClose(pearsonCorrelation(x, Numbers{3, 1, -1, -3}), -1));
        QVERIFY(isClose(pearsonCorrelation(x, Numbers{1, -1, -1, 1}), 0));
        QVERIFY(isClose(spearmanCorrelation(x, Numbers{1, 8, 9, 1000}), 1));
        QVERIFY(isClose(spearmanCorrelation(x, Numbers{9, 8, 3, -1000}), -1));
    }

    // As scipy.stats.pearsonr and spearmanr 1.10 give them.
    void equalsScipy() {
        const Numbers x = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
        const Numbers y = {2, 7, 1, 8, 2, 8, 1, 8, 2, 8};
        QVERIFY(isClose(pearsonCorrelation(x, y), 0.10492284287735876));
        QVERIFY(isClose(spearmanCorrelation(x, y), 0.13471506281091267));
    }

    void withoutSpreadThereIsNone() {
        for (const Numbers& x : {Numbers{}, Numbers{1}, Numbers{2, 2, 2}}) {
            Numbers y(x.size());
            for (std::size_t i = 0; i < y.size(); ++i) {
                y[i] = static_cast<double>(i);
            }
            QVERIFY(std::isnan(pearsonCorrelation(x, y)));
            QVERIFY(std::isnan(pearsonCorrelation(y, x)));
            QVERIFY(std::isnan(spearmanCorrelation(x, y)));
        }
    }

    void largeOffsetsCostLittle() {
        const Numbers x = {1e9 + 1, 1e9 + 2, 1e9 + 4};
        QVERIFY(std::abs(pearsonCorrelation(x, Numbers{1, 2, 4}) - 1) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(CorrelationTest)
#include "correlation_test.moc"

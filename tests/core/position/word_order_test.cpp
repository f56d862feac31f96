// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/word_order.h"

#include "core/position/input_sum.h"
#include "core/position/sinusoidal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr std::size_t dimension = 6;
constexpr std::size_t count = 5;
constexpr double decay = 0.5;
const std::vector<std::size_t> order = {3, 0, 4, 1, 2};

/// Five rows of six numbers that no two share.
std::vector<float> someRows() {
    std::vector<float> rows;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < dimension; ++j) {
            rows.push_back(static_cast<float>(0.5 * std::sin(1.0 + 7.0 * double(i) + 3.0 * double(j))));
        }
    }
    return rows;
}

std::vector<float> inOrder(const std::vector<float>& rows, const std::vector<std::size_t>& places) {
    std::vector<float> result;
    for (const std::size_t place : places) {
        const auto from = rows.begin() + static_cast<std::ptrdiff_t>(place * dimension);
        result.insert(result.end(), from, from + dimension);
    }
    return result;
}

std::vector<float> withPositions(const std::vector<float>& rows) {
    const SinusoidalOptions options{count, dimension};
    std::vector<float> positions(rows.size());
    for (std::size_t i = 0; i < rows.size() / dimension; ++i) {
        sinusoidalRow(options, i, std::span(positions).subspan(i * dimension, dimension));
    }
    return inputSum(rows, positions);
}

std::vector<TokenId> ids(std::initializer_list<std::uint32_t> values) {
    std::vector<TokenId> result;
    for (const std::uint32_t value : values) {
        result.push_back({value});
    }
    return result;
}

void compare(const std::vector<double>& found, const std::vector<double>& expected) {
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        QVERIFY2(std::abs(found[i] - expected[i]) < 1e-7,
                 qPrintable(QStringLiteral("%1: %2").arg(i).arg(found[i], 0, 'g', 17)));
    }
}

}  // namespace

class WordOrderTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bags() {
        QVERIFY(isSameBag(ids({7, 3, 9}), ids({9, 3, 7})));
        QVERIFY(isSameBag({}, {}));
        QVERIFY(!isSameBag(ids({7, 3, 3}), ids({7, 7, 3})));
        QVERIFY(!isSameBag(ids({7, 3}), ids({7, 3, 3})));
        QCOMPARE(surplus(ids({7, 3, 3, 5}), ids({3, 7, 8})), ids({3, 5}));
        QCOMPARE(surplus(ids({3}), ids({3, 3})), ids({}));
    }

    void placesOfTokens() {
        const auto places = placesIn(ids({4, 1, 4, 4, 2}), ids({1, 4, 9, 4}));
        const std::vector<std::optional<std::size_t>> expected = {1, 0, 3, std::nullopt, std::nullopt};
        QCOMPARE(places, expected);
        QVERIFY(placesIn({}, ids({1})).empty());
    }

    void shufflesAreOrders() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            std::vector<std::size_t> places = shuffledPlaces(9, seed);
            QCOMPARE(places, shuffledPlaces(9, seed));
            std::sort(places.begin(), places.end());
            std::vector<std::size_t> all(9);
            std::iota(all.begin(), all.end(), std::size_t(0));
            QCOMPARE(places, all);
        }
        QVERIFY(shuffledPlaces(9, 1) != shuffledPlaces(9, 2));
        QVERIFY(shuffledPlaces(0, 1).empty());
        QCOMPARE(shuffledPlaces(1, 1), std::vector<std::size_t>{0});
    }

    void eachOrderIsAsLikely() {
        // 6 orders of 3, 6,000 seeds: 1,000 each, give or take four times the root of that.
        std::map<std::vector<std::size_t>, int> found;
        for (std::uint64_t seed = 0; seed < 6000; ++seed) {
            ++found[shuffledPlaces(3, seed)];
        }
        QCOMPARE(found.size(), std::size_t(6));
        for (const auto& [places, times] : found) {
            QVERIFY2(std::abs(times - 1000) < 130, qPrintable(QString::number(times)));
        }
    }

    void meansAndStatesByHand() {
        const std::vector<float> rows = {1, 2, 3, 6, 5, 1};
        QCOMPARE(meanRow(rows, 2), (std::vector<double>{3, 3}));
        QCOMPARE(runningStates(rows, 2, 0.5), (std::vector<double>{1, 2, 3.5, 7, 6.75, 4.5}));
        QCOMPARE(runningStates(rows, 2, 1), (std::vector<double>{1, 2, 4, 8, 9, 9}));
    }

    void attentionByHand() {
        // Scores 0 and 4 · ln 3 / 2 with D = 4: weights 1 to 9.
        const std::vector<float> query = {static_cast<float>(std::log(3.0)), 0, 0, 0};
        const std::vector<float> rows = {0, 1, 0, 0, 4, 0, 0, 1};
        const Attended found = attend(query, rows);
        compare(found.weights, {0.1, 0.9});
        compare(found.output, {3.6, 0.1, 0, 0.9});
        // Large scores do not overflow.
        const std::vector<float> large = {1e4F, 0, 0, 0};
        compare(attend(large, rows).weights, {0, 1});
    }

    void setsByHand() {
        const std::vector<float> a = {0, 0, 3, 4};
        QCOMPARE(setDistance(a, std::vector<float>{3, 4, 0, 0}, 2), 0.0);
        QCOMPARE(setDistance(a, std::vector<float>{0, 0}, 2), 5.0);
        QCOMPARE(setDistance(std::vector<float>{0, 0}, a, 2), 5.0);
        QVERIFY(areSameRows(a, std::vector<float>{3, 4, 0, 0}, 2));
        QVERIFY(!areSameRows(a, std::vector<float>{0, 0, 0, 0}, 2));
        // Each row of one stands in the other, but not as often.
        const std::vector<float> twice = {0, 0, 0, 0, 3, 4};
        const std::vector<float> other = {0, 0, 3, 4, 3, 4};
        QCOMPARE(setDistance(twice, other, 2), 0.0);
        QVERIFY(!areSameRows(twice, other, 2));
        QCOMPARE(placeDistances(twice, a, 2), (std::vector<double>{0, 5}));
    }

    // With what NumPy and SciPy give for the same rows, in float64.
    void equalsNumpy() {
        const std::vector<float> a = someRows();
        const std::vector<float> b = inOrder(a, order);
        const std::span<const float> query = std::span(a).first(dimension);
        const OrderDistances without = orderDistances(a, b, query, decay);
        QVERIFY(without.areSameRows);
        QVERIFY(std::abs(without.states - 1.431123426983015) < 1e-7);
        const OrderDistances with = orderDistances(withPositions(a), withPositions(b), query, decay);
        QVERIFY(!with.areSameRows);
        QVERIFY(std::abs(with.sets - 1.4766420756604461) < 1e-6);
        QVERIFY(std::abs(with.attentions - 0.18301492417823262) < 1e-7);
        QVERIFY(std::abs(with.states - 1.4311234997371853) < 1e-6);
        // Adding up forgets the order even so, but for the rounding of float32.
        QVERIFY(with.means > 0 && with.means < 1e-7);
        compare(meanRow(a, dimension), {0.1808631877414882, -0.20887050032615662, 0.2326972723007202,
                                        -0.2518666058778763, 0.26599483042955396, -0.27479915600270033});
        const Attended found = attend(query, withPositions(a));
        compare(found.weights, {0.1668274618165701, 0.2335985352586195, 0.2608680161573707,
                                0.20624411951619825, 0.1324618672512414});
        compare(found.output, {0.5883310108196464, -0.3612880969708166, 0.3673091437817885,
                               0.6965283682530935, 0.3145791916642853, 0.6830713185136748});
        const std::vector<double> states = runningStates(a, dimension, decay);
        compare({states.end() - dimension, states.end()},
                {-0.16461292770691216, 0.06260254420340061, 0.04066086187958717, -0.14311042800545692,
                 0.24269563890993595, -0.3374232752248645});
        compare(placeDistances(withPositions(a), withPositions(b), dimension),
                {0.595814410516848, 0.47986069102547796, 1.4766419858168758, 0.8316053594732704,
                 1.4766420756604461});
    }

    // Not one bit of what does not look at the order depends on it.
    void noOrderChangesASet() {
        const std::vector<float> rows = someRows();
        const std::span<const float> query = std::span(rows).last(dimension);
        const std::vector<double> mean = meanRow(rows, dimension);
        const Attended attended = attend(query, rows);
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            const std::vector<std::size_t> places = shuffledPlaces(count, seed);
            const std::vector<float> shuffled = inOrder(rows, places);
            QCOMPARE(meanRow(shuffled, dimension), mean);
            const Attended again = attend(query, shuffled);
            QCOMPARE(again.output, attended.output);
            for (std::size_t i = 0; i < count; ++i) {
                QCOMPARE(again.weights[i], attended.weights[places[i]]);
            }
            const OrderDistances distances = orderDistances(rows, shuffled, query, decay);
            QVERIFY(distances.areSameRows);
            QCOMPARE(distances.sets, 0.0);
            QCOMPARE(distances.means, 0.0);
            QCOMPARE(distances.attentions, 0.0);
            QCOMPARE(distances.states == 0, std::is_sorted(places.begin(), places.end()));
        }
    }

    void whatIsNoNumberIsSaid() {
        std::vector<float> rows = someRows();
        rows[8] = std::numeric_limits<float>::quiet_NaN();
        const std::vector<float> shuffled = inOrder(rows, order);
        const OrderDistances distances =
            orderDistances(rows, shuffled, std::span(rows).first(dimension), decay);
        QVERIFY(distances.areSameRows);  // bit for bit
        QVERIFY(std::isnan(distances.sets) && std::isnan(distances.means));
        QVERIFY(std::isnan(distances.attentions) && std::isnan(distances.states));
    }
};

QTEST_GUILESS_MAIN(WordOrderTest)
#include "word_order_test.moc"

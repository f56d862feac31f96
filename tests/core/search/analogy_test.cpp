// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analogy.h"

#include "core/embedding/distances.h"

#include <algorithm>
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

std::shared_ptr<const EmbeddingTable> randomTable(std::size_t rows, std::size_t dimension) {
    std::mt19937 random(21);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    for (float& value : values) {
        value = normal(random);
    }
    return tableOf(dimension, std::move(values));
}

/// 3CosMul as the paper writes it, every row.
std::vector<Neighbor> multiplied(const EmbeddingTable& table, const std::vector<Row>& positive,
                                 const std::vector<Row>& negative, std::size_t k) {
    std::vector<Neighbor> all;
    for (std::uint32_t row = 0; row < table.rows(); ++row) {
        const auto isRow = [row](Row other) { return other.value == row; };
        if (std::any_of(positive.begin(), positive.end(), isRow) ||
            std::any_of(negative.begin(), negative.end(), isRow)) {
            continue;
        }
        double above = 1;
        double below = 1;
        for (const Row other : positive) {
            above *= (1 + cosine(table.row(other), table.row(Row{row}))) / 2;
        }
        for (const Row other : negative) {
            below *= (1 + cosine(table.row(other), table.row(Row{row}))) / 2;
        }
        all.push_back({Row{row}, above / (below + 1e-6)});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Neighbor& a, const Neighbor& b) { return a.score > b.score; });
    all.resize(std::min(k, all.size()));
    return all;
}

}  // namespace

class AnalogyTest : public QObject {
    Q_OBJECT

  private:
    Result<std::vector<Neighbor>> ask(const EmbeddingTable& table, const std::vector<Row>& positive,
                                      const std::vector<Row>& negative, AnalogyMethod method,
                                      std::size_t k = 10) {
        NoProgress progress;
        return analogy(table, nullptr, positive, negative, method, k, m_pool, progress);
    }
    void refused(const EmbeddingTable& table, const std::vector<Row>& positive,
                 const std::vector<Row>& negative, AnalogyMethod method) {
        const auto result = ask(table, positive, negative, method);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    }

    WorkerPool m_pool{2};

  private slots:
    void addByHand();
    void lengthsDoNotMatter();
    void multiplyByHand();
    void multiplyEqualsTheReference();
    void multiplyOppositeRows();
    void onlyNegative();
    void sameRowTwice();
    void refusesWhatHasNoDirection();
    void centralitiesByHand();
    void centralitiesOfOpposites();
    void centralitiesRefuse();
};

void AnalogyTest::addByHand() {
    // right + up - left points at 2·right + up.
    const auto table = tableOf(2, {1, 0, 0, 1, -1, 0, 2, 1, 1, 1});
    const auto result = ask(*table, {Row{0}, Row{1}}, {Row{2}}, AnalogyMethod::Add).value();
    QCOMPARE(result.size(), std::size_t(2));
    QCOMPARE(result[0].row, Row{3});
    QVERIFY(std::abs(result[0].score - 1) < 1e-7);
    QCOMPARE(result[1].row, Row{4});
    QVERIFY(std::abs(result[1].score - 3 / std::sqrt(10.0)) < 1e-7);
}

void AnalogyTest::lengthsDoNotMatter() {
    const auto table = tableOf(2, {100, 0, 0, 0.01F, -7, 0, 2, 1, 1, 1});
    const auto result = ask(*table, {Row{0}, Row{1}}, {Row{2}}, AnalogyMethod::Add).value();
    QCOMPARE(result[0].row, Row{3});
    QVERIFY(std::abs(result[0].score - 1) < 1e-7);
}

void AnalogyTest::multiplyByHand() {
    const auto table = tableOf(2, {1, 0, 0, 1, -1, 0, 2, 1, 1, 1});
    const auto result = ask(*table, {Row{0}, Row{1}}, {Row{2}}, AnalogyMethod::Multiply).value();
    QCOMPARE(result.size(), std::size_t(2));
    const double a = 2 / std::sqrt(5.0);
    const double b = 1 / std::sqrt(5.0);
    QCOMPARE(result[0].row, Row{3});
    QVERIFY(std::abs(result[0].score - (1 + a) / 2 * (1 + b) / 2 / ((1 - a) / 2 + 1e-6)) < 1e-12);
    QCOMPARE(result[1].row, Row{4});
}

void AnalogyTest::multiplyEqualsTheReference() {
    for (const std::size_t dimension : {std::size_t(2), std::size_t(50)}) {
        const auto table = randomTable(4000, dimension);
        const std::vector<Row> positive = {Row{1}, Row{2}, Row{3}};
        const std::vector<Row> negative = {Row{4}, Row{5}};
        const auto result = ask(*table, positive, negative, AnalogyMethod::Multiply, 40).value();
        QCOMPARE(result, multiplied(*table, positive, negative, 40));
    }
}

void AnalogyTest::multiplyOppositeRows() {
    // Opposite to what is subtracted: the quotient is bounded by the small number alone.
    const auto table = tableOf(2, {0, 1, 1, 0, -1, 0, -1, 0.001F, 1, 1, 0, 0});
    const auto result = ask(*table, {Row{0}}, {Row{1}}, AnalogyMethod::Multiply).value();
    QCOMPARE(result, multiplied(*table, {Row{0}}, {Row{1}}, 3));
    QVERIFY(result[0].score > 1e5);
}

void AnalogyTest::onlyNegative() {
    const auto table = tableOf(2, {1, 0, -1, 0, 0, 1});
    const auto result = ask(*table, {}, {Row{0}}, AnalogyMethod::Add).value();
    QCOMPARE(result, (std::vector<Neighbor>{{Row{1}, 1}, {Row{2}, 0}}));
}

void AnalogyTest::sameRowTwice() {
    // Twice to the right, once up: its direction is (2, 1).
    const auto table = tableOf(2, {1, 0, 0, 1, 4, 2, 3, 3});
    const auto result = ask(*table, {Row{0}, Row{0}, Row{1}}, {}, AnalogyMethod::Add).value();
    QCOMPARE(result[0].row, Row{2});
    QVERIFY(std::abs(result[0].score - 1) < 1e-7);
}

void AnalogyTest::refusesWhatHasNoDirection() {
    const float notANumber = std::numeric_limits<float>::quiet_NaN();
    const auto table = tableOf(2, {1, 0, 0, 0, notANumber, 1, 0, 2});
    for (const AnalogyMethod method : {AnalogyMethod::Add, AnalogyMethod::Multiply}) {
        refused(*table, {}, {}, method);
        refused(*table, {Row{1}}, {}, method);
        refused(*table, {Row{0}}, {Row{1}}, method);
        refused(*table, {Row{2}}, {}, method);
        refused(*table, {Row{4}}, {}, method);
    }
    refused(*table, {}, {Row{0}}, AnalogyMethod::Multiply);
    refused(*table, {Row{0}}, {Row{0}}, AnalogyMethod::Add);
}

void AnalogyTest::centralitiesByHand() {
    const auto table = tableOf(2, {5, 0, 3, 4, 0, 0.1F});
    const std::vector<Row> rows = {Row{2}, Row{0}, Row{1}};
    const auto result = centralities(*table, rows).value();
    // Unit vectors (0,1), (1,0), (0.6,0.8); their sum (1.6, 1.8).
    const double length = std::sqrt(1.6 * 1.6 + 1.8 * 1.8);
    QCOMPARE(result.size(), std::size_t(3));
    QVERIFY(std::abs(result[0] - 1.8 / length) < 1e-12);
    QVERIFY(std::abs(result[1] - 1.6 / length) < 1e-12);
    QVERIFY(std::abs(result[2] - (0.6 * 1.6 + 0.8 * 1.8) / length) < 1e-12);
}

void AnalogyTest::centralitiesOfOpposites() {
    const auto table = tableOf(1, {2, -3});
    const std::vector<Row> rows = {Row{0}, Row{1}};
    QCOMPARE(centralities(*table, rows).value(), (std::vector<double>{0, 0}));
}

void AnalogyTest::centralitiesRefuse() {
    const auto table = tableOf(1, {2, 0});
    const std::vector<Row> one = {Row{0}};
    QCOMPARE(centralities(*table, one).error().code, ErrorCode::InvalidArgument);
    const std::vector<Row> zero = {Row{0}, Row{1}};
    QCOMPARE(centralities(*table, zero).error().code, ErrorCode::InvalidArgument);
}

QTEST_APPLESS_MAIN(AnalogyTest)
#include "analogy_test.moc"

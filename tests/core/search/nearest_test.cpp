// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nearest.h"

#include "core/embedding/distances.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <QTest>

using namespace lexiscope;

Q_DECLARE_METATYPE(lexiscope::Metric)

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

std::shared_ptr<const EmbeddingTable> tableOf(std::size_t dimension, std::vector<float> values) {
    const std::size_t rows = values.size() / dimension;
    return EmbeddingTable::owned(std::move(values), rows, dimension);
}

std::shared_ptr<const EmbeddingTable> randomTable(std::size_t rows, std::size_t dimension, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    for (float& value : values) {
        value = normal(random);
    }
    return tableOf(dimension, std::move(values));
}

double scoreOf(Metric metric, std::span<const float> query, std::span<const float> row) {
    switch (metric) {
        case Metric::Cosine:
            return cosine(query, row);
        case Metric::Dot:
            return dot(query, row);
        case Metric::Euclidean:
            return euclidean(query, row);
    }
    return 0;
}

/// The plain way: every row in double precision, all sorted.
std::vector<Neighbor> reference(const EmbeddingTable& table, const NearestQuery& query) {
    std::vector<Neighbor> all;
    const std::size_t rows = query.restrictTo > 0 ? std::min(query.restrictTo, table.rows()) : table.rows();
    for (std::uint32_t row = 0; row < rows; ++row) {
        const double score = scoreOf(query.metric, query.vector, table.row(Row{row}));
        if (std::isfinite(score) &&
            std::find(query.excluded.begin(), query.excluded.end(), Row{row}) == query.excluded.end()) {
            all.push_back({Row{row}, score});
        }
    }
    const bool smallFirst = query.metric == Metric::Euclidean;
    std::stable_sort(all.begin(), all.end(), [smallFirst](const Neighbor& a, const Neighbor& b) {
        return smallFirst ? a.score < b.score : a.score > b.score;
    });
    all.resize(std::min(all.size(), query.k));
    return all;
}

std::vector<std::uint32_t> rowsOf(const std::vector<Neighbor>& neighbors) {
    std::vector<std::uint32_t> rows;
    for (const Neighbor& neighbor : neighbors) {
        rows.push_back(neighbor.row.value);
    }
    return rows;
}

/// Asks to stop after some reports.
class StopAfter final : public Progress {
  public:
    explicit StopAfter(int reports) : m_left(reports) {}
    void report(std::uint64_t done, std::uint64_t total, std::string_view unit) override {
        --m_left;
        grows = grows && done > last && done <= total;
        last = done;
        lastTotal = total;
        lastUnit = unit;
    }
    bool stopRequested() const override { return m_left <= 0; }

    bool grows = true;
    std::uint64_t last = 0;
    std::uint64_t lastTotal = 0;
    std::string lastUnit;

  private:
    int m_left;
};

}  // namespace

class NearestTest : public QObject {
    Q_OBJECT

  private:
    std::vector<Neighbor> ask(const EmbeddingTable& table, const NearestQuery& query,
                              bool withNorms = false) {
        NoProgress progress;
        std::shared_ptr<const RowNorms> norms;
        if (withNorms) {
            norms = RowNorms::compute(table, m_pool, progress).value();
        }
        return nearest(table, norms.get(), query, m_pool, progress).value();
    }

    WorkerPool m_pool{3};

  private slots:
    void byHand();
    void equalsTheReference_data();
    void equalsTheReference();
    void tiesComeInRowOrder();
    void nearTiesAreOrderedInDouble();
    void undefinedRowsAreLeftOut();
    void extremeNumbers_data();
    void extremeNumbers();
    void zeroQuery();
    void queryWithNan();
    void manyNeighbors_data();
    void manyNeighbors();
    void excludedAndRestricted();
    void wrongSizeIsRefused();
    void emptyTable();
    void normsOfEachRow();
    void doesNotDependOnThreads();
    void reportsRows();
    void stops();
};

void NearestTest::byHand() {
    const auto table = tableOf(2, {1, 0, 3, 4, -2, 0, 0, 5});
    NearestQuery query = {{2, 0}, Metric::Cosine, 4, {}, 0};
    QCOMPARE(ask(*table, query),
             (std::vector<Neighbor>{{Row{0}, 1}, {Row{1}, 0.6}, {Row{3}, 0}, {Row{2}, -1}}));
    query.metric = Metric::Dot;
    QCOMPARE(ask(*table, query),
             (std::vector<Neighbor>{{Row{1}, 6}, {Row{0}, 2}, {Row{3}, 0}, {Row{2}, -4}}));
    query.metric = Metric::Euclidean;
    QCOMPARE(ask(*table, query),
             (std::vector<Neighbor>{
                 {Row{0}, 1}, {Row{2}, 4}, {Row{1}, std::sqrt(17.0)}, {Row{3}, std::sqrt(29.0)}}));
}

void NearestTest::equalsTheReference_data() {
    QTest::addColumn<Metric>("metric");
    QTest::addColumn<int>("dimension");
    QTest::addColumn<bool>("norms");
    for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean}) {
        for (const int dimension : {1, 3, 16, 31, 100, 768}) {
            for (const bool norms : {false, true}) {
                QTest::addRow("%s %d%s", name(metric).data(), dimension, norms ? " norms" : "")
                    << metric << dimension << norms;
            }
        }
    }
}

void NearestTest::equalsTheReference() {
    QFETCH(Metric, metric);
    QFETCH(int, dimension);
    QFETCH(bool, norms);
    const auto table = randomTable(5000, static_cast<std::size_t>(dimension), 7);
    for (const std::uint32_t row : {0u, 17u, 4999u}) {
        const NearestQuery query = {table->row(Row{row}), metric, 20, {Row{row}, Row{3}}, 0};
        QCOMPARE(ask(*table, query, norms), reference(*table, query));
    }
}

void NearestTest::tiesComeInRowOrder() {
    std::vector<float> values;
    for (int row = 0; row < 3000; ++row) {
        values.insert(values.end(), {0.1F, 0.2F, 0.3F});
    }
    const auto table = tableOf(3, std::move(values));
    for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean}) {
        QCOMPARE(rowsOf(ask(*table, {{1, 2, 4}, metric, 5, {Row{1}}, 0})),
                 (std::vector<std::uint32_t>{0, 2, 3, 4, 5}));
    }
}

void NearestTest::nearTiesAreOrderedInDouble() {
    // 2000 rows whose scores differ by less than float can tell apart: each a little nearer than the one
    // before.
    constexpr std::size_t dimension = 300;
    std::vector<float> values;
    for (int row = 0; row < 2000; ++row) {
        for (std::size_t i = 0; i < dimension; ++i) {
            values.push_back(1.0F);
        }
        values.back() = 1.01F - static_cast<float>(row) * 1e-6F;
    }
    const auto table = tableOf(dimension, std::move(values));
    const std::vector<float> query(dimension, 1.0F);
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
        QCOMPARE(rowsOf(ask(*table, {query, metric, 4, {}, 0})),
                 (std::vector<std::uint32_t>{1999, 1998, 1997, 1996}));
    }
    QCOMPARE(rowsOf(ask(*table, {query, Metric::Dot, 4, {}, 0})), (std::vector<std::uint32_t>{0, 1, 2, 3}));
}

void NearestTest::undefinedRowsAreLeftOut() {
    const auto table = tableOf(2, {0, 0, notANumber, 1, 1, 1, infinity, 0, -infinity, infinity, 2, 0, 0, 0});
    for (const bool norms : {false, true}) {
        QCOMPARE(rowsOf(ask(*table, {{1, 0}, Metric::Cosine, 9, {}, 0}, norms)),
                 (std::vector<std::uint32_t>{5, 2}));
    }
    QCOMPARE(rowsOf(ask(*table, {{1, 0}, Metric::Dot, 9, {}, 0})), (std::vector<std::uint32_t>{5, 2, 0, 6}));
    QCOMPARE(rowsOf(ask(*table, {{1, 0}, Metric::Euclidean, 9, {}, 0})),
             (std::vector<std::uint32_t>{0, 2, 5, 6}));
}

void NearestTest::extremeNumbers_data() {
    QTest::addColumn<float>("scale");
    QTest::newRow("squares overflow float") << 1e30F;
    QTest::newRow("near the largest float") << 3e37F;
    QTest::newRow("squares vanish in float") << 1e-25F;
    QTest::newRow("denormal") << 1e-40F;
}

void NearestTest::extremeNumbers() {
    QFETCH(float, scale);
    const auto small = randomTable(400, 5, 11);
    std::vector<float> values;
    for (std::uint32_t row = 0; row < 400; ++row) {
        for (const float value : small->row(Row{row})) {
            values.push_back(row % 2 == 0 ? value * scale : value);
        }
    }
    const auto table = tableOf(5, std::move(values));
    for (const std::uint32_t row : {2u, 3u}) {
        for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean}) {
            for (const bool norms : {false, true}) {
                const NearestQuery query = {table->row(Row{row}), metric, 30, {}, 0};
                QCOMPARE(ask(*table, query, norms), reference(*table, query));
            }
        }
    }
}

void NearestTest::zeroQuery() {
    const auto table = randomTable(100, 3, 1);
    NoProgress progress;
    const auto refused = nearest(*table, nullptr, {{0, 0, 0}, Metric::Cosine, 5, {}, 0}, m_pool, progress);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(rowsOf(ask(*table, {{0, 0, 0}, Metric::Dot, 3, {}, 0})), (std::vector<std::uint32_t>{0, 1, 2}));
    const NearestQuery query = {{0, 0, 0}, Metric::Euclidean, 5, {}, 0};
    QCOMPARE(ask(*table, query), reference(*table, query));
}

void NearestTest::queryWithNan() {
    const auto table = randomTable(100, 2, 1);
    for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean}) {
        for (const float bad : {notANumber, infinity, -infinity}) {
            NoProgress progress;
            const auto refused = nearest(*table, nullptr, {{bad, 1}, metric, 5, {}, 0}, m_pool, progress);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        }
    }
}

void NearestTest::manyNeighbors_data() {
    QTest::addColumn<qulonglong>("k");
    QTest::newRow("none") << 0ull;
    QTest::newRow("one") << 1ull;
    QTest::newRow("many") << 19000ull;
    QTest::newRow("all") << 20000ull;
    QTest::newRow("more than there are") << 18446744073709551615ull;
}

void NearestTest::manyNeighbors() {
    QFETCH(qulonglong, k);
    const auto table = randomTable(20000, 8, 5);
    const NearestQuery query = {table->row(Row{5}), Metric::Cosine, static_cast<std::size_t>(k), {Row{5}}, 0};
    QCOMPARE(ask(*table, query), reference(*table, query));
}

void NearestTest::excludedAndRestricted() {
    const auto table = tableOf(1, {5, 4, 3, 2, 1});
    QCOMPARE(rowsOf(ask(*table, {{1}, Metric::Dot, 3, {Row{1}, Row{0}, Row{1}}, 0})),
             (std::vector<std::uint32_t>{2, 3, 4}));
    QCOMPARE(rowsOf(ask(*table, {{-1}, Metric::Dot, 2, {}, 3})), (std::vector<std::uint32_t>{2, 1}));
    QCOMPARE(rowsOf(ask(*table, {{1}, Metric::Dot, 9, {Row{4}, Row{99}}, 100})),
             (std::vector<std::uint32_t>{0, 1, 2, 3}));
}

void NearestTest::wrongSizeIsRefused() {
    const auto table = randomTable(10, 3, 1);
    NoProgress progress;
    const auto result = nearest(*table, nullptr, {{1, 2}, Metric::Cosine, 5, {}, 0}, m_pool, progress);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    QVERIFY(result.error().what.find("2") != std::string::npos &&
            result.error().what.find("3") != std::string::npos);
}

void NearestTest::emptyTable() {
    const auto table = EmbeddingTable::owned({}, 0, 4);
    QVERIFY(ask(*table, {{1, 2, 3, 4}, Metric::Cosine, 5, {}, 0}, true).empty());
}

void NearestTest::normsOfEachRow() {
    const auto table = tableOf(2, {3, 4, 0, 0, notANumber, 1, 0, infinity, 3e38F, 3e38F, 1e-45F, 0});
    NoProgress progress;
    const auto norms = RowNorms::compute(*table, m_pool, progress).value();
    QCOMPARE(norms->values().size(), std::size_t(6));
    QCOMPARE(norms->values()[0], 5.0F);
    QCOMPARE(norms->values()[1], 0.0F);
    QVERIFY(std::isnan(norms->values()[2]));
    QVERIFY(std::isnan(norms->values()[3]));
    QCOMPARE(norms->values()[4], std::numeric_limits<float>::max());
    QVERIFY(norms->values()[5] > 0.0F);
}

void NearestTest::doesNotDependOnThreads() {
    const auto table = randomTable(30000, 40, 3);
    const NearestQuery query = {table->row(Row{100}), Metric::Euclidean, 50, {}, 0};
    NoProgress progress;
    const std::vector<Neighbor> expected = reference(*table, query);
    for (const unsigned threads : {1u, 2u, 5u}) {
        WorkerPool pool(threads);
        QCOMPARE(nearest(*table, nullptr, query, pool, progress).value(), expected);
    }
}

void NearestTest::reportsRows() {
    const auto table = randomTable(50000, 32, 3);
    StopAfter progress(1000000);
    QVERIFY(nearest(*table, nullptr, {table->row(Row{0}), Metric::Cosine, 5, {}, 0}, m_pool, progress).ok());
    QVERIFY(progress.grows);
    QCOMPARE(progress.last, std::uint64_t(50000));
    QCOMPARE(progress.lastTotal, std::uint64_t(50000));
    QCOMPARE(progress.lastUnit, std::string("rows"));
}

void NearestTest::stops() {
    const auto table = randomTable(200000, 32, 3);
    StopAfter progress(1);
    const auto result =
        nearest(*table, nullptr, {table->row(Row{0}), Metric::Cosine, 5, {}, 0}, m_pool, progress);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QVERIFY(progress.last < 200000);
    StopAfter normsProgress(1);
    const auto norms = RowNorms::compute(*table, m_pool, normsProgress);
    QVERIFY(!norms.ok());
    QCOMPARE(norms.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(NearestTest)
#include "nearest_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/id_neighbors.h"

#include "core/io/model_loader.h"
#include "core/search/token_lookup.h"
#include "tests/support/data_folder.h"
#include "tests/support/stopping_progress.h"

#include <cmath>
#include <limits>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

std::shared_ptr<const EmbeddingTable> tableOf(std::vector<float> values) {
    const std::size_t rows = values.size() / 2;
    return EmbeddingTable::owned(std::move(values), rows, 2);
}

std::vector<std::uint32_t> rowsOf(const std::vector<Neighbor>& neighbors) {
    std::vector<std::uint32_t> rows;
    for (const Neighbor& neighbor : neighbors) {
        rows.push_back(neighbor.row.value);
    }
    return rows;
}

}  // namespace

class IdNeighborsTest : public QObject {
    Q_OBJECT

  private:
    Result<IdNeighbors> around(const EmbeddingTable& table, std::uint32_t row, std::size_t reach) {
        NoProgress progress;
        return idNeighbors(table, Row{row}, reach, m_pool, progress);
    }
    WorkerPool m_pool{2};

  private Q_SLOTS:
    void byHand() {
        // Row 2 lies along x; rows 0 and 4 nearly so, its neighbours in the table across or against it.
        const auto table = tableOf({4, 3, 0, 1, 2, 0, -1, 0, 1, 0});
        const IdNeighbors neighbors = around(*table, 2, 1).value();
        QCOMPARE(rowsOf(neighbors.byId), (std::vector<std::uint32_t>{1, 2, 3}));
        QCOMPARE(neighbors.byId[0].score, 0.0);
        QCOMPARE(neighbors.byId[1].score, 1.0);
        QCOMPARE(neighbors.byId[2].score, -1.0);
        QCOMPARE(rowsOf(neighbors.byVector), (std::vector<std::uint32_t>{2, 4, 0}));
        QCOMPARE(neighbors.byVector[1].score, 1.0);
        QVERIFY(std::abs(neighbors.byVector[2].score - 0.8) < 1e-12);
        QCOMPARE(neighbors.meanById, -0.5);
        QVERIFY(std::abs(neighbors.meanByVector - 0.9) < 1e-12);
    }

    void theTableEnds() {
        const auto table = tableOf({1, 0, 1, 1, 0, 1});
        QCOMPARE(rowsOf(around(*table, 0, 5).value().byId), (std::vector<std::uint32_t>{0, 1, 2}));
        QCOMPARE(rowsOf(around(*table, 2, 1).value().byId), (std::vector<std::uint32_t>{1, 2}));
        QCOMPARE(rowsOf(around(*table, 2, 5).value().byVector), (std::vector<std::uint32_t>{2, 1, 0}));
        const IdNeighbors alone = around(*tableOf({3, 4}), 0, 5).value();
        QCOMPARE(rowsOf(alone.byId), (std::vector<std::uint32_t>{0}));
        QVERIFY(std::isnan(alone.meanById) && std::isnan(alone.meanByVector));
    }

    void rowsWithoutDirection() {
        const auto table = tableOf({0, 0, 1, 0, notANumber, 1, 1, 1});
        const IdNeighbors neighbors = around(*table, 1, 2).value();
        QVERIFY(std::isnan(neighbors.byId[0].score) && std::isnan(neighbors.byId[2].score));
        QVERIFY(std::abs(neighbors.meanById - std::sqrt(0.5)) < 1e-12);
        QCOMPARE(rowsOf(neighbors.byVector), (std::vector<std::uint32_t>{1, 3}));
        QCOMPARE(around(*table, 0, 2).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(around(*table, 2, 2).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(around(*table, 1, 0).error().code, ErrorCode::InvalidArgument);
    }

    void stops() {
        const auto table = tableOf(std::vector<float>(200000, 1));
        test::StoppingProgress soon(0);
        QCOMPARE(idNeighbors(*table, Row{5}, 5, m_pool, soon).error().code, ErrorCode::Cancelled);
    }

    void theyDifferInARealModel() {
        NoProgress progress;
        const auto model = loadModel(test::builtinModels() / "tiny-gpt2", progress).value();
        const Row row = findToken(*model, "queen").value().row;
        const IdNeighbors neighbors = around(*model->table, row.value, 5).value();
        // Python, float64: W = wte / norm(wte); (W[12955:12966] @ W[12960]), and the ten largest of W @
        // W[12960].
        QCOMPARE(row.value, 12960U);
        QVERIFY2(std::abs(neighbors.meanById - -0.051061591801219476) < 1e-6,
                 qPrintable(QString::number(neighbors.meanById, 'g', 12)));
        QVERIFY2(std::abs(neighbors.meanByVector - 0.6489222842304347) < 1e-6,
                 qPrintable(QString::number(neighbors.meanByVector, 'g', 12)));
    }
};

QTEST_GUILESS_MAIN(IdNeighborsTest)
#include "id_neighbors_test.moc"

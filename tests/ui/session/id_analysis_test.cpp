// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/id_analysis.h"

#include "tests/support/await.h"

#include <cmath>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

std::shared_ptr<const Model> modelOf(std::vector<float> values) {
    auto model = std::make_shared<Model>();
    const std::size_t rows = values.size() / 2;
    model->table = EmbeddingTable::owned(std::move(values), rows, 2);
    return model;
}

}  // namespace

class IdAnalysisTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool;
    JobRunner m_runner{m_pool};

    [[nodiscard]] bool settle() {
        return test::await([this] { return m_runner.isIdle(); });
    }

  private Q_SLOTS:
    void bothLists() {
        IdAnalysis ids(m_runner);
        QSignalSpy changes(&ids, &IdAnalysis::changed);
        const auto model = modelOf({4, 3, 0, 1, 2, 0, -1, 0, 1, 0});
        ids.setInputs(model, Row{2});
        QVERIFY(!ids.isCurrent() && ids.isBusy());
        QVERIFY(settle());
        QVERIFY(ids.isCurrent() && !ids.isBusy());
        QCOMPARE(changes.size(), 2);
        const IdResult& result = *ids.result();
        QCOMPARE(result.byId->neighbors.size(), std::size_t(5));
        QCOMPARE(result.byId->neighbors[0].row, Row{0});
        QCOMPARE(result.byVector->neighbors[0].row, Row{2});
        QCOMPARE(result.byVector->neighbors[1].row, Row{4});
        QCOMPARE(result.byVector->metric, Metric::Cosine);
        QVERIFY(std::abs(result.meanById - 0.2) < 1e-12);  // 0.8, 0, -1, 1
        ids.setInputs(model, Row{2});
        QVERIFY(m_runner.isIdle());
        QCOMPARE(changes.size(), 2);
    }

    void aResultStaysUntilTheNextStands() {
        IdAnalysis ids(m_runner);
        const auto model = modelOf({1, 0, 0, 1, 1, 1});
        ids.setInputs(model, Row{0});
        QVERIFY(settle());
        ids.setInputs(model, Row{1});
        QVERIFY(ids.result() && !ids.isCurrent());
        QVERIFY(settle());
        QCOMPARE(ids.result()->row, Row{1});
        ids.setInputs(nullptr, Row{});
        QVERIFY(!ids.isCurrent() && !ids.isBusy());
    }

    void aRowWithoutDirectionIsToldOf() {
        IdAnalysis ids(m_runner);
        const auto model = modelOf({0, 0, 0, 1});
        ids.setInputs(model, Row{0});
        QVERIFY(settle());
        QVERIFY(ids.failure().has_value());
        ids.setInputs(model, Row{1});
        QVERIFY(settle());
        QVERIFY(!ids.failure().has_value() && ids.isCurrent());
    }

    void itsEndStopsItsJob() {
        {
            IdAnalysis ids(m_runner);
            ids.setInputs(modelOf(std::vector<float>(2000000, 1)), Row{7});
        }
        QVERIFY(settle());
    }
};

QTEST_GUILESS_MAIN(IdAnalysisTest)
#include "id_analysis_test.moc"

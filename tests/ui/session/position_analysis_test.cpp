// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/position_analysis.h"

#include "tests/support/await.h"
#include "tests/support/held_pool.h"

#include <cmath>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

std::shared_ptr<const Model> modelWith(std::vector<float> positions, std::size_t dimension) {
    auto model = std::make_shared<Model>();
    const std::size_t rows = positions.size() / dimension;
    model->positions = EmbeddingTable::owned(std::move(positions), rows, dimension);
    return model;
}

constexpr auto sinusoidal = PositionKind::Sinusoidal;
constexpr auto learned = PositionKind::Learned;

}  // namespace

class PositionAnalysisTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool;
    JobRunner m_runner{m_pool};

    [[nodiscard]] bool settle() {
        return test::await([this] { return m_runner.isIdle(); });
    }

  private Q_SLOTS:
    void nothingIsComputedUnwanted() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(modelWith({1, 2}, 2), {4, 2});
        QVERIFY(m_runner.isIdle());
        QVERIFY(!positions.matrix(sinusoidal));
        QVERIFY(!positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
    }

    void whatWasCancelledCanBeBegunAgain() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(nullptr, {64, 8});
        {
            const test::HeldPool held(m_pool);
            positions.want(sinusoidal, PositionAnalysis::Matrix, true);
            m_runner.cancel(positions.channelOf(sinusoidal, PositionAnalysis::Matrix));
        }
        QVERIFY(settle());
        const auto& failure = positions.failure(sinusoidal, PositionAnalysis::Matrix);
        QVERIFY(failure && failure->code == ErrorCode::Cancelled);
        positions.retry(sinusoidal, PositionAnalysis::Matrix);
        QVERIFY(!failure);
        QVERIFY(settle());
        QVERIFY(positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
    }

    void matricesAndTheirSimilarity() {
        PositionAnalysis positions(m_runner);
        const auto model = modelWith({1, 0, 0, -3, 3, 3}, 2);
        positions.setInputs(model, {5, 4, 100});
        for (const PositionKind kind : {sinusoidal, learned}) {
            positions.want(kind, PositionAnalysis::Matrix, true);
            positions.want(kind, PositionAnalysis::Similarity, true);
        }
        QVERIFY(settle());
        const auto computed = positions.matrix(sinusoidal);
        QVERIFY(computed && positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
        QCOMPARE(computed->levels->rows(), std::size_t(5));
        QCOMPARE(computed->levels->row(3)[2], static_cast<float>(std::sin(0.3)));
        QCOMPARE(computed->limit, 1.0);
        QVERIFY(positions.isCurrent(sinusoidal, PositionAnalysis::Similarity));
        QCOMPARE(positions.similarity(sinusoidal)->matrix, computed);
        QCOMPARE(positions.similarity(sinusoidal)->similarity.positions, std::size_t(5));
        const auto own = positions.matrix(learned);
        QCOMPARE(own->model, model);
        QCOMPARE(own->levels->row(1)[1], -3.0F);
        QCOMPARE(own->limit, 6.5);  // 3 × sqrt(28 / 6), to two digits
        QCOMPARE(positions.similarity(learned)->similarity.values[2], static_cast<float>(std::sqrt(0.5)));
    }

    void newInputsReplaceTheResults() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(nullptr, {5, 4});
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Similarity, true);
        QVERIFY(settle());
        const auto before = positions.similarity(sinusoidal);
        QSignalSpy changes(&positions, &PositionAnalysis::changed);
        positions.setInputs(nullptr, {7, 4});
        QVERIFY(!changes.isEmpty());
        QVERIFY(!positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
        QVERIFY(!positions.isCurrent(sinusoidal, PositionAnalysis::Similarity));
        QCOMPARE(positions.similarity(sinusoidal), before);  // until the new one stands
        QVERIFY(settle());
        QCOMPARE(positions.matrix(sinusoidal)->levels->rows(), std::size_t(7));
        QCOMPARE(positions.similarity(sinusoidal)->similarity.positions, std::size_t(7));
        QVERIFY(positions.isCurrent(sinusoidal, PositionAnalysis::Similarity));
        changes.clear();
        positions.setInputs(nullptr, {7, 4});
        QVERIFY(changes.isEmpty() && m_runner.isIdle());
    }

    void aModelWithoutPositionsHasNoneToShow() {
        PositionAnalysis positions(m_runner);
        positions.want(learned, PositionAnalysis::Matrix, true);
        positions.setInputs(modelWith({1, 0}, 2), {});
        QVERIFY(settle());
        QVERIFY(positions.isCurrent(learned, PositionAnalysis::Matrix));
        positions.setInputs(std::make_shared<Model>(), {});
        QVERIFY(settle());
        QVERIFY(!positions.isCurrent(learned, PositionAnalysis::Matrix));
    }

    void whatMakesNoSenseIsToldOf() {
        PositionAnalysis positions(m_runner);
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Similarity, true);
        positions.setInputs(nullptr, {0, 4});
        QVERIFY(settle());
        QVERIFY(positions.failure(sinusoidal, PositionAnalysis::Matrix).has_value());
        QVERIFY(!positions.matrix(sinusoidal));
        positions.setInputs(nullptr, {2, 4});
        QVERIFY(settle());
        QVERIFY(!positions.failure(sinusoidal, PositionAnalysis::Matrix).has_value());
        QVERIFY(positions.similarity(sinusoidal));
    }

    void manyPositionsAreComparedInSteps() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(nullptr, {3000, 2});
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Similarity, true);
        QVERIFY(settle());
        QCOMPARE(positions.similarity(sinusoidal)->similarity.step, std::size_t(3));
        QCOMPARE(positions.similarity(sinusoidal)->similarity.positions, std::size_t(1000));
    }

    void itsEndStopsItsJobs() {
        {
            PositionAnalysis positions(m_runner);
            positions.setInputs(nullptr, {8192, 4096});
            positions.want(sinusoidal, PositionAnalysis::Matrix, true);
            QVERIFY(!m_runner.isIdle());
        }
        QVERIFY(settle());
    }
};

QTEST_GUILESS_MAIN(PositionAnalysisTest)
#include "position_analysis_test.moc"

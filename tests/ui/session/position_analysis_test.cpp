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

PositionInputs inputs(std::shared_ptr<const Model> model, const SinusoidalOptions& options) {
    PositionInputs made;
    made.model = std::move(model);
    made.sinusoidal = options;
    return made;
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
        positions.setInputs(inputs(modelWith({1, 2}, 2), {4, 2}));
        QVERIFY(m_runner.isIdle());
        QVERIFY(!positions.matrix(sinusoidal));
        QVERIFY(!positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
    }

    void whatWasCancelledCanBeBegunAgain() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(inputs(nullptr, {64, 8}));
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
        positions.setInputs(inputs(model, {5, 4, 100}));
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
        positions.setInputs(inputs(nullptr, {5, 4}));
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Similarity, true);
        QVERIFY(settle());
        const auto before = positions.similarity(sinusoidal);
        QSignalSpy changes(&positions, &PositionAnalysis::changed);
        positions.setInputs(inputs(nullptr, {7, 4}));
        QVERIFY(!changes.isEmpty());
        QVERIFY(!positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
        QVERIFY(!positions.isCurrent(sinusoidal, PositionAnalysis::Similarity));
        QCOMPARE(positions.similarity(sinusoidal), before);  // until the new one stands
        QVERIFY(settle());
        QCOMPARE(positions.matrix(sinusoidal)->levels->rows(), std::size_t(7));
        QCOMPARE(positions.similarity(sinusoidal)->similarity.positions, std::size_t(7));
        QVERIFY(positions.isCurrent(sinusoidal, PositionAnalysis::Similarity));
        changes.clear();
        positions.setInputs(inputs(nullptr, {7, 4}));
        QVERIFY(changes.isEmpty() && m_runner.isIdle());
    }

    void aModelWithoutPositionsHasNoneToShow() {
        PositionAnalysis positions(m_runner);
        positions.want(learned, PositionAnalysis::Matrix, true);
        positions.setInputs(inputs(modelWith({1, 0}, 2), {}));
        QVERIFY(settle());
        QVERIFY(positions.isCurrent(learned, PositionAnalysis::Matrix));
        positions.setInputs(inputs(std::make_shared<Model>(), {}));
        QVERIFY(settle());
        QVERIFY(!positions.isCurrent(learned, PositionAnalysis::Matrix));
    }

    void whatMakesNoSenseIsToldOf() {
        PositionAnalysis positions(m_runner);
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Similarity, true);
        positions.setInputs(inputs(nullptr, {0, 4}));
        QVERIFY(settle());
        QVERIFY(positions.failure(sinusoidal, PositionAnalysis::Matrix).has_value());
        QVERIFY(!positions.matrix(sinusoidal));
        positions.setInputs(inputs(nullptr, {2, 4}));
        QVERIFY(settle());
        QVERIFY(!positions.failure(sinusoidal, PositionAnalysis::Matrix).has_value());
        QVERIFY(positions.similarity(sinusoidal));
    }

    void manyPositionsAreComparedInSteps() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(inputs(nullptr, {3000, 2}));
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Similarity, true);
        QVERIFY(settle());
        QCOMPARE(positions.similarity(sinusoidal)->similarity.step, std::size_t(3));
        QCOMPARE(positions.similarity(sinusoidal)->similarity.positions, std::size_t(1000));
    }

    void learnedOnesBeginWithTheFirstThatATokenTakes() {
        auto model = std::make_shared<Model>();
        model->positions = EmbeddingTable::owned({9, 9, 8, 8, 1, 2, 3, 4}, 4, 2);
        model->firstPosition = 2;
        PositionAnalysis positions(m_runner);
        positions.want(learned, PositionAnalysis::Matrix, true);
        positions.setInputs(inputs(model, {}));
        QVERIFY(settle());
        QCOMPARE(positions.matrix(learned)->levels->rows(), std::size_t(2));
        QCOMPARE(positions.matrix(learned)->levels->row(0)[1], 2.0F);
    }

    void rotaryOnesAndWhatFollowsFromThem() {
        PositionAnalysis positions(m_runner);
        PositionInputs made;
        made.rotary = {40, 8, 100, RotaryLayout::Interleaved};
        made.rotary.scaling.kind = RotaryScalingKind::Yarn;
        made.rotary.scaling.factor = 4;
        made.rotary.scaling.originalLength = 10;
        positions.setInputs(made);
        for (const PositionAnalysis::Part part : PositionAnalysis::parts) {
            positions.want(PositionKind::Rotary, part, true);
        }
        QVERIFY(settle());
        const auto matrix = positions.matrix(PositionKind::Rotary);
        QCOMPARE(matrix->rotary, made.rotary);
        QCOMPARE(matrix->limit, matrix->waves.amplitude);
        QCOMPARE(matrix->levels->row(3)[1], static_cast<float>(matrix->waves.amplitude * std::sin(3)));
        QCOMPARE(positions.decay(PositionKind::Rotary)->rotary.score.size(), std::size_t(40));
        QCOMPARE(positions.similarity(PositionKind::Rotary)->similarity.positions, std::size_t(40));
        QCOMPARE(positions.curve(PositionKind::Rotary)->projection->rows, std::size_t(40));
        // Another scaling is another matrix, and so is all that follows.
        made.rotary.scaling.betaFast = 8;
        positions.setInputs(made);
        QVERIFY(!positions.isCurrent(PositionKind::Rotary, PositionAnalysis::Decay));
        QVERIFY(settle());
        QVERIFY(positions.isCurrent(PositionKind::Rotary, PositionAnalysis::Decay));
        QVERIFY(positions.matrix(PositionKind::Rotary) != matrix);
    }

    void numbersForQueriesAndKeysHaveOnlyTheMatrix() {
        PositionAnalysis positions(m_runner);
        PositionInputs made;
        made.alibi = {6, 8};
        made.head = 2;
        made.bucketLength = 5;
        positions.setInputs(made);
        for (const PositionKind kind : {PositionKind::Alibi, PositionKind::T5}) {
            for (const PositionAnalysis::Part part : PositionAnalysis::parts) {
                positions.want(kind, part, true);
            }
        }
        QVERIFY(settle());
        const auto alibi = positions.matrix(PositionKind::Alibi);
        QCOMPARE(alibi->levels->row(5)[1], -0.5F);
        QCOMPARE(alibi->slope, 0.125);
        QCOMPARE(alibi->limit, 0.625);
        const auto t5 = positions.matrix(PositionKind::T5);
        QCOMPARE(t5->levels->row(1)[3], 18.0F);
        for (const PositionKind kind : {PositionKind::Alibi, PositionKind::T5}) {
            QVERIFY(!positions.similarity(kind) && !positions.decay(kind) && !positions.curve(kind));
        }
        made.head = 8;
        positions.setInputs(made);
        QVERIFY(settle());
        QVERIFY(positions.failure(PositionKind::Alibi, PositionAnalysis::Matrix).has_value());
    }

    void theCurveIsThatOfPca() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(inputs(nullptr, {2000, 6}));
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        positions.want(sinusoidal, PositionAnalysis::Curve, true);
        QVERIFY(settle());
        const auto curve = positions.curve(sinusoidal);
        QCOMPARE(curve->step, std::size_t(2));
        QCOMPARE(curve->projection->rows, std::size_t(1000));
        // Distances in the plane are no longer than those of the rows.
        const auto& levels = *curve->matrix->levels;
        const auto& at = curve->projection->coordinates;
        const auto square = [](float a, float b) { return static_cast<double>((a - b) * (a - b)); };
        for (std::size_t i = 1; i < 1000; i += 37) {
            double whole = 0;
            for (std::size_t d = 0; d < 6; ++d) {
                whole += square(levels.row(2 * i)[d], levels.row(0)[d]);
            }
            const double flat = square(at[2 * i], at[0]) + square(at[2 * i + 1], at[1]);
            QVERIFY(flat <= whole + 1e-5);
        }
    }

    void whatIsForgottenIsComputedAgain() {
        PositionAnalysis positions(m_runner);
        positions.setInputs(inputs(nullptr, {5, 4}));
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        QVERIFY(settle());
        positions.forget(sinusoidal);
        QVERIFY(!positions.matrix(sinusoidal));
        positions.want(sinusoidal, PositionAnalysis::Matrix, true);
        QVERIFY(settle());
        QVERIFY(positions.isCurrent(sinusoidal, PositionAnalysis::Matrix));
    }

    void itsEndStopsItsJobs() {
        {
            PositionAnalysis positions(m_runner);
            positions.setInputs(inputs(nullptr, {8192, 4096}));
            positions.want(sinusoidal, PositionAnalysis::Matrix, true);
            QVERIFY(!m_runner.isIdle());
        }
        QVERIFY(settle());
    }
};

QTEST_GUILESS_MAIN(PositionAnalysisTest)
#include "position_analysis_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/input_analysis.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"

#include <cmath>
#include <cstring>

#include <QTest>

using namespace lexiscope;

namespace {

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// Numbers of many magnitudes, quickly made.
std::vector<float> someNumbers(std::size_t count, std::uint32_t seed) {
    std::vector<float> values(count);
    for (float& value : values) {
        seed = seed * 1664525U + 1013904223U;
        value = static_cast<float>(static_cast<std::int32_t>(seed)) * 0x1p-33F;
    }
    return values;
}

std::shared_ptr<const EncodedText> textOfIds(const std::vector<std::optional<std::uint32_t>>& ids) {
    auto text = std::make_shared<EncodedText>();
    for (const std::optional<std::uint32_t>& id : ids) {
        Token token;
        if (id) {
            token.id = TokenId{*id};
        }
        text->encoding.tokens.push_back(token);
    }
    return text;
}

std::shared_ptr<Model> modelOf(std::size_t rows, std::size_t dimension, std::size_t positions) {
    auto model = std::make_shared<Model>();
    model->name = "made";
    model->table = EmbeddingTable::owned(someNumbers(rows * dimension, 1), rows, dimension);
    if (positions > 0) {
        model->positions = EmbeddingTable::owned(someNumbers(positions * dimension, 2), positions, dimension);
    }
    return model;
}

Result<std::shared_ptr<const InputMatrices>> computed(const std::shared_ptr<const Model>& model,
                                                      const std::shared_ptr<const EncodedText>& text,
                                                      const SinusoidalOptions& sinusoidal = {}) {
    WorkerPool pool(2);
    NoProgress progress;
    return computeInput(model, text, sinusoidal, pool, progress);
}

/// Each row against what is read from the model's own tables and added here.
void compareWithTables(const InputMatrices& input) {
    for (std::size_t place = 0; place < input.rows; ++place) {
        const std::vector<float> token =
            input.model->table->row(rowOf(*input.text->encoding.tokens[place].id));
        const std::vector<float> position =
            input.model->positions->row(Row{static_cast<std::uint32_t>(input.model->firstPosition + place)});
        QVERIFY(sameBits(input.tokens->row(place), token));
        QVERIFY(sameBits(input.positions->row(place), position));
        const std::span<const float> sums = input.sums->row(place);
        for (std::size_t d = 0; d < sums.size(); ++d) {
            const float sum = token[d] + position[d];
            QVERIFY(std::memcmp(&sum, &sums[d], sizeof sum) == 0);
        }
    }
}

}  // namespace

class InputAnalysisTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theBuiltInModelsSumsAreTheirsBitForBit() {
        test::Workspace w;
        w.session.setText("The king and the queen of France walked along the river.");
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        w.analyses.want(Analyses::Encoding, &w.session, true);
        QVERIFY(w.settle());
        InputAnalysis analysis(w.runner);
        QVERIFY(!analysis.isCurrent());
        analysis.setInputs(w.session.slot(0).model, w.analyses.encoding(0), {});
        QVERIFY(analysis.isBusy());
        QVERIFY(w.settle());
        QVERIFY(analysis.isCurrent() && !analysis.failure());
        const InputMatrices& input = *analysis.result();
        QCOMPARE(input.rows, w.analyses.encoding(0)->encoding.tokens.size());
        QCOMPARE(input.beyond + input.leftOut, std::size_t(0));
        QVERIFY(input.hasLearned() && input.limit > 0);
        compareWithTables(input);
        // Nothing is done twice, and nothing while nobody looks.
        const auto before = analysis.result();
        analysis.setInputs(w.session.slot(0).model, w.analyses.encoding(0), {});
        QVERIFY(!analysis.isBusy() && analysis.result() == before);
        analysis.setInputs(nullptr, nullptr, {});
        QVERIFY(!analysis.isBusy() && !analysis.isCurrent());
    }

    void aTableOfTheSizeOfGpt2() {
        const std::shared_ptr<const Model> model = modelOf(50'257, 768, 1024);
        std::vector<std::optional<std::uint32_t>> ids;
        for (std::uint32_t i = 0; i < 1100; ++i) {
            ids.emplace_back(i * 7919 % 50'257);
        }
        ids[3] = 50'256;
        const auto input = computed(model, textOfIds(ids));
        QVERIFY(input.ok());
        QCOMPARE(input.value()->rows, std::size_t(1024));
        QCOMPARE(input.value()->beyond, std::size_t(76));
        compareWithTables(*input.value());
    }

    void positionsMayBeginLater() {
        const std::shared_ptr<Model> model = modelOf(20, 6, 12);
        model->firstPosition = 2;
        const auto input = computed(model, textOfIds({4, 4, 7, 4, 1, 2, 3, 4, 5, 6, 7, 8}));
        QVERIFY(input.ok());
        QCOMPARE(input.value()->rows, std::size_t(10));
        QCOMPARE(input.value()->beyond, std::size_t(2));
        compareWithTables(*input.value());
    }

    void modelsWithoutPositionsTakeSinusoidalOnes() {
        const std::shared_ptr<const Model> model = modelOf(20, 7, 0);
        SinusoidalOptions options;
        options.length = 3;
        options.base = 100;
        options.dimension = 999;
        const auto input = computed(model, textOfIds({1, 2, 1, 2}), options);
        QVERIFY(input.ok());
        QCOMPARE(input.value()->rows, std::size_t(3));
        QCOMPARE(input.value()->beyond, std::size_t(1));
        for (std::size_t place = 0; place < 3; ++place) {
            for (std::size_t d = 0; d < 7; ++d) {
                const double angle =
                    static_cast<double>(place) / std::pow(100, 2 * static_cast<double>(d / 2) / 7);
                const double expected = d % 2 == 0 ? std::sin(angle) : std::cos(angle);
                QVERIFY(std::abs(static_cast<double>(input.value()->positions->row(place)[d]) - expected) <
                        1e-6);
            }
        }
        options.base = -1;
        QCOMPARE(computed(model, textOfIds({1}), options).error().code, ErrorCode::InvalidArgument);
    }

    void tokensWithoutARowAreNoNumbers() {
        const std::shared_ptr<const Model> model = modelOf(5, 4, 9);
        const auto input = computed(model, textOfIds({1, std::nullopt, 99, 2}));
        QVERIFY(input.ok());
        QCOMPARE(input.value()->rows, std::size_t(4));
        for (const std::size_t place : {1U, 2U}) {
            QVERIFY(std::isnan(input.value()->tokens->row(place)[0]));
            QVERIFY(std::isnan(input.value()->sums->row(place)[3]));
            QVERIFY(!std::isnan(input.value()->positions->row(place)[0]));
        }
        QVERIFY(!std::isnan(input.value()->sums->row(3)[0]));
        QVERIFY(std::isfinite(input.value()->limit));
    }

    void nothingToAdd() {
        const auto none = computed(modelOf(5, 4, 9), textOfIds({}));
        QVERIFY(none.ok());
        QCOMPARE(none.value()->rows, std::size_t(0));
        QVERIFY(!none.value()->sums);
        const std::shared_ptr<Model> model = modelOf(5, 4, 9);
        model->positions = EmbeddingTable::owned(someNumbers(18, 1), 6, 3);
        const auto uneven = computed(model, textOfIds({1}));
        QVERIFY(!uneven.ok());
        QCOMPARE(uneven.error().code, ErrorCode::Broken);
    }

    void whatTakesTooMuchMemoryIsLeftOut() {
        constexpr std::size_t dimension = 8192;
        const std::size_t most = InputAnalysis::mostNumbers / dimension;
        const std::shared_ptr<const Model> model = modelOf(3, dimension, 0);
        SinusoidalOptions options;
        options.length = most + 10;
        const auto input =
            computed(model, textOfIds(std::vector<std::optional<std::uint32_t>>(most + 15, 1U)), options);
        QVERIFY(input.ok());
        QCOMPARE(input.value()->rows, most);
        QCOMPARE(input.value()->leftOut, std::size_t(10));
        QCOMPARE(input.value()->beyond, std::size_t(5));
    }
};

QTEST_MAIN(InputAnalysisTest)
#include "input_analysis_test.moc"

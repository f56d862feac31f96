// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/layer_analysis.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"

#include <cstring>

#include <QTest>

using namespace lexiscope;

namespace {

OwnLayer layerOf(std::size_t rows, std::size_t dimension) {
    OwnLayer layer;
    layer.options = usualLayer();
    layer.options.rows = rows;
    layer.options.dimension = dimension;
    return layer;
}

LayerSteps stepOf(std::uint32_t row, std::uint32_t goal, float rate = 0.25F) {
    LayerSteps step;
    step.row = Row{row};
    step.goal = Row{goal};
    step.rate = rate;
    return step;
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

std::vector<float> valuesOf(const Model& model) {
    std::vector<float> values(model.table->rows() * model.table->dimension());
    model.table->widen(Row{0}, model.table->rows(), values);
    return values;
}

struct Stage : test::Workspace {
    LayerAnalysis analysis{runner};
    LayerView viewOf(std::shared_ptr<const Model> model, std::uint32_t row, std::uint32_t goal) {
        LayerView view;
        view.stretch = {0, std::min<std::size_t>(model->table->rows(), 40), 400};
        view.model = std::move(model);
        view.row = Row{row};
        view.goal = Row{goal};
        return view;
    }
};

}  // namespace

class LayerAnalysisTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void rowsThatAreShown() {
        const auto text = [](const std::vector<LookupLine>& lines) {
            QStringList parts;
            for (const LookupLine& line : lines) {
                parts << (line.count == 1
                              ? QString::number(line.first)
                              : QStringLiteral("%1-%2").arg(line.first).arg(line.first + line.count - 1));
            }
            return parts.join(u' ');
        };
        QCOMPARE(text(lookupLines(1, 0, 9)), QStringLiteral("0"));
        QCOMPARE(text(lookupLines(5, 3, 9)), QStringLiteral("0 1 2 3 4"));
        QCOMPARE(text(lookupLines(100, 50, 9)), QStringLiteral("0 1 2-48 49 50 51 52-97 98 99"));
        QCOMPARE(text(lookupLines(100, 0, 9)), QStringLiteral("0 1 2-97 98 99"));
        QCOMPARE(text(lookupLines(100, 3, 9)), QStringLiteral("0 1 2 3 4 5-97 98 99"));
        QCOMPARE(text(lookupLines(100, 4, 9)), QStringLiteral("0 1 2 3 4 5 6-97 98 99"));
        QCOMPARE(text(lookupLines(100, 99, 9)), QStringLiteral("0 1 2-97 98 99"));
        QCOMPARE(text(lookupLines(100, 97, 9)), QStringLiteral("0 1 2-95 96 97 98 99"));
        for (std::size_t rows = 1; rows < 40; ++rows) {
            for (std::size_t row = 0; row < rows; ++row) {
                for (const std::size_t most : {9U, 12U}) {
                    const std::vector<LookupLine> lines = lookupLines(rows, row, most);
                    QVERIFY(lines.size() <= most);
                    std::size_t next = 0;
                    bool isShown = false;
                    for (const LookupLine& line : lines) {
                        QCOMPARE(line.first, next);
                        next += line.count;
                        isShown = isShown || (line.first == row && line.count == 1);
                    }
                    QVERIFY(isShown && next == rows);
                }
            }
        }
    }

    void idsStandForTheWordsOfTheText() {
        const std::vector<std::string> words =
            wordsOfText("The king, the queen: the \xC3\xA9t\xC3\xA9\nand The king.", 9);
        QCOMPARE(words, (std::vector<std::string>{"The", "king", ",", "the", "queen", ":",
                                                  "\xC3\xA9t\xC3\xA9", "and", "."}));
        QCOMPARE(wordsOfText("a b c", 2), (std::vector<std::string>{"a", "b"}));
        QVERIFY(wordsOfText("", 4).empty());
        QCOMPARE(wordsOfText("\xFF\xFE x", 4).back(), std::string("x"));
        Stage w;
        OwnLayer layer = layerOf(5, 2);
        layer.words.words = {"cat", "dog"};
        w.analysis.setOwn(layer);
        QVERIFY(w.settle());
        const Vocabulary& vocabulary = *w.analysis.made()->model->vocabulary;
        QStringList named;
        for (std::uint32_t row = 0; row < 5; ++row) {
            named << QString::fromStdString(std::string(vocabulary.spelling(Row{row})));
        }
        QCOMPARE(named.join(u' '), QStringLiteral("<pad> cat dog [unused3] [unused4]"));
        w.analysis.setOwn(layerOf(1001, 2));
        QVERIFY(w.settle());
        QCOMPARE(std::string(w.analysis.made()->model->vocabulary->spelling(Row{17})), std::string("17"));
    }

    void idsStandForTheTokensOfAModel() {
        Stage w;
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        const Model& gpt2 = *w.session.slot(0).model;
        OwnLayer layer = layerOf(16384, 4);
        layer.words = {gpt2.vocabulary, gpt2.tokenizer, gpt2.name, {}};
        w.analysis.setOwn(layer);
        QVERIFY(w.settle());
        QCOMPARE(w.analysis.made()->model->vocabulary, gpt2.vocabulary);
        QCOMPARE(w.analysis.made()->model->tokenizer, gpt2.tokenizer);
    }

    void stepsAreUnsavedUntilTheLayerLiesInAFile() {
        Stage w;
        test::ScratchFolder folder;
        const auto save = [&](const char* name) {
            std::optional<Error> failure;
            w.analysis.save(QString::fromStdString((folder.path() / name).string()),
                            [&failure](const Result<Done>& written) {
                                failure = written.ok() ? std::nullopt : std::optional(written.error());
                            });
            return w.settle() ? failure : std::optional(Error());
        };
        w.analysis.setOwn(layerOf(6, 5));
        QVERIFY(w.settle());
        QVERIFY(!w.analysis.isUnsaved());
        w.analysis.take(stepOf(2, 4));
        QVERIFY(w.settle());
        QVERIFY(w.analysis.isUnsaved());
        const std::optional<Error> failure = save("layer.xyz");
        QVERIFY(failure && failure->code == ErrorCode::InvalidArgument);
        QVERIFY(w.analysis.isUnsaved());
        QVERIFY(!save("layer.safetensors"));
        QVERIFY(!w.analysis.isUnsaved());
        w.analysis.take(stepOf(2, 4));
        QVERIFY(w.settle());
        QVERIFY(w.analysis.isUnsaved());
        w.analysis.setOwn(layerOf(6, 5));
        QVERIFY(w.settle());
        QVERIFY(!w.analysis.isUnsaved());  // back at the start
    }

    void stepsAreTakenOneAfterTheOther() {
        Stage w;
        w.analysis.setOwn(layerOf(6, 5));
        QVERIFY(w.settle());
        const std::shared_ptr<const Model> before = w.analysis.made()->model;
        w.analysis.take(stepOf(2, 4));
        w.analysis.take(stepOf(2, 4));
        w.analysis.take(stepOf(4, 2, 0.5F));
        w.analysis.take(stepOf(0, 3));  // the padding row
        QVERIFY(w.settle());
        const MadeLayer& made = *w.analysis.made();
        QVERIFY(w.analysis.isCurrent(LayerAnalysis::Make));
        QCOMPARE(made.layer.steps.size(), std::size_t(3));
        QCOMPARE(made.layer.steps[0].count, std::size_t(2));
        QVERIFY(haveSameWords(made.model, before));
        // The same by hand.
        std::vector<float> second = before->table->row(Row{2});
        std::vector<float> fourth = before->table->row(Row{4});
        for (int i = 0; i < 2; ++i) {
            second = pullStep(second, fourth, 1, 0.25F, false).after;
        }
        fourth = pullStep(fourth, second, 1, 0.5F, false).after;
        for (std::uint32_t row = 0; row < 6; ++row) {
            const std::vector<float> expected = row == 2   ? second
                                                : row == 4 ? fourth
                                                           : before->table->row(Row{row});
            QVERIFY(sameBits(made.model->table->row(Row{row}), expected));
        }
        // Made from the beginning with these steps it is the same.
        LayerAnalysis again(w.runner);
        again.setOwn(made.layer);
        QVERIFY(w.settle());
        QVERIFY(sameBits(valuesOf(*again.made()->model), valuesOf(*made.model)));
        again.setOwn({made.layer.options, made.layer.words, {}});
        QVERIFY(w.settle());
        QVERIFY(sameBits(valuesOf(*again.made()->model), valuesOf(*before)));
    }

    void stepsBeyondReasonAreLeftOut() {
        Stage w;
        OwnLayer layer = layerOf(4, 2);
        LayerSteps many = stepOf(1, 2, 0.001F);
        many.count = 1U << 30U;
        layer.steps = {stepOf(7, 1), stepOf(1, 4), many, stepOf(1, 2)};
        w.analysis.setOwn(layer);
        QVERIFY(w.settle());
        QCOMPARE(w.analysis.made()->layer.steps.size(), std::size_t(1));
        QCOMPARE(w.analysis.made()->layer.steps[0].count, LayerAnalysis::mostSteps);
    }

    void aTableIsLookedAt() {
        Stage w;
        w.analysis.setOwn(layerOf(30, 6));
        QVERIFY(w.settle());
        const std::shared_ptr<const Model> model = w.analysis.made()->model;
        w.analysis.look(w.viewOf(model, 17, 3));
        QVERIFY(w.analysis.isBusy());
        QVERIFY(w.settle());
        QCOMPARE(w.analysis.matrix()->window.values, valuesOf(*model));
        QCOMPARE(w.analysis.rows()->rowValues, model->table->row(Row{17}));
        QCOMPARE(w.analysis.rows()->goalValues, model->table->row(Row{3}));
        for (const LookupLine& line : w.analysis.rows()->lines) {
            QCOMPARE(line.values.empty(), line.count > 1);
            QVERIFY(line.values.empty() ||
                    line.values == model->table->row(Row{static_cast<std::uint32_t>(line.first)}));
        }
        QVERIFY(sameBits(w.analysis.product()->values, model->table->row(Row{17})));
        QVERIFY(w.analysis.product()->isRow);
        w.analysis.look({});
        QVERIFY(!w.analysis.isCurrent(LayerAnalysis::Rows));
    }

    void aMappedTableIsNotMultipliedWhereItIsLarge() {
        const test::ScratchFolder folder;
        const std::string file = folder.write("large.f32", "").string();
        constexpr std::size_t rows = 300'000;
        std::filesystem::resize_file(file, rows * 300 * sizeof(float));  // all holes
        Stage w;
        auto model = std::make_shared<Model>();
        model->table =
            EmbeddingTable::mapped(MappedFile::open(file).value(), DType::F32, rows, 300, 0, 1200).value();
        QVERIFY(!LayerAnalysis::hasProduct(*model));
        w.analysis.look(w.viewOf(model, 299'999, 0));
        QVERIFY(w.settle());
        QVERIFY(!w.analysis.product());
        QCOMPARE(w.analysis.rows()->rowValues, std::vector<float>(300, 0.0F));
        QCOMPARE(w.analysis.matrix()->window.rowCount, std::size_t(40));
    }

    void makingIsCancelledAndTakenUpAgain() {
        Stage w;
        w.analysis.setOwn(layerOf(1'000'000, 60));
        w.runner.cancel(w.analysis.channelOf(LayerAnalysis::Make));
        QVERIFY(w.settle());
        QVERIFY(w.analysis.wasCancelled(LayerAnalysis::Make));
        QVERIFY(!w.analysis.made());
        w.analysis.setOwn(w.analysis.own());  // not by itself
        QVERIFY(w.settle() && !w.analysis.made());
        w.analysis.setOwn(layerOf(3, 3));
        QVERIFY(w.settle());
        QCOMPARE(w.analysis.made()->model->table->rows(), std::size_t(3));
        QVERIFY(!w.analysis.failure(LayerAnalysis::Make));
        w.analysis.retry(LayerAnalysis::Make);
        QVERIFY(w.settle());
        QVERIFY(w.analysis.isCurrent(LayerAnalysis::Make));
    }

    void whatMakesNoSenseIsRefused() {
        Stage w;
        w.analysis.setOwn(layerOf(1'000'000, 1'000'000));
        QVERIFY(w.settle());
        QCOMPARE(w.analysis.failure(LayerAnalysis::Make)->code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(LayerAnalysisTest)
#include "layer_analysis_test.moc"

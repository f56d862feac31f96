// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layer_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/panel_stage.h"
#include "tests/support/process_output.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "ui/widgets/style_sheet.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage : test::PanelStage<LayerPanel> {
    explicit Stage(QSize size = {1240, 560}) : PanelStage(size) {
        w.session.setText("The king and the queen of France walked along the river.");
    }
    void goTo(int step) {
        auto& player = find<StepPlayer>("player");
        QTest::keyClick(&player, Qt::Key_Home);
        for (int i = 0; i < step; ++i) {
            QTest::keyClick(&player, Qt::Key_Right);
        }
    }
    QString textOf(const char* name) { return find<QLabel>(name).text(); }
    void chooseSource(int index) {
        QTest::mouseClick(find<Segmented>("source").button(index), Qt::LeftButton);
    }
    const SumFigure& step() { return find<SumStrips>("strips").figure(); }
    const LookupFigure& lookup() { return find<LookupPlot>("lookup").figure(); }
    const HeatMapFigure& map() { return find<HeatMapView>("map").figure(); }
    [[nodiscard]] bool loadGpt2() {
        const bool isLoaded = w.load(0, QStringLiteral("builtin:tiny-gpt2"));
        select("queen");
        return isLoaded && w.settle();
    }
    void select(const char* word) {
        w.selection.select({0, findToken(*w.session.slot(0).model, word).value().row, std::nullopt});
    }
    bool write(const DataTable& table, DataFormat format, const std::string& path) {
        NoProgress progress;
        const bool isWritten = writeFileSafely(path, [&](const WriteBytes& bytes) {
                                   return table.writer(format)(bytes, w.pool, progress);
                               }).ok();
        table.saved(QString::fromStdString(path));
        return isWritten;
    }
};

}  // namespace

class LayerPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void itBeginsWithTheWordsOfTheText() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        QCOMPARE(stage.panel->fact(), QStringLiteral("12 × 8 = 96 weights"));
        QCOMPARE(stage.textOf("note"),
                 QStringLiteral("float32 384 bytes, float16 192 bytes · IDs stand for the first 11 different "
                                "words and signs of the text, 0 for padding"));
        // The selected token of the model in front is looked up here too.
        QCOMPARE(stage.map().selectedRow, 5LL);
        QCOMPARE(stage.find<QSpinBox>("row").text(), QStringLiteral("ID 5 · queen"));
        QCOMPARE(stage.map().values->size(), std::size_t(96));
        QVERIFY(stage.map().numbers);
        QCOMPARE(
            stage.textOf("lookupText"),
            QStringLiteral("The sum of these 96 products is row 5, bit for bit. A look-up takes the row at "
                           "once."));
        QCOMPARE(stage.lookup().result, stage.step().token);
        stage.w.session.setText("one two three");
        QVERIFY(stage.w.settle());
        QVERIFY(stage.textOf("note").contains(QStringLiteral("the first 3 different words")));
        QCOMPARE(stage.panel->parameters(),
                 (QStringList{QStringLiteral("normal(0, 1) · padding row 0 · seed 1"),
                              QStringLiteral("row 5 ([unused5])")}));
    }

    void itNeedsNoModel() {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(stage.panel->fact(), QStringLiteral("12 × 8 = 96 weights"));
        QCOMPARE(stage.map().selectedRow, 1LL);  // not the padding row
        stage.chooseSource(1);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().message, QStringLiteral("No model is open."));
        QVERIFY(stage.panel->fact().isEmpty());
        QVERIFY(stage.panel->data().empty());
    }

    void aRowIsChosenAndSelected() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        const HeatMapView& map = stage.find<HeatMapView>("map");
        const QRectF rows = map.mapRect();
        QTest::mouseClick(&stage.find<HeatMapView>("map"), Qt::LeftButton, {},
                          QPoint(static_cast<int>(rows.center().x()),
                                 static_cast<int>(rows.top() + rows.height() * 2.5 / 12)));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().selectedRow, 2LL);
        // "king", which the model in front has too.
        QCOMPARE(bareText(*stage.w.session.slot(0).model->vocabulary, stage.w.selection.selected()->row),
                 std::string("king"));
        QTest::keyClick(&stage.find<LookupPlot>("lookup"), Qt::Key_Down);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().selectedRow, 3LL);
        stage.type("row", QStringLiteral("0"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().selectedRow, 0LL);
        stage.select("river");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().selectedRow, 10LL);
        stage.select("table");  // no word of this layer: the row stays
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().selectedRow, 10LL);
    }

    void theLookUpGoesStepByStep() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        auto& player = stage.find<StepPlayer>("player");
        QCOMPARE(player.steps(), 14);
        QCOMPARE(player.step(), 13);
        stage.goTo(0);
        QCOMPARE(stage.lookup().step, 0);
        QCOMPARE(stage.textOf("lookupText"),
                 QStringLiteral("queen has ID 5: as a one-hot vector, 11 zeros and a one at place 5."));
        stage.goTo(4);
        QCOMPARE(stage.textOf("lookupText"), QStringLiteral("Row 3, times 0: nothing of it is left."));
        stage.goTo(6);
        QCOMPARE(stage.textOf("lookupText"), QStringLiteral("Row 5, times 1: it stays as it is."));
        // It stays where it is when another row is looked up, and at the end at the end.
        stage.type("row", QStringLiteral("7"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.lookup().step, 6);
        stage.goTo(13);
        stage.type("V", QStringLiteral("1000"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.lookup().step, lastStep(stage.lookup()));
        stage.goTo(3);
        QCOMPARE(stage.textOf("lookupText"),
                 QStringLiteral("Rows 2 to 5, times 0: nothing is left of any of them."));
    }

    void aStepMovesOneRowTowardsAnother() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        QVERIFY(stage.textOf("stepTitle")
                    .startsWith(QStringLiteral("A step draws row 5 (queen) towards row 2 (king).")));
        const std::vector<float> before = stage.step().token;
        const std::vector<float> after = stage.step().sum;
        const std::vector<float> weights = *stage.map().values;
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(stage.step().position[i], before[i] - weights[2 * 8 + i]);
            QCOMPARE(after[i], before[i] - 0.1F * stage.step().position[i]);
        }
        QVERIFY(stage.textOf("stepText").contains(QStringLiteral("The other 11 rows have gradient 0")));
        stage.click("take");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.step().token, after);
        QVERIFY(stage.textOf("stepTitle").endsWith(QStringLiteral("1 step has been taken.")));
        for (std::size_t at = 0; at < weights.size(); ++at) {
            const bool isThatRow = at / 8 == 5;
            QCOMPARE((*stage.map().values)[at], isThatRow ? after[at % 8] : weights[at]);
        }
        stage.type("rate", QStringLiteral("0.5"));
        stage.type("in batch", QStringLiteral("2"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.step().sign, QStringLiteral("− 0.5 ×"));
        QVERIFY(stage.textOf("stepText")
                    .endsWith(QStringLiteral(
                        "after the step 0.000. The other 11 rows have gradient 0 and stay as they are.")));
        stage.click("back");
        QVERIFY(stage.w.settle());
        QCOMPARE(*stage.map().values, weights);
        QVERIFY(!stage.find<QPushButton>("back").isVisible());
    }

    void whatWouldDropTheStepsAsksFirst() {
        Stage stage;
        int asked = 0;
        bool mayLose = false;
        stage.w.session.setAskToLose([&](const MadeWorks& works, LossBy by) {
            asked += works.size() == 1 && by == LossBy::MakingAnew ? 1 : 0;
            return mayLose;
        });
        QVERIFY(stage.loadGpt2() && stage.ready());
        stage.type("D", QStringLiteral("6"));  // there is nothing to lose yet
        QVERIFY(stage.w.settle());
        QCOMPARE(asked, 0);
        stage.click("take");
        QVERIFY(stage.w.settle());
        const std::vector<float> weights = *stage.map().values;
        QCOMPARE(weights.size(), std::size_t(12 * 6));
        stage.type("D", QStringLiteral("9"));
        QVERIFY(stage.w.settle());
        QCOMPARE(asked, 1);
        QCOMPARE(stage.find<QSpinBox>("D").value(), 6);
        QCOMPARE(*stage.map().values, weights);
        QVERIFY(stage.textOf("stepTitle").endsWith(QStringLiteral("1 step has been taken.")));
        mayLose = true;
        stage.type("D", QStringLiteral("9"));
        QVERIFY(stage.w.settle());
        QCOMPARE(asked, 2);
        QCOMPARE(stage.map().values->size(), std::size_t(12 * 9));
        QVERIFY(!stage.textOf("stepTitle").contains(QStringLiteral("taken")));
    }

    void thePaddingRowStaysZero() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.type("row", QStringLiteral("0"));
        QVERIFY(stage.w.settle());
        const std::vector<float> zeros(8, 0.0F);
        QCOMPARE(stage.step().token, zeros);
        QCOMPARE(stage.step().position, zeros);
        stage.click("take");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.step().sum, zeros);
        QVERIFY(stage.textOf("stepText").startsWith(QStringLiteral("It is the padding row")));
    }

    void itIsAModelInASlot() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        stage.click("useB");
        QVERIFY(stage.w.settle());
        const auto placed = [&] { return stage.w.session.slot(1).model; };
        QVERIFY(placed());
        QCOMPARE(stage.w.session.activeSlot(), 1);
        QVERIFY(stage.find<QPushButton>("useB").isChecked());
        QCOMPARE(stage.w.selection.selected()->row, Row{5});  // queen, as before
        const std::shared_ptr<const Model> before = placed();
        stage.click("take");
        QVERIFY(stage.w.settle());
        QVERIFY(placed() != before && haveSameWords(placed(), before));
        QVERIFY(placed()->table->row(Row{5}) != before->table->row(Row{5}));
        QVERIFY(placed()->table->row(Row{6}) == before->table->row(Row{6}));
        QCOMPARE(stage.w.selection.selected()->row, Row{5});
        // Its words stay while it is a model; what is changed of it is changed there.
        stage.w.session.setText("other words");
        QVERIFY(stage.w.settle());
        QCOMPARE(placed()->vocabulary->find("queen"), std::optional(Row{5}));
        stage.type("seed", QStringLiteral("2"));
        QVERIFY(stage.w.settle());
        QVERIFY(placed()->table->row(Row{6}) != before->table->row(Row{6}));
        // Another model takes its place.
        QVERIFY(stage.w.load(1, QStringLiteral("builtin:wiki-words")));
        QVERIFY(!stage.find<QPushButton>("useB").isChecked());
        stage.click("take");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.slot(1).spec, QStringLiteral("builtin:wiki-words"));
    }

    void aLayerOfTheModelsSizeHasItsTokens() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        stage.type("V", QStringLiteral("16384"));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.textOf("note").endsWith(QStringLiteral("IDs are those of the tokens of tiny-gpt2")));
        const Row queen = findToken(*stage.w.session.slot(0).model, "queen").value().row;
        QCOMPARE(stage.map().selectedRow, static_cast<long long>(queen.value));
        stage.type("V", QStringLiteral("20000"));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.textOf("note").endsWith(QStringLiteral("which stand for nothing yet")));
    }

    void theModelsOwnTableIsSeenAndLeftAlone() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        stage.chooseSource(1);
        QVERIFY(stage.w.settle());
        const Model& gpt2 = *stage.w.session.slot(0).model;
        const Row queen = stage.w.selection.selected()->row;
        QCOMPARE(stage.panel->fact(), QStringLiteral("16,384 × 128 = 2,097,152 weights"));
        QVERIFY(stage.textOf("note").startsWith(QStringLiteral("float32 8.0 MiB, float16 4.0 MiB")));
        QCOMPARE(stage.map().selectedRow, static_cast<long long>(queen.value));
        QCOMPARE(stage.lookup().result, gpt2.table->row(queen));
        QVERIFY(stage.textOf("lookupText").contains(QStringLiteral("2,097,152 products")));
        QVERIFY(!stage.find<LayerForm>("form").isVisible());
        const std::vector<float> after = stage.step().sum;
        stage.click("take");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.step().token, after);
        QVERIFY(stage.textOf("stepText").endsWith(QStringLiteral("this is a copy of its row.")));
        QCOMPARE(stage.w.session.slot(0).model->table->row(queen), gpt2.table->row(queen));
        stage.click("back");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.step().token, gpt2.table->row(queen));
        stage.click("take");
        stage.select("king");  // the trial was of the other row
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.step().token, gpt2.table->row(stage.w.selection.selected()->row));
    }

    void aViewComesBack() {
        Stage stage;
        QVERIFY(stage.loadGpt2() && stage.ready());
        QCOMPARE(stage.panel->saveView(), QJsonObject({{"row", 5}}));
        stage.type("V", QStringLiteral("20"));
        stage.type("D", QStringLiteral("6"));
        stage.type("seed", QStringLiteral("7"));
        stage.type("goal", QStringLiteral("9"));
        stage.type("rate", QStringLiteral("0.25"));
        stage.click("take");
        stage.click("take");
        QVERIFY(stage.w.settle());
        stage.goTo(2);
        const QJsonObject view = stage.panel->saveView();
        stage.w.session.setText("other words");
        Stage other;
        QVERIFY(other.ready());
        other.panel->restoreView(view);
        QVERIFY(other.w.settle());
        QCOMPARE(other.panel->saveView(), view);
        QCOMPARE(*other.map().values, *stage.map().values);
        QCOMPARE(other.step().sum, stage.step().sum);
        QCOMPARE(other.lookup().step, 2);
        QCOMPARE(other.panel->parameters(), stage.panel->parameters());
        // What makes no sense leaves things as they are.
        other.panel->restoreView(
            {{"V", -3}, {"D", "x"}, {"steps", QJsonArray{1, QJsonArray{"a"}}}, {"row", 1e9}});
        QVERIFY(other.w.settle());
        QCOMPARE(other.panel->fact(), QStringLiteral("12 × 8 = 96 weights"));
    }

    void pytorchLoadsWhatIsSaved_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("name");
        QTest::newRow("array") << static_cast<int>(DataFormat::Npy) << "my layer.npy";
        QTest::newRow("tensor") << static_cast<int>(DataFormat::Safetensors) << "layer.safetensors";
    }
    void pytorchLoadsWhatIsSaved() {
        LEXISCOPE_NEEDS_PYTHON("torch");
        QFETCH(const int, format);
        QFETCH(const QString, name);
        Stage stage;
        QVERIFY(stage.ready());
        stage.click("take");
        QVERIFY(stage.w.settle());
        QMenu none;
        stage.panel->addToMenu(none);
        QVERIFY(none.isEmpty());
        const test::ScratchFolder folder;
        const std::string path = (folder.path() / name.toStdString()).string();
        QVERIFY(stage.write(stage.panel->data()[0], static_cast<DataFormat>(format), path));
        QMenu menu;
        stage.panel->addToMenu(menu);
        QCOMPARE(menu.actions().value(0)->text(), QStringLiteral("Copy the PyTorch line for ") + name);
        menu.actions().value(0)->trigger();
        const QString line = QApplication::clipboard()->text();
        const QByteArray printed = test::outputOf(
            test::python,
            {QStringLiteral("-c"),
             line + QStringLiteral("\nembedding(torch.tensor([0, 3])).sum().backward()"
                                   "\nprint(embedding.weight.detach().numpy().tobytes().hex(), "
                                   "embedding.padding_idx, embedding.weight.grad.sum(1).tolist())")});
        const std::vector<float>& weights = *stage.map().values;
        const QByteArray bytes(reinterpret_cast<const char*>(weights.data()),
                               static_cast<qsizetype>(weights.size() * sizeof(float)));
        QCOMPARE(printed,
                 bytes.toHex() + " 0 [0.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]\n");
    }

    void makingALargeLayerIsCancelled() {
        Stage stage;
        QVERIFY(stage.ready());
        const std::shared_ptr<const std::vector<float>> before = stage.map().values;
        auto& analysis = *stage.panel->findChild<LayerAnalysis*>();
        stage.type("V", QStringLiteral("900000"));
        stage.w.runner.cancel(analysis.channelOf(LayerAnalysis::Make));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.map().message, QStringLiteral("Making the layer was cancelled."));
        auto* again = stage.find<HeatMapView>("map").findChild<QPushButton*>();
        QVERIFY(again->isVisible());
        QTest::mouseClick(again, Qt::LeftButton);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.panel->fact(), QStringLiteral("900,000 × 8 = 7,200,000 weights"));
    }
};

QTEST_MAIN(LayerPanelTest)
#include "layer_panel_test.moc"

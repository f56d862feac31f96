// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "ui/session/sample_corpus.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

using namespace lexiscope;
using State = TrainingRun::State;

namespace {

struct Stage : test::PanelStage<TrainingPanel> {
    explicit Stage(QSize size = {420, 620}) : PanelStage(size) {
        w.analyses.want(Analyses::Projection, &w.runner, true);
    }
    QString text(const char* name) { return find<ElidedLabel>(name).text(); }
    State state() { return w.training.run().state(); }
    [[nodiscard]] bool reaches(State wanted) {
        return test::await([&] { return state() == wanted; });
    }
    /// A run that ends soon.
    [[nodiscard]] bool learnAll() {
        type("epochs", QStringLiteral("1"));
        type("dimension", QStringLiteral("10"));
        type("threads", QStringLiteral("1"));
        click("train");
        return w.settle() && state() == State::Done;
    }
};

}  // namespace

class TrainingPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void beginsWithTheSample() {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(stage.text("corpus"), QStringLiteral("sample sentences"));
        QVERIFY(stage.button("train").isVisible());
        QCOMPARE(stage.button("train").text(), QStringLiteral("Train"));
        for (const char* name : {"stop", "useSample", "save", "showIn0", "showIn1"}) {
            QVERIFY2(!stage.button(name).isVisible(), name);
        }
        QVERIFY(!stage.find<QSlider>("pictures").isVisible());
        QVERIFY(
            stage.find<LossPlot>("curve").figure().message.startsWith(QStringLiteral("Nothing has been")));
        QVERIFY(stage.panel->data().empty());
        QVERIFY(stage.panel->fact().isEmpty());
    }

    void whatIsTypedIsWhatIsLearnedWith() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.type("dimension", QStringLiteral("12"));
        stage.type("window", QStringLiteral("3"));
        stage.type("negative", QStringLiteral("7"));
        stage.type("epochs", QStringLiteral("2"));
        stage.type("min-count", QStringLiteral("9"));
        stage.type("sample", QStringLiteral("1e-3"));
        stage.type("words", QStringLiteral("50"));
        stage.type("threads", QStringLiteral("1"));
        stage.type("seed", QStringLiteral("42"));
        auto& model = stage.find<Segmented>("model");
        QTest::mouseClick(model.button(1), Qt::LeftButton);
        stage.click("train");
        const WordTrainingOptions& options = stage.w.training.run().settings().options;
        QCOMPARE(options.model, WordModel::Cbow);
        QCOMPARE(options.dimension, std::size_t(12));
        QCOMPARE(options.window, std::size_t(3));
        QCOMPARE(options.negatives, std::size_t(7));
        QCOMPARE(options.epochs, std::size_t(2));
        QCOMPARE(options.minCount, std::uint64_t(9));
        QCOMPARE(options.sample, 1e-3);
        QCOMPARE(options.mostWords, std::size_t(50));
        QCOMPARE(options.threads, std::size_t(1));
        QCOMPARE(options.seed, std::uint64_t(42));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.state(), State::Done);
        QCOMPARE(stage.w.training.model()->table->rows(), std::size_t(50));
        QCOMPARE(stage.w.training.model()->table->dimension(), std::size_t(12));
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("50 × 12 from ")));
    }

    void noFieldTakesWhatMakesNoSense() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.type("dimension", QStringLiteral("0"));
        QVERIFY(stage.find<QSpinBox>("dimension").value() >= 1);
        stage.type("dimension", QStringLiteral("1000000"));
        QVERIFY(stage.find<QSpinBox>("dimension").value() <= static_cast<int>(mostTrainingDimensions));
        stage.type("sample", QStringLiteral("7"));
        QVERIFY(stage.find<QDoubleSpinBox>("sample").value() <= 1);
    }

    void pausesGoesOnAndStops() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.type("epochs", QStringLiteral("5000"));
        stage.click("train");
        QVERIFY(stage.reaches(State::Learning));
        QVERIFY(test::await([&] { return stage.button("train").text() == QStringLiteral("Pause"); }));
        QVERIFY(!stage.find<TrainingForm>("").isVisible());
        QVERIFY(test::await([&] { return stage.button("showIn1").isVisible(); }));
        stage.click("train");
        QVERIFY(stage.reaches(State::Paused));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.button("train").text(), QStringLiteral("Go on"));
        QVERIFY(stage.find<QLabel>("state").text().startsWith(QStringLiteral("Paused at ")));
        const std::uint64_t before = stage.w.training.run().numbers().done;
        stage.click("train");
        QVERIFY(test::await([&] { return stage.w.training.run().numbers().done > before; }));
        stage.click("stop");
        QVERIFY(stage.reaches(State::Done));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.button("train").text(), QStringLiteral("Train"));
        QVERIFY(!stage.button("stop").isVisible());
        QVERIFY(stage.find<QLabel>("state").text().startsWith(QStringLiteral("Stopped at ")));
    }

    void theKeyboardStaysWhereItWas() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.type("epochs", QStringLiteral("5000"));
        stage.button("train").setFocus();
        QTest::keyClick(&stage.button("train"), Qt::Key_Space);
        QVERIFY(stage.reaches(State::Learning));
        QVERIFY(test::await([&] { return stage.w.training.model() != nullptr; }));
        QVERIFY(stage.button("train").hasFocus());
        QTest::keyClick(&stage.button("train"), Qt::Key_Space);
        QVERIFY(stage.reaches(State::Paused));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.button("train").hasFocus());
    }

    void theSliderGoesBackToWhatTheVectorsHaveBeen() {
        Stage stage;
        QVERIFY(stage.ready());
        QVERIFY(stage.learnAll());
        auto& slider = stage.find<QSlider>("pictures");
        QVERIFY(slider.isVisible());
        QCOMPARE(slider.value(), slider.maximum());
        QCOMPARE(slider.maximum() + 1, static_cast<int>(stage.w.training.pictures()));
        slider.setFocus();
        QTest::keyClick(&slider, Qt::Key_Home);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.slot(1).model, stage.w.training.run().snapshots().front().model);
        QCOMPARE(stage.text("picture"), QStringLiteral("after 0 words"));
        QCOMPARE(stage.find<LossPlot>("curve").figure().marked, 0.0);
        QTest::keyClick(&slider, Qt::Key_End);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.slot(1).model, stage.w.training.run().snapshots().back().model);
        QCOMPARE(stage.find<LossPlot>("curve").figure().marked, -1.0);
    }

    void showsTheWordsInTheOtherSlot() {
        Stage stage;
        QVERIFY(stage.ready());
        QVERIFY(stage.learnAll());
        QVERIFY(stage.button("showIn1").isChecked());
        QVERIFY(!stage.button("showIn0").isChecked());
        stage.click("showIn0");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.slot(0).model, stage.w.training.model());
        QCOMPARE(stage.w.session.activeSlot(), 0);
        QVERIFY(stage.button("showIn0").isChecked());
        QVERIFY(!stage.button("showIn1").isChecked());
    }

    void listsTheNeighboursOfChosenWords() {
        Stage stage;
        QVERIFY(stage.ready());
        QVERIFY(stage.find<QLabel>("wordsNote").isVisible());
        QVERIFY(stage.learnAll());
        const Vocabulary& words = *stage.w.training.model()->vocabulary;
        stage.w.selection.select({1, words.find("queen").value(), std::nullopt});
        stage.w.selection.togglePinned(words.find("rome").value());
        QVERIFY(stage.w.settle());
        QVERIFY(test::await([&] { return stage.text("word1") == QStringLiteral("rome"); }));
        QCOMPARE(stage.text("word0"), QStringLiteral("queen"));
        const QString near = stage.text("near0");
        NearestQuery query;
        query.vector = stage.w.training.model()->table->row(words.find("queen").value());
        query.k = 1;
        query.excluded = {words.find("queen").value()};
        NoProgress progress;
        const Neighbor nearestWord =
            nearest(*stage.w.training.model()->table, nullptr, query, stage.w.pool, progress).value()[0];
        QCOMPARE(near.section(QStringLiteral(" · "), 0, 0),
                 QString::fromStdString(std::string(words.spelling(nearestWord.row))));
        QVERIFY(near.count(QStringLiteral(" · ")) >= 2);
        QVERIFY(!stage.find<QLabel>("wordsNote").isVisible());
    }

    void aTextDroppedOnItIsLearned() {
        const test::ScratchFolder folder;
        const QString path =
            QString::fromStdString(folder.write("novel.txt", sampleCorpus().substr(0, 200'000)).string());
        Stage stage;
        QVERIFY(stage.ready());
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.panel, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.panel, &drop);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.text("corpus"), QStringLiteral("novel.txt"));
        QCOMPARE(stage.find<QSpinBox>("dimension").value(), 100);
        QVERIFY(stage.button("useSample").isVisible());
        QVERIFY(stage.learnAll());
        QCOMPARE(stage.w.training.run().settings().corpus, path);
        QCOMPARE(QString::fromStdString(stage.w.session.slot(1).model->name), QStringLiteral("novel words"));
        stage.click("useSample");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.text("corpus"), QStringLiteral("sample sentences"));
    }

    void whatFailsIsSaid() {
        const test::ScratchFolder folder;
        Stage stage;
        QVERIFY(stage.ready());
        stage.panel->setCorpus(QString::fromStdString(folder.write("one.txt", "word word word").string()));
        stage.click("train");
        QVERIFY(stage.reaches(State::Failed));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.find<QLabel>("state").text().contains(QStringLiteral("one.txt")));
        QVERIFY(stage.button("train").isVisible());
    }

    void nothingIsCutOrSqueezed() {
        for (const QSize size : {QSize(390, 560), QSize(420, 400), QSize(900, 700)}) {
            Stage stage(size);
            QVERIFY(stage.ready());
            QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
            QVERIFY(stage.learnAll());
            QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
        }
    }

    void theCurveIsATable() {
        Stage stage;
        QVERIFY(stage.ready());
        QVERIFY(stage.learnAll());
        const std::vector<DataTable> tables = stage.panel->data();
        QCOMPARE(tables.size(), std::size_t(1));
        std::string csv;
        NoProgress progress;
        const auto write = [&csv](std::string_view bytes) -> Result<Done> {
            csv += bytes;
            return Done{};
        };
        QVERIFY(tables[0].csv(write, stage.w.pool, progress).ok());
        QVERIFY(csv.starts_with("words,loss\r\n"));
        QCOMPARE(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')),
                 stage.w.training.run().losses().size() + 1);
    }
};

QTEST_MAIN(TrainingPanelTest)
#include "training_panel_test.moc"

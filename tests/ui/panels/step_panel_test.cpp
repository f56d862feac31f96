// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/step_panel.h"

#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "ui/widgets/style_sheet.h"

#include <set>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage : test::PanelStage<StepPanel> {
    explicit Stage(QSize size = {440, 640}, bool controls = true) : PanelStage(size, controls) {}
    StepView& view() { return find<StepView>("view"); }
    StepPlayer& player() { return find<StepPlayer>("player"); }
    const StepFrame& moment() { return *view().moment(); }
    QString text() { return find<QLabel>("text").text(); }
    QString word() { return outputName(moment(), 0); }
    void write(const QString& sentence) {
        auto& field = find<QLineEdit>("sentence");
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, sentence);
    }
    void press(Qt::Key key) {
        view().setFocus();
        QTest::keyClick(&view(), key);
        QCoreApplication::processEvents();
    }
};

}  // namespace

class StepPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void beginsWithTheFirstWord() {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(stage.player().steps(), 11 * stepStages);
        QCOMPARE(stage.player().step(), 0);
        QCOMPARE(stage.word(), QStringLiteral("the"));
        QVERIFY(stage.text().startsWith(QStringLiteral("“the” stands in the middle.")));
        QVERIFY(stage.panel->fact().contains(QStringLiteral("sample sentences after 1 pass")));
        QVERIFY(!stage.find<QPushButton>("wordBefore").isVisible());
        QVERIFY(!stage.find<QLabel>("note").isVisible());
        QVERIFY(!stage.find<QPushButton>("newest").isVisible());
    }

    void goesThroughAllStagesAndWords() {
        Stage stage;
        QVERIFY(stage.ready());
        std::set<QString> titles;
        for (int step = 0; step < stage.player().steps(); ++step) {
            QCOMPARE(stage.player().step(), step);
            titles.insert(stage.find<ElidedLabel>("stage").text());
            QVERIFY(!stage.text().isEmpty());
            QCOMPARE(static_cast<int>(stage.moment().step), step / stepStages);
            stage.press(Qt::Key_Right);
        }
        QCOMPARE(titles.size(), std::size_t(stepStages));
        QVERIFY(stage.text().endsWith(QStringLiteral("That was the last word.")));
        stage.press(Qt::Key_Home);
        QCOMPARE(stage.word(), QStringLiteral("the"));
        stage.press(Qt::Key_End);
        QCOMPARE(stage.word(), QStringLiteral("servants"));
        QVERIFY(!stage.find<QPushButton>("wordAfter").isVisible());
        stage.press(Qt::Key_PageUp);
        QCOMPARE(stage.word(), QStringLiteral("her"));
    }

    void wordsAreReachedByButtonAndClick() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.click("wordAfter");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.word(), QStringLiteral("queen"));
        const QRectF chip = stage.view().chipRect(3);
        QVERIFY(!chip.isEmpty());
        QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {}, chip.center().toPoint());
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.word(), QStringLiteral("france"));
        QCOMPARE(stage.player().step(), 3 * stepStages);
        stage.click("wordBefore");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.word(), QStringLiteral("of"));
    }

    void theRowThatIsLookedAtIsChosen() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.press(Qt::Key_PageDown);
        for (int i = 0; i < static_cast<int>(StepStage::Product); ++i) {
            stage.press(Qt::Key_Right);
        }
        QCOMPARE(stage.moment().stage, StepStage::Product);
        QVERIFY(stage.moment().trace().xs() > 1);
        const QString before = stage.text();
        stage.press(Qt::Key_Down);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.moment().chosen, std::size_t(1));
        QVERIFY(stage.text() != before);
        const QRectF strip = stage.view().inputStrip(0);
        QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {}, strip.center().toPoint());
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.moment().chosen, std::size_t(0));
        QCOMPARE(stage.text(), before);
        const QString readOut = stage.view().readOutAt(strip.center());
        QVERIFY2(readOut.startsWith(inputName(stage.moment(), 0) + QStringLiteral(" · number ")),
                 qPrintable(readOut));
    }

    void whatIsTypedIsHowStepsAreTaken() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.type("window", QStringLiteral("1"));
        stage.type("negative", QStringLiteral("5"));
        stage.type("rate", QStringLiteral("0.5"));
        stage.type("seed", QStringLiteral("3"));
        stage.type("passes", QStringLiteral("0"));
        QTest::mouseClick(stage.find<Segmented>("model").button(1), Qt::LeftButton);
        QVERIFY(stage.w.settle());
        const StepSettings& settings = stage.moment().walk->settings;
        QCOMPARE(settings.options.model, WordModel::Cbow);
        QCOMPARE(settings.options.window, std::size_t(1));
        QCOMPARE(settings.options.negatives, std::size_t(5));
        QCOMPARE(settings.options.rate, 0.5F);
        QCOMPARE(settings.options.seed, std::uint64_t(3));
        QCOMPARE(settings.passes, std::size_t(0));
        QVERIFY(stage.moment().trace().mean.has_value());
        stage.type("window", QStringLiteral("0"));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.moment().walk->settings.options.window >= 1);
    }

    void unknownWordsAreSaid() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.write(QStringLiteral("the qqqq queen zzzz qqqq"));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.find<QLabel>("note").isVisible());
        QVERIFY(stage.find<QLabel>("note").text().contains(QStringLiteral("“qqqq”, “zzzz”.")));
        stage.write(QStringLiteral("queen"));
        QVERIFY(stage.w.settle());
        QVERIFY(!stage.view().moment());
        QVERIFY(stage.view().message().startsWith(QStringLiteral("There is no step")));
        QCOMPARE(stage.player().steps(), 0);
        QVERIFY(stage.panel->data().empty());
        QVERIFY(stage.text().isEmpty());
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Down);
        stage.write(QStringLiteral("a queen"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.player().steps(), 2 * stepStages);
    }

    void looksAtWhatARunHasLearned() {
        Stage stage;
        QVERIFY(stage.ready());
        TrainingSettings training{QString(), suggestedOptions({})};
        training.options.epochs = 1;
        training.options.threads = 1;
        training.options.dimension = 12;
        training.options.model = WordModel::Cbow;
        stage.w.training.run().start(training);
        QVERIFY(stage.w.settle());
        QVERIFY(stage.moment().walk->isOfRun);
        QVERIFY(stage.moment().trace().mean.has_value());
        QVERIFY2(stage.panel->fact().contains(
                     QStringLiteral("sample sentences after 190 thousand words · 172 × 12")),
                 qPrintable(stage.panel->fact()));
        QVERIFY(!stage.find<QSpinBox>("passes").isVisible());
        stage.press(Qt::Key_Right);
        // On the way the rows hold still, until somebody asks for the newest.
        QVERIFY(!stage.find<QPushButton>("newest").isVisible());
        training.options.epochs = 200;
        stage.w.training.run().start(training);
        QVERIFY(test::await([&] { return stage.w.training.pictures() > 1; }));
        stage.w.training.run().stop();
        QVERIFY(stage.w.settle());
        const std::uint64_t read = stage.moment().walk->wordsRead;
        const std::uint64_t done = stage.w.training.run().numbers().done;
        QVERIFY(read < done);
        QVERIFY(stage.find<QPushButton>("newest").isVisible());
        stage.click("newest");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.moment().walk->wordsRead, done);
        QVERIFY(!stage.find<QPushButton>("newest").isVisible());
    }

    void aViewComesBack() {
        Stage first;
        QVERIFY(first.ready());
        first.write(QStringLiteral("the duchess of spain wore a crown"));
        first.type("negative", QStringLiteral("3"));
        first.type("rate", QStringLiteral("0.1"));
        QTest::mouseClick(first.find<Segmented>("model").button(1), Qt::LeftButton);
        QVERIFY(first.w.settle());
        first.press(Qt::Key_PageDown);
        for (int i = 0; i < static_cast<int>(StepStage::Sigmoid); ++i) {
            first.press(Qt::Key_Right);
        }
        Stage second;
        QVERIFY(second.ready());
        second.panel->restoreView(first.panel->saveView());
        QVERIFY(second.w.settle());
        QCOMPARE(second.panel->saveView(), first.panel->saveView());
        QCOMPARE(second.word(), QStringLiteral("duchess"));
        QCOMPARE(second.moment().stage, StepStage::Sigmoid);
        QCOMPARE(second.text(), first.text());
        // What makes no sense changes nothing.
        const QJsonObject before = second.panel->saveView();
        QVERIFY(before.contains(QStringLiteral("negative")));
        second.panel->restoreView({{QStringLiteral("window"), -3},
                                   {QStringLiteral("rate"), QStringLiteral("x")},
                                   {QStringLiteral("negative"), 21},
                                   {QStringLiteral("model"), 7},
                                   {QStringLiteral("stage"), QStringLiteral("none")},
                                   {QStringLiteral("word"), 1000},
                                   {QStringLiteral("x"), 1000}});
        QVERIFY(second.w.settle());
        QCOMPARE(second.moment().stage, StepStage::Sigmoid);
        QCOMPARE(second.word(), QStringLiteral("duchess"));
        QJsonObject after = second.panel->saveView();
        after.remove(QStringLiteral("x"));
        QCOMPARE(after, before);
    }

    void aFigureShowsTheErrorsOfTheQueen() {
        Stage stage({560, 560}, false);
        QVERIFY(stage.ready());
        QCOMPARE(stage.word(), QStringLiteral("queen"));
        QCOMPARE(stage.moment().stage, StepStage::Error);
        for (const char* name : {"sentence", "player", "wordAfter"}) {
            QVERIFY2(!stage.find<QWidget>(name).isVisible(), name);
        }
        QVERIFY(stage.view().height() >= stage.view().minimumSizeHint().height());
        QVERIFY(stage.panel->parameters().contains(QStringLiteral("window 3")));
    }

    void nothingIsCut_data() {
        QTest::addColumn<double>("type");
        QTest::newRow("usual") << 1.0;
        QTest::newRow("large") << 1.3;
    }
    void nothingIsCut() {
        QFETCH(const double, type);
        Stage stage;
        stage.w.themes.setTextScale(type);
        applyTheme(*qApp, stage.w.themes.theme());
        QVERIFY(stage.ready());
        stage.card.resize(stage.card.minimumSizeHint());
        QVERIFY(stage.w.settle());
        for (int step = 0; step < 2 * stepStages; ++step) {
            QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
            stage.press(Qt::Key_Right);
        }
    }
};

QTEST_MAIN(StepPanelTest)
#include "step_panel_test.moc"

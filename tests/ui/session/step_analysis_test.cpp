// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/step_analysis.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"
#include "ui/session/sample_corpus.h"

#include <QTest>

using namespace lexiscope;

namespace {

StepSettings settingsOf(const QString& sentence, WordModel model = WordModel::SkipGram) {
    StepSettings settings;
    settings.sentence = sentence;
    settings.options.model = model;
    settings.options.window = 3;
    settings.options.negatives = 2;
    return settings;
}

const QString sentence = QStringLiteral("The Queen of France lived in a castle");

}  // namespace

class StepAnalysisTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void walksOverASentence() {
        test::Workspace w;
        StepAnalysis analysis(w.runner);
        QVERIFY(!analysis.walk() && !analysis.isCurrent());
        analysis.setInputs(nullptr, 0, settingsOf(sentence));
        QVERIFY(analysis.isBusy());
        QVERIFY(w.settle());
        QVERIFY(analysis.isCurrent() && !analysis.failure());
        const StepWalk& walk = *analysis.walk();
        QVERIFY(!walk.isOfRun);
        QCOMPARE(walk.dimension, StepAnalysis::sampleDimensions);
        QCOMPARE(walk.words.size(), std::size_t(8));
        QCOMPARE(walk.words[1].text, std::string("queen"));
        QCOMPARE(walk.traces.size(), std::size_t(8));
        QCOMPARE(walk.placeOf(1), std::size_t(1));
        for (std::size_t i = 0; i < walk.traces.size(); ++i) {
            const StepTrace& trace = walk.traces[i];
            QCOMPARE(walk.names.at(trace.outputs[0].row), walk.words[i].text);
            QCOMPARE(walk.chances[i].size(), trace.outputs.size());
            QVERIFY(trace.lossAfter < trace.lossBefore);
            // The rows go from step to step.
            if (i > 0) {
                for (const TracedRow& row : trace.inputs) {
                    for (const TracedRow& before : walk.traces[i - 1].inputs) {
                        QVERIFY(row.row != before.row || row.before == before.after);
                    }
                }
            }
        }
        QVERIFY(walk.limit > 0 && walk.wordsRead > 100'000);
    }

    void unknownWordsAreSeenByNoWindow() {
        test::Workspace w;
        StepAnalysis analysis(w.runner);
        analysis.setInputs(nullptr, 0, settingsOf(QStringLiteral("the  qqqq queen,\nzzzz! of")));
        QVERIFY(w.settle());
        const StepWalk& walk = *analysis.walk();
        QCOMPARE(walk.words.size(), std::size_t(5));
        QVERIFY(!walk.words[1].row && !walk.words[3].row);
        QVERIFY(walk.places == std::vector<std::size_t>({0, 2, 4}));
        QCOMPARE(walk.traces.size(), std::size_t(3));
        QCOMPARE(walk.placeOf(1), std::size_t(2));
        QCOMPARE(walk.traces[1].inputs.size(), std::size_t(2));
    }

    void nothingToTakeAStepOf_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("signs") << QStringLiteral(" ,.; ");
        QTest::newRow("one word") << QStringLiteral("queen");
        QTest::newRow("unknown words") << QStringLiteral("qqqq zzzz queen");
        QTest::newRow("no characters") << QString(QChar(0xD800)) + QChar(0);
    }
    void nothingToTakeAStepOf() {
        QFETCH(const QString, text);
        test::Workspace w;
        StepAnalysis analysis(w.runner);
        analysis.setInputs(nullptr, 0, settingsOf(text));
        QVERIFY(w.settle());
        QVERIFY(analysis.isCurrent());
        QVERIFY(analysis.walk()->traces.empty());
    }

    void aLongSentenceIsCut() {
        test::Workspace w;
        StepAnalysis analysis(w.runner);
        analysis.setInputs(nullptr, 0, settingsOf(QStringLiteral("queen king ").repeated(30)));
        QVERIFY(w.settle());
        QCOMPARE(analysis.walk()->words.size(), StepAnalysis::mostWords);
        QCOMPARE(analysis.walk()->wordsLeftOut, std::size_t(20));
        QCOMPARE(analysis.walk()->traces.size(), StepAnalysis::mostWords);
    }

    void theSameInputsGiveTheSameRows() {
        test::Workspace w;
        StepAnalysis first(w.runner);
        StepAnalysis second(w.runner);
        for (StepAnalysis* analysis : {&first, &second}) {
            analysis->setInputs(nullptr, 0, settingsOf(sentence, WordModel::Cbow));
            QVERIFY(w.settle());
        }
        for (std::size_t i = 0; i < first.walk()->traces.size(); ++i) {
            QVERIFY(first.walk()->traces[i].inputs[0].after == second.walk()->traces[i].inputs[0].after);
            QVERIFY(first.walk()->traces[i].mean.has_value());
        }
        // And nothing is done twice.
        const std::shared_ptr<const StepWalk> walk = first.walk();
        first.setInputs(nullptr, 0, settingsOf(sentence, WordModel::Cbow));
        QVERIFY(!first.isBusy() && first.walk() == walk);
        // Another seed draws other words, from the same rows.
        StepSettings other = settingsOf(sentence, WordModel::Cbow);
        other.options.seed = 9;
        first.setInputs(nullptr, 0, other);
        QVERIFY(!first.isCurrent() && first.walk() == walk);
        QVERIFY(w.settle());
        QVERIFY(first.walk()->traces[0].plan.outputs != walk->traces[0].plan.outputs);
        QCOMPARE(first.walk()->wordsRead, walk->wordsRead);
    }

    void withoutAPassRowsAreChance() {
        test::Workspace w;
        StepAnalysis analysis(w.runner);
        StepSettings settings = settingsOf(sentence);
        settings.passes = 0;
        analysis.setInputs(nullptr, 0, settings);
        QVERIFY(w.settle());
        const StepTrace& first = analysis.walk()->traces[0];
        QCOMPARE(analysis.walk()->wordsRead, std::uint64_t(0));
        // Output rows begin as zeros, so the first step moves those alone.
        QVERIFY(first.inputs[0].before == first.inputs[0].after);
        QCOMPARE(first.outputs[0].before, std::vector<float>(StepAnalysis::sampleDimensions, 0.0F));
        QVERIFY(first.outputs[0].after != first.outputs[0].before);
        QCOMPARE(first.pair(0, 0).sigmoid, 0.5F);
    }

    void aRunIsReadAndNotChanged() {
        test::Workspace w;
        TrainingSettings training{QString(), suggestedOptions({})};
        training.options.epochs = 1;
        training.options.threads = 1;
        training.options.dimension = 12;
        w.training.run().start(training);
        QVERIFY(w.settle());
        const std::shared_ptr<const WordTrainer> trainer = w.training.run().trainer();
        QVERIFY(trainer);
        const std::vector<float> before = trainer->vectors();
        StepAnalysis analysis(w.runner);
        analysis.setInputs(trainer, 1, settingsOf(sentence));
        QVERIFY(w.settle());
        const StepWalk& walk = *analysis.walk();
        QVERIFY(walk.isOfRun);
        QCOMPARE(walk.dimension, std::size_t(12));
        QCOMPARE(walk.wordsRead, trainer->wordsDone());
        const TracedRow& row = walk.traces[0].inputs[0];
        QVERIFY(row.before == trainer->row(WordTable::Inputs, Row{row.row}));
        QVERIFY(walk.traces[0].outputs[0].before ==
                trainer->row(WordTable::Outputs, Row{walk.traces[0].outputs[0].row}));
        QVERIFY(trainer->vectors() == before);
        // A walk does not keep the tables of a run that has gone.
        const std::weak_ptr<const WordTrainer> gone = trainer;
        QVERIFY(gone.use_count() <= 2);
    }

    void longRowsAreKeptAsFarAsMemoryIsMeantFor() {
        test::Workspace w;
        WordTrainingOptions training;
        training.threads = 1;
        training.dimension = 8192;
        training.mostWords = 20;
        NoProgress progress;
        Corpus corpus =
            Corpus::ofFile(MappedFile::ofBytes(sampleCorpus(), "sample"), WordSplit::Letters).value();
        const std::shared_ptr<const WordTrainer> trainer =
            WordTrainer::create(std::move(corpus), training, w.pool, progress).value();
        StepAnalysis analysis(w.runner);
        StepSettings settings = settingsOf(QStringLiteral("the of in and ").repeated(10));
        settings.options.window = 10;
        settings.options.negatives = 20;
        analysis.setInputs(trainer, 1, settings);
        QVERIFY(w.settle());
        const StepWalk& walk = *analysis.walk();
        QVERIFY(!walk.traces.empty() && walk.stepsLeftOut > 0);
        QCOMPARE(walk.traces.size() + walk.stepsLeftOut, walk.places.size());
    }
};

QTEST_MAIN(StepAnalysisTest)
#include "step_analysis_test.moc"

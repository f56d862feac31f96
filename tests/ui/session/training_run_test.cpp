// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/training_run.h"

#include "core/search/nearest.h"
#include "core/search/token_lookup.h"
#include "tests/support/await.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "ui/session/sample_corpus.h"
#include "ui/session/watched_words.h"

#include <set>
#include <sstream>

#include <QTest>

using namespace lexiscope;
using State = TrainingRun::State;

namespace {

/// What is learned from the sample in a part of a second, the same each time.
TrainingSettings small() {
    TrainingSettings settings{QString(), suggestedOptions({})};
    settings.options.dimension = 10;
    settings.options.epochs = 2;
    settings.options.threads = 1;
    return settings;
}

/// So much that no machine comes to its end while a test looks at it.
TrainingSettings endless() {
    TrainingSettings settings = small();
    settings.options.epochs = mostTrainingEpochs;
    return settings;
}

struct Learner {
    WorkerPool pool;
    JobRunner runner{pool};
    TrainingRun run{runner};

    [[nodiscard]] bool reaches(State state) {
        return test::await([&] { return run.state() == state; });
    }
    [[nodiscard]] bool reads(std::uint64_t words) {
        return test::await([&] { return run.numbers().done > words && !run.numbers().areBytes; });
    }
};

std::vector<float> vectorsOf(const TrainingSnapshot& snapshot) {
    std::vector<float> all(snapshot.model->table->rows() * snapshot.model->table->dimension());
    snapshot.model->table->widen(Row{0}, snapshot.model->table->rows(), all);
    return all;
}

Error failureOf(const std::string& text, const TrainingSettings& settings) {
    const test::ScratchFolder folder;
    Learner learner;
    TrainingSettings asked = settings;
    asked.corpus = QString::fromStdString(folder.write("text.txt", text).string());
    QSignalSpy failed(&learner.run, &TrainingRun::failed);
    learner.run.start(asked);
    if (!learner.reaches(State::Failed) || failed.count() != 1) {
        return {};
    }
    return *learner.run.failure();
}

}  // namespace

class TrainingRunTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theSampleIsTheSameEachTime() {
        const std::string text = sampleCorpus();
        QCOMPARE(text, sampleCorpus());
        std::istringstream words(text);
        std::set<std::string> distinct;
        std::size_t lines = 0;
        for (std::string line; std::getline(words, line); ++lines) {
            QVERIFY(line.find('%') == std::string::npos);
            std::istringstream in(line);
            for (std::string word; in >> word;) {
                distinct.insert(word);
            }
        }
        QCOMPARE(lines, std::size_t(20'000));
        QVERIFY(distinct.size() > 160);
        QVERIFY(distinct.contains("queen") && distinct.contains("rome"));
    }

    void learnsToTheEnd() {
        Learner learner;
        QCOMPARE(learner.run.state(), State::Idle);
        learner.run.start(small());
        QCOMPARE(learner.run.state(), State::Counting);
        QVERIFY(learner.reaches(State::Done));
        const TrainingNumbers numbers = learner.run.numbers();
        QCOMPARE(numbers.done, numbers.total);
        QCOMPARE(numbers.total, 2 * learner.run.words()->total);
        QVERIFY(numbers.wordsPerSecond > 0);
        const std::vector<TrainingLoss> losses = learner.run.losses();
        QVERIFY(losses.size() > 10);
        QVERIFY(losses.back().loss < losses.front().loss);

        const std::vector<TrainingSnapshot>& snapshots = learner.run.snapshots();
        QVERIFY(snapshots.size() > 10);
        QVERIFY(snapshots.size() <= TrainingRun::mostSnapshots);
        QCOMPARE(snapshots.front().words, std::uint64_t(0));
        QCOMPARE(snapshots.back().words, numbers.total);
        for (std::size_t i = 1; i < snapshots.size(); ++i) {
            QVERIFY(snapshots[i - 1].words < snapshots[i].words);
            QCOMPARE(snapshots[i].model->vocabulary, snapshots[0].model->vocabulary);
        }
    }

    void whatIsLearnedMakesSense() {
        Learner learner;
        TrainingSettings settings = small();
        settings.options.epochs = 6;
        learner.run.start(settings);
        QVERIFY(learner.reaches(State::Done));
        const std::shared_ptr<const Model> model = learner.run.snapshots().back().model;
        WatchedWords watched(learner.runner);
        QSignalSpy found(&watched, &WatchedWords::changed);
        watched.watch(model, {findToken(*model, "rome").value().row, Row{1'000'000}});
        QVERIFY(test::awaitSignals(found));
        QCOMPARE(watched.words().size(), std::size_t(1));
        // The words that are said of it, and the other capitals.
        const std::set<std::string> wanted = {"italy",  "italian", "paris",  "berlin", "madrid",
                                              "london", "athens",  "moscow", "tokyo"};
        std::size_t met = 0;
        for (const Neighbor& neighbor : watched.words()[0].neighbors) {
            met += wanted.contains(textOf(*model->vocabulary, neighbor.row));
        }
        QVERIFY2(met >= 5, qPrintable(QString::number(met)));
        watched.watch(nullptr, {});
        QVERIFY(watched.words().empty());
    }

    void pausesAndGoesOnToTheSameEnd() {
        Learner straight;
        straight.run.start(small());
        QVERIFY(straight.reaches(State::Done));

        Learner learner;
        learner.run.start(small());
        QVERIFY(learner.reads(0));
        for (int pauses = 0; learner.run.state() == State::Learning; ++pauses) {
            learner.run.pause();
            QVERIFY(test::await([&] { return learner.run.state() != State::Learning; }));
            if (learner.run.state() == State::Paused) {
                const std::uint64_t before = learner.run.numbers().done;
                QVERIFY(!learner.run.isActive());
                QVERIFY(learner.run.reader()().model);
                learner.run.goOn();
                QVERIFY(pauses > 0 || learner.run.state() == State::Learning);
                QVERIFY(test::await([&] {
                    return learner.run.numbers().done > before || learner.run.state() == State::Done;
                }));
            }
        }
        QVERIFY(learner.reaches(State::Done));
        QCOMPARE(vectorsOf(learner.run.snapshots().back()), vectorsOf(straight.run.snapshots().back()));
    }

    void stoppingKeepsWhatWasLearned() {
        Learner learner;
        learner.run.start(endless());
        QVERIFY(learner.reads(1000));
        learner.run.stop();
        QVERIFY(learner.reaches(State::Done));
        const TrainingNumbers numbers = learner.run.numbers();
        QVERIFY(numbers.done > 1000 && numbers.done < numbers.total);
        QCOMPARE(learner.run.snapshots().back().words, numbers.done);

        learner.run.start(endless());
        QVERIFY(learner.reads(1000));
        learner.run.pause();
        QVERIFY(learner.reaches(State::Paused));
        learner.run.stop();
        QCOMPARE(learner.run.state(), State::Done);
        QCOMPARE(learner.run.snapshots().back().words, learner.run.numbers().done);
    }

    void stoppingWhileWordsAreCountedLeavesNothing() {
        Learner learner;
        learner.run.start(endless());
        learner.run.stop();
        // On a machine in a hurry the words have been counted before.
        QVERIFY(test::await([&] { return !learner.run.isActive(); }));
        QVERIFY(learner.run.state() == State::Idle || learner.run.state() == State::Done);
        QVERIFY(learner.runner.isIdle());
    }

    void aPauseLosesNoSnapshotOnItsWay() {
        Learner learner;
        learner.run.start(endless());
        QVERIFY(learner.reaches(State::Learning));
        learner.run.pause();
        QVERIFY(learner.reaches(State::Paused));
        QCOMPARE(learner.run.snapshots().size(), std::size_t{1});
        QCOMPARE(learner.run.snapshots()[0].words, std::uint64_t{0});
    }

    void aPauseWhileWordsAreCountedComesAfterThat() {
        Learner learner;
        learner.run.start(small());
        learner.run.pause();
        QVERIFY(learner.reaches(State::Paused));
        QCOMPARE(learner.run.numbers().done, std::uint64_t(0));
        QVERIFY(learner.run.words() != nullptr);
        learner.run.goOn();
        QVERIFY(learner.reaches(State::Done));
    }

    void aNewRunForgetsTheOld() {
        Learner learner;
        learner.run.start(endless());
        QVERIFY(learner.reads(0));
        learner.run.start(small());
        QVERIFY(learner.run.snapshots().empty());
        QVERIFY(learner.reaches(State::Done));
        QCOMPARE(learner.run.numbers().total, 2 * learner.run.words()->total);
    }

    void itEndsWithTheProgram() {
        Learner learner;
        learner.run.start(endless());
        QVERIFY(learner.reads(0));
    }

    void aTextThatTeachesNothingIsRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("minCount");
        QTest::newRow("empty") << QByteArray() << 1;
        QTest::newRow("one word") << QByteArray("word word word") << 1;
        QTest::newRow("all rare") << QByteArray("some words that stand once each") << 5;
        QTest::newRow("no words") << QByteArray("... !!! ...") << 1;
    }

    void aTextThatTeachesNothingIsRefused() {
        QFETCH(const QByteArray, text);
        QFETCH(const int, minCount);
        TrainingSettings settings = small();
        settings.options.minCount = static_cast<std::uint64_t>(minCount);
        const Error error = failureOf(text.toStdString(), settings);
        QCOMPARE(error.code, ErrorCode::Broken);
        QVERIFY(!error.what.empty());
        QVERIFY(error.where.find("text.txt") != std::string::npos);
    }

    void aTextThatIsNotThereIsSaid() {
        Learner learner;
        TrainingSettings settings = small();
        settings.corpus = QStringLiteral("/no/such/text.txt");
        learner.run.start(settings);
        QVERIFY(learner.reaches(State::Failed));
        QCOMPARE(learner.run.failure()->code, ErrorCode::NotFound);
        learner.run.start(small());
        QVERIFY(!learner.run.failure());
        QVERIFY(learner.reaches(State::Done));
    }

    void aTextCutShortKeepsWhatWasLearned() {
        const test::ScratchFolder folder;
        std::string text;
        for (int i = 0; i < 8; ++i) {
            text += sampleCorpus();
        }
        const std::filesystem::path file = folder.write("text.txt", text);
        Learner learner;
        TrainingSettings settings = endless();
        settings.corpus = QString::fromStdString(file.string());
        learner.run.start(settings);
        QVERIFY(learner.reads(100));
        std::filesystem::resize_file(file, 5000);
        QVERIFY(test::await([&] {
            if (learner.run.state() == State::Learning) {
                learner.run.pause();  // it is noticed at the next stop, or at the end
            }
            return learner.run.state() == State::Failed;
        }));
        QCOMPARE(learner.run.failure()->code, ErrorCode::Unreadable);
        QVERIFY(!learner.run.snapshots().empty());
        QVERIFY(learner.run.reader()().model);
    }

    void brokenBytesAreToldOf() {
        const test::ScratchFolder folder;
        Learner learner;
        TrainingSettings settings = small();
        settings.corpus =
            QString::fromStdString(folder.write("text.txt", sampleCorpus() + "\xff\xfe end\n").string());
        QSignalSpy warned(&learner.run, &TrainingRun::warned);
        learner.run.start(settings);
        QVERIFY(learner.reaches(State::Done));
        QCOMPARE(warned.count(), 1);
        QCOMPARE(warned[0][0].toString(), QStringLiteral("text.txt"));
        QCOMPARE(warned[0][1].toStringList(),
                 QStringList(QStringLiteral("2 bytes are no UTF-8; words end there")));
    }
};

QTEST_GUILESS_MAIN(TrainingRunTest)
#include "training_run_test.moc"

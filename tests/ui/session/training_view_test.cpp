// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/training_view.h"

#include "core/io/model_loader.h"
#include "core/search/token_lookup.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"
#include "ui/session/sample_corpus.h"

#include <QTest>

using namespace lexiscope;
using State = TrainingRun::State;

namespace {

TrainingSettings settingsFor(std::size_t epochs) {
    TrainingSettings settings{QString(), suggestedOptions({})};
    settings.options.dimension = 16;
    settings.options.epochs = epochs;
    settings.options.threads = 1;
    return settings;
}

/// Map and neighbours are looked at, as panels do.
struct Stage : test::Workspace {
    Stage() {
        analyses.want(Analyses::Projection, &runner, true);
        analyses.want(Analyses::Neighbors, &runner, true);
    }
    [[nodiscard]] bool learnAll() {
        training.run().start(settingsFor(2));
        return settle() && training.run().state() == State::Done;
    }
    Row rowOf(const char* word) { return findToken(*training.model(), word).value().row; }
    QString selectedWord() {
        const std::optional<Selected>& selected = selection.selected();
        return selected ? shownToken(*session.slot(selected->slot).model, selected->row) : QString();
    }
};

}  // namespace

class TrainingViewTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void whatIsLearnedComesIntoSlotB() {
        Stage w;
        QVERIFY(w.load(0, QStringLiteral("builtin:wiki-words")));
        w.selection.select({0, findToken(*w.session.slot(0).model, "queen").value().row, std::nullopt});
        QVERIFY(w.learnAll());
        QCOMPARE(w.training.slot(), std::optional(1));
        QCOMPARE(w.session.activeSlot(), 1);
        QCOMPARE(w.session.slot(1).model, w.training.model());
        QCOMPARE(w.training.model(), w.training.run().snapshots().back().model);
        QVERIFY(w.session.slot(1).spec.isEmpty());
        QCOMPARE(w.selectedWord(), QStringLiteral("queen"));
        QVERIFY(w.analyses.isCurrent(1, Analyses::Projection));
        QCOMPARE(w.analyses.projection(1)->rows, w.training.model()->table->rows());
        QCOMPARE(w.analyses.neighbors(1)->model, w.training.model());
    }

    void theSelectionStaysWhileItLearns() {
        Stage w;
        w.training.run().start(settingsFor(mostTrainingEpochs));
        QVERIFY(test::await([&] { return w.training.model() != nullptr; }));
        w.selection.select({1, w.rowOf("rome"), std::nullopt});
        w.selection.setPinned({w.rowOf("king"), w.rowOf("dog")});
        const std::vector<Row> pins = w.selection.pinned();
        QSignalSpy cleared(&w.selection, &Selection::selectedChanged);
        for (int pictures = 0; pictures < 2; ++pictures) {
            const std::shared_ptr<const Model> before = w.training.model();
            QVERIFY(test::await([&] { return w.training.model() != before; }));
            QCOMPARE(w.session.slot(1).model, w.training.model());
            // Map and neighbours come with the picture: nothing is out of date for a moment.
            QVERIFY(w.analyses.isCurrent(1, Analyses::Projection));
            QVERIFY(w.analyses.isCurrent(1, Analyses::Neighbors));
        }
        QCOMPARE(cleared.count(), 0);
        QCOMPARE(w.selectedWord(), QStringLiteral("rome"));
        QCOMPARE(w.selection.pinned(), pins);
        w.training.run().stop();
        QVERIFY(w.settle());
    }

    void goesBackThroughThePictures() {
        Stage w;
        QVERIFY(w.learnAll());
        const std::shared_ptr<const PcaResult> end = w.analyses.projection(1);
        const std::shared_ptr<const Model> last = w.training.model();
        QVERIFY(w.training.pictures() > 10);
        w.training.choose(3);
        QVERIFY(w.settle());
        QCOMPARE(w.training.chosen(), std::optional<std::size_t>(3));
        QCOMPARE(w.session.slot(1).model, w.training.run().snapshots()[3].model);
        QCOMPARE(w.training.wordsRead(), w.training.run().snapshots()[3].words);
        QCOMPARE(w.analyses.projection(1)->directions, end->directions);
        QVERIFY(w.analyses.projection(1)->coordinates != end->coordinates);
        w.training.choose(1'000'000);
        QCOMPARE(w.training.chosen(), std::optional<std::size_t>(3));
        w.training.follow();
        QVERIFY(w.settle());
        QVERIFY(!w.training.chosen());
        QCOMPARE(w.training.model(), last);
        QCOMPARE(w.analyses.projection(1)->coordinates, end->coordinates);
    }

    void anotherModelInItsSlotIsLeftInPeace() {
        Stage w;
        QVERIFY(w.learnAll());
        QVERIFY(w.load(1, QStringLiteral("builtin:wiki-words")));
        QVERIFY(!w.training.slot());
        w.training.choose(0);
        QVERIFY(w.settle());
        QCOMPARE(w.session.slot(1).spec, QStringLiteral("builtin:wiki-words"));
        w.training.setSlot(0);
        QVERIFY(w.settle());
        QCOMPARE(w.session.slot(0).model, w.training.run().snapshots()[0].model);
        QCOMPARE(w.session.activeSlot(), 0);
    }

    void whatIsShownIsSavedWholeOrNotAtAll() {
        const test::ScratchFolder folder;
        Stage w;
        QVERIFY(w.learnAll());
        QSignalSpy saved(&w.training, &TrainingView::saved);
        QSignalSpy failed(&w.training, &TrainingView::failed);
        const std::filesystem::path file = folder.path() / "words.bin";
        w.training.save(QString::fromStdString(file.string()));
        QVERIFY(w.settle());
        QCOMPARE(saved.count(), 1);
        NoProgress progress;
        const auto read = loadModel(file, progress, {}).value();
        QCOMPARE(read->table->rows(), w.training.model()->table->rows());
        for (std::uint32_t row = 0; row < read->table->rows(); ++row) {
            QCOMPARE(read->table->row(Row{row}), w.training.model()->table->row(Row{row}));
            QCOMPARE(read->vocabulary->spelling(Row{row}),
                     w.training.model()->vocabulary->spelling(Row{row}));
        }
        QCOMPARE(w.session.slot(1).spec, QString::fromStdString(file.string()));

        w.training.save(QString::fromStdString((folder.path() / "words.doc").string()));
        QCOMPARE(failed.count(), 1);
        w.training.save(QStringLiteral("/dev/full/words.bin"));
        QVERIFY(w.settle());
        QCOMPARE(failed.count(), 2);
        QVERIFY(!failed[1][0].value<Error>().what.empty());
        QCOMPARE(w.session.slot(1).model, w.training.model());
    }

    void whatIsLearnedFromAFileIsUnsavedUntilItIsSaved() {
        const test::ScratchFolder folder;
        Stage w;
        QVERIFY(!w.training.isUnsaved());
        QVERIFY(w.learnAll());
        QVERIFY(!w.training.isUnsaved());  // the sample
        TrainingSettings settings = settingsFor(1);
        settings.corpus =
            QString::fromStdString(folder.write("text.txt", sampleCorpus().substr(0, 100'000)).string());
        w.training.run().start(settings);
        QVERIFY(w.settle());
        QVERIFY(w.training.isUnsaved());
        w.training.save(QString::fromStdString((folder.path() / "words.txt").string()));
        QVERIFY(w.settle());
        QVERIFY(!w.training.isUnsaved());
    }

    void aNewRunTakesThePlaceOfTheOld() {
        Stage w;
        QVERIFY(w.learnAll());
        w.training.setSlot(0);
        const std::shared_ptr<const Model> old = w.training.model();
        w.training.choose(2);
        QVERIFY(w.settle());
        QVERIFY(w.learnAll());
        QCOMPARE(w.training.slot(), std::optional(0));
        QVERIFY(!w.training.chosen());
        QVERIFY(w.session.slot(0).model != old);
        QCOMPARE(w.session.slot(0).model, w.training.model());
    }
};

QTEST_MAIN(TrainingViewTest)
#include "training_view_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/feature_document.h"

#include "core/io/feature_csv.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

Row rowOfThing(const Session& session, int slot, const char* thing) {
    return session.slot(slot).model->vocabulary->find(thing).value();
}

}  // namespace

/// The feature table as a document of the session, and as the model of a slot.
class FeatureDocumentTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void stepsAreTakenBackAndDoneAgain() {
        FeatureDocument document;
        QSignalSpy changes(&document, &FeatureDocument::changed);
        QVERIFY(!document.undoText() && !document.redoText());
        document.apply(QStringLiteral("Add cat"), document.table().withThing("cat"));
        document.apply(QStringLiteral("Rate cat"), document.table().withRating(1, 0, 7));
        QCOMPARE(changes.size(), 2);
        QCOMPARE(*document.undoText(), QStringLiteral("Rate cat"));
        document.undo();
        QCOMPARE(document.table().rating(1, 0), 0.F);
        QCOMPARE(*document.undoText(), QStringLiteral("Add cat"));
        QCOMPARE(*document.redoText(), QStringLiteral("Rate cat"));
        document.undo();
        document.undo();  // there is no more
        QCOMPARE(document.table(), FeatureTable());
        document.redo();
        document.redo();
        document.redo();
        QCOMPARE(document.table().rating(1, 0), 7.F);
        document.undo();
        document.apply(QStringLiteral("Add dog"), document.table().withThing("dog"));
        QVERIFY(!document.redoText());
        QCOMPARE(document.table().things(), std::vector<std::string>({"thing", "cat", "dog"}));
    }

    void whatChangesNothingIsNoStep() {
        FeatureDocument document;
        QSignalSpy changes(&document, &FeatureDocument::changed);
        document.apply(QStringLiteral("Rate"), document.table().withRating(0, 0, 0));
        QVERIFY(changes.isEmpty() && !document.undoText());
    }

    void whatIsWrongIsToldAndChangesNothing() {
        FeatureDocument document;
        QSignalSpy refusals(&document, &FeatureDocument::refused);
        document.apply(QStringLiteral("Add"), document.table().withThing("thing"));
        QCOMPARE(refusals.size(), 1);
        QCOMPARE(document.table(), FeatureTable());
    }

    void theHistoryHasAnEnd() {
        FeatureDocument document;
        for (int i = 1; i <= 1000; ++i) {
            document.apply(QString::number(i),
                           document.table().withRating(0, 0, static_cast<float>(i % 10) + 0.5F));
        }
        int steps = 0;
        while (document.undoText()) {
            document.undo();
            ++steps;
        }
        QCOMPARE(steps, 199);
    }

    void itBeginsWithTheExample() {
        test::Workspace w;
        QVERIFY(w.session.features().table().things().size() > 5);
        QCOMPARE(w.session.features().table(),
                 readFeatureFile(test::builtinModels() / "features/features.csv").value());
        QVERIFY(!w.session.features().undoText());
    }

    void aSlotFollowsTheTable() {
        test::Workspace w;
        QVERIFY(w.load(0, QStringLiteral("builtin:wiki-words")));
        QVERIFY(w.load(1, Session::featureSpec()));
        FeatureDocument& document = w.session.features();
        QCOMPARE(w.session.slot(1).model, document.model());
        QCOMPARE(w.session.slot(1).model->format, std::string("feature table"));
        const std::shared_ptr<const Model> words = w.session.slot(0).model;

        w.session.setActiveSlot(1);
        w.selection.select({1, rowOfThing(w.session, 1, "wolf"), std::nullopt});
        document.apply(QStringLiteral("Remove"), document.table().withoutThing(0));
        QVERIFY(w.settle());
        QCOMPARE(w.session.slot(1).model, document.model());
        QVERIFY(!w.session.slot(1).model->vocabulary->find("cat"));
        QCOMPARE(w.selection.selected()->row, rowOfThing(w.session, 1, "wolf"));  // a row further up
        QCOMPARE(w.session.slot(0).model, words);
        const std::shared_ptr<const Model> before = w.session.slot(1).model;
        document.apply(QStringLiteral("Rate"), document.table().withRating(0, 0, 5));
        QVERIFY(w.session.slot(1).model != before && haveSameWords(w.session.slot(1).model, before));
        QVERIFY(w.selection.selected());  // nothing has to be looked for
        document.undo();
        document.undo();
        QVERIFY(w.settle());
        QVERIFY(w.session.slot(1).model->vocabulary->find("cat"));
        QCOMPARE(w.selection.selected()->row, rowOfThing(w.session, 1, "wolf"));
    }

    void aSlotOfAnotherModelIsLeftAlone() {
        test::Workspace w;
        QVERIFY(w.load(0, Session::featureSpec()));
        QVERIFY(w.load(0, QStringLiteral("builtin:wiki-words")));
        const std::shared_ptr<const Model> words = w.session.slot(0).model;
        w.session.features().apply(QStringLiteral("Remove"), w.session.features().table().withoutThing(0));
        QVERIFY(w.settle());
        QCOMPARE(w.session.slot(0).model, words);
    }

    void aChangeWhileItLoadsIsNotLost() {
        test::Workspace w;
        w.session.load(0, Session::featureSpec());
        w.session.features().apply(QStringLiteral("Add"), w.session.features().table().withThing("zebra"));
        QVERIFY(w.settle());
        QVERIFY(w.session.slot(0).model->vocabulary->find("zebra"));
    }

    void aFileIsImportedAndTakenBack() {
        test::Workspace w;
        const FeatureTable before = w.session.features().table();
        const test::ScratchFolder folder;
        const auto file = folder.write("pets.csv", "thing,barks\r\ncat,0\r\ndog,10\r\n");
        w.session.importFeatures(QString::fromStdString(file.string()));
        QVERIFY(w.settle());
        QCOMPARE(w.session.features().table().things(), std::vector<std::string>({"cat", "dog"}));
        QCOMPARE(*w.session.features().undoText(), QStringLiteral("Import pets.csv"));
        w.session.features().undo();
        QCOMPARE(w.session.features().table(), before);
        w.session.features().redo();
        w.session.restoreExampleFeatures();
        QCOMPARE(w.session.features().table(), before);
    }

    void aBrokenFileChangesNothing() {
        test::Workspace w;
        const FeatureTable before = w.session.features().table();
        const test::ScratchFolder folder;
        const auto file = folder.write("pets.csv", "thing,barks\ncat,much\n");
        QSignalSpy failures(&w.session, &Session::failed);
        w.session.importFeatures(QString::fromStdString(file.string()));
        w.session.importFeatures(QString::fromStdString(file.string()));  // joins
        QVERIFY(w.settle());
        QCOMPARE(failures.size(), 1);
        QCOMPARE(failures.front().front().value<Error>().where, file.string() + ", line 2, column 5");
        QCOMPARE(w.session.features().table(), before);
        QVERIFY(!w.session.features().undoText());
    }
};

QTEST_MAIN(FeatureDocumentTest)
#include "feature_document_test.moc"

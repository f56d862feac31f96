// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_memory.h"

#include "core/search/token_lookup.h"
#include "tests/support/byte_ranks.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;

namespace {

struct Kept {
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    SessionMemory memory{settings};
};

}  // namespace

class SessionMemoryTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void nothingIsRememberedAtFirst() {
        const Kept kept;
        const RememberedWork work = kept.memory.read();
        QVERIFY(!work.hasModels());
        QVERIFY(!work.text);
        QVERIFY(work.token.isEmpty());
        QVERIFY(kept.memory.isContinued());
    }

    void modelsTextAndSelectionComeBack() {
        Kept kept;
        const QByteArray text("king \0 \xff\xfe\nqueen", 15);
        {
            test::Workspace w;
            QVERIFY(w.load(1, QStringLiteral("builtin:wiki-words")));
            w.session.setText(text);
            w.selection.select({1, findToken(*w.session.slot(1).model, "queen").value().row, Position{3}});
            kept.memory.write(w.session, w.selection);
        }
        const RememberedWork work = kept.memory.read();
        QCOMPARE(work.models, QStringList({QString(), QStringLiteral("builtin:wiki-words")}));
        QVERIFY(work.hasModels());
        QCOMPARE(*work.text, text);
        QCOMPARE(work.token, QByteArray("queen"));
        QCOMPARE(work.tokenSlot, 1);
        QCOMPARE(work.position, std::optional(Position{3}));
        kept.memory.forget();
        QVERIFY(!kept.memory.read().hasModels());
        QVERIFY(!kept.memory.read().text);
    }

    void howTextsAreCutComesBack() {
        Kept kept;
        const test::ScratchFolder folder;
        const QString ranks =
            QString::fromStdString(folder.write("mine.tiktoken", test::byteRanks()).string());
        {
            test::Workspace w;
            QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
            QVERIFY(w.load(3, ranks));
            w.session.setSplit(ranks, SplitScheme::O200k);
            w.session.setEncodeOptions({false, true});
            QVERIFY(w.settle());
            QVERIFY(w.session.slot(3).model->split == SplitScheme::O200k);
            kept.memory.write(w.session, w.selection);
        }
        const RememberedWork work = kept.memory.read();
        QCOMPARE(work.models,
                 QStringList({QStringLiteral("builtin:tiny-gpt2"), QString(), QString(), ranks}));
        test::Workspace w;
        restoreEncoding(work, w.session);
        QVERIFY(w.session.encodeOptions().parseSpecial && !w.session.encodeOptions().addSpecial);
        QVERIFY(w.load(3, ranks));
        QVERIFY(w.session.slot(3).model->split == SplitScheme::O200k);
        QVERIFY(w.session.slot(3).model->warnings.empty());
    }

    void theFeatureTableComesBack() {
        Kept kept;
        FeatureTable changed;
        {
            test::Workspace w;
            FeatureDocument& features = w.session.features();
            features.apply(QStringLiteral("Add"), features.table().withThing("naïve, \"thing\""));
            changed = features.table();
            QVERIFY(w.load(1, Session::featureSpec()));
            kept.memory.write(w.session, w.selection);
        }
        RememberedWork work = kept.memory.read();
        QCOMPARE(work.models, QStringList({QString(), Session::featureSpec()}));
        QVERIFY(takeMissingModels(work).isEmpty());
        test::Workspace w;
        QVERIFY(restoreFeatures(work, w.session).ok());
        QCOMPARE(w.session.features().table(), changed);
        QVERIFY(!w.session.features().undoText());
        // Also to a start that begins with other models, and then writes it again at its end.
        const RememberedWork ratings = kept.memory.readRatings();
        QVERIFY(!ratings.hasModels() && !ratings.text && ratings.token.isEmpty());
        test::Workspace other;
        QVERIFY(restoreFeatures(ratings, other.session).ok());
        kept.memory.write(other.session, other.selection);
        QCOMPARE(kept.memory.read().features, work.features);
        kept.memory.forget();
        QVERIFY(!kept.memory.read().features);
    }

    void aFeatureTableThatIsNoneIsSaid() {
        test::Workspace w;
        const FeatureTable before = w.session.features().table();
        RememberedWork work;
        QVERIFY(restoreFeatures(work, w.session).ok());
        work.features = "thing,barks\ncat,\n";
        const Result<Done> restored = restoreFeatures(work, w.session);
        QVERIFY(!restored.ok());
        QCOMPARE(restored.error().where, std::string("last-features.csv, line 2, column 5"));
        QCOMPARE(w.session.features().table(), before);
    }

    void aModelThatHasGoneIsTakenOutAndNamed() {
        RememberedWork work;
        work.models = {QStringLiteral("/nowhere/model.bin"), QStringLiteral("builtin:wiki-words")};
        QCOMPARE(takeMissingModels(work), QStringList(QStringLiteral("/nowhere/model.bin")));
        QCOMPARE(work.models, QStringList({QString(), QStringLiteral("builtin:wiki-words")}));
        QVERIFY(work.hasModels());
    }

    void beginningAfreshIsRemembered() {
        Kept kept;
        kept.memory.setContinued(false);
        QVERIFY(!SessionMemory(kept.settings).isContinued());
    }
};

QTEST_MAIN(SessionMemoryTest)
#include "session_memory_test.moc"

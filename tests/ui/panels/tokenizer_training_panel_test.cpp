// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tokenizer_training_panel.h"

#include "core/io/tokenizer_json_writer.h"
#include "tests/support/file_bytes.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/token_ids.h"
#include "ui/session/grouped_text.h"
#include "ui/session/sample_corpus.h"
#include "ui/widgets/style_sheet.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace lexiscope;
using State = TokenizerRun::State;

namespace {

struct Stage : test::PanelStage<TokenizerTrainingPanel> {
    explicit Stage(QSize size = {420, 620}) : PanelStage(size) {}
    void chooseKind(int index) { QTest::mouseClick(find<Segmented>("kind").button(index), Qt::LeftButton); }
    TokenizerRun& run() { return w.tokenizerRun; }
    [[nodiscard]] bool learn() {
        click("learn");
        return w.settle() && run().state() == State::Done;
    }
    QAbstractItemModel& rows() { return *find<MergeRows>("mergeList").model(); }
    QString row(int index, int role = Qt::DisplayRole) {
        return rows().index(index, 0).data(role).toString();
    }
};

/// Long enough that somebody can cancel.
std::string longText() {
    std::string text;
    for (int i = 0; i < 40; ++i) {
        text += sampleCorpus();
    }
    return text;
}

}  // namespace

class TokenizerTrainingPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void beginsWithTheSample() {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(stage.find<ElidedLabel>("corpus").text(), QStringLiteral("sample sentences"));
        QCOMPARE(stage.button("learn").text(), QStringLiteral("Learn"));
        for (const char* name : {"useSample", "save", "showIn0", "showIn1"}) {
            QVERIFY2(!stage.button(name).isVisible(), name);
        }
        QVERIFY(stage.find<QLabel>("foundTitle").text().startsWith(QStringLiteral("Nothing has been")));
        QVERIFY(!stage.find<MergeRows>("mergeList").isVisible());
        QVERIFY(stage.panel->data().empty());
        QVERIFY(stage.panel->parameters().isEmpty());
        QVERIFY(stage.panel->fact().isEmpty());
    }

    void theKeyboardGoesFromTheTopDown() {
        Stage stage;
        QVERIFY(stage.ready());
        const QStringList order = {QStringLiteral("choose"),     QStringLiteral("BPE"),
                                   QStringLiteral("vocabulary"), QStringLiteral("min-count"),
                                   QStringLiteral("split"),      QStringLiteral("cased"),
                                   QStringLiteral("learn")};
        QStringList met;
        const QWidget* first = &stage.find<QWidget>("useSample");
        for (const QWidget* at = first->nextInFocusChain(); at != first; at = at->nextInFocusChain()) {
            if (order.contains(at->objectName())) {
                met << at->objectName();
            }
        }
        QCOMPARE(met, order);
    }

    void bytesThatTeachNothingAreToldOf() {
        Stage stage;
        QVERIFY(stage.ready());
        const test::ScratchFolder folder;
        stage.panel->setCorpus(
            QString::fromStdString(folder.write("broken.txt", "one two\nthree \xff\xfe four\n").string()));
        stage.chooseKind(1);
        QVERIFY(stage.learn());
        const auto& state = stage.find<QLabel>("state");
        QVERIFY2(state.text().startsWith(QStringLiteral(
                     "2 bytes are no UTF-8 and teach nothing: the first of them is byte 14, in "
                     "line 2. The text gives no more than ")),
                 qPrintable(state.text()));
        QVERIFY(state.isVisible() && state.height() >= state.heightForWidth(state.width()));
    }

    void mergesAreListedAsTheyWereFound() {
        Stage stage;
        QVERIFY(stage.ready());
        const QAbstractItemModelTester tester(&stage.rows());
        stage.type("vocabulary", QStringLiteral("400"));
        QVERIFY(stage.learn());
        const LearnedTokenizer& learned = *stage.run().result()->learned;
        QCOMPARE(learned.spellings.size(), std::size_t(400));
        QCOMPARE(stage.rows().rowCount(), static_cast<int>(learned.merges.size()));
        const std::vector<FoundMerge> merges = stage.run().merges();
        QCOMPARE(stage.row(0, MergeLeftRole), shownPiece(TokenizerKind::Bpe, merges[0].left));
        QCOMPARE(stage.row(0, MergeNumberRole), QStringLiteral("0"));
        QCOMPARE(stage.row(5),
                 QStringLiteral("5: %1 and %2 become %3, %4 times")
                     .arg(shownPiece(TokenizerKind::Bpe, merges[5].left),
                          shownPiece(TokenizerKind::Bpe, merges[5].right),
                          shownPiece(TokenizerKind::Bpe, merges[5].merged), groupedText(merges[5].count)));
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("400 tokens from ")));
        QCOMPARE(
            stage.panel->parameters().join(u'|'),
            QStringLiteral("sample sentences|byte-level BPE · vocabulary 400 · cut as GPT-2 · min-count 2"));
        const std::string csv = stage.csv();
        QVERIFY(csv.starts_with("rank,left,right,merged,count\r\n0,"));
        QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), std::ptrdiff_t(merges.size() + 1));
    }

    void eachKindHasItsOwnFields() {
        Stage stage;
        QVERIFY(stage.ready());
        QVERIFY(stage.find<QWidget>("split").isVisible() && !stage.find<QWidget>("cased").isVisible());
        stage.chooseKind(1);
        QVERIFY(!stage.find<QWidget>("split").isVisible() && stage.find<QWidget>("cased").isVisible());
        stage.find<QCheckBox>("cased").setChecked(true);
        stage.type("min-count", QStringLiteral("3"));
        stage.type("vocabulary", QStringLiteral("150"));
        QVERIFY(stage.learn());
        const TokenizerTrainingOptions& options = stage.run().settings().options;
        QCOMPARE(options.kind, TokenizerKind::WordPiece);
        QCOMPARE(options.vocabulary, std::size_t(150));
        QCOMPARE(options.minCount, std::uint64_t(3));
        QVERIFY(options.isCased);
        stage.chooseKind(2);
        QVERIFY(!stage.find<QWidget>("min-count").isVisible() && !stage.find<QWidget>("cased").isVisible());
        QVERIFY(stage.learn());
        const LearnedTokenizer& learned = *stage.run().result()->learned;
        QCOMPARE(learned.options.kind, TokenizerKind::Unigram);
        QCOMPARE(stage.rows().rowCount(), static_cast<int>(learned.spellings.size()) - 1);
        QCOMPARE(stage.row(0, MergeResultRole), shownPiece(TokenizerKind::Unigram, learned.spellings[1]));
        QVERIFY(stage.row(0, MergeLeftRole).isEmpty());
        QVERIFY(stage.csv().starts_with("id,token,score\r\n0,<unk>,0"));
    }

    void theTokenizerGoesIntoASlot() {
        Stage stage;
        QVERIFY(stage.ready());
        QVERIFY(stage.learn());
        stage.click("showIn1");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.activeSlot(), 1);
        const std::shared_ptr<const Model> model = stage.w.session.slot(1).model;
        QVERIFY(model && model->tokenizer);
        QCOMPARE(model->tokenizer->kind(), std::string_view("byte-level BPE"));
        QVERIFY(test::idsOf(*model->tokenizer, "the king").size() <= 3);
        QVERIFY(stage.button("showIn1").isChecked() && !stage.button("showIn0").isChecked());
        QVERIFY(stage.w.session.slot(1).spec.isEmpty());
    }

    void whatIsSavedIsReadBackWithTheSameIds() {
        Stage stage;
        const test::ScratchFolder folder;
        QVERIFY(stage.ready());
        QVERIFY(stage.learn());
        stage.click("showIn0");
        const QString path = QString::fromStdString((folder.path() / "new" / "own.json").string());
        QSignalSpy saved(&stage.run(), &TokenizerRun::saved);
        stage.run().save(path);
        QVERIFY(stage.w.settle());
        QCOMPARE(saved.count(), 1);
        QCOMPARE(stage.w.session.slot(0).spec, path);
        QCOMPARE(test::fileBytes(folder.path() / "new" / "own.json"),
                 tokenizerJson(*stage.run().result()->learned));
        const std::shared_ptr<const Model> learned = stage.w.session.slot(0).model;
        QVERIFY(stage.w.load(0, path));
        const std::shared_ptr<const Model> read = stage.w.session.slot(0).model;
        QVERIFY(read && read != learned);
        for (const char* text : {"the queen ate cheese", "Naïve ☃\n\n42", ""}) {
            QVERIFY(test::idsOf(*read->tokenizer, text) == test::idsOf(*learned->tokenizer, text));
        }
    }

    void cancelEndsIt() {
        Stage stage;
        const test::ScratchFolder folder;
        const QString path = QString::fromStdString(folder.write("long.txt", longText()).string());
        QVERIFY(stage.ready());
        stage.panel->setCorpus(path);
        stage.chooseKind(2);
        stage.click("learn");
        QVERIFY(stage.run().isActive());
        QVERIFY(test::await([&] { return stage.button("learn").text() == QStringLiteral("Cancel"); }));
        QVERIFY(!stage.find<QWidget>("kind").isVisible());
        stage.click("learn");
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.run().state(), State::Cancelled);
        QCOMPARE(stage.run().result(), nullptr);
        QVERIFY(!stage.button("save").isVisible());
        QVERIFY(test::await([&] { return stage.button("learn").text() == QStringLiteral("Learn"); }));
        QVERIFY(stage.find<QLabel>("state").text().startsWith(QStringLiteral("Cancelled")));
        // And again to the end.
        stage.chooseKind(0);
        QVERIFY(stage.learn());
    }

    void whatIsNoTextIsSaid() {
        Stage stage;
        QVERIFY(stage.ready());
        QSignalSpy failures(&stage.run(), &TokenizerRun::failed);
        stage.panel->setCorpus(QStringLiteral("/nowhere/none.txt"));
        stage.click("learn");
        QVERIFY(stage.w.settle());
        QCOMPARE(failures.count(), 1);
        QCOMPARE(stage.run().state(), State::Failed);
        QVERIFY(stage.find<QLabel>("state").text().contains(QStringLiteral("none.txt")));
        stage.click("useSample");
        QVERIFY(stage.learn());
    }

    void aDroppedTextIsTheCorpus() {
        Stage stage;
        const test::ScratchFolder folder;
        QVERIFY(stage.ready());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(
            QString::fromStdString(folder.write("mine.txt", "some words, some more words").string()))});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.panel, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.panel, &drop);
        QVERIFY(test::await(
            [&] { return stage.find<ElidedLabel>("corpus").text() == QStringLiteral("mine.txt"); }));
        QCOMPARE(stage.find<QSpinBox>("vocabulary").value(), 8000);
        QVERIFY(stage.learn());
        QVERIFY(stage.find<QLabel>("state").text().startsWith(QStringLiteral("The text gives no more than")));
    }
};

QTEST_MAIN(TokenizerTrainingPanelTest)
#include "tokenizer_training_panel_test.moc"

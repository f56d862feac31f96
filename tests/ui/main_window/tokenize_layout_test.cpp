// SPDX-License-Identifier: GPL-3.0-or-later
// Where the cards of Tokenize mode stand, by the room there is.
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/models/token_table_model.h"
#include "ui/widgets/slot_pill.h"
#include "ui/widgets/style_sheet.h"

#include <QAbstractScrollArea>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QTableView>
#include <QTest>

using namespace lexiscope;

namespace {

const QByteArray twoRows =
    "The king and the queen of France walked along the river and talked about tokenization, unbelievable "
    "words and the weather of yesterday.";

const QSize large(2560, 1440);

/// What is kept between two starts.
struct Kept {
    test::ScratchFolder folder;
    QSettings settings{QString::fromStdString((folder.path() / "settings.ini").string()),
                       QSettings::IniFormat};
};

struct Stage : test::Workspace {
    Stage(QSize size, QSettings& settings) : Stage(size, false, "The king and the queen.", &settings) {}
    explicit Stage(QSize size, bool hasHint = false, const QByteArray& text = "The king and the queen.",
                   QSettings* settings = nullptr)
        : window(context(), themes, runner, settings) {
        applyTheme(*qApp, themes.theme());
        session.setText(text);
        window.setMode(MainWindow::Mode::Tokenize);
        window.resize(size);
        if (hasHint) {
            window.messages().add(MessageBar::Severity::Hint, QStringLiteral("Type a text of your own."));
        }
        ready = load(0, QStringLiteral("builtin:tiny-gpt2")) && test::showActive(window) && settle();
    }
    DockArea& area() { return *window.findChild<DockArea*>(QStringLiteral("tokenizeArea")); }
    CardDock& dock(const char* panel) { return *area().dock(QLatin1String(panel)); }
    bool isBehind(const char* panel, const char* other) {
        return area().tabifiedDockWidgets(&dock(panel)).contains(&dock(other));
    }
    /// How much of a panel would have to be scrolled, in pixels.
    int hidden(const char* panel) {
        int most = 0;
        for (const QAbstractScrollArea* area : dock(panel).findChildren<QAbstractScrollArea*>()) {
            most = area->isVisible() ? std::max(most, area->verticalScrollBar()->maximum()) : most;
        }
        return most;
    }

    MainWindow window;
    bool ready = false;
};

}  // namespace

class TokenizeLayoutTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theVocabularyHasAPlaceOfItsOwnWhereThereIsRoom() {
        Stage s({1440, 900});
        QVERIFY(s.ready);
        QVERIFY(s.isBehind("vocabulary", "merges"));
        s.window.resize(2560, 1440);
        QVERIFY(s.settle());
        QVERIFY(!s.isBehind("vocabulary", "merges"));
        QVERIFY(s.isBehind("pipeline", "merges") && s.isBehind("tokenizers", "table"));
        QVERIFY(s.dock("vocabulary").x() > s.dock("merges").geometry().right());
        QVERIFY(s.dock("merges").x() > s.dock("table").geometry().right());
        QVERIFY(s.dock("vocabulary").width() >= 480);
        QVERIFY(s.dock("merges").width() > s.dock("vocabulary").width());
        s.window.resize(1280, 720);
        QVERIFY(s.settle());
        QVERIFY(s.isBehind("vocabulary", "merges"));
        QVERIFY(s.dock("merges").widget()->isVisible());
    }

    void aLayoutThatNobodyMadeFollowsTheRoomOfTheNextStart() {
        Kept kept;
        {
            Stage s({1440, 900}, kept.settings);
            QVERIFY(s.ready && s.isBehind("vocabulary", "merges"));
            s.dock("tokenizer-training").raise();
            QVERIFY(s.settle() && s.window.close());
        }
        {
            Stage s({1440, 900}, kept.settings);
            QVERIFY(s.ready);
            QVERIFY(s.dock("tokenizer-training").widget()->isVisible());  // in front as it was
        }
        Stage s(large, kept.settings);
        QVERIFY(s.ready);
        QVERIFY(!s.isBehind("vocabulary", "merges"));
        s.window.resize(1280, 720);
        QVERIFY(s.settle());
        QVERIFY(s.isBehind("vocabulary", "merges") && s.isBehind("bytes", "table"));
        QVERIFY(s.dock("bytes").widget()->isVisible());
    }

    void whatSomebodyHasMovedStaysThere() {
        Kept kept;
        {
            Stage s({1440, 900}, kept.settings);
            QVERIFY(s.ready);
            s.dock("bytes").toggleViewAction()->trigger();
            QVERIFY(s.settle() && s.dock("bytes").isHidden() && s.window.close());
        }
        Stage s(large, kept.settings);
        QVERIFY(s.ready);
        QVERIFY(s.dock("bytes").isHidden() && s.isBehind("vocabulary", "merges"));
        s.window.restoreDefaultLayout();
        QVERIFY(s.settle());
        QVERIFY(!s.dock("bytes").isHidden() && !s.isBehind("vocabulary", "merges"));
    }

    void onlyWhatMovesACardMakesALayoutOnesOwn() {
        Stage s({1440, 900});
        QVERIFY(s.ready && s.area().isStandard());
        QTest::mouseClick(s.dock("merges").findChild<QLabel*>(), Qt::LeftButton);
        QTest::mouseClick(&s.area(), Qt::LeftButton, Qt::NoModifier, QPoint(2, 2));
        s.dock("pipeline").raise();
        QVERIFY(s.settle());
        QVERIFY(s.area().isStandard());
        const QRect table = s.dock("table").geometry();
        const QPoint between(table.right() + 5, table.center().y());
        QTest::mousePress(&s.area(), Qt::LeftButton, Qt::NoModifier, between);
        QTest::mouseRelease(&s.area(), Qt::LeftButton, Qt::NoModifier, between);
        QVERIFY(!s.area().isStandard());
    }

    void placesOfAnEarlierVersionGiveWay() {
        constexpr int before = 4;
        Kept kept;
        {
            Stage s({1440, 900}, kept.settings);
            QVERIFY(s.ready);
            kept.settings.setValue(QStringLiteral("tokenize layout"), s.area().saveState(before));
            kept.settings.setValue(QStringLiteral("mode"), QStringLiteral("tokenize"));
        }
        Stage s(large, kept.settings);
        QVERIFY(s.ready);
        QVERIFY(!s.isBehind("vocabulary", "merges"));
        QVERIFY(s.area().isStandard());
    }

    void aHintTakesNoRowApart_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("1440x900") << QSize(1440, 900) << QByteArray("The king and the queen.");
        QTest::newRow("1440x900, two rows of tokens") << QSize(1440, 900) << twoRows;
        QTest::newRow("1280x720") << QSize(1280, 720) << QByteArray("The king and the queen.");
    }
    void aHintTakesNoRowApart() {
        QFETCH(QSize, size);
        QFETCH(QByteArray, text);
        Stage s(size, true, text);
        QVERIFY(s.ready);
        QCOMPARE(s.window.size(), size);
        QCOMPARE(s.hidden("tokens"), 0);
        // The bytes still stand below the text, where the table would.
        QVERIFY(s.isBehind("bytes", "table") && s.dock("bytes").widget()->isVisible());
        QVERIFY(s.dock("bytes").y() > s.dock("tokens").geometry().bottom());
        QCOMPARE(s.dock("bytes").x(), s.dock("tokens").x());
        s.selection.select({0, rowOf(*s.analyses.encoding(0)->encoding.tokens[4].id), Position{4}});
        QVERIFY(s.settle());
        QCOMPARE(s.hidden("merges"), 0);  // "·queen", five merges
    }

    void twoRowsOfTokensHaveRoomBesideTheBytes() {
        Stage s({1440, 900}, false, twoRows);
        QVERIFY(s.ready);
        QVERIFY(!s.isBehind("bytes", "table"));
        QCOMPARE(s.hidden("tokens"), 0);
    }

    void allColumnsAreSeenInLargeType_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("hasCodePoints");
        QTest::newRow("1440x900") << QSize(1440, 900) << true;
        QTest::newRow("1280x720") << QSize(1280, 720) << false;
    }
    void allColumnsAreSeenInLargeType() {
        QFETCH(QSize, size);
        QFETCH(bool, hasCodePoints);
        Stage s(size);
        s.themes.setTextScale(1.3);
        applyTheme(*qApp, s.themes.theme());
        QVERIFY(s.ready && s.settle());
        s.dock("table").raise();
        QVERIFY(s.settle());
        const auto* table = s.dock("table").findChild<QTableView*>(QStringLiteral("tokenTable"));
        QVERIFY(table->isVisible());
        QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(!table->isColumnHidden(TokenTableModel::CodePoints), hasCodePoints);
        QVERIFY(!table->isColumnHidden(TokenTableModel::Rank));
        s.window.resize(2560, 1440);
        QVERIFY(s.settle());
        QVERIFY(!table->isColumnHidden(TokenTableModel::CodePoints));
    }

    void fourPillsTellTheirNames() {
        Stage s({1280, 720});
        QVERIFY(s.ready);
        const char* names[] = {"bert-base-uncased", "cl100k_base", "wiki-unigram", "llama-spm"};
        for (int slot = 0; slot < 4; ++slot) {
            auto model = std::make_shared<Model>(*s.session.slot(0).model);
            model->name = names[slot];
            s.session.place(slot, model);
        }
        QVERIFY(s.settle());
        for (int slot = 0; slot < 4; ++slot) {
            const auto* pill = s.window.findChild<SlotPill*>(QStringLiteral("slot%1").arg(slot));
            QVERIFY2(pill->isVisible() && pill->width() >= pill->widthForName(),
                     qPrintable(QStringLiteral("%1: %2 of %3")
                                    .arg(QLatin1String(names[slot]))
                                    .arg(pill->width())
                                    .arg(pill->widthForName())));
        }
        s.window.resize(2560, 1440);
        QVERIFY(s.settle());
        QVERIFY(s.window.findChild<QWidget*>(QStringLiteral("modes"))->isVisible());
    }
};

QTEST_MAIN(TokenizeLayoutTest)
#include "tokenize_layout_test.moc"

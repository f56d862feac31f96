// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer without vectors in the window: by each road, in each mode, in each panel.
#include "tests/support/byte_ranks.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/slot_pill.h"

#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

constexpr const char* wordPieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nking\nqueen\n##s\nthe\n";

struct TokenizerWindow : Workspace {
    explicit TokenizerWindow(QSettings* settings = nullptr) : window(context(), themes, runner, settings) {
        session.setText("the kings");
        window.resize(1440, 900);
        window.show();
        ready = QTest::qWaitForWindowExposed(&window);
    }
    [[nodiscard]] bool drop(const std::vector<std::filesystem::path>& files) {
        QList<QUrl> urls;
        for (const std::filesystem::path& file : files) {
            urls << QUrl::fromLocalFile(QString::fromStdString(file.string()));
        }
        QMimeData data;
        data.setUrls(urls);
        const QPoint at = window.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
        return settle();
    }
    /// The first slots at once, as a start does.
    [[nodiscard]] bool begin(const QStringList& models) {
        for (int slot = 0; slot < models.size(); ++slot) {
            session.load(slot, models[slot]);
        }
        return settle();
    }
    QString tokenizer() const {
        return QString::fromStdString(folder.write("vocab.txt", wordPieces).string());
    }
    SlotPill& pill(int slot) { return *window.findChild<SlotPill*>(QStringLiteral("slot%1").arg(slot)); }

    ScratchFolder folder;
    bool ready = false;
    MainWindow window;
};

}  // namespace

class LoneTokenizerWindowTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { failOnQtWarnings(); }

    void aDroppedTokenizerIsAModel() {
        TokenizerWindow w;
        QVERIFY(w.ready);
        QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
        const std::shared_ptr<const Model> model = w.session.activeModel();
        QVERIFY(model && !model->hasVectors());
        const std::shared_ptr<const EncodedText> encoded = w.analyses.encoding(0);
        QVERIFY(encoded != nullptr);
        QCOMPARE(encoded->encoding.tokens.size(), std::size_t(3));
        QCOMPARE(w.session.text(), QByteArray("the kings"));
        QVERIFY(w.pill(0).accessibleDescription().contains(QStringLiteral("8 tokens")));
    }

    void alonePeopleFindItInTokenizeMode() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("mode"), QStringLiteral("learn"));
        {
            TokenizerWindow w(&settings);
            QCOMPARE(w.window.mode(), MainWindow::Mode::Learn);
            QVERIFY(w.begin({w.tokenizer(), w.tokenizer()}));
            QCOMPARE(w.window.mode(), MainWindow::Mode::Tokenize);
            QVERIFY(w.window.docks().front()->isVisible());
            w.window.setMode(MainWindow::Mode::Explore);
            QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
            QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
            w.window.close();
        }
        // Each kind comes back in the mode that it was left in.
        {
            TokenizerWindow w(&settings);
            QVERIFY(w.begin({w.tokenizer()}));
            QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
        }
        TokenizerWindow w(&settings);
        QVERIFY(w.begin({QStringLiteral("builtin:tiny-gpt2")}));
        QCOMPARE(w.window.mode(), MainWindow::Mode::Learn);
    }

    void besideVectorsOrAfterThemTheModeStays() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        {
            TokenizerWindow w(&settings);
            QVERIFY(w.begin({w.tokenizer(), QStringLiteral("builtin:tiny-gpt2")}));
            QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
            w.session.close(1);
            QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
            QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
            w.window.close();
        }
        // Nobody has chosen that mode for tokenizers.
        {
            TokenizerWindow w(&settings);
            QVERIFY(w.begin({w.tokenizer(), QStringLiteral("/nowhere/tokenizer.json")}));
            QCOMPARE(w.window.mode(), MainWindow::Mode::Tokenize);
        }
        TokenizerWindow w(&settings);
        w.window.setMode(MainWindow::Mode::Order);
        QVERIFY(w.begin({w.tokenizer()}));
        QCOMPARE(w.window.mode(), MainWindow::Mode::Order);
    }

    void inFrontOfVectorsItIsSeenAtOnce() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        TokenizerWindow w(&settings);
        QVERIFY(w.begin({QStringLiteral("builtin:tiny-gpt2"), QStringLiteral("builtin:wiki-words")}));
        QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
        QVERIFY(w.load(1, w.tokenizer()));  // beside what is looked at
        QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
        w.session.setActiveSlot(1);
        QVERIFY(w.settle());
        QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
        w.session.setActiveSlot(0);
        QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
        QCOMPARE(w.window.mode(), MainWindow::Mode::Tokenize);
        // Somebody wants the other mode all the same.
        w.window.setMode(MainWindow::Mode::Explore);
        QVERIFY(w.drop({w.folder.write("other.txt", wordPieces)}));
        QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        w.window.setMode(MainWindow::Mode::Learn);
        QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
        QCOMPARE(w.window.mode(), MainWindow::Mode::Learn);  // which shows no vectors of it
    }

    void takesThePlaceOfAModelAndGivesItBack() {
        TokenizerWindow w;
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        QVERIFY(w.analyses.projection(0) && w.analyses.matrix(0));
        QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
        QVERIFY(!w.analyses.projection(0) && !w.analyses.matrix(0) && !w.analyses.neighbors(0) &&
                !w.analyses.rowValues(0) && !w.analyses.norms(0));
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        QVERIFY(w.analyses.projection(0) && w.analyses.isCurrent(0, Analyses::Projection));
    }

    void specialTokensAreReadAndAddedOnDemand() {
        TokenizerWindow w;
        QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
        w.session.setText("the king [SEP]");
        QVERIFY(w.settle());
        auto* button = w.window.findChild<QPushButton*>(QStringLiteral("specials"));
        QVERIFY(button->isVisible());
        QVERIFY(!w.window.findChild<QPushButton*>(QStringLiteral("splits"))->isVisible());
        const auto tokens = [&w] { return w.analyses.encoding(0)->encoding.tokens; };
        QCOMPARE(tokens().size(), std::size_t(5));  // the king [ SEP ]
        const auto choose = [&](const char* name) {
            button->menu()->findChild<QAction*>(QString::fromLatin1(name))->trigger();
            return w.settle();
        };
        QVERIFY(choose("parseSpecial"));
        QCOMPARE(tokens().size(), std::size_t(3));
        QVERIFY(tokens().back().kind == TokenKind::Special);
        QVERIFY(choose("addSpecial"));
        QCOMPARE(tokens().size(), std::size_t(5));
        QCOMPARE(tokens().front().source.size(), std::size_t(0));
        w.window.grab();
        QVERIFY(choose("parseSpecial") && choose("addSpecial"));
        QCOMPARE(tokens().size(), std::size_t(5));
        QVERIFY(tokens().back().kind == TokenKind::Unknown);
        // A vocabulary without special tokens offers nothing.
        QVERIFY(w.load(0, QStringLiteral("builtin:features")));
        QVERIFY(!button->isVisible());
    }

    void howRanksAreCutIsShownAndChanged() {
        TokenizerWindow w;
        QVERIFY(w.drop({w.folder.write("mine.tiktoken", byteRanks())}));
        QVERIFY2(w.window.messages().text().contains(QStringLiteral("cl100k_base")),
                 qPrintable(w.window.messages().text()));
        auto* button = w.window.findChild<QPushButton*>(QStringLiteral("splits"));
        QVERIFY(button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("Split: cl100k_base ▾"));
        QVERIFY(button->toolTip().contains(QStringLiteral("\\p{L}")));
        w.selection.select({0, Row{104}, std::nullopt});
        button->menu()->findChild<QAction*>(QStringLiteral("gpt2"))->trigger();
        QVERIFY(w.settle());
        QVERIFY(w.session.slot(0).model->split == SplitScheme::Gpt2);
        QCOMPARE(button->text(), QStringLiteral("Split: gpt2 ▾"));
        QVERIFY(w.selection.selected() && w.selection.selected()->row == Row{104});
    }

    void modesAreAMenuWhereThereIsLittleWidth() {
        TokenizerWindow w;
        QVERIFY(w.ready);
        auto* row = w.window.findChild<QWidget*>(QStringLiteral("modes"));
        auto* menu = w.window.findChild<ChoiceButton*>(QStringLiteral("modeMenu"));
        QVERIFY(row->isVisible() && !menu->isVisible());
        w.window.resize(w.window.minimumWidth(), 700);
        QVERIFY(w.settle());
        QVERIFY(!row->isVisible() && menu->isVisible());
        menu->menu()->actions().at(4)->trigger();
        QVERIFY(w.settle());
        QCOMPARE(w.window.mode(), MainWindow::Mode::Tokenize);
        w.window.setMode(MainWindow::Mode::Order);
        QCOMPARE(menu->current(), 3);
        w.window.resize(1440, 900);
        QVERIFY(w.settle());
        QVERIFY(row->isVisible() && !menu->isVisible());
    }

    void everyModeShowsIt() {
        TokenizerWindow w;
        QVERIFY(w.drop({w.folder.write("vocab.txt", wordPieces)}));
        for (const MainWindow::Mode mode : MainWindow::modes) {
            w.window.setMode(mode);
            QVERIFY(w.settle());
            for (CardDock* dock : w.window.docks()) {
                dock->show();
                dock->raise();
                QVERIFY(w.settle());
                w.window.grab();
            }
            for (std::uint32_t row = 0; row < 8; ++row) {
                w.selection.select({0, Row{row}, std::nullopt});
                QVERIFY(w.settle());
            }
            w.window.saveView();
        }
    }

    void everyPanelStandsAlone_data() {
        QTest::addColumn<QString>("name");
        for (const QString& name : panelNames()) {
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void everyPanelStandsAlone() {
        QFETCH(QString, name);
        Workspace w;
        const ScratchFolder folder;
        const QString path = QString::fromStdString(folder.write("vocab.txt", wordPieces).string());
        w.session.setText("the kings");
        for (int slot = 0; slot < w.session.slotCount(); ++slot) {
            QVERIFY(w.load(slot, path));
        }
        const std::unique_ptr<Panel> panel(makePanel(name, w.context()));
        panel->resize(800, 500);
        panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel.get()));
        for (std::uint32_t row = 0; row < 8; ++row) {
            w.selection.select({static_cast<int>(row % 4), Row{row}, std::nullopt});
            QVERIFY(w.settle());
        }
        panel->restoreView(panel->saveView());
        panel->data();
        panel->parameters();
        QVERIFY(w.settle());
        panel->grab();
    }

    void fourStandBesideEachOther() {
        TokenizerWindow w;
        QVERIFY(!w.pill(2).isVisible() && !w.pill(3).isVisible());
        std::vector<std::filesystem::path> files;
        for (const char* name : {"a-vocab.txt", "b-vocab.txt", "c-vocab.txt", "d-vocab.txt"}) {
            files.push_back(w.folder.write(name, wordPieces));
        }
        QVERIFY(w.drop(files));
        for (int slot = 0; slot < w.session.slotCount(); ++slot) {
            QVERIFY(w.session.slot(slot).model != nullptr);
            QVERIFY(w.pill(slot).isVisible());
        }
        QCOMPARE(w.session.slot(2).model->name, std::string("c-vocab"));
        w.session.setActiveSlot(3);
        QVERIFY(w.settle());
        w.selection.select({3, Row{4}, std::nullopt});
        QVERIFY(w.settle());
        for (const MainWindow::Mode mode : MainWindow::modes) {
            w.window.setMode(mode);
            QVERIFY(w.settle());
        }
    }
};

QTEST_MAIN(LoneTokenizerWindowTest)
#include "lone_tokenizer_window_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/merges_panel.h"

#include "core/tokenize/byte_level_bpe.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/unigram.h"
#include "core/tokenize/word_piece.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/vocabulary_of.h"
#include "ui/widgets/style_sheet.h"

#include <set>

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace lexiscope;

namespace {

const QByteArray sentence = "The tokenization of unbelievable words";

struct Bench : test::PanelStage<MergesPanel> {
    explicit Bench(QSize size = {460, 420}, bool controls = true) : PanelStage(size, controls) {}
    [[nodiscard]] bool ready(const QByteArray& text = sentence) {
        w.session.setText(text);
        return open(QStringLiteral("builtin:tiny-gpt2"));
    }
    /// To "·unbelievable".
    [[nodiscard]] bool goToLongest() {
        for (int i = 0; i < 3; ++i) {
            press(Qt::Key_PageDown);
        }
        return word() == QStringLiteral("·unbelievable");
    }
    /// The model of now with another tokenizer.
    [[nodiscard]] bool cutBy(std::shared_ptr<const Tokenizer> tokenizer) {
        auto model = std::make_shared<Model>(*w.session.activeModel());
        model->tokenizer = std::move(tokenizer);
        w.session.place(0, model);
        return w.settle();
    }

    /// The first table of the panel as CSV, in lines.
    QStringList csvLines() { return QString::fromStdString(csv()).split(u'\n', Qt::SkipEmptyParts); }
    WalkPlot& plot() { return find<WalkPlot>("plot"); }
    StepPlayer& player() { return find<StepPlayer>("player"); }
    QString text() { return find<QLabel>("text").text(); }
    QString word() { return find<ElidedLabel>("word").text(); }
    void click(const char* name) {
        PanelStage::click(name);
        QVERIFY(w.settle());
    }
    void press(Qt::Key key) {
        plot().setFocus();
        QTest::keyClick(&plot(), key);
        QVERIFY(w.settle());
    }
    /// What stands in the scene, from left to right and top to bottom.
    QStringList chips() {
        QStringList all;
        for (const WalkCell& cell : plot().scene().cells()) {
            all << cell.before + walkLabel(*plot().walk(), cell.span);
        }
        return all;
    }
};

std::shared_ptr<const Tokenizer> wordPieces() {
    PipelineParts parts;
    parts.kind = "WordPiece";
    parts.vocabulary = test::sharedVocabulary({"[UNK]", "un", "##able", "play", "##ed", "[SEP]"});
    parts.preTokenizer = makeBertPreTokenizer();
    parts.model = makeWordPiece({parts.vocabulary, TokenId{0}, "##", 20});
    parts.added.push_back({"[SEP]", TokenId{5}});
    return makePipeline(std::move(parts));
}

std::shared_ptr<const Tokenizer> lookedUp() {
    ByteLevelBpeParts parts;
    parts.spellings = {"a", "b", "c", "ab", "abc"};
    parts.merges = {{TokenId{0}, TokenId{1}, TokenId{3}}, {TokenId{3}, TokenId{2}, TokenId{4}}};
    parts.ignoresMerges = true;
    return makeByteLevelBpe(std::move(parts));
}

std::shared_ptr<const Tokenizer> unigrams() {
    UnigramParts unigram;
    unigram.vocabulary = test::sharedVocabulary({"?", "a", "b", "ab", "c", "bc"});
    unigram.scores = {0, -3, -3, -4, -3, -4.5};
    unigram.isUsable = {false, true, true, true, true, true};
    unigram.unknown = TokenId{0};
    unigram.unknownScore = -20;
    PipelineParts parts;
    parts.kind = "Unigram";
    parts.vocabulary = unigram.vocabulary;
    parts.preTokenizer = makeWhitespaceSplit();
    parts.model = makeUnigram(unigram);
    return makePipeline(std::move(parts));
}

}  // namespace

class MergesPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void beginsWithTheEndOfTheWordThatIsCutMost() {
        Bench bench;
        QVERIFY(bench.ready());
        QCOMPARE(bench.word(), QStringLiteral("The"));  // which is selected
        bench.w.selection.clear();
        bench.w.session.setText(sentence + "!");
        QVERIFY(bench.w.settle());
        QCOMPARE(bench.word(), QStringLiteral("·unbelievable"));
        QCOMPARE(bench.player().step(), bench.player().steps() - 1);
        QVERIFY(bench.text().endsWith(QStringLiteral("No pair is left that merges.")));
        QVERIFY(bench.panel->fact().contains(QStringLiteral("byte-level BPE")));
        QVERIFY(bench.find<QLabel>("place").isVisible());
    }

    void joiningLettersJoinInTheWord() {
        Bench bench;
        QVERIFY(bench.ready());
        bench.w.session.setText(QStringLiteral("سلام").toUtf8());
        QVERIFY(bench.w.settle());
        QCOMPARE(bench.word(), QStringLiteral("سلام"));
        QCOMPARE(bench.find<ElidedLabel>("word").font().styleStrategy(), QFont::PreferDefault);
        bench.w.session.setText("=>");
        QVERIFY(bench.w.settle());
        QCOMPARE(bench.find<ElidedLabel>("word").font().styleStrategy(), QFont::PreferNoShaping);
    }

    void stepsLeadFromSymbolsToTokens() {
        Bench bench;
        QVERIFY(bench.ready());
        QVERIFY(bench.goToLongest());
        const int steps = bench.player().steps();
        bench.press(Qt::Key_Home);
        QCOMPARE(bench.player().step(), 0);
        QCOMPARE(bench.chips().size(), 13);  // bytes
        QVERIFY(bench.text().startsWith(QStringLiteral("The piece begins as 13 symbols.")));
        std::set<QString> texts;
        qsizetype before = 0;
        for (int step = 0; step < steps; ++step) {
            texts.insert(bench.text());
            // A row of one chip less comes with each.
            QCOMPARE(bench.chips().size(), before + 13 - step);
            before = bench.chips().size();
            bench.press(Qt::Key_Right);
        }
        QCOMPARE(static_cast<int>(texts.size()), steps);
        const QStringList lines = bench.csvLines();
        QCOMPARE(static_cast<int>(lines.size()), steps);
        QCOMPARE(lines[0].trimmed(), QStringLiteral("step,rank,left,right,text,id"));
        QVERIFY(lines[1].startsWith(QStringLiteral("1,")));
        bench.press(Qt::Key_Left);
        QCOMPARE(bench.player().step(), steps - 2);
        bench.press(Qt::Key_End);
        QCOMPARE(bench.player().step(), steps - 1);
    }

    void theTreeHasANodeForEachMerge() {
        Bench bench;
        QVERIFY(bench.ready());
        QVERIFY(bench.goToLongest());
        auto& view = bench.find<Segmented>("view");
        QVERIFY(view.isVisible());
        QTest::mouseClick(view.button(1), Qt::LeftButton);
        QVERIFY(bench.w.settle());
        const int merges = bench.player().steps() - 1;
        QCOMPARE(bench.chips().size(), 13 + merges);
        QCOMPARE(bench.plot().scene().lines().size(), static_cast<std::size_t>(2 * merges));
        bench.press(Qt::Key_Home);
        QCOMPARE(bench.chips().size(), 13);
        QCOMPARE(bench.panel->saveView()[QStringLiteral("view")].toString(), QStringLiteral("tree"));
    }

    void followsTheSelectionAndSetsIt() {
        Bench bench;
        QVERIFY(bench.ready());
        const auto encoded = bench.w.analyses.encoding(0);
        const TokenId first = *encoded->encoding.tokens[0].id;
        bench.w.selection.select({0, rowOf(first), Position{0}});
        QVERIFY(bench.w.settle());
        QCOMPARE(bench.word(), QStringLiteral("The"));
        QVERIFY(!bench.find<QPushButton>("pieceBefore").isEnabled());
        bench.click("pieceAfter");
        QCOMPARE(bench.word(), QStringLiteral("·tokenization"));
        QCOMPARE(bench.w.selection.selected()->position->value, 1U);
        bench.press(Qt::Key_PageDown);
        QCOMPARE(bench.word(), QStringLiteral("·of"));
        bench.press(Qt::Key_PageUp);
        QCOMPARE(bench.word(), QStringLiteral("·tokenization"));
        // A click on a chip selects its token, and the word stays.
        bench.press(Qt::Key_Home);
        const QRectF chip = bench.plot().cellRect(1);
        const std::optional<TokenId> id = bench.plot().scene().cells()[1].id;
        QTest::mouseClick(bench.plot().viewport(), Qt::LeftButton, {}, chip.center().toPoint());
        QVERIFY(bench.w.settle());
        QVERIFY(bench.w.selection.selected()->row == rowOf(*id));
        QCOMPARE(bench.word(), QStringLiteral("·tokenization"));
        QVERIFY(bench.plot().readOutAt(chip.center()).contains(QStringLiteral("ID %1").arg(id->value)));
    }

    void attemptsAreTold() {
        Bench bench;
        QVERIFY(bench.ready("unable unplay [SEP]"));
        QVERIFY(bench.cutBy(wordPieces()));
        QCOMPARE(bench.word(), QStringLiteral("unable"));
        QVERIFY(!bench.find<Segmented>("view").isVisible());
        QCOMPARE(bench.player().steps(), 7);
        QCOMPARE(bench.chips().last(), QStringLiteral("##able"));
        QVERIFY(bench.text().endsWith(QStringLiteral("That is the end of the word.")));
        QCOMPARE(bench.csvLines().last().trimmed(), QStringLiteral("6,##able,2"));
        bench.click("pieceAfter");
        QCOMPARE(bench.word(), QStringLiteral("unplay"));
        QVERIFY(bench.text().contains(QStringLiteral("unknown token")));
        bench.click("pieceAfter");
        QVERIFY(!bench.plot().walk());
        QVERIFY(bench.plot().message().startsWith(QStringLiteral("A token that is taken from the text")));
        QVERIFY(!bench.player().isVisible());
    }

    void theLatticeIsWalked() {
        Bench bench;
        QVERIFY(bench.ready("abcx"));
        QVERIFY(bench.cutBy(unigrams()));
        QCOMPARE(bench.player().steps(), 6);
        QVERIFY(bench.text().contains(QStringLiteral("\u221227.00")));
        QCOMPARE(bench.plot().scene().dots().size(), std::size_t(5));
        QCOMPARE(bench.csvLines().size(), 7);  // a, ab, b, bc, c, and x, which is no entry
        QCOMPARE(bench.csvLines()[2].trimmed(), QStringLiteral("0,2,ab,3,-4,-4,1,1"));
        bench.press(Qt::Key_Home);
        QCOMPARE(bench.chips(), QStringList());
        bench.press(Qt::Key_Right);
        QCOMPARE(bench.chips(), (QStringList{QStringLiteral("a"), QStringLiteral("ab")}));
        bench.press(Qt::Key_Right);
        QCOMPARE(bench.chips().size(), 4);
        QVERIFY(bench.text().startsWith(QStringLiteral("After “a” 2 entries begin")));
    }

    void whatIsLookedUpShowsWhereItsMergesWouldLead() {
        Bench bench;
        QVERIFY(bench.ready("abc"));
        QVERIFY(bench.cutBy(lookedUp()));
        QCOMPARE(bench.player().steps(), 3);
        QVERIFY(bench.text().endsWith(QStringLiteral("it looks the whole piece up first.")));
        bench.press(Qt::Key_Home);
        QCOMPARE(bench.text(),
                 QStringLiteral("“abc” is looked up whole first, and found: ID 4. Its merges would lead "
                                "there too. The piece begins as 3 symbols."));
    }

    void saysWhyThereIsNothingToSee() {
        Bench bench;
        QVERIFY(bench.ready({}));
        QCOMPARE(bench.plot().message(), QStringLiteral("There is no text to cut."));
        QVERIFY(bench.panel->data().empty());
        bench.w.session.setText(QByteArray(600, 'a'));
        QVERIFY(bench.w.settle());
        QVERIFY(bench.plot().message().contains(QStringLiteral("600 bytes")));
        bench.w.session.setText(QByteArray((1 << 20) + 1, 'a'));
        QVERIFY(bench.w.settle());
        QVERIFY(bench.plot().message().contains(QStringLiteral("longer than 1 MB")));
        bench.w.session.setText("king and queen");
        QVERIFY(bench.w.load(0, QStringLiteral("builtin:wiki-words")));
        QVERIFY(bench.plot().message().startsWith(QStringLiteral("Whole words are looked up")));
        bench.w.session.place(0, nullptr);
        QVERIFY(bench.w.settle());
        QVERIFY(!bench.plot().message().isEmpty());
    }

    void aViewIsSavedAndRestored() {
        Bench bench;
        QVERIFY(bench.ready());
        bench.click("pieceBefore");
        bench.press(Qt::Key_Home);
        bench.press(Qt::Key_Right);
        const QJsonObject view = bench.panel->saveView();
        Bench figure({560, 420}, false);
        QVERIFY(figure.ready());
        figure.panel->restoreView(view);
        QVERIFY(figure.w.settle());
        QCOMPARE(figure.word(), bench.word());
        QCOMPARE(figure.chips(), bench.chips());
        QVERIFY(!figure.player().isVisible());
        QCOMPARE(figure.panel->parameters().size(), 2);
        figure.panel->restoreView({{QStringLiteral("piece"), 9000}, {QStringLiteral("step"), 9000}});
        QVERIFY(figure.w.settle());
        QVERIFY(!figure.word().isEmpty());
    }

    void allOfItHasRoom() {
        for (const double scale : {1.0, 1.3}) {
            Bench bench({360, 330});
            bench.w.themes.setTextScale(scale);
            QVERIFY(bench.ready());
            QVERIFY2(test::clippedTexts(bench.card).isEmpty(),
                     qPrintable(test::clippedTexts(bench.card).join(QStringLiteral("; "))));
            QVERIFY2(test::overlaps(bench.card).isEmpty(),
                     qPrintable(test::overlaps(bench.card).join(QStringLiteral("; "))));
        }
    }
};

QTEST_MAIN(MergesPanelTest)
#include "merges_panel_test.moc"

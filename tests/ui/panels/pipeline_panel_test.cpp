// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pipeline_panel.h"

#include "core/tokenize/pipeline.h"
#include "core/tokenize/word_piece.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/vocabulary_of.h"
#include "ui/widgets/card.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QTest>

using namespace lexiscope;

namespace {

std::shared_ptr<const Tokenizer> bert() {
    PipelineParts parts;
    parts.kind = "WordPiece";
    parts.vocabulary = test::sharedVocabulary({"[UNK]", "[MASK]", "hello", "wor", "##ld", "!"});
    parts.normalizer = makeBertNormalizer({});
    parts.preTokenizer = makeBertPreTokenizer();
    parts.model = makeWordPiece({parts.vocabulary, TokenId{0}, "##", 100});
    parts.added.push_back({"[MASK]", TokenId{1}});
    return makePipeline(std::move(parts));
}

struct Bench : test::PanelStage<PipelinePanel> {
    explicit Bench(QSize size = {760, 460}, bool controls = true) : PanelStage(size, controls) {}
    [[nodiscard]] bool ready(const QByteArray& text, bool isBert = true) {
        w.session.setText(text);
        if (!w.load(0, QStringLiteral("builtin:tiny-gpt2"))) {
            return false;
        }
        if (isBert) {
            auto model = std::make_shared<Model>(*w.session.activeModel());
            model->tokenizer = bert();
            w.session.place(0, model);
        }
        return PanelStage::ready();
    }
    /// The first table of the panel as CSV, in lines.
    QStringList csvLines() { return QString::fromStdString(csv()).split(u'\n', Qt::SkipEmptyParts); }
    StagePlot& plot() { return find<StagePlot>("plot"); }
    QStringList headings() {
        QStringList all;
        for (const StageHeading& heading : plot().scene().headings()) {
            all << heading.titleText + QStringLiteral(": ") + heading.noteText;
        }
        return all;
    }
    QStringList fragments(ChangeKind kind) {
        QStringList all;
        for (const StageFragment& fragment : plot().scene().fragments()) {
            if (fragment.kind == kind) {
                all << fragment.text;
            }
        }
        return all;
    }
};

}  // namespace

class PipelinePanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void everyStageIsTold() {
        Bench bench;
        QVERIFY(bench.ready("H\u00e9llo  world!\x01[MASK]"));
        QCOMPARE(bench.headings(),
                 (QStringList{QStringLiteral("Text: 21 bytes"), QStringLiteral("Added tokens: 1 taken out"),
                              QStringLiteral("Clean text: normalizer · 1 change"),
                              QStringLiteral("Chinese apart: normalizer · no change"),
                              QStringLiteral("Strip accents: normalizer · 1 change"),
                              QStringLiteral("Lowercase: normalizer · 1 change"),
                              QStringLiteral("WhitespaceSplit: cut · 3 pieces, 1 change"),
                              QStringLiteral("Punctuation: cut · 4 pieces"),
                              QStringLiteral("WordPiece: model · 5 tokens")}));
        QCOMPARE(bench.csvLines()[0].trimmed(), QStringLiteral("step,stage,name,text,start,end,id"));
        QCOMPARE(bench.csvLines().last().trimmed(), QStringLiteral("8,model,WordPiece,[MASK],15,21,1"));
        QVERIFY(bench.fragments(ChangeKind::Removed).contains(QStringLiteral("‹U+0001›")));
        QVERIFY(bench.fragments(ChangeKind::Removed).contains(QStringLiteral("··")));
        QCOMPARE(bench.fragments(ChangeKind::Replaced),
                 (QStringList{QStringLiteral("e"), QStringLiteral("h")}));
        QVERIFY(bench.panel->fact().contains(QStringLiteral("8 stages")));
    }

    void insertedTextIsMarked() {
        Bench bench;
        QVERIFY(bench.ready("a\u6771b"));
        QCOMPARE(bench.fragments(ChangeKind::Inserted),
                 (QStringList{QStringLiteral("·"), QStringLiteral("·")}));
    }

    void clicksAndKeysSelectTokens() {
        Bench bench;
        QVERIFY(bench.ready("hello world"));
        const std::vector<StageBox>& boxes = bench.plot().scene().boxes();
        QVERIFY(!boxes.empty());
        QTest::mouseClick(bench.plot().viewport(), Qt::LeftButton, {},
                          bench.plot().boxRect(boxes.size() - 1).center().toPoint());
        QVERIFY(bench.w.settle());
        QCOMPARE(bench.w.selection.selected()->position->value, 2U);
        QVERIFY(bench.plot().scene().boxes().back().isSelected);
        bench.plot().setFocus();
        QTest::keyClick(&bench.plot(), Qt::Key_Left);
        QVERIFY(bench.w.settle());
        QCOMPARE(bench.w.selection.selected()->position->value, 1U);
        QVERIFY(bench.plot()
                    .readOutAt(bench.plot().boxRect(bench.plot().scene().boxes().size() - 1).center())
                    .contains(QStringLiteral("ID 4")));
    }

    void ofALongTextThePartAroundTheSelectionIsShown() {
        Bench bench;
        QByteArray text;
        while (text.size() < 5000) {
            text += "hello world! ";
        }
        QVERIFY(bench.ready(text));
        QVERIFY(bench.panel->fact().contains(QStringLiteral("bytes 0 to 479 of 5,005")));
        const auto encoded = bench.w.analyses.encoding(0);
        bench.w.selection.select({0, rowOf(*encoded->encoding.tokens[900].id), Position{900}});
        QVERIFY(bench.w.settle());
        QVERIFY(!bench.panel->fact().contains(QStringLiteral("bytes 0 to")));
        const auto isSelected = [](const StageBox& box) { return box.isSelected; };
        const std::vector<StageBox>& boxes = bench.plot().scene().boxes();
        QVERIFY(std::any_of(boxes.begin(), boxes.end(), isSelected));
        QVERIFY(bench.plot().scene().height() < 4000);
        const QJsonObject view = bench.panel->saveView();
        Bench figure({860, 460}, false);
        QVERIFY(figure.ready(text));
        figure.panel->restoreView(view);
        QVERIFY(figure.w.settle());
        QCOMPARE(figure.panel->fact(), bench.panel->fact());
        QCOMPARE(figure.panel->parameters().size(), 1);
    }

    void saysWhyThereIsNothingToSee() {
        Bench bench;
        QVERIFY(bench.ready({}));
        QCOMPARE(bench.plot().message(), QStringLiteral("There is no text to cut."));
        bench.w.session.setText(QByteArray((1 << 20) + 1, 'a'));
        QVERIFY(bench.w.settle());
        QVERIFY(bench.plot().message().contains(QStringLiteral("longer than 1 MB")));
        QVERIFY(bench.panel->data().empty());
    }

    void narrowPanelsTellTheSame() {
        for (const double scale : {1.0, 1.3}) {
            Bench bench({330, 300});
            bench.w.themes.setTextScale(scale);
            QVERIFY(bench.ready("The tokenization of unbelievable words", false));
            QCOMPARE(bench.headings().size(), 3);
            for (const StageBox& box : bench.plot().scene().boxes()) {
                QVERIFY(box.rect.right() <= bench.plot().viewport()->width());
            }
            QVERIFY(test::clippedTexts(bench.card).isEmpty());
        }
    }
};

QTEST_MAIN(PipelinePanelTest)
#include "pipeline_panel_test.moc"

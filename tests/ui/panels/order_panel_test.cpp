// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/order_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/plots/order_figures.h"
#include "ui/widgets/style_sheet.h"

#include <cmath>

#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QTest>

using namespace lexiscope;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

struct Stage : test::PanelStage<OrderPanel> {
    explicit Stage(QSize size = {560, 460}) : PanelStage(size) {}
    /// The word model, on two sentences of three words that it knows.
    [[nodiscard]] bool openWords() {
        return open(words) && type("first", QStringLiteral("dog eats man")) &&
               type("second", QStringLiteral("man eats dog"));
    }
    [[nodiscard]] bool view(int index) {
        QTest::mouseClick(find<Segmented>("view").button(index), Qt::LeftButton);
        return w.settle();
    }
    [[nodiscard]] bool type(const char* field, const QString& text) {
        auto& line = find<QLineEdit>(field);
        line.setFocus();
        line.selectAll();
        QTest::keyClicks(&line, text);
        return w.settle();
    }
    const TokenRowFigure& rows(const char* name) { return find<TokenRows>(name).figure(); }
    QString verdict() { return find<QLabel>("verdict").text(); }
    QString number(int index) {
        return card.findChild<ElidedLabel*>(QStringLiteral("number%1").arg(index))->text();
    }
};

/// Three words without tokenizer and positions; the row of word i is i, i + 1, i + 2, …
std::shared_ptr<Model> modelOf(std::size_t dimension) {
    auto model = std::make_shared<Model>();
    Vocabulary::Builder builder;
    std::vector<float> values;
    for (const char* word : {"cat", "car", "tree"}) {
        for (std::size_t d = 0; d < dimension; ++d) {
            values.push_back(static_cast<float>(builder.size() + d));
        }
        builder.add(word);
    }
    model->vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    model->table = EmbeddingTable::owned(std::move(values), 3, dimension);
    model->noTokenizer = "words alone";
    model->noPositions = "none";
    return model;
}

QStringList names(const TokenRowBlock& block) {
    QStringList list;
    for (const TokenRowLine& line : block.lines) {
        if (line.chip >= 0) {
            list << line.name;
        }
    }
    return list;
}

}  // namespace

class OrderPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void withoutAModelThatIsSaid() {
        Stage stage;
        QVERIFY(test::showActive(stage.card));
        QVERIFY(stage.w.settle());
        for (const int view : {0, 1, 2}) {
            QVERIFY(stage.view(view));
        }
        QCOMPARE(stage.rows("words").message, QStringLiteral("No model is open."));
        QCOMPARE(stage.rows("parallel").message, QStringLiteral("No model is open."));
        QCOMPARE(stage.find<RotaryPlot>("rotary").figure().message, QStringLiteral("No model is open."));
        QVERIFY(stage.panel->data().empty());
    }

    void twoSentencesOfTheSameWords() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QCOMPARE(stage.find<QLineEdit>("first").text(), QStringLiteral("dog bites man"));
        const TokenRowFigure& figure = stage.rows("words");
        QCOMPARE(names(figure.blocks[0]), (QStringList{QStringLiteral("·dog"), QStringLiteral("·b"),
                                                       QStringLiteral("ites"), QStringLiteral("·man")}));
        QVERIFY(stage.verdict().startsWith(QStringLiteral("The same 4 tokens in another order")));
        QCOMPARE(figure.numbers[0].values[0], QStringLiteral("yes"));
        QCOMPARE(figure.numbers[0].values[1], QStringLiteral("no"));
        QCOMPARE(stage.panel->fact(), QStringLiteral("the model's learned positions"));
        QVERIFY(figure.note.contains(QStringLiteral("the space before it")));
        // All strips lie inside, beside each other.
        auto& plot = stage.find<TokenRows>("words");
        for (std::size_t block = 0; block < 2; ++block) {
            for (std::size_t line = 0; line < figure.blocks[block].lines.size(); ++line) {
                const QRectF left = plot.stripRect(block, line, 0);
                const QRectF right = plot.stripRect(block, line, 1);
                QVERIFY(QRectF(plot.rect()).contains(left) && QRectF(plot.rect()).contains(right));
                QVERIFY(left.right() < right.left());
            }
        }
    }

    void typingOtherWordsSaysWhichDiffer() {
        Stage stage;
        QVERIFY(stage.openWords());
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("sinusoidal positions")));
        QVERIFY(stage.type("second", QStringLiteral("the man eats qqqqx")));
        QCOMPARE(stage.verdict(),
                 QStringLiteral("Not the same bag of tokens; only in the first: dog; only in "
                                "the second: the. Not in the vocabulary, and left out: "
                                "qqqqx."));
        QCOMPARE(stage.rows("words").numbers[0].values[0], QStringLiteral("no"));
        QVERIFY(stage.type("first", QStringLiteral("qqqqx")));
        QCOMPARE(stage.rows("words").message,
                 QStringLiteral("The first sentence has no token that this model knows."));
        // An example takes their place.
        auto* menu = stage.find<QPushButton>("examples").menu();
        QVERIFY(menu->actions().size() >= 4);
        menu->actions()[1]->trigger();
        QVERIFY(stage.w.settle());
        QVERIFY(stage.verdict().startsWith(QStringLiteral("The same 5 tokens")));
    }

    void aNumberIsReadOut() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        auto& plot = stage.find<TokenRows>("words");
        test::moveTo(plot, plot.stripRect(1, 0, 1).center());
        QVERIFY(plot.chosen());
        QCOMPARE(plot.chosen()->block, std::size_t(1));
        QCOMPARE(plot.chosen()->column, std::size_t(1));
        QVERIFY(plot.accessibleDescription().startsWith(QStringLiteral("·man at position 0 · dimension ")));
        QTest::keyClick(&plot, Qt::Key_Escape);
        QVERIFY(!plot.chosen());
        // By keyboard: to the first number, to the token below, to the column beside.
        plot.setFocus();
        QTest::keyClick(&plot, Qt::Key_Down);
        QTest::keyClick(&plot, Qt::Key_Down);
        QCOMPARE(*plot.chosen(), (TokenRowPlace{0, 1, 0, 0}));
        QTest::keyClick(&plot, Qt::Key_End);
        QCOMPARE(*plot.chosen(), (TokenRowPlace{1, 4, 0, 0}));
        QTest::keyClick(&plot, Qt::Key_Home);
        for (int i = 0; i < 128; ++i) {
            QTest::keyClick(&plot, Qt::Key_Right);
        }
        QCOMPARE(*plot.chosen(), (TokenRowPlace{0, 0, 1, 0}));
        QTest::keyClick(&plot, Qt::Key_Left);
        QCOMPARE(*plot.chosen(), (TokenRowPlace{0, 0, 0, 127}));
    }

    void aClickSelectsTheToken() {
        Stage stage;
        QVERIFY(stage.openWords());
        auto& plot = stage.find<TokenRows>("words");
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.stripRect(0, 1, 0).center().toPoint());
        QVERIFY(stage.w.settle());
        QVERIFY(stage.w.selection.selected());
        QCOMPARE(stage.w.selection.selected()->row,
                 findToken(*stage.w.session.slot(0).model, "eats").value().row);
        QVERIFY(stage.rows("words").blocks[1].lines[1].isMarked);
        // Below the tokens there is none to select.
        const QRectF mean = plot.stripRect(0, 3, 0);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, mean.center().toPoint());
        QVERIFY(stage.rows("words").blocks[1].lines[1].isMarked);
    }

    void readingStepByStep() {
        Stage stage;
        QVERIFY(stage.openWords());
        QVERIFY(stage.view(1));
        auto& player = stage.find<StepPlayer>("player");
        QCOMPARE(player.steps(), 3);
        QCOMPARE(player.step(), 2);
        QVERIFY(!stage.rows("parallel").blocks[0].lines[2].strips[0].empty());
        player.setFocus();
        QTest::keyClick(&player, Qt::Key_Home);
        QVERIFY(stage.w.settle());
        QVERIFY(!stage.rows("parallel").blocks[0].lines[0].strips[0].empty());
        QVERIFY(stage.rows("parallel").blocks[0].lines[1].strips[0].empty());
        QVERIFY(!stage.rows("parallel").blocks[0].lines[2].strips[1].empty());
        QTest::keyClick(&player, Qt::Key_Right);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.rows("parallel").columns[0], QStringLiteral("word by word: 2 of 3"));
        player.setInterval(1);
        player.play();
        QVERIFY(test::await([&] { return !player.isPlaying(); }));
        QVERIFY(stage.w.settle());
        QVERIFY(!stage.rows("parallel").blocks[1].lines[2].strips[0].empty());
    }

    void shufflingChangesWhatItSays() {
        Stage stage;
        QVERIFY(stage.openWords());
        QVERIFY(stage.view(1));
        const QStringList typed = names(stage.rows("parallel").blocks[0]);
        const QStringList first = names(stage.rows("parallel").blocks[1]);
        QVERIFY(typed != first);
        QStringList sorted = first;
        QStringList expected = typed;
        sorted.sort();
        expected.sort();
        QCOMPARE(sorted, expected);
        bool isOther = false;
        for (int i = 0; i < 12 && !isOther; ++i) {
            QTest::mouseClick(&stage.find<QPushButton>("shuffle"), Qt::LeftButton);
            QVERIFY(stage.w.settle());
            isOther = names(stage.rows("parallel").blocks[1]) != first;
            const std::vector<TokenRowNumber>& numbers = stage.rows("parallel").numbers;
            QCOMPARE(numbers[0].values[0], QStringLiteral("yes"));
            for (const std::size_t at : {std::size_t(1), std::size_t(2), std::size_t(3)}) {
                QCOMPARE(numbers[at].values[0], QStringLiteral("0 · the same"));
            }
            QVERIFY(numbers[4].standsOut[0] && numbers[3].standsOut[1] && numbers[1].standsOut[1]);
            QVERIFY(numbers[2].values[1].endsWith(QStringLiteral(" ≈ 0")));
        }
        QVERIFY(isOther);
    }

    void slidBothTheScoreStays() {
        Stage stage({620, 520});
        QVERIFY(stage.openWords());
        QVERIFY(stage.view(2));
        const RotaryFigure before = stage.find<RotaryPlot>("rotary").figure();
        QCOMPARE(before.queryPosition, std::size_t(8));
        QCOMPARE(before.keyPosition, std::size_t(3));
        QCOMPARE(before.query, QStringLiteral("man"));
        QCOMPARE(before.scores.size(), std::size_t(255));
        auto& both = stage.find<QSlider>("bothPositions");
        QCOMPARE(both.maximum(), 122);
        both.setFocus();
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(&both, Qt::Key_Right);
        }
        QVERIFY(stage.w.settle());
        const RotaryFigure slid = stage.find<RotaryPlot>("rotary").figure();
        QCOMPARE(slid.queryPosition, std::size_t(13));
        QCOMPARE(slid.keyPosition, std::size_t(8));
        QVERIFY(slid.queryHand != before.queryHand);
        QVERIFY(std::abs(degreesBetween(slid) - degreesBetween(before)) < 1e-9);
        QCOMPARE(slid.score(), before.score());
        for (const double score : slid.slide) {
            QVERIFY(std::abs(score - before.score()) < 1e-12);
        }
        // One alone: another difference, another score.
        auto& query = stage.find<QSlider>("queryPosition");
        query.setFocus();
        QTest::keyClick(&query, Qt::Key_Right);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.find<RotaryPlot>("rotary").figure().difference(), 6LL);
        QVERIFY(stage.find<RotaryPlot>("rotary").figure().score() != before.score());
        QCOMPARE(both.maximum(), 121);
        QCOMPARE(stage.number(1), QStringLiteral("6"));
    }

    void wordsAreChosenAsQueryAndKey() {
        Stage stage({620, 520});
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.view(2));
        auto& key = stage.find<QComboBox>("key");
        QCOMPARE(key.count(), 4);
        key.setFocus();
        QTest::keyClick(&key, Qt::Key_Down);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.find<RotaryPlot>("rotary").figure().key, QStringLiteral("·b"));
        // The same word at the same place is its own length squared, and no angle.
        stage.find<QSlider>("keyPosition").setValue(5);
        stage.find<QSlider>("queryPosition").setValue(5);
        auto& query = stage.find<QComboBox>("query");
        query.setFocus();
        QTest::keyClick(&query, Qt::Key_Home);
        QTest::keyClick(&key, Qt::Key_Home);
        QVERIFY(stage.w.settle());
        const Model& model = *stage.w.session.slot(0).model;
        double length = 0;
        for (const float value : model.table->row(findToken(model, "Ġdog").value().row)) {
            length += static_cast<double>(value) * static_cast<double>(value);
        }
        QVERIFY(std::abs(stage.find<RotaryPlot>("rotary").figure().score() - length) < 1e-9);
        QVERIFY(stage.number(2).startsWith(QStringLiteral("0.00")));
        // The curves tell their numbers.
        auto& plot = stage.find<RotaryPlot>("rotary");
        test::moveTo(plot, plot.scoreRect().center());
        QVERIFY2(plot.readOut().startsWith(QStringLiteral("difference 0 · score ")),
                 qPrintable(plot.readOut()));
        test::moveTo(plot, plot.slideRect().center());
        QVERIFY(plot.readOut().startsWith(QStringLiteral("positions 64 and 64")));
    }

    void aModelTurnsAsItsConfigurationSays() {
        Stage stage({620, 520});
        const std::shared_ptr<Model> model = modelOf(7);
        stage.w.session.place(0, model);
        QVERIFY(test::showActive(stage.card) && stage.w.settle());
        QVERIFY(stage.view(2));
        // Of seven numbers the last has no partner.
        QCOMPARE(stage.panel->fact(),
                 QStringLiteral("rotary · base 10,000 · interleaved · 6 numbers as one head"));
        auto turned = std::make_shared<Model>(*model);
        turned->rotary = RotarySettings{4, 4, 500000, RotaryLayout::Split, {}, 0};
        turned->noPositions = "turns queries and keys";
        stage.w.session.place(0, turned);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.panel->fact(),
                 QStringLiteral("the model's own · base 500,000 · split halves · 4 numbers as one head"));
        // Words 2 and 0 are "tree" and "cat": (2, 3, 4, 5) and (0, 1, 2, 3), as pairs (2, 4), (3, 5) and
        // (0, 2), (1, 3), turned by 1 and by 500,000^(-1/2) a position.
        const RotaryFigure& figure = stage.find<RotaryPlot>("rotary").figure();
        const double d = 5;
        const double slow = d / std::sqrt(500000.0);
        const double expected = (2 * 0 + 4 * 2) * std::cos(d) + (2 * 2 - 4 * 0) * std::sin(d) +
                                (3 * 1 + 5 * 3) * std::cos(slow) + (3 * 3 - 5 * 1) * std::sin(slow);
        QVERIFY2(std::abs(figure.score() - expected) < 1e-9, qPrintable(QString::number(figure.score())));
        QCOMPARE(figure.pair, std::size_t(1));
    }

    void oneNumberCannotBeTurned() {
        Stage stage({620, 520});
        stage.w.session.place(0, modelOf(1));
        QVERIFY(test::showActive(stage.card) && stage.w.settle());
        QVERIFY(stage.verdict().startsWith(QStringLiteral("The same 3 tokens")));
        QVERIFY(stage.view(2));
        QCOMPARE(stage.find<RotaryPlot>("rotary").figure().message,
                 QStringLiteral("Rotary positions turn pairs of numbers, and this model has no pair."));
        QVERIFY(stage.panel->fact().isEmpty() && stage.panel->data().empty());
    }

    void otherModelsAreFollowed() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.w.load(0, words));
        QCOMPARE(names(stage.rows("words").blocks[0]).size(), 5);
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("sinusoidal")));
        QVERIFY(stage.w.load(0, Session::featureSpec()));
        // It has words of its own.
        QVERIFY(stage.rows("words").message.isEmpty());
        QVERIFY(names(stage.rows("words").blocks[0]).size() >= 2);
        QVERIFY(stage.verdict().startsWith(QStringLiteral("The same")));
        // What somebody typed stays.
        QVERIFY(stage.type("first", QStringLiteral("cat dog")));
        QVERIFY(stage.w.load(0, gpt2));
        QCOMPARE(stage.find<QLineEdit>("first").text(), QStringLiteral("cat dog"));
    }

    void aViewComesBack() {
        Stage stage({620, 520});
        QVERIFY(stage.openWords());
        QVERIFY(stage.type("first", QStringLiteral("the cat saw the dog")));
        QVERIFY(stage.view(1));
        QTest::mouseClick(&stage.find<QPushButton>("shuffle"), Qt::LeftButton);
        stage.find<StepPlayer>("player").setFocus();
        QTest::keyClick(&stage.find<StepPlayer>("player"), Qt::Key_Home);
        QVERIFY(stage.w.settle());
        const QStringList shuffled = names(stage.rows("parallel").blocks[1]);
        const QJsonObject view = stage.panel->saveView();
        Stage other({620, 520});
        QVERIFY(other.open(words));
        other.panel->restoreView(view);
        QVERIFY(other.w.settle());
        QCOMPARE(names(other.rows("parallel").blocks[1]), shuffled);
        QCOMPARE(other.find<StepPlayer>("player").step(), 0);
        QCOMPARE(other.panel->saveView(), view);
        // What makes no sense is left.
        other.panel->restoreView({{QStringLiteral("view"), 3},
                                  {QStringLiteral("shuffle"), -4},
                                  {QStringLiteral("words"), QJsonArray{90, -3}},
                                  {QStringLiteral("places"), QJsonArray{900, QStringLiteral("a")}}});
        QVERIFY(other.w.settle());
        QCOMPARE(names(other.rows("parallel").blocks[1]), shuffled);
    }

    void dataOfEachView() {
        Stage stage({620, 520});
        QVERIFY(stage.openWords());
        NoProgress progress;
        WorkerPool pool;
        const auto csvOf = [&](const DataTable& table) {
            std::string all;
            const Result<Done> written = table.csv(
                [&all](std::string_view bytes) -> Result<Done> {
                    all += bytes;
                    return Done{};
                },
                pool, progress);
            return written.ok() ? QString::fromStdString(all) : QString();
        };
        const std::vector<DataTable> rows = stage.panel->data();
        QCOMPARE(rows.size(), std::size_t(3));
        const QString first = csvOf(rows[0]);
        QVERIFY2(first.startsWith(QStringLiteral("text,position,id,token,d0,d1")),
                 qPrintable(first.left(99)));
        QCOMPARE(first.count(u'\n'), 7);
        QVERIFY(first.contains(QStringLiteral("second,2,")));
        QVERIFY(csvOf(rows[2]).contains(QStringLiteral("means,0,")));
        QVERIFY(stage.view(1));
        QVERIFY(csvOf(stage.panel->data()[0]).contains(QStringLiteral("shuffled,0,")));
        QVERIFY(stage.view(2));
        const QString scores = csvOf(stage.panel->data()[0]);
        QVERIFY(scores.startsWith(QStringLiteral("difference,score\r\n-127,")));
        QCOMPARE(scores.count(u'\n'), 256);
    }

    void nothingIsCutWhereThereIsLittleRoom() {
        for (const double scale : {1.0, 1.3}) {
            Stage stage({520, 400});
            stage.w.themes.setTextScale(scale);
            applyTheme(*qApp, stage.w.themes.theme());
            QVERIFY(stage.open(gpt2));
            for (const int view : {0, 1, 2}) {
                QVERIFY(stage.view(view));
                QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
                QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
            }
            for (const char* name : {"words", "parallel"}) {
                const auto& plot = stage.find<TokenRows>(name);
                QVERIFY(plot.height() >= plot.heightForWidth(plot.width()) || !plot.isVisible());
            }
        }
    }
};

QTEST_MAIN(OrderPanelTest)
#include "order_panel_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/table_panel.h"

#include "core/tokenize/pipeline.h"
#include "core/tokenize/unigram.h"
#include "tests/support/encoded_pieces.h"
#include "tests/support/held_pool.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/sanitized.h"
#include "tests/support/stopping_progress.h"
#include "tests/support/vocabulary_of.h"
#include "ui/widgets/style_sheet.h"

#include <limits>
#include <numeric>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage : test::PanelStage<TablePanel> {
    explicit Stage(QSize size = {860, 440}) : PanelStage(size) {}
    [[nodiscard]] bool open(const QByteArray& text = "The king and the queen of France, the €.") {
        w.session.setText(text);
        return PanelStage::open(QStringLiteral("builtin:tiny-gpt2"));
    }
    ColumnTable& table() { return *panel->findChild<ColumnTable*>(); }
    TokenTableModel& model() { return *panel->findChild<TokenTableModel*>(); }
    QLineEdit& finder() { return find<QLineEdit>("findToken"); }
    QString cell(int row, int column) { return model().index(row, column).data().toString(); }
    void sortBy(int column) {
        QHeaderView& header = *table().horizontalHeader();
        const QPoint place(header.sectionViewportPosition(column) + 10, header.height() / 2);
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, place);
    }
    void trigger(const QString& entry) {
        QMenu menu;
        panel->addToMenu(menu);
        for (QAction* action : menu.findChildren<QAction*>()) {
            if (action->text() == entry) {
                return action->trigger();
            }
        }
        qFatal("no such entry");
    }
};

}  // namespace

class TablePanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void aRowSaysWhatATokenIs() {
        Stage stage;
        QVERIFY(stage.open());
        const EncodedText& text = *stage.model().encodedText();
        QCOMPARE(static_cast<std::size_t>(stage.model().rowCount()), text.encoding.tokens.size());
        QCOMPARE(stage.cell(1, TokenTableModel::Place), QStringLiteral("1"));
        QCOMPARE(stage.cell(1, TokenTableModel::Id), QString::number(text.encoding.tokens[1].id->value));
        QCOMPARE(stage.cell(1, TokenTableModel::Text), QStringLiteral("·king"));
        QCOMPARE(stage.cell(1, TokenTableModel::Bytes), QStringLiteral("20 6B 69 6E 67"));
        QCOMPARE(stage.cell(1, TokenTableModel::CodePoints),
                 QStringLiteral("U+0020 U+006B U+0069 U+006E U+0067"));
        QCOMPARE(stage.cell(1, TokenTableModel::Source), QStringLiteral("3–8"));
        QCOMPARE(stage.cell(1, TokenTableModel::Kind), QStringLiteral("normal"));
        const auto rank = text.tokenizer->mergeRank(*text.encoding.tokens[1].id);
        QVERIFY(rank);
        QCOMPARE(stage.cell(1, TokenTableModel::Rank), QString::number(*rank));
        QVERIFY(!stage.table().isColumnHidden(TokenTableModel::Rank));
    }

    void aClickOnANameSorts() {
        Stage stage;
        QVERIFY(stage.open());
        const auto ids = [&] {
            std::vector<int> all;
            for (int row = 0; row < stage.model().rowCount(); ++row) {
                all.push_back(stage.cell(row, TokenTableModel::Id).toInt());
            }
            return all;
        };
        const std::vector<int> before = ids();
        stage.sortBy(TokenTableModel::Id);
        std::vector<int> sorted = before;
        std::sort(sorted.begin(), sorted.end());
        QCOMPARE(ids(), sorted);
        stage.sortBy(TokenTableModel::Id);
        std::reverse(sorted.begin(), sorted.end());
        QCOMPARE(ids(), sorted);
        // Equal ones in the order of the text: "·the" stands there twice or more.
        stage.sortBy(TokenTableModel::Text);
        int last = -1;
        QString lastText;
        for (int row = 0; row < stage.model().rowCount(); ++row) {
            const QString text = stage.cell(row, TokenTableModel::Text);
            const int place = stage.cell(row, TokenTableModel::Place).toInt();
            QVERIFY(text != lastText || place > last);
            lastText = text;
            last = place;
        }
        // What has no rank stands last, whichever way.
        for (int round = 0; round < 2; ++round) {
            stage.sortBy(TokenTableModel::Rank);
            bool hasEnded = false;
            for (int row = 0; row < stage.model().rowCount(); ++row) {
                const bool hasNone = stage.cell(row, TokenTableModel::Rank) == QStringLiteral("–");
                QVERIFY(hasNone || !hasEnded);
                hasEnded = hasNone;
            }
            QVERIFY(hasEnded);  // the period is one byte
        }
        const QJsonObject view = stage.panel->saveView();
        QCOMPARE(view[QStringLiteral("sort")].toString(), QStringLiteral("rank"));
        stage.trigger(QStringLiteral("position"));
        QCOMPARE(ids(), before);
        QVERIFY(stage.panel->saveView().isEmpty());
        stage.panel->restoreView(view);
        QCOMPARE(stage.panel->saveView(), view);
    }

    void theSelectionGoesBothWays() {
        Stage stage;
        QVERIFY(stage.open());
        stage.sortBy(TokenTableModel::Id);
        QTest::mouseClick(stage.table().viewport(), Qt::LeftButton, {},
                          stage.table().visualRect(stage.model().index(2, TokenTableModel::Text)).center());
        QVERIFY(stage.w.settle());
        const Selected selected = *stage.w.selection.selected();
        QCOMPARE(static_cast<std::size_t>(selected.position->value), stage.model().placeAt(2));
        const auto& tokens = stage.model().encodedText()->encoding.tokens;
        QCOMPARE(selected.row.value, tokens[selected.position->value].id->value);
        stage.w.selection.select({0, rowOf(*tokens[4].id), Position{4}});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.table().currentIndex().row(), stage.model().rowOf(4));
        stage.sortBy(TokenTableModel::Place);
        QCOMPARE(stage.table().currentIndex().row(), 4);
        stage.table().setFocus();
        QTest::keyClick(&stage.table(), Qt::Key_Down);
        QTest::keyClick(&stage.table(), Qt::Key_Return);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->position->value, 5U);
    }

    void findingWalksOverTheMatches() {
        Stage stage;
        QVERIFY(stage.open("The king and the queen of France, the theatre 5 €."));
        const auto current = [&] {
            return stage.cell(stage.table().currentIndex().row(), TokenTableModel::Text);
        };
        QTest::keyClicks(&stage.finder(), QStringLiteral("THE"));
        QVERIFY(stage.w.settle());
        QCOMPARE(current(), QStringLiteral("The"));
        QVERIFY2(stage.panel->fact().startsWith(QStringLiteral("1 of ")), qPrintable(stage.panel->fact()));
        QTest::keyClick(&stage.finder(), Qt::Key_Return);
        QCOMPARE(current(), QStringLiteral("·the"));
        QTest::keyClick(&stage.finder(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(&stage.finder(), Qt::Key_Up);
        QVERIFY(current().contains(QStringLiteral("the")));
        QTest::keyClick(&stage.finder(), Qt::Key_Down);
        QCOMPARE(current(), QStringLiteral("The"));
        const auto typed = [&](const QString& text) {
            stage.finder().clear();
            QTest::keyClicks(&stage.finder(), text);
            return stage.model().find(text).size();
        };
        QCOMPARE(typed(QStringLiteral("20 71 75")), std::size_t{1});
        QCOMPARE(current(), QStringLiteral("·queen"));
        QCOMPARE(typed(QStringLiteral(" KING")), std::size_t{1});
        QCOMPARE(typed(QStringLiteral("u+0046")), std::size_t{1});
        QCOMPARE(current(), QStringLiteral("·France"));
        QCOMPARE(typed(stage.cell(1, TokenTableModel::Id)), std::size_t{1});
        QCOMPARE(current(), QStringLiteral("·king"));
        QCOMPARE(typed(QStringLiteral("nowhere")), std::size_t{0});
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("not found")));
        QTest::keyClick(&stage.finder(), Qt::Key_Escape);
        QVERIFY(stage.finder().text().isEmpty());
        QVERIFY(!stage.panel->fact().contains(QStringLiteral("found")));
    }

    void tokensAreCopiedInTheOrderOfTheText() {
        Stage stage;
        QVERIFY(stage.open("The king  €"));
        stage.sortBy(TokenTableModel::Id);
        const auto& tokens = stage.model().encodedText()->encoding.tokens;
        QStringList ids;
        for (const Token& token : tokens) {
            ids << QString::number(token.id->value);
        }
        const auto pasted = [] { return QApplication::clipboard()->text(); };
        stage.trigger(QStringLiteral("As &IDs"));
        QCOMPARE(pasted(), ids.join(u' '));
        stage.trigger(QStringLiteral("As &Python list"));
        QCOMPARE(pasted(), u'[' + ids.join(QStringLiteral(", ")) + u']');
        stage.trigger(QStringLiteral("As &JSON"));
        const QJsonObject json = QJsonDocument::fromJson(pasted().toUtf8()).object();
        QCOMPARE(json[QStringLiteral("count")].toInt(), static_cast<int>(tokens.size()));
        QByteArray bytes;
        for (const QJsonValue token : json[QStringLiteral("tokens")].toArray()) {
            bytes += QByteArray::fromHex(token[QStringLiteral("bytes")].toString().toLatin1());
        }
        QCOMPARE(bytes, stage.w.session.text());
        stage.sortBy(TokenTableModel::Place);
        stage.table().setFocus();
        stage.table().selectRow(0);
        QTest::keyClick(&stage.table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&stage.table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(pasted(), ids.mid(0, 2).join(u' '));
    }

    void whatHasNoIdIsSaidSo() {
        TokenTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto text = test::encoded({"b", "?x\xFF", "a", "?\"\n"});
        const auto sortBy = [&](TokenColumn column, bool isDown) {
            NoProgress progress;
            model.setSorted(sortTokens(text, {column, isDown}, progress).value());
        };
        sortBy(TokenColumn::Place, false);
        QCOMPARE(model.index(1, TokenTableModel::Id).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.index(1, TokenTableModel::CodePoints).data().toString(),
                 QStringLiteral("U+003F U+0078 ‹FF›"));
        QVERIFY(!model.hasRanks());
        const QPersistentModelIndex kept = model.index(2, TokenTableModel::Text);
        sortBy(TokenColumn::Id, true);
        QCOMPARE(kept.row(), 0);
        QCOMPARE(model.placeAt(0), std::size_t{2});
        QCOMPARE(model.placeAt(3), std::size_t{3});
        sortBy(TokenColumn::Text, false);
        QCOMPARE(model.placeAt(0), std::size_t{3});
        QCOMPARE(tokenText(*text, {0, 1}, TokenForm::Ids), std::string("0 -1"));
        QCOMPARE(tokenText(*text, {0, 1}, TokenForm::Python), std::string("[0, None]"));
        QCOMPARE(
            tokenText(*text, {3}, TokenForm::Json),
            std::string(
                "{\"count\":1,\"tokens\":[{\"id\":null,\"token\":\"?\\\"\\u000a\",\"text\":\"?\\\"\\u000a\","
                "\"bytes\":\"3f220a\",\"start\":5,\"end\":8,\"kind\":\"unknown\"}]}"));
        model.setSorted(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void aQuarterOfAMillionTokens() {
        Stage stage;
        const QByteArray sentence = " the king and a queen of France";
        QVERIFY(stage.open(sentence.repeated(36'000)));
        const int count = stage.model().rowCount();
        QVERIFY2(count >= 250'000, qPrintable(QString::number(count)));
        stage.w.selection.select(
            {0, rowOf(*stage.model().encodedText()->encoding.tokens[10].id), Position{10}});
        QVERIFY(stage.w.settle());
        const QString word = stage.cell(10, TokenTableModel::Text);
        // In the background: what stood there stays until the new order stands.
        stage.sortBy(TokenTableModel::Text);
        QVERIFY(stage.panel->isBusy());
        QCOMPARE(stage.model().placeAt(1), std::size_t{1});
        // A newer click takes the place of the older one.
        stage.sortBy(TokenTableModel::Text);
        QVERIFY(stage.w.settle());
        QVERIFY(!stage.panel->isBusy());
        QCOMPARE(stage.model().sorted()->sort, (TokenSort{TokenColumn::Text, true}));
        QCOMPARE(stage.table().currentIndex().row(), stage.model().rowOf(10));
        QCOMPARE(stage.cell(stage.table().currentIndex().row(), TokenTableModel::Text), word);
        const auto& text = *stage.model().encodedText();
        for (int row = 1; row < count; ++row) {
            const std::size_t above = stage.model().placeAt(row - 1);
            const std::size_t here = stage.model().placeAt(row);
            const int order = bytesOf(text, above).compare(bytesOf(text, here));
            QVERIFY(order > 0 || (order == 0 && above < here));
            QCOMPARE(stage.model().rowOf(here), row);
        }
        QCOMPARE(stage.model().find(QStringLiteral("queen")).size(), std::size_t{36'000});
        stage.sortBy(TokenTableModel::Place);
        QCOMPARE(stage.model().placeAt(1), std::size_t{1});  // as it is: at once
    }

    void sortingCanBeCancelled() {
        Stage stage;
        QVERIFY(stage.open(QByteArray(" king").repeated(30'000)));
        std::optional<test::HeldPool> held(stage.w.pool);
        stage.sortBy(TokenTableModel::Id);
        QVERIFY(stage.panel->isBusy());
        const auto owner = reinterpret_cast<quintptr>(stage.panel->findChild<TokenSorting*>());
        stage.w.runner.cancel(QStringLiteral("token order %1").arg(owner, 0, 16));
        held.reset();
        QVERIFY(stage.w.settle());
        QStringList said;
        for (const ElidedLabel* label : stage.panel->findChildren<ElidedLabel*>()) {
            said << (label->isVisible() ? label->text() : QString());
        }
        QVERIFY(said.contains(QStringLiteral("Sorting was cancelled.")));
        auto* again = stage.panel->findChild<AgainButton*>();
        QVERIFY(again->isVisible());
        QTest::mouseClick(again, Qt::LeftButton);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.model().sorted()->sort, (TokenSort{TokenColumn::Id, false}));
        QVERIFY(!again->isVisible());
    }

    void ordersAreThoseOfAPlainSort_data() {
        QTest::addColumn<int>("column");
        for (const int column : {0, 1, 2, 5, 6, 7}) {
            QTest::addRow("column %d", column) << column;
        }
    }
    void ordersAreThoseOfAPlainSort() {
        QFETCH(int, column);
        std::vector<std::string> pieces;
        for (std::uint32_t i = 0; i < (test::isSanitized ? 10'000 : 100'000); ++i) {
            const std::string word = " w" + std::to_string(i * 2654435761U % 997);
            pieces.push_back(i % 11 == 0 ? "?" + word : word);
        }
        const auto text = test::encoded(pieces);
        const std::vector<Token>& tokens = text->encoding.tokens;
        for (const bool isDown : {false, true}) {
            NoProgress progress;
            const auto sorted =
                sortTokens(text, {static_cast<TokenColumn>(column), isDown}, progress).value();
            const auto keyOf = [&](std::uint32_t place) -> std::pair<std::string, double> {
                const Token& token = tokens[place];
                const double none = std::numeric_limits<double>::max();  // behind the others either way
                switch (column) {
                    case 0:
                        return {{}, isDown ? -1.0 * place : 1.0 * place};
                    case 1:
                        return {{}, token.id ? (isDown ? -1.0 : 1.0) * token.id->value : none};
                    case 2:
                        return {bytesOf(*text, place), 0};
                    case 5:
                        return {{}, (isDown ? -1.0 : 1.0) * static_cast<double>(token.source.begin)};
                    case 6:
                        return {{}, (isDown ? -1.0 : 1.0) * static_cast<double>(token.kind)};
                    default:
                        return {{}, none};  // no token has a rank
                }
            };
            std::vector<std::uint32_t> plain(tokens.size());
            std::iota(plain.begin(), plain.end(), 0U);
            std::stable_sort(plain.begin(), plain.end(), [&](std::uint32_t a, std::uint32_t b) {
                return column == 2 && isDown ? keyOf(a) > keyOf(b) : keyOf(a) < keyOf(b);
            });
            QVERIFY(sorted->order == plain);
            for (std::uint32_t row = 0; row < plain.size(); ++row) {
                QCOMPARE(sorted->rows[plain[row]], row);
            }
        }
    }

    void aStopEndsSorting() {
        const auto text = test::encoded(std::vector<std::string>(200'000, "word"));
        for (const TokenColumn column : {TokenColumn::Text, TokenColumn::Id}) {
            for (const int after : {1, 4, 9}) {
                test::StoppingProgress progress(after);
                const auto sorted = sortTokens(text, {column, false}, progress);
                QVERIFY(!sorted.ok());
                QCOMPARE(sorted.error().code, ErrorCode::Cancelled);
            }
        }
    }

    void noScoreIsCut() {
        Stage stage({590, 430});
        QVERIFY(stage.open());
        UnigramParts unigram;
        unigram.vocabulary = test::sharedVocabulary({"?", "a", "b"});
        unigram.scores = {0, -3.5, -10.8864};
        unigram.isUsable = {false, true, true};
        unigram.unknown = TokenId{0};
        unigram.unknownScore = -20;
        PipelineParts parts;
        parts.kind = "Unigram";
        parts.vocabulary = unigram.vocabulary;
        parts.model = makeUnigram(unigram);
        auto model = std::make_shared<Model>(*stage.w.session.slot(0).model);
        model->tokenizer = makePipeline(std::move(parts));
        stage.w.session.place(0, model);
        stage.w.session.setText("ab");
        QVERIFY(stage.w.settle());
        const QString score = stage.cell(1, TokenTableModel::Rank);
        QCOMPARE(score, QStringLiteral("-10.886"));
        QVERIFY(!stage.table().isColumnHidden(TokenTableModel::Rank));
        const QFontMetricsF metrics(stage.w.themes.theme().monoFont(12.5));
        constexpr double margins = 12;
        QVERIFY(stage.table().columnWidth(TokenTableModel::Rank) >=
                metrics.horizontalAdvance(score) + margins);
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1200, 430);
        QTest::newRow("in a dock") << QSize(420, 260);
    }
    void nothingIsClipped() {
        QFETCH(QSize, size);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Print}) {
            Stage stage(size);
            stage.w.themes.set(theme);
            applyTheme(*qApp, themeOf(theme));
            QVERIFY(stage.open());
            QCOMPARE(stage.card.size(), size);
            QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
        }
    }
};

QTEST_MAIN(TablePanelTest)
#include "table_panel_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/vocabulary_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/style_sheet.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

using namespace lexiscope;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");

struct Stage : test::PanelStage<VocabularyPanel> {
    explicit Stage(QSize size = {520, 520}) : PanelStage(size) {}
    ColumnTable& table() { return *panel->findChild<ColumnTable*>(); }
    VocabularyModel& model() { return *panel->findChild<VocabularyModel*>(); }
    QLineEdit& search() { return find<QLineEdit>("searchVocabulary"); }
    [[nodiscard]] bool choose(const char* name, const QString& entry) {
        for (QAction* action : find<ChoiceButton>(name).menu()->actions()) {
            if (action->text().section(u'\t', 0, 0) == entry && action->isVisible()) {
                action->trigger();
                return w.settle();
            }
        }
        return false;
    }
    [[nodiscard]] bool type(const QString& text) {
        search().clear();
        QTest::keyClicks(&search(), text);
        return w.settle();
    }
    QString cell(int row, int column) { return model().index(row, column).data().toString(); }
};

}  // namespace

class VocabularyPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void allTokensAreThere() {
        Stage stage;
        const QAbstractItemModelTester tester(&stage.model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(stage.open(gpt2));
        QCOMPARE(stage.model().rowCount(), 16384);
        QCOMPARE(stage.panel->fact(), QStringLiteral("16,384 tokens"));
        QCOMPARE(stage.cell(12960, VocabularyModel::Id), QStringLiteral("12960"));
        QCOMPARE(stage.cell(12960, VocabularyModel::Text), QStringLiteral("·queen"));
        QCOMPARE(stage.cell(12960, VocabularyModel::Characters), QStringLiteral("5"));
        QCOMPARE(stage.cell(12960, VocabularyModel::Writing), QStringLiteral("Latin"));
        QVERIFY(!stage.table().isColumnHidden(VocabularyModel::Rank));
    }

    void searchingNarrowsTheList() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.type(QStringLiteral("QUEEN")));
        QVERIFY(stage.model().rowCount() > 0);
        const Vocabulary& vocabulary = *stage.w.session.slot(0).model->vocabulary;
        int expected = 0;
        for (std::uint32_t row = 0; row < vocabulary.size(); ++row) {
            const QString text = QString::fromStdString(textOf(vocabulary, Row{row}));
            expected += text.contains(QStringLiteral("queen"), Qt::CaseInsensitive) ? 1 : 0;
        }
        QCOMPARE(stage.model().rowCount(), expected);
        QVERIFY(stage.type(QStringLiteral("12960")));
        QCOMPARE(stage.cell(0, VocabularyModel::Text), QStringLiteral("·queen"));
        QVERIFY(stage.type(QStringLiteral("·queen")));
        QVERIFY(stage.model().rowCount() > 0);
        for (int row = 0; row < stage.model().rowCount(); ++row) {
            QVERIFY(stage.cell(row, VocabularyModel::Text)
                        .startsWith(QStringLiteral("·queen"), Qt::CaseInsensitive));
        }
        QVERIFY(stage.type(QStringLiteral("no such token")));
        QCOMPARE(stage.model().rowCount(), 0);
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("0 of 16,384")));
    }

    void theLongestComeFirst() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.choose("tokenOrder", QStringLiteral("longest first")));
        int before = 1 << 20;
        for (int row = 0; row < stage.model().rowCount(); ++row) {
            const int length = stage.cell(row, VocabularyModel::Characters).toInt();
            QVERIFY(length <= before);
            before = length;
        }
        QVERIFY(stage.choose("tokenOrder", QStringLiteral("by text")));
        std::string last;
        const Vocabulary& vocabulary = *stage.w.session.slot(0).model->vocabulary;
        for (int row = 0; row < stage.model().rowCount(); ++row) {
            const std::string text = bareText(vocabulary, stage.model().tokenAt(row));
            QVERIFY(text >= last);
            last = text;
        }
    }

    void oneScriptAlone() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.choose("whichTokens", QStringLiteral("digits")));
        QVERIFY(stage.model().rowCount() > 10);
        for (int row = 0; row < stage.model().rowCount(); ++row) {
            QCOMPARE(stage.cell(row, VocabularyModel::Writing), QStringLiteral("digits"));
        }
        const QJsonObject view = stage.panel->saveView();
        QCOMPARE(view[QStringLiteral("show")].toString(), QStringLiteral("digits"));
        QCOMPARE(stage.panel->parameters(), QStringList{QStringLiteral("digits")});
        QVERIFY(stage.choose("whichTokens", QStringLiteral("all tokens")));
        QVERIFY(stage.panel->saveView().isEmpty());
        stage.panel->restoreView(view);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.panel->saveView(), view);
    }

    void theScriptsThatOccurAreOfferedWithHowManyThereAre() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QStringList names;
        std::size_t all = 0;
        for (const QAction* action : stage.find<ChoiceButton>("whichTokens").menu()->actions()) {
            names << action->text().section(u'\t', 0, 0);
            all += action->text().section(u'\t', 1).remove(u',').toULongLong();
        }
        QCOMPARE(all, stage.w.session.slot(0).model->vocabulary->size());
        QCOMPARE(names.value(1), QStringLiteral("Latin"));  // of which there are most
        QVERIFY(!names.contains(QStringLiteral("Ugaritic")));
        QVERIFY(names.indexOf(QStringLiteral("digits")) > names.indexOf(QStringLiteral("Greek")));
        // What does not occur is forgotten where that is known.
        stage.panel->restoreView({{QStringLiteral("show"), QStringLiteral("ugaritic")}});
        QVERIFY(stage.w.settle());
        QVERIFY(stage.panel->saveView().isEmpty());
        QCOMPARE(static_cast<std::size_t>(stage.model().rowCount()), all);
    }

    void whatNoTextBecomes() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.choose("whichTokens", QStringLiteral("never produced")));
        const auto never = stage.model().result()->produced;
        QVERIFY(never);
        QCOMPARE(static_cast<std::size_t>(stage.model().rowCount()), never->never);
        // The bytes at least that are in no UTF-8.
        QVERIFY(never->never >= 13);
        QVERIFY(stage.panel->findChild<QLabel*>(QStringLiteral("vocabularyExplanation"))->isVisible());
        // It is found out once.
        QVERIFY(stage.type(QStringLiteral("1")));
        QCOMPARE(stage.model().result()->produced, never);
    }

    void theSelectionGoesBothWays() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        const Row queen = findToken(*stage.w.session.slot(0).model, "queen").value().row;
        stage.w.selection.select({0, queen, std::nullopt});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.table().currentIndex().row(), static_cast<int>(queen.value));
        QVERIFY(stage.table().viewport()->rect().contains(
            stage.table().visualRect(stage.table().currentIndex())));
        QTest::mouseClick(
            stage.table().viewport(), Qt::LeftButton, {},
            stage.table()
                .visualRect(stage.model().index(static_cast<int>(queen.value) - 1, VocabularyModel::Text))
                .center());
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->row.value, queen.value - 1);
        QVERIFY(!stage.w.selection.selected()->position);
    }

    void theRowUnderThePointerIsHovered() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QWidget* viewport = stage.table().viewport();
        const auto row = [&stage] { return stage.w.selection.hovered().value().row; };
        QTest::mouseMove(viewport, stage.table().visualRect(stage.model().index(2, 0)).center());
        QCOMPARE(row(), Row{2});
        // The last pixels of a row may lie beside the last column.
        QTest::mouseMove(viewport, {viewport->width() - 1,
                                    stage.table().visualRect(stage.model().index(4, 0)).center().y()});
        QCOMPARE(row(), Row{4});
        stage.table().scrollToBottom();
        QVERIFY(row().value > 16000);
        QVERIFY(stage.type(QStringLiteral("king")));
        QCOMPARE(row().value, stage.model().tokenAt(4).value);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&stage.table(), &leave);
        QVERIFY(!stage.w.selection.hovered());
    }

    void wordsWithoutATokenizer() {
        Stage stage;
        QVERIFY(stage.open(QStringLiteral("builtin:features")));
        QVERIFY(stage.model().rowCount() > 5);
        QVERIFY(stage.table().isColumnHidden(VocabularyModel::Rank));
        const bool hasTokenizer = stage.w.session.slot(0).model->tokenizer != nullptr;
        QCOMPARE(stage.choose("whichTokens", QStringLiteral("never produced")), hasTokenizer);
    }

    void nothingToShowIsSaid() {
        Stage stage;
        QVERIFY(test::showActive(stage.card));
        QVERIFY(stage.w.settle());
        const QList<ElidedLabel*> labels = stage.panel->findChildren<ElidedLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const ElidedLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("No model is open.");
        }));
        QVERIFY(stage.panel->data().empty());
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(620, 430);
        QTest::newRow("in a dock") << QSize(400, 260);
    }
    void nothingIsClipped() {
        QFETCH(QSize, size);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Print}) {
            Stage stage(size);
            stage.w.themes.set(theme);
            applyTheme(*qApp, themeOf(theme));
            QVERIFY(stage.open(gpt2));
            QVERIFY(stage.choose("whichTokens", QStringLiteral("never produced")));
            QCOMPARE(stage.card.size(), size);
            QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
        }
    }
};

QTEST_MAIN(VocabularyPanelTest)
#include "vocabulary_panel_test.moc"

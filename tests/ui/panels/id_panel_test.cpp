// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/id_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/style_sheet.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage : test::PanelStage<IdPanel> {
    explicit Stage(QSize size = {680, 430}) : PanelStage(size, true, false) {}
    [[nodiscard]] bool open(const char* word) {
        if (!PanelStage::open(QStringLiteral("builtin:tiny-gpt2"))) {
            return false;
        }
        w.selection.select({0, findToken(*w.session.slot(0).model, word).value().row, std::nullopt});
        return w.settle();
    }
    NeighborList& list(const char* name) { return find<NeighborList>(name); }
    std::uint32_t row(const char* name, int index) {
        const auto* model = qobject_cast<NeighborModel*>(list(name).model());
        return model->result()->neighbors[static_cast<std::size_t>(index)].row.value;
    }
};

}  // namespace

class IdPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void bothListsHoldTheToken() {
        Stage stage;
        QVERIFY(stage.open("queen"));
        QCOMPARE(stage.list("byId").model()->rowCount(), 11);
        QCOMPARE(stage.list("byVector").model()->rowCount(), 11);
        for (int i = 0; i < 11; ++i) {
            QCOMPARE(stage.row("byId", i), static_cast<std::uint32_t>(12955 + i));
        }
        QCOMPARE(stage.row("byVector", 0), 12960U);
        QCOMPARE(stage.list("byId").currentIndex().row(), 5);
        QCOMPARE(stage.list("byVector").currentIndex().row(), 0);
        const QModelIndex first = stage.list("byVector").model()->index(1, 0);
        QCOMPARE(first.data().toString(), QStringLiteral("·prince"));
        QCOMPARE(first.data(IdRole).toString(), QStringLiteral("10861"));
        QCOMPARE(stage.list("byVector").model()->index(3, 0).data(IdRole).toString(),
                 QStringLiteral(" 2003"));
        QCOMPARE(stage.panel->fact(), QStringLiteral("cosine · exact over 16,384 rows"));
    }

    void aClickSelects() {
        Stage stage;
        QVERIFY(stage.open("queen"));
        NeighborList& list = stage.list("byVector");
        const std::uint32_t king = stage.row("byVector", 3);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                          list.visualRect(list.model()->index(3, 0)).center());
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->row.value, king);
        QCOMPARE(stage.row("byId", 5), king);
        NeighborList& ids = stage.list("byId");
        ids.setFocus();
        QTest::keyClick(&ids, Qt::Key_Down);
        QTest::keyClick(&ids, Qt::Key_Return);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->row.value, king + 1);
    }

    void theVocabularyEnds() {
        Stage stage;
        QVERIFY(stage.open("queen"));
        stage.w.selection.select({0, Row{1}, std::nullopt});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.list("byId").model()->rowCount(), 7);
        QCOMPARE(stage.row("byId", 0), 0U);
        QCOMPARE(stage.list("byId").currentIndex().row(), 1);
    }

    void nothingToShowIsSaid() {
        Stage stage;
        QVERIFY(test::showActive(stage.card));
        QVERIFY(stage.w.settle());
        const auto says = [&](const QString& text) {
            const QList<ElidedLabel*> labels = stage.card.findChildren<ElidedLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const ElidedLabel* label) {
                return label->isVisible() && label->text() == text;
            });
        };
        QVERIFY(says(QStringLiteral("No model is open.")));
        QVERIFY(stage.w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        QVERIFY(says(QStringLiteral("Nothing is selected yet.")));
        QCOMPARE(stage.list("byId").model()->rowCount(), 0);
    }

    void theModelIsSound() {
        Stage stage;
        const QAbstractItemModelTester tester(stage.list("byId").model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(stage.open("queen"));
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(680, 430);
        QTest::newRow("in a dock") << QSize(300, 280);  // its title takes two lines
        QTest::newRow("narrow and high") << QSize(300, 700);
    }
    void nothingIsClipped() {
        QFETCH(QSize, size);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Print}) {
            Stage stage(size);
            stage.w.themes.set(theme);
            applyTheme(*qApp, themeOf(theme));
            QVERIFY(stage.open("queen"));
            QCOMPARE(stage.card.size(), size);
            QCOMPARE(test::clippedTexts(*stage.panel).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
        }
    }

    void aHiddenPanelSearchesNothing() {
        Stage stage;
        QVERIFY(stage.open("queen"));
        stage.card.hide();
        stage.w.selection.select({0, Row{300}, std::nullopt});
        QVERIFY(stage.w.runner.isIdle());
        stage.card.show();
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.row("byId", 5), 300U);
    }
};

QTEST_MAIN(IdPanelTest)
#include "id_panel_test.moc"

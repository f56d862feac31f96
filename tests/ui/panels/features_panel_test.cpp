// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/features_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage : test::PanelStage<FeaturesPanel> {
    explicit Stage(QSize size = {860, 460}) : PanelStage(size) {}
    RatingGrid& grid() { return *card.findChild<RatingGrid*>(); }
    QString distances() { return find<QLabel>("distances").text(); }
    const FeatureTable& table() { return w.session.features().table(); }
    QModelIndex cell(const char* thing, const char* question) {
        return grid().model()->index(place(table().things(), thing), place(table().questions(), question));
    }
    float rating(const char* thing, const char* question) {
        const QModelIndex at = cell(thing, question);
        return table().rating(static_cast<std::size_t>(at.row()), static_cast<std::size_t>(at.column()));
    }
    QPoint middle(const QModelIndex& index) { return grid().visualRect(index).center(); }
    void click(const QModelIndex& index) {
        QTest::mouseClick(grid().viewport(), Qt::LeftButton, {}, middle(index));
    }
    /// Types into what has the keyboard.
    static void type(const QString& text) {
        QTest::keyClicks(QApplication::focusWidget(), text);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    QAction* action(const QString& beginning, QMenu& menu) {
        panel->addToMenu(menu);
        for (QAction* each : menu.actions()) {
            if (each->text().startsWith(beginning)) {
                return each;
            }
        }
        return nullptr;
    }
    std::string selectedWord() {
        const Selected selected = *w.selection.selected();
        return bareText(*w.session.slot(selected.slot).model->vocabulary, selected.row);
    }

  private:
    static int place(const std::vector<std::string>& names, std::string_view name) {
        return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
    }
};

}  // namespace

class FeaturesPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void itSaysWhatTheRatingsMake() {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(stage.panel->fact(), QStringLiteral("12 things × 9 questions · rated 0 to 10"));
        stage.click(stage.cell("cat", "barks"));
        QVERIFY(stage.w.settle());
        // numpy.linalg.norm of the differences.
        QCOMPARE(stage.distances(),
                 QStringLiteral("cat is nearest to dog (10.3), then horse (11.2), then wolf "
                                "(12.9); farthest from plane (24.5)."));
        stage.click(stage.cell("train", "flies"));
        QVERIFY(stage.w.settle());
        QVERIFY(stage.distances().startsWith(QStringLiteral("train is nearest to car (")));
    }

    void aRatingIsTyped() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.click(stage.cell("cat", "barks"));
        QTest::keyClick(&stage.grid(), Qt::Key_7);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral(".5"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.rating("cat", "barks"), 7.5F);
        QVERIFY(stage.distances().startsWith(QStringLiteral("cat is nearest to dog (3.5)")));
        stage.grid().setFocus();
        QTest::keyClick(&stage.grid(), Qt::Key_A);  // no number
        QCOMPARE(QApplication::focusWidget(), &stage.grid());
        QTest::keyClick(&stage.grid(), Qt::Key_Plus);
        QCOMPARE(stage.rating("cat", "barks"), 8.5F);
        QTest::keyClick(&stage.grid(), Qt::Key_Minus);
        QTest::keyClick(&stage.grid(), Qt::Key_Minus);
        QCOMPARE(stage.rating("cat", "barks"), 6.5F);
        QTest::keyClick(&stage.grid(), Qt::Key_Delete);
        QCOMPARE(stage.rating("cat", "barks"), 0.F);
        QTest::keyClick(&stage.grid(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(stage.rating("cat", "barks"), 6.5F);
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(&stage.grid(), Qt::Key_Z, Qt::ControlModifier);
        }
        QCOMPARE(stage.rating("cat", "barks"), 0.F);
        QTest::keyClick(&stage.grid(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stage.rating("cat", "barks"), 7.5F);
    }

    void whatIsOpenedAndLeftKeepsItsDigits() {
        Stage stage;
        stage.w.session.features().begin(FeatureTable::make({"a"}, {"q"}, {1.0F / 3}).value());
        QVERIFY(stage.ready());
        stage.click(stage.grid().model()->index(0, 0));
        QTest::keyClick(&stage.grid(), Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.table().rating(0, 0), 1.0F / 3);
        QVERIFY(!stage.w.session.features().undoText());
        QCOMPARE(stage.distances(), QStringLiteral("One thing alone is far from nothing: add another."));
    }

    void aRatingIsDragged() {
        Stage stage;
        QVERIFY(stage.ready());
        const QRect cell = stage.grid().visualRect(stage.cell("dog", "has wheels"));
        QWidget* viewport = stage.grid().viewport();
        const auto drag = [&](QPoint to) {
            QTest::mousePress(viewport, Qt::LeftButton, {}, cell.center());
            QMouseEvent move(QEvent::MouseMove, to, viewport->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                             {});
            QApplication::sendEvent(viewport, &move);
        };
        const QPoint most(cell.right() - 4, cell.center().y());
        drag(most);
        QCOMPARE(stage.rating("dog", "has wheels"), 0.F);  // until it is let go
        QTest::keyClick(&stage.grid(), Qt::Key_Escape);
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, most);
        QCOMPARE(stage.rating("dog", "has wheels"), 0.F);
        drag(most);
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, most);
        QCOMPARE(stage.rating("dog", "has wheels"), 10.F);
        drag(cell.center() + QPoint(1, 0));  // hardly moved
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, cell.center());
        QCOMPARE(stage.rating("dog", "has wheels"), 10.F);
    }

    void thingsAndQuestionsAreAddedAndNamed() {
        Stage stage;
        QVERIFY(stage.ready());
        QTest::mouseClick(&stage.button("addThing"), Qt::LeftButton);
        QCOMPARE(stage.table().things().back(), std::string("new thing"));
        Stage::type(QStringLiteral("sledge"));
        QCOMPARE(stage.table().things().back(), std::string("sledge"));
        QCOMPARE(stage.grid().currentIndex().row(), 12);
        QTest::mouseClick(&stage.button("addQuestion"), Qt::LeftButton);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(stage.table().questions().back(), std::string("new question"));
        QTest::mouseClick(&stage.button("addQuestion"), Qt::LeftButton);
        Stage::type(QStringLiteral("is fast"));
        QCOMPARE(stage.table().questions()[10], std::string("is fast"));
        QCOMPARE(stage.rating("sledge", "is fast"), 0.F);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.panel->fact(), QStringLiteral("13 things × 11 questions · rated 0 to 10"));
    }

    void namesAreChangedWhereTheyStand() {
        Stage stage;
        QVERIFY(stage.ready());
        NameHeader& names = stage.grid().rowNames();
        const QPoint dog(20, names.sectionViewportPosition(1) + 10);
        QTest::mouseDClick(names.viewport(), Qt::LeftButton, {}, dog);
        Stage::type(QStringLiteral("hound"));
        QCOMPARE(stage.table().things()[1], std::string("hound"));
        QSignalSpy failures(&stage.w.session, &Session::failed);
        QTest::mouseDClick(names.viewport(), Qt::LeftButton, {}, dog);
        Stage::type(QStringLiteral("cat"));
        QCOMPARE(failures.size(), 1);
        QCOMPARE(stage.table().things()[1], std::string("hound"));
    }

    void theMenuRemovesAndTakesBack() {
        Stage stage;
        QVERIFY(stage.ready());
        const FeatureTable before = stage.table();
        stage.click(stage.cell("wolf", "flies"));
        {
            QMenu menu;
            stage.action(QStringLiteral("Remove “wolf”"), menu)->trigger();
        }
        QCOMPARE(stage.table().things().size(), std::size_t(11));
        QCOMPARE(stage.grid().currentIndex().row(), 3);  // the one that took its place
        {
            QMenu menu;
            stage.action(QStringLiteral("Remove “flies”"), menu)->trigger();
        }
        QCOMPARE(stage.table().questions().size(), std::size_t(8));
        {
            QMenu menu;
            stage.action(QStringLiteral("Undo: Remove flies"), menu)->trigger();
        }
        QMenu menu;
        QVERIFY(stage.action(QStringLiteral("Redo: Remove flies"), menu) != nullptr);
        stage.action(QStringLiteral("Start with the example"), menu)->trigger();
        QCOMPARE(stage.table(), before);
    }

    void itIsAModelAtOnce() {
        Stage stage;
        QVERIFY(stage.w.load(0, QStringLiteral("builtin:wiki-words")));
        QVERIFY(stage.ready());
        QTest::mouseClick(&stage.button("useB"), Qt::LeftButton);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.slot(1).spec, Session::featureSpec());
        QCOMPARE(stage.button("useB").text(), QStringLiteral("In B"));
        QVERIFY(stage.button("useB").isChecked() && !stage.button("useA").isChecked());
        stage.click(stage.cell("horse", "flies"));
        QTest::keyClick(&stage.grid(), Qt::Key_3);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.session.slot(1).model->table->row(Row{2})[4], 3.F);
    }

    void oneSelectionRunsThroughIt() {
        Stage stage;
        QVERIFY(stage.w.load(0, QStringLiteral("builtin:wiki-words")));
        QVERIFY(stage.w.load(1, Session::featureSpec()));
        QVERIFY(stage.ready());
        stage.click(stage.cell("cat", "flies"));  // the current one from the beginning
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.selectedWord(), std::string("cat"));
        stage.click(stage.cell("car", "flies"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->slot, 0);  // the model in front has that word
        QCOMPARE(stage.selectedWord(), std::string("car"));
        stage.w.selection.select({0, stage.w.session.slot(0).model->vocabulary->find("wolf").value(), {}});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.grid().currentIndex().row(), 3);
        QVERIFY(stage.distances().startsWith(QStringLiteral("wolf ")));
        stage.w.selection.select({0, stage.w.session.slot(0).model->vocabulary->find("queen").value(), {}});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.grid().currentIndex().row(), 3);  // no such thing
        stage.w.session.setActiveSlot(1);
        QVERIFY(stage.w.settle());
        stage.click(stage.cell("ship", "flies"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected(), std::optional(Selected{1, Row{10}, std::nullopt}));
    }

    void aNewThingStaysTheCurrentOne() {
        Stage stage;
        QVERIFY(stage.w.load(0, Session::featureSpec()));
        QVERIFY(stage.ready());
        stage.click(stage.cell("cat", "flies"));
        QVERIFY(stage.w.settle());
        QTest::mouseClick(&stage.button("addThing"), Qt::LeftButton);
        QVERIFY(stage.w.settle());
        Stage::type(QStringLiteral("lion"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.grid().currentIndex().row(), 12);
        QCOMPARE(stage.selectedWord(), std::string("cat"));
        stage.w.selection.select({0, Row{1}, std::nullopt});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.grid().currentIndex().row(), 1);
    }

    void aRenamedThingStaysSelected() {
        Stage stage;
        QVERIFY(stage.w.load(0, Session::featureSpec()));
        QVERIFY(stage.ready());
        stage.click(stage.cell("ship", "flies"));
        QVERIFY(stage.w.settle());
        stage.grid().rowNames().rename(10);
        Stage::type(QStringLiteral("yacht"));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.selectedWord(), std::string("yacht"));
        stage.click(stage.cell("yacht", "flies"));
        QTest::keyClick(&stage.grid(), Qt::Key_Plus);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.selectedWord(), std::string("yacht"));
        QCOMPARE(stage.grid().currentIndex(), stage.cell("yacht", "flies"));
    }

    void itsDataIsTheTable() {
        Stage stage;
        QVERIFY(stage.ready());
        const std::vector<DataTable> tables = stage.panel->data();
        QCOMPARE(tables.size(), std::size_t(1));
        QCOMPARE(tables.front().title, QStringLiteral("Feature table, 12 × 9"));
        std::string written;
        NoProgress progress;
        const WriteBytes write = [&](std::string_view bytes) -> Result<Done> {
            written += bytes;
            return Done{};
        };
        QVERIFY(tables.front().csv(write, stage.w.pool, progress).ok());
        QFile file(QString::fromStdString((test::builtinModels() / "features/features.csv").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QByteArray::fromStdString(written), file.readAll());
        QSignalSpy wanted(stage.panel, &Panel::saveWanted);
        QMenu menu;
        stage.action(QStringLiteral("Save as a CSV"), menu)->trigger();
        QCOMPARE(wanted.size(), 1);
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(860, 460);
        QTest::newRow("in a dock") << QSize(420, 280);
    }
    void nothingIsClipped() {
        QFETCH(const QSize, size);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
            Stage stage(size);
            stage.w.themes.set(theme);
            applyTheme(*qApp, themeOf(theme));
            QVERIFY(stage.ready());
            QCOMPARE(stage.card.size(), size);
            QCOMPARE(test::clippedTexts(stage.card).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
            QVERIFY(test::contrastOnScreen(stage.grid()) >= 4.5);
            QVERIFY(test::contrastOnScreen(*stage.grid().rowNames().viewport()) >= 4.5);
            QVERIFY(test::contrastOnScreen(*stage.grid().columnNames().viewport()) >= 4.5);
        }
    }
};

QTEST_MAIN(FeaturesPanelTest)
#include "features_panel_test.moc"

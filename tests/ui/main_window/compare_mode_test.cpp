// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/token_lookup.h"
#include "tests/support/held_pool.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"
#include "ui/main_window/camera_link.h"
#include "ui/main_window/main_window.h"
#include "ui/models/neighbor_model.h"
#include "ui/models/neighbor_roles.h"
#include "ui/models/shared_word_model.h"
#include "ui/panels/pair_panel.h"
#include "ui/panels/pair_text_panel.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/space_plot.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/link_lines.h"
#include "ui/widgets/neighbor_list.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/overlap_bars.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_field.h"
#include "ui/widgets/token_strip.h"
#include "ui/widgets/word_grid.h"

#include <QAbstractButton>
#include <QJsonObject>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace lexiscope;

namespace {

const QString gpt = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

/// Below this the numbers are behind the neighbours, and nobody computes what nobody sees.
enum class Numbers { Seen = 1050, Behind = 720 };

/// The window in compare mode on both built-in models, "queen" selected in A.
struct OpenWindow : test::Workspace {
    explicit OpenWindow(Numbers numbers = Numbers::Behind, bool withSecond = true)
        : window(context(), themes, runner, nullptr) {
        session.setText("The king and the queen of France walked along the river.");
        window.resize(1680, static_cast<int>(numbers));
        window.setMode(MainWindow::Mode::Compare);
        window.show();
        ready = QTest::qWaitForWindowExposed(&window) && load(0, gpt) && (!withSecond || load(1, words));
        selection.select({0, findToken(*session.slot(0).model, "queen").value().row, std::nullopt});
        ready = ready && settle();
    }

    template <typename T>
    T& find(const QString& name) {
        return *window.findChild<T*>(name);
    }
    SpacePlot& plot(const QString& panel) { return *find<QWidget>(panel).findChild<SpacePlot*>(); }
    QString token(int slot) {
        const std::optional<Row> row = analyses.selectedRow(slot);
        return row ? shownToken(*session.slot(slot).model, *row) : QString();
    }
    /// Where the slot's selected token stands in its map, as a share of the field from its lower left corner.
    QPointF placeOf(SpacePlot& plot, int slot) {
        const QRectF field = plot.fieldRect();
        const QPointF at = plot.pointPosition(*analyses.selectedRow(slot));
        return {(at.x() - field.left()) / field.width(), (field.bottom() - at.y()) / field.height()};
    }
    double closeness(const SpacePlot& plot) { return plot.viewOfAll().width() / plot.view().width(); }

    bool ready = false;
    MainWindow window;
};

bool isNear(QPointF a, QPointF b) {
    return (a - b).manhattanLength() < 0.02;
}

}  // namespace

class CompareModeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void bothSidesShowTheSameWord() {
        OpenWindow w;
        QVERIFY(w.ready);
        QCOMPARE(w.token(0), QStringLiteral("·queen"));
        QCOMPARE(w.token(1), QStringLiteral("queen"));
        QCOMPARE(w.find<TokenStrip>(QStringLiteral("stripA")).selected(), std::optional(Position{4}));
        QCOMPARE(w.find<TokenStrip>(QStringLiteral("stripB")).selected(), std::optional(Position{4}));
        for (const QString& panel : {QStringLiteral("spaceA"), QStringLiteral("spaceB")}) {
            const std::vector<MarkedPoint>& marks = w.plot(panel).figure().marks;
            const auto selected = std::find_if(marks.begin(), marks.end(), [](const MarkedPoint& mark) {
                return mark.role == PointRole::Selected;
            });
            QVERIFY(selected != marks.end());
            QCOMPARE(selected->label, QStringLiteral("queen"));
            QCOMPARE(w.plot(panel).figure().slot, panel.endsWith(u'A') ? 0 : 1);
        }
    }

    void sharedNeighboursAreJoinedAndCounted() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& links = w.find<LinkLines>(QStringLiteral("links"));
        const std::vector<std::pair<int, int>> expected = {{0, 1}, {2, 9}};
        QCOMPARE(links.links(), expected);
        auto& here = w.find<NeighborList>(QStringLiteral("listA"));
        auto& there = w.find<NeighborList>(QStringLiteral("listB"));
        QCOMPARE(here.model()->index(0, 0).data().toString(), QStringLiteral("·prince"));
        QCOMPARE(there.model()->index(1, 0).data().toString(), QStringLiteral("prince"));
        QVERIFY(here.model()->index(0, 0).data(SharedRole).toBool());
        QVERIFY(!here.model()->index(1, 0).data(SharedRole).toBool());
        QVERIFY(there.model()->index(9, 0).data(SharedRole).toBool());
        QCOMPARE(w.window.docks()[3]->titleLine().fact(), QStringLiteral("cosine · 2 of 12 shared"));
        // The line goes from the middle of one row to the middle of the other.
        const QLineF line = links.lineOf({0, 1});
        const auto middle = [&links](const NeighborList& list, int row) {
            const QRect rect = list.visualRect(list.model()->index(row, 0));
            return links.mapFromGlobal(list.viewport()->mapToGlobal(rect.center())).y();
        };
        QVERIFY(std::abs(line.y1() - middle(here, 0)) <= 1);
        QVERIFY(std::abs(line.y2() - middle(there, 1)) <= 1);
    }

    void aClickInEitherListMovesBothSides() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& there = w.find<NeighborList>(QStringLiteral("listB"));
        QTest::mouseClick(there.viewport(), Qt::LeftButton, {},
                          there.visualRect(there.model()->index(2, 0)).center());
        QVERIFY(w.settle());
        QCOMPARE(w.token(1), QStringLiteral("princess"));
        QCOMPARE(w.token(0), QStringLiteral("·Princess"));
        QCOMPARE(w.selection.selected()->slot, 1);
        auto& here = w.find<NeighborList>(QStringLiteral("listA"));
        const QString token = here.model()->index(0, 0).data().toString();
        QTest::mouseClick(here.viewport(), Qt::LeftButton, {},
                          here.visualRect(here.model()->index(0, 0)).center());
        QVERIFY(w.settle());
        QCOMPARE(w.token(0), token);
        QCOMPARE(w.selection.selected()->slot, 0);
    }

    void aClickOnAChipMovesBothSides() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& strip = w.find<TokenStrip>(QStringLiteral("stripB"));
        QTest::mouseClick(strip.viewport(), Qt::LeftButton, {},
                          strip.chipRect(Position{6}).center().toPoint());
        QVERIFY(w.settle());
        QCOMPARE(w.token(1), QStringLiteral("france"));
        QCOMPARE(w.token(0), QStringLiteral("·France"));
        QCOMPARE(w.find<TokenStrip>(QStringLiteral("stripA")).selected(), std::optional(Position{6}));
        // What the vocabulary does not have cannot be selected.
        QTest::mouseClick(strip.viewport(), Qt::LeftButton, {},
                          strip.chipRect(Position{11}).center().toPoint());
        QVERIFY(w.settle());
        QCOMPARE(w.token(1), QStringLiteral("france"));
        QCOMPARE(strip.selected(), std::optional(Position{6}));
    }

    void noMatchIsSaidInPlace() {
        OpenWindow w;
        QVERIFY(w.ready);
        w.selection.select({0, findToken(*w.session.slot(0).model, "<|endoftext|>").value().row, {}});
        QVERIFY(w.settle());
        auto& message = w.find<ElidedLabel>(QStringLiteral("messageB"));
        QVERIFY(message.isVisible());
        QCOMPARE(message.text(), QStringLiteral("<|endoftext|> has no match in wiki-words."));
        QVERIFY(!w.find<ElidedLabel>(QStringLiteral("messageA")).isVisible());
        QVERIFY(w.find<LinkLines>(QStringLiteral("links")).links().empty());
        QCOMPARE(w.find<NeighborList>(QStringLiteral("listB")).model()->rowCount(), 0);
        QCOMPARE(w.window.docks()[3]->titleLine().fact(), QStringLiteral("cosine"));
    }

    void typingCutsTheTextInBoth() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& field = *w.find<QWidget>(QStringLiteral("tokensAB")).findChild<TextField*>();
        QTest::keyClick(&w.window, Qt::Key_L, Qt::ControlModifier);
        QVERIFY(field.hasFocus());
        QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(&field, QStringLiteral("a duke"));
        QVERIFY(w.settle());
        QCOMPARE(w.find<TokenStrip>(QStringLiteral("stripA")).encodedText()->text, std::string("a duke"));
        QCOMPARE(w.find<TokenStrip>(QStringLiteral("stripB")).encodedText()->encoding.tokens.size(),
                 std::size_t{2});
        const std::size_t pieces =
            w.find<TokenStrip>(QStringLiteral("stripA")).encodedText()->encoding.tokens.size();
        QCOMPARE(w.window.docks()[0]->titleLine().fact(),
                 QStringLiteral("A %1 tokens · B 2 tokens").arg(pieces));
    }

    void thePairInNumbers() {
        OpenWindow w(Numbers::Seen);
        QVERIFY(w.ready);
        QCOMPARE(w.find<NumberTile>(QStringLiteral("cka")).number(), QStringLiteral("0.701"));
        QCOMPARE(w.find<NumberTile>(QStringLiteral("overlap")).number(), QStringLiteral("0.481"));
        QCOMPARE(w.find<NumberTile>(QStringLiteral("first")).number(), QStringLiteral("0.401"));
        QCOMPARE(w.find<OverlapBars>(QStringLiteral("overlapBars")).counts()[4], std::size_t{1237});
        QVERIFY(w.find<CardDock>(QStringLiteral("pairDock"))
                    .titleLine()
                    .fact()
                    .startsWith(QStringLiteral("8,052 words in both")));
        auto& least = w.find<WordGrid>(QStringLiteral("least"));
        const QModelIndex second = least.model()->index(1, 0);
        QCOMPARE(second.data(NumberRole).toString(), QStringLiteral("0"));
        const QString word = second.data().toString();
        QTest::mouseClick(least.viewport(), Qt::LeftButton, {}, least.visualRect(second).center());
        QVERIFY(w.settle());
        QCOMPARE(w.token(0), QStringLiteral("·") + word);
        QCOMPARE(w.token(1), word);
    }

    void theListsAreOfCommonWordsUntilAllAreAskedFor() {
        OpenWindow w(Numbers::Seen);
        QVERIFY(w.ready);
        auto& least = w.find<WordGrid>(QStringLiteral("least"));
        const PairResult& result = *w.analyses.pair().result();
        QVERIFY(result.common.words > 100 && result.common.words < result.all.words);
        QCOMPARE(least.model()->rowCount(),
                 static_cast<int>(std::min<std::size_t>(result.common.words, 300)));
        const auto isSaid = [&w](const QString& text) {
            const QList<ElidedLabel*> labels = w.window.findChild<PairPanel*>()->findChildren<ElidedLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&text](const ElidedLabel* label) { return label->text() == text; });
        };
        const QString common =
            QStringLiteral("least alike of %1 common words").arg(groupedText(result.common.words));
        QVERIFY(isSaid(common));
        const QString first = least.model()->index(0, 0).data().toString();
        auto& choice = w.find<Segmented>(QStringLiteral("words"));
        QTest::mouseClick(choice.button(1), Qt::LeftButton);
        QVERIFY(w.settle());
        QVERIFY(isSaid(QStringLiteral("least alike of all")) && !isSaid(common));
        QVERIFY(least.model()->index(0, 0).data().toString() != first);
        const QJsonObject view = w.window.findChild<PairPanel*>()->saveView();
        QTest::mouseClick(choice.button(0), Qt::LeftButton);
        QVERIFY(w.settle());
        QVERIFY(isSaid(common));
        w.window.findChild<PairPanel*>()->restoreView(view);
        QVERIFY(w.settle());
        QVERIFY(isSaid(QStringLiteral("least alike of all")));
    }

    void theNumbersAreComputedOnlyWhileTheyAreSeen() {
        OpenWindow w(Numbers::Seen, false);
        QVERIFY(w.ready);
        w.window.setMode(MainWindow::Mode::Explore);
        QVERIFY(w.load(1, words));
        QVERIFY(!w.analyses.pair().result());
        w.window.setMode(MainWindow::Mode::Compare);
        QVERIFY(w.settle());
        QVERIFY(w.analyses.pair().isCurrent());
    }

    void aCancelledComparisonWaitsToBeAskedAgain() {
        OpenWindow w(Numbers::Seen, false);
        QVERIFY(w.ready);
        w.session.load(1, words);
        QVERIFY(test::await([&w] { return w.analyses.pair().isRunning(); }));
        w.runner.cancel(w.analyses.pair().channel());
        QVERIFY(w.settle());
        auto& panel = *w.window.findChild<PairPanel*>();
        auto& again = *panel.findChild<QPushButton*>(QStringLiteral("again"));
        QVERIFY(again.isVisible());
        QCOMPARE(panel.findChild<ElidedLabel*>(QStringLiteral("message"))->text(),
                 QStringLiteral("The comparison was cancelled."));
        w.session.setActiveSlot(1);
        QVERIFY(w.settle());
        QVERIFY(!w.analyses.pair().isCurrent());
        QTest::mouseClick(&again, Qt::LeftButton);
        QVERIFY(w.settle());
        QVERIFY(w.analyses.pair().isCurrent());
        QVERIFY(!again.isVisible());
        QCOMPARE(w.find<NumberTile>(QStringLiteral("cka")).number(), QStringLiteral("0.701"));
    }

    void aCutThatWasCancelledIsMadeAgain() {
        OpenWindow w;
        QVERIFY(w.ready);
        {
            const test::HeldPool held(w.pool);
            w.session.setText("a queen");
            const QString cutting = w.analyses.channelOf(0, Analyses::Encoding);
            QVERIFY(test::await([&] { return w.runner.isRunning(cutting); }));
            w.runner.cancel(cutting);
        }
        QVERIFY(w.settle());
        QVERIFY(w.analyses.wasCancelled(0, Analyses::Encoding));
        auto& panel = *w.window.findChild<PairTextPanel*>();
        const QList<AgainButton*> buttons = panel.findChildren<AgainButton*>();
        QCOMPARE(buttons.size(), 2);
        QVERIFY(buttons[0]->isVisible() && !buttons[1]->isVisible());
        QTest::mouseClick(buttons[0], Qt::LeftButton);
        QVERIFY(w.settle());
        QVERIFY(w.analyses.isCurrent(0, Analyses::Encoding));
        QVERIFY(!buttons[0]->isVisible());
    }

    void modelsWithoutACommonWordAreSaid() {
        OpenWindow w(Numbers::Seen, false);
        QVERIFY(w.ready);
        const test::ScratchFolder folder;
        std::string bytes = "2 2\n";
        for (const char* word : {"\u043A\u043E\u0442 ", "\u043F\u0435\u0441 "}) {
            const float values[] = {1, 2};
            bytes += word + std::string(reinterpret_cast<const char*>(values), sizeof values) + "\n";
        }
        const auto file = folder.write("cats.bin", bytes);
        QVERIFY(w.load(1, QString::fromStdString(file.string())));
        auto& message = *w.window.findChild<PairPanel*>()->findChild<ElidedLabel*>(QStringLiteral("message"));
        QVERIFY2(message.text().contains(QStringLiteral("no word in common")), qPrintable(message.text()));
        QVERIFY(message.isVisible());
        QVERIFY(!w.find<NumberTile>(QStringLiteral("cka")).isVisible());
    }

    void anEmptySlotAsksForAModel() {
        OpenWindow w(Numbers::Seen, false);
        QVERIFY(w.ready);
        auto& title = w.find<ElidedLabel>(QStringLiteral("invitationTitle"));
        QVERIFY(title.isVisible());
        QCOMPARE(title.text(), QStringLiteral("Slot B is empty"));
        for (const CardDock* dock : w.window.docks()) {
            QVERIFY(!dock->isVisible());
        }
        auto& other = w.find<QPushButton>(QStringLiteral("openOther"));
        Q_EMIT other.menu()->aboutToShow();
        QVERIFY(other.menu()->actions().size() >= 4);
        QTest::mouseClick(&w.find<QPushButton>(QStringLiteral("openBuiltIn")), Qt::LeftButton);
        QVERIFY(w.settle());
        QCOMPARE(w.session.slot(1).spec, words);
        QVERIFY(!title.isVisible());
        QVERIFY(w.window.docks().front()->isVisible());
        QVERIFY(w.analyses.pair().isCurrent());
    }

    void theMatricesComeOnDemand() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& dock = w.find<CardDock>(QStringLiteral("matrixBDock"));
        QVERIFY(!dock.isVisible());
        dock.toggleViewAction()->trigger();
        w.find<CardDock>(QStringLiteral("matrixADock")).toggleViewAction()->trigger();
        QVERIFY(w.settle());
        QVERIFY(dock.isVisible());
        auto& map = *dock.findChild<HeatMapView*>();
        QCOMPARE(map.figure().selectedRow, static_cast<long long>(w.analyses.selectedRow(1)->value));
        QCOMPARE(map.figure().columns, std::size_t{100});
        // In the place of the maps.
        QVERIFY(!map.visibleRegion().isEmpty());
        QVERIFY(w.plot(QStringLiteral("spaceB")).visibleRegion().isEmpty());
        w.window.restoreDefaultLayout();
        QVERIFY(!dock.isVisible());
    }

    void theCamerasAreLinked() {
        OpenWindow w;
        QVERIFY(w.ready);
        SpacePlot& first = w.plot(QStringLiteral("spaceA"));
        SpacePlot& second = w.plot(QStringLiteral("spaceB"));
        QVERIFY(first.showsAll() && second.showsAll());
        first.setFocus();
        QTest::keyClick(&first, Qt::Key_Plus);
        QTest::keyClick(&first, Qt::Key_Plus);
        QVERIFY(std::abs(w.closeness(first) / w.closeness(second) - 1) < 0.02);
        QVERIFY(w.closeness(second) > 1.4);
        QVERIFY(isNear(w.placeOf(first, 0), w.placeOf(second, 1)));
        // The other way round, too.
        QTest::keyClick(&second, Qt::Key_Right);
        QTest::keyClick(&second, Qt::Key_Plus);
        QVERIFY(std::abs(w.closeness(first) / w.closeness(second) - 1) < 0.02);
        QVERIFY(isNear(w.placeOf(first, 0), w.placeOf(second, 1)));
        // Another token is brought into view in both, at one place.
        w.selection.select({1, findToken(*w.session.slot(1).model, "chemistry").value().row, std::nullopt});
        QVERIFY(w.settle());
        QCOMPARE(w.token(0), QStringLiteral("·chemistry"));
        QVERIFY(isNear(w.placeOf(first, 0), w.placeOf(second, 1)));
        QVERIFY(second.fieldRect().contains(second.pointPosition(*w.analyses.selectedRow(1))));
        QTest::keyClick(&second, Qt::Key_Home);
        QVERIFY(first.showsAll() && second.showsAll());
    }

    void lowWindowsHaveTheNumbersBehindTheNeighbours() {
        OpenWindow w(Numbers::Seen, false);
        QVERIFY(w.ready);
        w.window.resize(1280, 720);
        QVERIFY(w.load(1, words));
        QVERIFY(w.find<NeighborList>(QStringLiteral("listA")).isVisible());
        QVERIFY(!w.window.findChild<PairPanel*>()->isVisible());
        QVERIFY(!w.analyses.pair().result());
        w.find<CardDock>(QStringLiteral("pairDock")).raise();
        QVERIFY(w.settle());
        QVERIFY(!w.find<NumberTile>(QStringLiteral("cka")).visibleRegion().isEmpty());
    }
};

QTEST_MAIN(CompareModeTest)
#include "compare_mode_test.moc"

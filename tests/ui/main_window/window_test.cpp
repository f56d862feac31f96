// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/token_lookup.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"
#include "ui/main_window/dock_area.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/settings_dialog.h"
#include "ui/main_window/shortcut_list.h"
#include "ui/models/neighbor_model.h"
#include "ui/panels/positions_panel.h"
#include "ui/panels/space_panel.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/row_bars.h"
#include "ui/plots/space_plot.h"
#include "ui/session/session_memory.h"
#include "ui/widgets/neighbor_list.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_field.h"
#include "ui/widgets/token_strip.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSet>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;

namespace {

/// The window on tiny-gpt2 with a sentence, "queen" selected, as a newcomer finds it.
struct OpenWindow : test::Workspace {
    explicit OpenWindow(QSettings* settings = nullptr) : window(context(), themes, runner, settings) {
        session.setText("The king and the queen of France walked along the river.");
        window.resize(1440, 900);
        window.show();
        ready = QTest::qWaitForWindowExposed(&window) && load(0, QStringLiteral("builtin:tiny-gpt2"));
        selection.select({0, findToken(*session.slot(0).model, "queen").value().row, std::nullopt});
        ready = ready && settle();
    }

    template <typename T>
    T& find(const QString& name = {}) {
        return *window.findChild<T*>(name);
    }
    QString selectedToken() {
        return selection.selected() ? shownToken(*session.activeModel(), selection.selected()->row)
                                    : QString();
    }
    QAction* action(const QString& text) {
        for (QAction* candidate : window.findChildren<QAction*>()) {
            if (candidate->text().remove(u'&') == text) {
                return candidate;
            }
        }
        return nullptr;
    }

    bool ready = false;
    MainWindow window;
};

}  // namespace

class WindowTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void aClickOnAChipMovesEveryPanel() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& strip = w.find<TokenStrip>();
        QTest::mouseClick(strip.viewport(), Qt::LeftButton, {},
                          strip.chipRect(Position{6}).center().toPoint());
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("·France"));
        const Row row = w.selection.selected()->row;
        QCOMPARE(w.find<HeatMapView>(QStringLiteral("map")).figure().selectedRow,
                 static_cast<long long>(row.value));
        QCOMPARE(w.find<RowBars>().values(), w.session.activeModel()->table->row(row));
        QCOMPARE(w.find<NeighborModel>().result()->row, row);
        const std::vector<MarkedPoint>& marks = w.find<SpacePlot>().figure().marks;
        const auto selected = std::find_if(marks.begin(), marks.end(), [](const MarkedPoint& mark) {
            return mark.role == PointRole::Selected;
        });
        QVERIFY(selected != marks.end());
        QCOMPARE(selected->row, row);
        QCOMPARE(selected->label, QStringLiteral("France"));
    }

    void aClickOnANeighbourMovesEveryPanelAndBackReturns() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& list = w.find<NeighborList>();
        const QModelIndex third = list.model()->index(2, 0);
        const QString token = third.data().toString();
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(third).center());
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), token);
        QTest::keyClick(&w.window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(w.selectedToken(), QStringLiteral("·queen"));
        QTest::keyClick(&w.window, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(w.selectedToken(), token);
    }

    void aClickOnAPointSelectsIt() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& plot = w.find<SpacePlot>();
        const Row king = findToken(*w.session.activeModel(), "king").value().row;
        plot.centerOn(king);
        plot.zoom(60);
        plot.centerOn(king);
        QTest::qWait(50);
        const QPoint at = plot.pointPosition(king).toPoint();
        QTest::mouseMove(&plot, at);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, at);
        QVERIFY(w.settle());
        QCOMPARE(w.selection.selected()->row, king);
    }

    void aClickOnAMatrixRowSelectsIt() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& map = w.find<HeatMapView>(QStringLiteral("map"));
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.mapRect().topLeft().toPoint() + QPoint(20, 3));
        QVERIFY(w.settle());
        QCOMPARE(w.selection.selected()->row.value, static_cast<std::uint32_t>(map.figure().firstRow));
    }

    void typingCutsTheTextAnew() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& field = w.find<TextField>();
        field.setFocus();
        QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(&field, QStringLiteral("Hello there"));
        QVERIFY(w.settle());
        QCOMPARE(w.session.text(), QByteArray("Hello there"));
        const auto& shown = w.find<TokenStrip>().encodedText();
        QCOMPARE(shown->text, std::string("Hello there"));
        QCOMPARE(shown->encoding.tokens.back().source.end, std::size_t{11});
    }

    void theSearchFieldFindsTokens() {
        OpenWindow w;
        QVERIFY(w.ready);
        QTest::keyClick(&w.window, Qt::Key_K, Qt::ControlModifier);
        auto& field = w.find<SearchField>();
        QVERIFY(field.hasFocus());
        QTest::keyClicks(&field, QStringLiteral("lond"));
        QVERIFY(w.settle());
        QVERIFY(field.isListOpen());
        QTest::keyClick(&field, Qt::Key_Down);
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("·London"));
        QVERIFY(!field.isListOpen());
    }

    void measureAndNumberAreChosen() {
        OpenWindow w;
        QVERIFY(w.ready);
        auto& metric = w.find<Segmented>(QStringLiteral("metric"));
        QTest::mouseClick(metric.button(1), Qt::LeftButton);
        QVERIFY(w.settle());
        const auto euclidean = w.find<NeighborModel>().result();
        QCOMPARE(euclidean->metric, Metric::Euclidean);
        QVERIFY(euclidean->neighbors.front().score <= euclidean->neighbors.back().score);
        w.find<QSpinBox>(QStringLiteral("count")).setValue(25);
        QVERIFY(w.settle());
        QCOMPARE(w.find<NeighborModel>().rowCount(), 25);
    }

    void pinningKeepsATokenMarked() {
        OpenWindow w;
        QVERIFY(w.ready);
        QTest::keyClick(&w.window, Qt::Key_P, Qt::ControlModifier);
        const Row pinned = w.selection.selected()->row;
        w.selection.select({0, Row{3000}, std::nullopt});
        QVERIFY(w.settle());
        const std::vector<MarkedPoint>& marks = w.find<SpacePlot>().figure().marks;
        QVERIFY(std::any_of(marks.begin(), marks.end(), [&](const MarkedPoint& mark) {
            return mark.row == pinned && mark.role == PointRole::Pinned;
        }));
    }

    void aFailedLoadIsSaidAndTheWindowGoesOn() {
        OpenWindow w;
        QVERIFY(w.ready);
        w.window.open(QStringLiteral("/nowhere/model.bin"), 0);
        QVERIFY(w.settle());
        QVERIFY(w.window.messages().isVisible());
        QVERIFY(w.window.messages().text().contains(QStringLiteral("/nowhere/model.bin")));
        QCOMPARE(w.selectedToken(), QStringLiteral("·queen"));
        w.window.messages().closeCurrent();
        QVERIFY(!w.window.messages().isVisible());
    }

    void theTextGrowsWithItsTokens() {
        OpenWindow w;
        QVERIFY(w.ready);
        const int before = w.window.docks()[0]->height();
        w.session.setText(
            QByteArray("The king and the queen of France walked along the river. ").repeated(2));
        QVERIFY(w.settle());
        QVERIFY(test::await([&] { return w.window.docks()[0]->height() > before; }));
        auto& strip = w.find<TokenStrip>();
        QVERIFY(strip.rowCount() > 1);
        QVERIFY(strip.viewport()->rect().contains(strip.chipRect(Position{22}).toRect()));
    }

    void aDroppedFileIsOpened() {
        OpenWindow w;
        QVERIFY(w.ready);
        QMimeData data;
        const std::filesystem::path file = test::builtinModels() / "wiki-words/wiki-words.bin";
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
        const QPoint at = w.window.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&w.window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&w.window, &drop);
        QVERIFY(w.settle());
        QCOMPARE(w.session.slot(0).model->table->rows(), std::size_t{20000});
        QCOMPARE(w.selectedToken(), QStringLiteral("queen"));
    }

    void layoutThemeAndRecentModelsAreRemembered() {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        {
            OpenWindow w(&settings);
            QVERIFY(w.ready);
            w.window.docks()[3]->hide();
            w.themes.set(ThemeName::Dark);
            w.window.open(QStringLiteral("builtin:wiki-words"), 1);
            QVERIFY(w.settle());
            w.window.close();
        }
        QCOMPARE(settings.value(QStringLiteral("theme")).toString(), QStringLiteral("dark"));
        QVERIFY(
            settings.value(QStringLiteral("recent models")).toStringList().contains("builtin:wiki-words"));
        OpenWindow again(&settings);
        QVERIFY(!again.window.docks()[3]->isVisible());
        QVERIFY(again.window.docks()[2]->isVisible());
        again.window.restoreDefaultLayout();
        QVERIFY(again.window.docks()[3]->isVisible());
    }

    void theStandardLayoutFollowsTheHeightUntilACardIsMoved() {
        OpenWindow w;
        QVERIFY(w.ready);
        const auto isBehindTheMap = [&w] {
            auto& area = *w.window.findChild<DockArea*>(QStringLiteral("exploreArea"));
            return area.tabifiedDockWidgets(area.dock(QStringLiteral("positions")))
                .contains(area.dock(QStringLiteral("space")));
        };
        w.window.resize(1440, 900);
        QVERIFY(w.settle());
        QVERIFY(!isBehindTheMap());
        w.window.resize(1280, 720);
        QVERIFY(w.settle());
        QVERIFY(isBehindTheMap());
        QVERIFY(w.window.findChild<SpacePanel*>()->isVisible());
        QVERIFY(!w.window.findChild<PositionsPanel*>()->isVisible());
        w.window.resize(1440, 900);
        QVERIFY(w.settle());
        QVERIFY(!isBehindTheMap());
        QVERIFY(w.window.findChild<PositionsPanel*>()->isVisible());
        w.window.docks()[2]->setFloating(true);
        QVERIFY(w.settle());
        w.window.resize(1280, 720);
        QVERIFY(w.settle());
        QVERIFY(!isBehindTheMap() && w.window.docks()[2]->isFloating());
        w.window.restoreDefaultLayout();
        QVERIFY(w.settle());
        QVERIFY(isBehindTheMap());
    }

    void docksFloatAndComeBack() {
        OpenWindow w;
        QVERIFY(w.ready);
        CardDock* space = w.window.docks()[1];
        space->setFloating(true);
        QVERIFY(w.settle());
        QVERIFY(space->isWindow());
        w.window.restoreDefaultLayout();
        QVERIFY(w.settle());
        QVERIFY(!space->isFloating());
    }

    void eachModeHasPanelsAndALayoutOfItsOwn() {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        {
            OpenWindow w(&settings);
            QVERIFY(w.ready);
            w.window.open(QStringLiteral("builtin:wiki-words"), 1);
            QVERIFY(w.settle());
            const std::vector<CardDock*> explore = w.window.docks();
            w.action(QStringLiteral("Compare two models"))->trigger();
            QVERIFY(w.settle());
            QCOMPARE(w.window.mode(), MainWindow::Mode::Compare);
            QVERIFY(w.window.docks() != explore);
            for (const CardDock* dock : explore) {
                QVERIFY(!dock->isVisible());
            }
            // Both sides show the token that is selected in A.
            QVERIFY(w.analyses.neighbors(1) && w.analyses.isCurrent(1, Analyses::Neighbors));
            QCOMPARE(shownToken(*w.session.slot(1).model, w.analyses.neighbors(1)->row),
                     QStringLiteral("queen"));
            w.window.docks()[3]->hide();
            w.window.close();
        }
        OpenWindow again(&settings);
        QCOMPARE(again.window.mode(), MainWindow::Mode::Compare);
        QVERIFY(again.load(1, QStringLiteral("builtin:wiki-words")));
        QVERIFY(again.window.docks()[2]->isVisible());
        QVERIFY(!again.window.docks()[3]->isVisible());
        again.window.setMode(MainWindow::Mode::Explore);
        QVERIFY(again.window.docks().front()->isVisible());
    }

    void theListOfKeysHasEveryShortcutOfTheMenus() {
        OpenWindow w;
        QVERIFY(w.ready);
        const ShortcutList list(w.themes, w.find<QMenuBar>(), &w.window);
        QSet<QString> listed;
        for (const ShortcutList::Group& group : list.groups()) {
            for (const auto& [what, how] : group.entries) {
                listed.insert(how);
            }
        }
        for (const QAction* action : w.window.actions()) {
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            QVERIFY2(keys.isEmpty() || listed.contains(keys), qPrintable(keys));
        }
        QVERIFY(listed.contains(QStringLiteral("Ctrl+K")));
    }

    void settingsTakeEffectAtOnceAndAreRemembered() {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        OpenWindow w(&settings);
        QVERIFY(w.ready);
        SettingsDialog dialog(w.themes, &settings, &w.window);
        QCOMPARE(dialog.findChild<Segmented*>(QStringLiteral("textSize"))->current(), 1);
        const int before = w.themes.theme().textFont(13).pixelSize();
        QTest::mouseClick(dialog.findChild<Segmented*>(QStringLiteral("textSize"))->button(3),
                          Qt::LeftButton);
        QVERIFY(w.themes.theme().textFont(13).pixelSize() > before);
        QCOMPARE(rememberedTextScale(settings), 1.3);
        QTest::mouseClick(dialog.findChild<Segmented*>(QStringLiteral("look"))->button(1), Qt::LeftButton);
        QCOMPARE(w.themes.theme().name, ThemeName::Dark);
        QVERIFY(w.themes.theme().textFont(13).pixelSize() > before);
        auto* goOn = dialog.findChild<QCheckBox*>();
        QVERIFY(goOn->isChecked());
        goOn->setChecked(false);
        QVERIFY(!SessionMemory(settings).isContinued());
        const QSignalSpy forgotten(&dialog, &SettingsDialog::forgetWanted);
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("forget")), Qt::LeftButton);
        QCOMPARE(forgotten.count(), 1);
    }

    void everyPanelTeachesItsTerms() {
        OpenWindow w;
        QVERIFY(w.ready);
        for (const MainWindow::Mode mode : MainWindow::modes) {
            w.window.setMode(mode);
            for (CardDock* dock : w.window.docks()) {
                QVERIFY2(dock->titleLine().toolTip().size() > 40, qPrintable(dock->objectName()));
            }
        }
        QVERIFY(lessonOf(QStringLiteral("no panel")).isEmpty());
    }

    void themesSwitchAtOnce() {
        OpenWindow w;
        QVERIFY(w.ready);
        const QColor light = w.window.grab().toImage().pixelColor(3, w.window.height() / 2);
        w.action(QStringLiteral("Dark"))->trigger();
        const QColor dark = w.window.grab().toImage().pixelColor(3, w.window.height() / 2);
        QCOMPARE(light, themeOf(ThemeName::Light).window);
        QCOMPARE(dark, themeOf(ThemeName::Dark).window);
    }

    void theNeighbourModelIsAProperItemModel() {
        OpenWindow w;
        QVERIFY(w.ready);
        NeighborModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setResult(w.analyses.neighbors(0), 0);
        QCOMPARE(model.rowCount(), 12);
        model.setResult(nullptr, 0);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The largest type in the smallest window: no card reaches out of it, and all that a card holds can be seen.
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/widgets/card_body.h"
#include "ui/widgets/step_player.h"
#include "ui/widgets/style_sheet.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMenuBar>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>

using namespace lexiscope;

namespace {

struct Stage : test::Workspace {
    Stage(MainWindow::Mode mode, ThemeName theme, double textScale) : Stage(theme, textScale) {
        session.setText("The king and the queen of France walked along the river.");
        window.messages().add(MessageBar::Severity::Hint, QStringLiteral("Type a text of your own."));
        window.resize(1280, 720);
        window.setMode(mode);
        ready = load(0, QStringLiteral("builtin:tiny-gpt2")) &&
                load(1, QStringLiteral("builtin:wiki-words")) && test::showActive(window) && settle();
    }

    CardDock& dock(const char* panel) {
        return *window.findChild<CardDock*>(QLatin1String(panel) + QStringLiteral("Dock"));
    }
    static CardBody& body(const CardDock& dock) { return *dock.findChild<CardBody*>(); }
    static QScrollBar& bar(const CardDock& dock) {
        return *dock.findChild<QScrollBar*>(QStringLiteral("cardBar"));
    }
    /// Where in the card it stands.
    static QRect placeIn(const CardDock& dock, const QWidget& widget) {
        return {widget.mapTo(&dock, QPoint()), widget.size()};
    }

    MainWindow window;
    bool ready = false;

  private:
    Stage(ThemeName theme, double textScale) : window(themed(theme, textScale), themes, runner, nullptr) {}

    PanelContext themed(ThemeName theme, double textScale) {
        themes.set(theme);
        themes.setTextScale(textScale);
        applyTheme(*qApp, themes.theme());
        return context();
    }
};

}  // namespace

class LargeTypeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void noCardReachesOutOfTheWindow_data() {
        QTest::addColumn<MainWindow::Mode>("mode");
        QTest::newRow("explore") << MainWindow::Mode::Explore;
        QTest::newRow("compare") << MainWindow::Mode::Compare;
        QTest::newRow("learn") << MainWindow::Mode::Learn;
        QTest::newRow("order") << MainWindow::Mode::Order;
        QTest::newRow("tokenize") << MainWindow::Mode::Tokenize;
    }
    void noCardReachesOutOfTheWindow() {
        QFETCH(const MainWindow::Mode, mode);
        Stage s(mode, ThemeName::Print, 1.3);
        QVERIFY(s.ready);
        QCOMPARE(s.window.size(), QSize(1280, 720));
        int seen = 0;
        for (CardDock* dock : s.window.docks()) {
            if (dock->isHidden()) {
                continue;
            }
            dock->raise();
            QVERIFY(s.settle());
            const QRect place(dock->mapTo(&s.window, QPoint()), dock->size());
            const QWidget* area = dock->parentWidget();
            const QRect room(area->mapTo(&s.window, QPoint()), area->size());
            QVERIFY2(room.contains(place), qPrintable(dock->objectName()));
            for (const CardDock* other : s.window.docks()) {
                const bool isSeen = !other->isHidden() && area->rect().intersects(other->geometry());
                QVERIFY2(other == dock || !isSeen || !other->geometry().intersects(dock->geometry()),
                         qPrintable(dock->objectName() + u' ' + other->objectName()));
            }
            CardBody& body = Stage::body(*dock);
            QCOMPARE(Stage::bar(*dock).isVisible(), body.hiddenSize().height() > 0);
            QCOMPARE(Stage::bar(*dock).maximum(), body.hiddenSize().height());
            auto& across = *dock->findChild<QScrollBar*>(QStringLiteral("cardAcross"));
            QCOMPARE(across.isVisible(), body.hiddenSize().width() > 0);
            // Scrolled to the end, the last of what it needs stands in the card.
            const auto* panel = dock->findChild<Panel*>();
            Stage::bar(*dock).setValue(Stage::bar(*dock).maximum());
            across.setValue(across.maximum());
            QVERIFY2(dock->rect().contains(Stage::placeIn(*dock, *panel).bottomRight()),
                     qPrintable(dock->objectName()));
            QCOMPARE(panel->size(), panel->size().expandedTo(panel->minimumSizeHint()));
            ++seen;
        }
        QVERIFY(seen >= 3);
    }

    void thePlayerOfAWordCanBeReached() {
        Stage s(MainWindow::Mode::Tokenize, ThemeName::Print, 1.3);
        QVERIFY(s.ready);
        CardDock& dock = s.dock("merges");
        auto* player = dock.findChild<StepPlayer*>();
        QVERIFY(player->isVisible() && Stage::body(dock).hiddenSize().height() > 0);
        QVERIFY(!dock.rect().contains(Stage::placeIn(dock, *player)));
        // By the keyboard it comes into view; so it does by the wheel.
        auto* play = player->findChild<QAbstractButton*>(QStringLiteral("play"));
        play->setFocus(Qt::TabFocusReason);
        QVERIFY(play->hasFocus());
        QTRY_VERIFY(dock.rect().contains(Stage::placeIn(dock, *play)));
        Stage::bar(dock).setValue(0);
        QWidget& body = Stage::body(dock);
        QWheelEvent wheel(body.rect().center(), body.mapToGlobal(body.rect().center()), {}, {0, -1200},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&body, &wheel);
        QVERIFY(dock.rect().contains(Stage::placeIn(dock, *play)));
    }

    void whatHasTheKeyboardStaysInView() {
        Stage s(MainWindow::Mode::Tokenize, ThemeName::Print, 1.3);
        QVERIFY(s.ready);
        CardDock& dock = s.dock("tokenizer-training");
        dock.raise();
        QVERIFY(s.settle());
        auto* learn = dock.findChild<QAbstractButton*>(QStringLiteral("learn"));
        learn->setFocus(Qt::TabFocusReason);
        QVERIFY(dock.rect().contains(Stage::placeIn(dock, *learn)));
        QTest::keyClick(learn, Qt::Key_Space);  // the form makes way while it learns
        QVERIFY(s.settle() && s.tokenizerRun.result() != nullptr);
        QVERIFY(learn->hasFocus() && Stage::body(dock).hiddenSize().height() > 0);
        QVERIFY(dock.rect().contains(Stage::placeIn(dock, *learn)));
    }

    void allMenusAreThereBesideFourModels() {
        Stage s(MainWindow::Mode::Tokenize, ThemeName::Print, 1.3);
        QVERIFY(s.ready);
        const char* names[] = {"gpt2", "bert-base-uncased", "wiki-unigram", "ggml-vocab-llama-spm"};
        for (int slot = 0; slot < 4; ++slot) {
            auto model = std::make_shared<Model>(*s.session.slot(0).model);
            model->name = names[slot];
            s.session.place(slot, model);
        }
        QVERIFY(s.settle());
        const auto* menus = s.window.findChild<QMenuBar*>();
        for (QAction* menu : menus->actions()) {
            const QRect place = menus->actionGeometry(menu);
            QVERIFY2(!place.isEmpty() && menus->rect().contains(place), qPrintable(menu->text()));
        }
    }

    void whatHasRoomIsNotScrolled_data() { noCardReachesOutOfTheWindow_data(); }
    void whatHasRoomIsNotScrolled() {
        QFETCH(const MainWindow::Mode, mode);
        Stage s(mode, ThemeName::Light, 1);
        QVERIFY(s.ready);
        for (CardDock* dock : s.window.docks()) {
            if (!dock->isHidden()) {
                dock->raise();
                QVERIFY(s.settle());
                QVERIFY2(!Stage::bar(*dock).isVisible(), qPrintable(dock->objectName()));
                QCOMPARE(Stage::body(*dock).hiddenSize(), QSize(0, 0));
            }
        }
    }
};

QTEST_MAIN(LargeTypeTest)
#include "large_type_test.moc"

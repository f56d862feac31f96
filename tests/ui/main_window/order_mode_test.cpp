// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/look.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/order_panel.h"
#include "ui/plots/token_rows.h"
#include "ui/widgets/search_field.h"

#include <QApplication>
#include <QSettings>
#include <QTest>

using namespace lexiscope;

namespace {

struct OpenWindow : test::Workspace {
    explicit OpenWindow(QSettings* settings = nullptr) : window(context(), themes, runner, settings) {
        session.setText("The king and the queen.");
        ready = load(0, QStringLiteral("builtin:tiny-gpt2")) && test::showActive(window) && settle();
    }
    OrderPanel* panel() {
        for (CardDock* dock : window.docks()) {
            if (auto* found = dock->findChild<OrderPanel*>()) {
                return found;
            }
        }
        return nullptr;
    }

    MainWindow window;
    bool ready = false;
};

}  // namespace

class OrderModeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void keysAndButtonsLeadThere() {
        OpenWindow w;
        QVERIFY(w.ready && w.window.mode() == MainWindow::Mode::Explore);
        QTest::keyClick(&w.window, Qt::Key_4, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(w.settle());
        QCOMPARE(w.window.mode(), MainWindow::Mode::Order);
        auto* modes = w.window.findChild<Segmented*>(QStringLiteral("modes"));
        QCOMPARE(modes->current(), 3);
        QVERIFY(w.panel() != nullptr);
        QTest::mouseClick(modes->button(0), Qt::LeftButton);
        QCOMPARE(w.window.mode(), MainWindow::Mode::Explore);
        QTest::mouseClick(modes->button(3), Qt::LeftButton);
        QCOMPARE(w.window.mode(), MainWindow::Mode::Order);
    }

    void tokensAbovePositionsAndOrderBelow() {
        OpenWindow w;
        w.window.resize(1440, 900);
        w.window.setMode(MainWindow::Mode::Order);
        QVERIFY(w.settle());
        const std::vector<CardDock*>& docks = w.window.docks();
        QCOMPARE(docks.size(), std::size_t(3));
        const QRect tokens = docks[0]->geometry();
        const QRect positions = docks[1]->geometry();
        const QRect order = docks[2]->geometry();
        QVERIFY(tokens.bottom() < positions.top() && positions.top() == order.top());
        QVERIFY(positions.right() < order.left() && positions.height() == order.height());
        const double share = static_cast<double>(order.width()) / tokens.width();
        QVERIFY2(share > 0.38 && share < 0.46, qPrintable(QString::number(share)));
    }

    void theHeaderHasRoomForAllModes() {
        for (const double scale : {1.0, 1.3}) {
            OpenWindow w;
            w.themes.setTextScale(scale);
            w.window.resize(1280, 720);
            w.window.setMode(MainWindow::Mode::Order);
            QVERIFY(w.load(1, QStringLiteral("builtin:wiki-words")));
            QCOMPARE(w.window.width(), 1280);
            const auto* header = w.window.findChild<Header*>();
            QCOMPARE(test::clippedTexts(*header).join(u'\n'), QString());
            QCOMPARE(test::overlaps(*header).join(u'\n'), QString());
            const auto* search = header->findChild<SearchField*>();
            QVERIFY(search->width() >= search->minimumSizeHint().width());
            // Where there is too little width, the name gives way; it comes back.
            const auto* modes = header->findChild<Segmented*>(QStringLiteral("modes"));
            QVERIFY(header->rect().contains(QRect(modes->mapTo(header, QPoint()), modes->size())));
            QCOMPARE(header->findChild<ElidedLabel*>()->isVisible(), scale == 1.0);
            w.window.resize(1700, 720);
            QVERIFY(w.settle());
            QVERIFY(header->findChild<ElidedLabel*>()->isVisible());
        }
    }

    void theModeIsRemembered() {
        const test::ScratchFolder folder;
        const QString path = QString::fromStdString((folder.path() / "settings.ini").string());
        {
            QSettings settings(path, QSettings::IniFormat);
            OpenWindow w(&settings);
            QVERIFY(w.ready);
            w.window.setMode(MainWindow::Mode::Order);
            QVERIFY(w.settle());
            QVERIFY(w.window.close());
            QCOMPARE(settings.value(QStringLiteral("mode")).toString(), QStringLiteral("order"));
        }
        QSettings settings(path, QSettings::IniFormat);
        OpenWindow w(&settings);
        QVERIFY(w.ready);
        QCOMPARE(w.window.mode(), MainWindow::Mode::Order);
    }

    void aRowSelectsItsTokenForAllPanels() {
        OpenWindow w;
        w.window.setMode(MainWindow::Mode::Order);
        QVERIFY(w.settle());
        auto* rows = w.panel()->findChild<TokenRows*>(QStringLiteral("words"));
        QVERIFY(rows != nullptr && rows->isVisible());
        QTest::mouseClick(rows, Qt::LeftButton, {}, rows->stripRect(0, 0, 0).center().toPoint());
        QVERIFY(w.settle());
        const Row dog = *w.session.slot(0).model->vocabulary->find("Ġdog");
        QCOMPARE(w.selection.selected()->row, dog);
    }
};

QTEST_MAIN(OrderModeTest)
#include "order_mode_test.moc"

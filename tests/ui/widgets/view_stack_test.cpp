// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/view_stack.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QAbstractButton>
#include <QTest>
#include <QVBoxLayout>

using namespace lexiscope;

class ViewStackTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void oneViewIsSeenAtATime() {
        ThemeSource theme;
        QWidget window;
        auto* stack = new ViewStack(theme, &window);
        std::vector<QWidget*> views;
        for (const char* name : {"first", "second", "third"}) {
            views.push_back(new QWidget);
            views.back()->setMinimumSize(20, views.size() == 2 ? 90 : 40);
            stack->addView(QString::fromLatin1(name), QString::fromLatin1(name).toUpper(), views.back());
        }
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(stack);
        QVERIFY(test::showActive(window));
        QVERIFY(!stack->choice().isVisible());
        layout->insertWidget(0, &stack->choice());
        stack->choice().show();
        QCOMPARE(stack->choice().count(), 3);
        QCOMPARE(stack->name(), QStringLiteral("first"));
        QVERIFY(views[0]->isVisible() && !views[1]->isVisible());
        QTest::mouseClick(stack->choice().button(2), Qt::LeftButton);
        QCOMPARE(stack->name(), QStringLiteral("third"));
        QVERIFY(views[2]->isVisible() && !views[0]->isVisible());
        QTest::keyClick(stack->choice().button(2), Qt::Key_Left);
        QCOMPARE(stack->name(), QStringLiteral("second"));
        stack->choose(QStringLiteral("first"));
        QCOMPARE(stack->choice().current(), 0);
        QVERIFY(views[0]->isVisible());
        stack->choose(QStringLiteral("fourth"));
        QCOMPARE(stack->name(), QStringLiteral("first"));
        // Each view has room in it.
        QVERIFY(stack->minimumSizeHint().height() >= 90);
    }
};

QTEST_MAIN(ViewStackTest)
#include "view_stack_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/color_legend.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

struct Open {
    ThemeSource theme;
    QWidget window;
    ColorLegend legend{theme, &window};

    Open() {
        legend.setClasses(QStringLiteral("script"),
                          {{QStringLiteral("Latin"), {}, 0, 14211, 0},
                           {QStringLiteral("digits"), QStringLiteral("Numbers without letters"), 5, 402, 6},
                           {QStringLiteral("other"), {}, 8, 12, 8}},
                          0);
        legend.setGeometry(10, 10, 460, legend.heightForWidth(460));
        window.resize(480, 200);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    void click(std::size_t index, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(&legend, Qt::LeftButton, modifiers, legend.entryRect(index).center().toPoint());
    }
    QImage picture() { return legend.grab().toImage(); }
};

}  // namespace

class ColorLegendTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void aClickHidesAndShows() {
        Open o;
        QSignalSpy changes(&o.legend, &ColorLegend::hiddenChanged);
        const QImage before = o.picture();
        o.click(1);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(o.legend.hidden(), 1U << 6);
        QVERIFY(o.picture() != before);
        QVERIFY(o.legend.accessibleDescription().contains(QStringLiteral("digits: 402 points, hidden")));
        o.click(1);
        QCOMPARE(o.legend.hidden(), 0U);
        QTest::mouseClick(&o.legend, Qt::LeftButton, {}, QPoint(3, 5));  // the title
        QCOMPARE(changes.size(), 2);
        // A press that is let go elsewhere means nothing.
        QTest::mousePress(&o.legend, Qt::LeftButton, {}, o.legend.entryRect(0).center().toPoint());
        QTest::mouseRelease(&o.legend, Qt::LeftButton, {}, o.legend.entryRect(1).center().toPoint());
        QCOMPARE(changes.size(), 2);
    }

    void controlShowsOneAlone() {
        Open o;
        o.click(1, Qt::ControlModifier);
        QCOMPARE(o.legend.hidden(), 1U | 1U << 8);
        o.click(1, Qt::ControlModifier);
        QCOMPARE(o.legend.hidden(), 0U);
    }

    void oneClickShowsAllAgain() {
        Open o;
        QVERIFY(o.legend.showAllRect().isNull());
        const QRectF first = o.legend.entryRect(0);
        o.click(0);
        o.click(2);
        QCOMPARE(o.legend.entryRect(0), first);  // nothing moves under the pointer
        QVERIFY(!o.legend.showAllRect().isNull());
        QTest::mouseClick(&o.legend, Qt::LeftButton, {}, o.legend.showAllRect().center().toPoint());
        QCOMPARE(o.legend.hidden(), 0U);
        QVERIFY(o.legend.showAllRect().isNull());
    }

    void keysDoAllThat() {
        Open o;
        o.legend.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&o.legend, Qt::Key_Right);
        QTest::keyClick(&o.legend, Qt::Key_Space);
        QCOMPARE(o.legend.hidden(), 1U << 6);
        QTest::keyClick(&o.legend, Qt::Key_Home);
        QTest::keyClick(&o.legend, Qt::Key_Return);
        QCOMPARE(o.legend.hidden(), 1U | 1U << 6);
        QTest::keyClick(&o.legend, Qt::Key_End);  // "Show all"
        QTest::keyClick(&o.legend, Qt::Key_Space);
        QCOMPARE(o.legend.hidden(), 0U);
        QTest::keyClick(&o.legend, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(o.legend.hidden(), 1U | 1U << 6);
        QTest::keyClick(&o.legend, Qt::Key_Escape);
        QCOMPARE(o.legend.hidden(), 0U);
    }

    void theKeyboardsPlaceIsSeen() {
        Open o;
        o.legend.clearFocus();
        const QImage without = o.picture();
        o.legend.setFocus(Qt::TabFocusReason);
        QVERIFY(o.picture() != without);
    }

    void inAFigureThereIsNothingToClick() {
        Open o;
        o.click(0);
        o.legend.setClickable(false);
        QVERIFY(o.legend.showAllRect().isNull());
        o.click(1);
        QCOMPARE(o.legend.hidden(), 1U);
        QCOMPARE(o.legend.focusPolicy(), Qt::NoFocus);
    }

    void narrowOnesTakeMoreLines() {
        Open o;
        const int wide = o.legend.heightForWidth(600);
        const int narrow = o.legend.heightForWidth(160);
        QVERIFY(narrow >= 2 * wide);
        o.legend.resize(160, narrow);
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(o.legend.rect().contains(o.legend.entryRect(i).toAlignedRect()));
            for (std::size_t k = 0; k < i; ++k) {
                QVERIFY(!o.legend.entryRect(i).intersects(o.legend.entryRect(k)));
            }
        }
        QVERIFY(o.legend.entryRect(3).isNull());
        o.theme.set(ThemeName::Print);
        QVERIFY(o.legend.heightForWidth(600) > wide);
    }

    void messagesAndNothing() {
        Open o;
        o.legend.setMessage(QStringLiteral("working"));
        QVERIFY(o.legend.isVisible() && o.legend.heightForWidth(300) > 0);
        o.legend.clear();
        QVERIFY(!o.legend.isVisible());
        QCOMPARE(o.legend.heightForWidth(300), 0);
    }
};

QTEST_MAIN(ColorLegendTest)
#include "color_legend_test.moc"

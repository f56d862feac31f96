// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scale_legend.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

constexpr int last = ScaleLegend::lastPlace;

/// As its owner does, it is told what the range keeps whenever that changes.
struct Open {
    ThemeSource theme;
    QWidget window;
    ScaleLegend legend{theme, &window};

    Open() {
        show(legend.range());
        QObject::connect(&legend, &ScaleLegend::rangeChanged, &legend, [this](int first, int end) {
            show({first, end});
        });
        window.resize(700, 200);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    void show(const ScaleLegend::Range& range) {
        legend.setScale(QStringLiteral("norm"), QStringLiteral("0.31"), QStringLiteral("≥ 0.58"), range,
                        QStringLiteral("%1 to %2").arg(range.first).arg(range.last));
        legend.setGeometry(10, 10, 640, legend.heightForWidth(640));
    }
    QPointF on(double share) const {
        const QRectF bar = legend.barRect();
        return {bar.left() + bar.width() * share, bar.center().y()};
    }
    void moveTo(QPointF to, Qt::MouseButtons buttons) {
        QMouseEvent move(QEvent::MouseMove, to, legend.mapToGlobal(to), Qt::NoButton, buttons, {});
        QCoreApplication::sendEvent(&legend, &move);
    }
    void drag(double from, double to) {
        QTest::mousePress(&legend, Qt::LeftButton, {}, on(from).toPoint());
        moveTo(on(to), Qt::LeftButton);
        QTest::mouseRelease(&legend, Qt::LeftButton, {}, on(to).toPoint());
    }
    bool isNear(double first, double end) const {
        return std::abs(legend.range().first - first * last) < 8 &&
               std::abs(legend.range().last - end * last) < 8;
    }
    QImage picture() { return legend.grab().toImage(); }
};

}  // namespace

class ScaleLegendTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void draggingKeepsARange() {
        Open o;
        QSignalSpy changes(&o.legend, &ScaleLegend::rangeChanged);
        const QImage before = o.picture();
        o.drag(0.25, 0.75);
        QVERIFY(o.isNear(0.25, 0.75));
        QCOMPARE(changes.size(), 1);
        QVERIFY(o.picture() != before);
        QVERIFY(o.legend.accessibleDescription().contains(
            QStringLiteral("kept: %1 to %2").arg(o.legend.range().first).arg(o.legend.range().last)));
        // To the left as well, and no further than the scale goes.
        o.drag(0.9, 0.95);
        QVERIFY(o.isNear(0.9, 0.95));
        o.drag(0.5, -3);
        QVERIFY(o.isNear(0, 0.5));
    }

    void itsEndsAndTheWholeCanBeDragged() {
        Open o;
        o.drag(0.25, 0.75);
        o.drag(0.25, 0.4);
        QVERIFY(o.isNear(0.4, 0.75));
        o.drag(0.75, 0.6);
        QVERIFY(o.isNear(0.4, 0.6));
        o.drag(0.5, 0.7);
        QVERIFY(o.isNear(0.6, 0.8));
        o.drag(0.7, 2);  // it keeps its width at the edge
        QVERIFY(o.isNear(0.8, 1));
        QCOMPARE(o.legend.range().last, last);
        o.drag(1, 0.1);  // an end does not pass the other
        QCOMPARE(o.legend.range().first, o.legend.range().last);
    }

    void aClickKeepsAllAndADoubleClickKeepsAllAgain() {
        Open o;
        QSignalSpy changes(&o.legend, &ScaleLegend::rangeChanged);
        QTest::mouseClick(&o.legend, Qt::LeftButton, {}, o.on(0.3).toPoint());
        QCOMPARE(changes.size(), 0);
        o.drag(0.3, 0.6);
        QTest::mouseDClick(&o.legend, Qt::LeftButton, {}, o.on(0.45).toPoint());
        QVERIFY(o.legend.range().isAll());
        o.drag(0.3, 0.6);
        QVERIFY(!o.legend.showAllRect().isNull());
        QTest::mouseClick(&o.legend, Qt::LeftButton, {}, o.legend.showAllRect().center().toPoint());
        QVERIFY(o.legend.range().isAll() && o.legend.showAllRect().isNull());
    }

    void nothingMovesUnderThePointer() {
        Open o;
        const QRectF bar = o.legend.barRect();
        o.drag(0.3, 0.6);
        QCOMPARE(o.legend.barRect(), bar);
    }

    void keysDoAllThat() {
        Open o;
        o.legend.setFocus(Qt::TabFocusReason);
        const QImage withFirst = o.picture();
        QTest::keyClick(&o.legend, Qt::Key_Right);
        QCOMPARE(o.legend.range().first, 10);
        QTest::keyClick(&o.legend, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(o.legend.range().first, 11);
        QTest::keyClick(&o.legend, Qt::Key_Left, Qt::ShiftModifier);
        QTest::keyClick(&o.legend, Qt::Key_Up);
        QTest::keyClick(&o.legend, Qt::Key_Left);
        QCOMPARE(o.legend.range().last, last - 10);
        QVERIFY(o.picture() != withFirst);
        QTest::keyClick(&o.legend, Qt::Key_Home);
        QCOMPARE(o.legend.range().last, o.legend.range().first);
        QTest::keyClick(&o.legend, Qt::Key_End);
        QCOMPARE(o.legend.range().last, last);
        QTest::keyClick(&o.legend, Qt::Key_Escape);
        QVERIFY(o.legend.range().isAll());
    }

    void theKeyboardsPlaceIsSeen() {
        Open o;
        o.legend.clearFocus();
        const QImage without = o.picture();
        o.legend.setFocus(Qt::TabFocusReason);
        QVERIFY(o.picture() != without);
    }

    void inAFigureThereIsNothingToDrag() {
        Open o;
        o.drag(0.3, 0.6);
        const QRectF bar = o.legend.barRect();
        o.legend.setClickable(false);
        QVERIFY(o.legend.showAllRect().isNull());
        const ScaleLegend::Range before = o.legend.range();
        o.drag(0.1, 0.2);
        QCOMPARE(o.legend.range(), before);
        QCOMPARE(o.legend.focusPolicy(), Qt::NoFocus);
        QVERIFY(o.legend.barRect().left() <= bar.left());
    }

    void bothEndsOfTheScaleAreInThePicture() {
        Open o;
        QVERIFY(o.legend.accessibleDescription().contains(QStringLiteral("from 0.31 to ≥ 0.58")));
        const QImage image = o.picture();
        const auto shows = [&](const QColor& color, double share) {
            const QColor pixel(image.pixel(o.on(share).toPoint()));
            return std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green()) +
                       std::abs(pixel.blue() - color.blue()) <
                   24;
        };
        QVERIFY(shows(o.theme.theme().number(0), 0.01) && shows(o.theme.theme().number(1), 0.99));
        o.drag(0.3, 0.6);
        const QImage kept = o.picture();
        QVERIFY(kept.pixel(o.on(0.1).toPoint()) != image.pixel(o.on(0.1).toPoint()));
        QCOMPARE(kept.pixel(o.on(0.45).toPoint()), image.pixel(o.on(0.45).toPoint()));
    }

    void narrowOnesTakeMoreLines() {
        Open o;
        QVERIFY(o.legend.heightForWidth(140) > o.legend.heightForWidth(640));
        const int all = o.legend.heightForWidth(330);
        o.drag(0.3, 0.6);
        QVERIFY(o.legend.heightForWidth(330) >= all);
        for (const int width : {90, 140, 330, 640}) {
            o.legend.resize(width, o.legend.heightForWidth(width));
            QVERIFY(o.legend.rect().contains(o.legend.barRect().toAlignedRect()) || width < 140);
            o.picture();
        }
        o.theme.set(ThemeName::Print);
        QVERIFY(o.legend.heightForWidth(640) > 22);
    }
};

QTEST_MAIN(ScaleLegendTest)
#include "scale_legend_test.moc"

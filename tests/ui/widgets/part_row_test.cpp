// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/part_row.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

/// A part that needs some height.
class Plate : public QWidget {
  public:
    explicit Plate(int height) : m_height(height) {}
    QSize minimumSizeHint() const override { return {20, m_height}; }

  private:
    int m_height;
};

/// Four parts of 100 pixels each in a row.
struct Stage {
    explicit Stage(Qt::Orientation orientation = Qt::Horizontal) : row(theme, orientation) {
        for (int i = 0; i < 4; ++i) {
            parts.push_back(new Plate(50));
            row.addPart(QStringLiteral("part%1").arg(i), QStringLiteral("Part %1").arg(i), parts.back(), 1,
                        100);
        }
    }
    QList<int> shown() const {
        QList<int> list;
        for (int i = 0; i < 4; ++i) {
            if (row.isShown(i)) {
                list << i;
            }
        }
        return list;
    }
    bool isInside() const {
        return std::all_of(parts.begin(), parts.end(), [&](const QWidget* part) {
            return !part->isVisible() ||
                   (row.rect().contains(QRect(part->mapTo(&row, QPoint()), part->size())) &&
                    part->width() >= 100 && part->height() >= 50);
        });
    }

    ThemeSource theme;
    PartRow row;
    std::vector<QWidget*> parts;
};

}  // namespace

class PartRowTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void allStandBesideEachOtherWhereTheyFit() {
        Stage stage;
        stage.row.resize(600, 60);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 1, 2, 3}));
        QVERIFY(!stage.row.choice().isVisible());
        QVERIFY(stage.isInside());
        QVERIFY(stage.parts[0]->geometry().right() < stage.parts[3]->geometry().left());
        QCOMPARE(stage.parts[0]->height(), 60);  // nothing is kept free for a second row
    }

    void aRowCanBecomeAColumn() {
        Stage stage;
        stage.row.resize(600, 400);
        QVERIFY(test::showActive(stage.row));
        stage.row.setOrientation(Qt::Vertical);
        QTRY_VERIFY(stage.parts[1]->y() > stage.parts[0]->geometry().bottom());
        QCOMPARE(stage.parts[1]->x(), stage.parts[0]->x());
        QVERIFY(stage.isInside());
        stage.row.setOrientation(Qt::Horizontal);
        QTRY_VERIFY(stage.parts[1]->x() > stage.parts[0]->geometry().right());
        QCOMPARE(stage.parts[1]->y(), stage.parts[0]->y());
    }

    void twoRowsWhereThereIsHeight() {
        Stage stage;
        stage.row.resize(300, 140);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 1, 2, 3}));
        QVERIFY(!stage.row.choice().isVisible());
        QVERIFY(stage.isInside());
        QVERIFY(stage.parts[2]->y() > stage.parts[0]->geometry().bottom());
        QCOMPARE(stage.parts[2]->x(), stage.parts[0]->x());
        // And back in order when it becomes wide.
        stage.row.resize(600, 140);
        QTRY_VERIFY(stage.parts[2]->y() == stage.parts[0]->y());
        for (std::size_t i = 1; i < 4; ++i) {
            QVERIFY(stage.parts[i]->x() > stage.parts[i - 1]->x());
        }
    }

    void theFirstBesideAChosenOne() {
        Stage stage;
        stage.row.resize(300, 100);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 1}));
        QCOMPARE(stage.row.choice().count(), 3);
        QTest::mouseClick(stage.row.choice().button(2), Qt::LeftButton);
        QCOMPARE(stage.shown(), (QList<int>{0, 3}));
        QTRY_VERIFY(stage.isInside());
        // The choice is kept through other sizes.
        stage.row.resize(600, 100);
        QCOMPARE(stage.shown(), (QList<int>{0, 1, 2, 3}));
        stage.row.resize(300, 100);
        QCOMPARE(stage.shown(), (QList<int>{0, 3}));
        QCOMPARE(stage.row.choice().current(), 2);
    }

    void oneAloneHoweverMuchRoomThereIs() {
        Stage stage;
        stage.row.showOnly(QStringLiteral("part2"));
        QCOMPARE(stage.row.minimumSizeHint(), QSize(100, 50));
        for (const QSize size : {QSize(600, 140), QSize(300, 100), QSize(100, 50)}) {
            stage.row.resize(size);
            QVERIFY(test::showActive(stage.row));
            QCOMPARE(stage.shown(), QList<int>{2});
            QVERIFY(!stage.row.choice().isVisible());
            QTRY_COMPARE(stage.parts[2]->geometry(), stage.row.rect());
        }
        stage.row.showOnly(QStringLiteral("part7"));
        stage.row.showOnly({});
        QCOMPARE(stage.shown(), QList<int>{2});
    }

    void aPartIsChosenWithoutTheSwitch() {
        Stage stage;
        QCOMPARE(stage.row.chosen(), QString());
        stage.row.choose(QStringLiteral("part3"));
        stage.row.resize(300, 100);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 3}));
        QCOMPARE(stage.row.chosen(), QStringLiteral("part3"));
        stage.row.choose(QStringLiteral("part99"));
        stage.row.choose({});
        QCOMPARE(stage.shown(), (QList<int>{0, 3}));
    }

    void oneAloneWhereThereIsNoRoomForTwo() {
        Stage stage;
        stage.row.resize(stage.row.minimumSizeHint().width(), 100);
        stage.row.setLeast(0, stage.row.width() - 10);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0}));
        QCOMPARE(stage.row.choice().count(), 4);
        QTest::mouseClick(stage.row.choice().button(1), Qt::LeftButton);
        QCOMPARE(stage.shown(), (QList<int>{1}));
        QTest::keyClick(stage.row.choice().button(1), Qt::Key_Right);
        QCOMPARE(stage.shown(), (QList<int>{2}));
    }

    void aRowThatSpreadsMakesAGrid() {
        Stage stage;
        stage.row.spread({0, 3});
        stage.row.resize(230, 700);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 1, 2, 3}));
        QVERIFY(!stage.row.choice().isVisible());
        QTRY_VERIFY(stage.isInside());
        // One below the other, or two beside each other: neither flat nor narrow.
        QVERIFY(stage.parts[3]->y() > stage.parts[0]->geometry().bottom());
        stage.row.resize(1200, 300);
        QTRY_VERIFY(stage.parts[3]->y() == stage.parts[0]->y());
        // What has nothing to show leaves its room to others.
        QSignalSpy arranged(&stage.row, &PartRow::arranged);
        stage.row.setMeaning(1, false);
        QCOMPARE(arranged.count(), 1);
        QCOMPARE(stage.shown(), (QList<int>{0, 2, 3}));
        QTRY_VERIFY(stage.parts[0]->width() > 300);
    }

    void aRowThatSpreadsKeepsSomeWhereItIsLow() {
        Stage stage;
        stage.row.spread({0, 3});
        stage.row.resize(420, 100);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 1, 3}));
        QCOMPARE(stage.row.choice().count(), 2);
        QVERIFY(stage.row.isBelowChoice(1));
        QTRY_VERIFY(stage.isInside());
        QCOMPARE(stage.parts[0]->y(), 0);
        QVERIFY(stage.parts[1]->y() > stage.row.choice().geometry().bottom());
        QTest::mouseClick(stage.row.choice().button(1), Qt::LeftButton);
        QCOMPARE(stage.shown(), (QList<int>{0, 2, 3}));
        QVERIFY(stage.row.isBelowChoice(2) && !stage.row.isBelowChoice(1));
        QTRY_VERIFY(stage.parts[2]->x() > stage.parts[0]->geometry().right() &&
                    stage.parts[2]->geometry().right() < stage.parts[3]->x());
        // Less room: the last kept is offered too.
        stage.row.resize(340, 100);
        QTRY_COMPARE(stage.row.choice().count(), 3);
        QCOMPARE(stage.shown(), (QList<int>{0, 2}));
        // What means nothing is offered still, to say so.
        stage.row.setMeaning(2, false);
        QCOMPARE(stage.shown(), (QList<int>{0, 2}));
    }

    void aColumnCountsHeights() {
        Stage stage(Qt::Vertical);
        stage.row.resize(300, 500);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown(), (QList<int>{0, 1, 2, 3}));
        stage.row.resize(300, 260);
        QCOMPARE(stage.shown(), (QList<int>{0, 1}));
        stage.row.resize(300, stage.row.minimumSizeHint().height());
        QCOMPARE(stage.shown(), (QList<int>{0}));
        QVERIFY(stage.row.minimumSizeHint().height() > 100);
    }

    void aChangedPartIsArrangedAnew() {
        Stage stage;
        stage.row.resize(500, 60);
        QVERIFY(test::showActive(stage.row));
        QCOMPARE(stage.shown().size(), 4);
        stage.row.setLeast(2, 200);
        QCOMPARE(stage.shown(), (QList<int>{0, 1}));
        stage.row.setLeast(2, 100);
        QCOMPARE(stage.shown().size(), 4);
    }
};

QTEST_MAIN(PartRowTest)
#include "part_row_test.moc"

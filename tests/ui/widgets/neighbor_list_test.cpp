// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/neighbor_list.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace lexiscope;

namespace {

struct Open {
    ThemeSource theme;
    QWidget window;
    NeighborList list{theme, &window};
    QStandardItemModel model;

    explicit Open(int rows = 30) {
        for (int i = 0; i < rows; ++i) {
            auto* item = new QStandardItem(QStringLiteral("·word%1").arg(i));
            item->setData(1.0 - i * 0.05, BarFractionRole);
            item->setData(QStringLiteral("0.%1").arg(900 - i), NumberRole);
            item->setData(0, SlotRole);
            model.appendRow(item);
        }
        list.setModel(&model);
        list.resize(360, 300);
        window.resize(400, 320);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    QPoint at(int row) const { return list.visualRect(model.index(row, 0)).center(); }
    /// How many pixels of the row, through its middle, have the bar's colour.
    int barLength(int row) {
        const QImage image = list.viewport()->grab().toImage();
        std::map<QRgb, int> counts;
        const int y = at(row).y();
        for (int x = 130; x < image.width() - 70; ++x) {
            ++counts[image.pixel(x, y)];
        }
        counts.erase(theme.theme().control.rgb());
        counts.erase(theme.theme().surface.rgb());
        int longest = 0;
        for (const auto& [color, count] : counts) {
            longest = std::max(longest, count);
        }
        return longest;
    }
};

}  // namespace

class NeighborListTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void clickAndEnterActivate();
    void keysMoveTheCurrentRow();
    void hoverTellsTheRow();
    void barsAreAsLongAsTheirFractions();
    void oddNumbersDoNotBreakBars();
    void rowsScaleWithTheTheme();
    void hoverFollowsWhatMovesUnderThePointer();
};

void NeighborListTest::hoverFollowsWhatMovesUnderThePointer() {
    Open open;
    QTest::mouseMove(open.list.viewport(), open.at(2));
    QSignalSpy hovered(&open.list, &NeighborList::rowHovered);
    open.list.scrollToBottom();
    QVERIFY(!hovered.isEmpty());
    QVERIFY(hovered.last()[0].toInt() > 15);
    QStandardItemModel other(6, 1);
    hovered.clear();
    open.list.setModel(&other);
    QVERIFY(!hovered.isEmpty());
    QCOMPARE(hovered[0][0].toInt(), -1);
    open.list.doItemsLayout();
    QCOMPARE(hovered.last()[0].toInt(), 2);
    open.list.setModel(nullptr);
}

void NeighborListTest::clickAndEnterActivate() {
    Open open;
    QSignalSpy activated(&open.list, &NeighborList::rowActivated);
    QTest::mouseClick(open.list.viewport(), Qt::LeftButton, {}, open.at(3));
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toInt(), 3);
    QCOMPARE(open.list.currentIndex().row(), 3);
    QTest::keyClick(&open.list, Qt::Key_Down);
    QCOMPARE(activated.count(), 1);
    QTest::keyClick(&open.list, Qt::Key_Return);
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated[1][0].toInt(), 4);
}

void NeighborListTest::keysMoveTheCurrentRow() {
    Open open;
    open.list.setCurrentIndex(open.model.index(0, 0));
    QTest::keyClick(&open.list, Qt::Key_End);
    QCOMPARE(open.list.currentIndex().row(), 29);
    QVERIFY(open.list.viewport()->rect().contains(open.at(29)));
    QTest::keyClick(&open.list, Qt::Key_Up);
    QCOMPARE(open.list.currentIndex().row(), 28);
}

void NeighborListTest::hoverTellsTheRow() {
    Open open;
    QSignalSpy hovered(&open.list, &NeighborList::rowHovered);
    QTest::mouseMove(open.list.viewport(), open.at(2));
    QTest::mouseMove(open.list.viewport(), open.at(2) + QPoint(5, 0));
    QTest::mouseMove(open.list.viewport(), open.at(4));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&open.list, &leave);
    QList<int> rows;
    for (const QList<QVariant>& signal : hovered) {
        rows << signal[0].toInt();
    }
    QCOMPARE(rows, (QList<int>{2, 4, -1}));
}

void NeighborListTest::barsAreAsLongAsTheirFractions() {
    Open open;
    const int whole = open.barLength(0);
    const int half = open.barLength(10);
    QVERIFY(whole > 50);
    QVERIFY2(std::abs(half - whole / 2.0) <= 6, qPrintable(QStringLiteral("%1 of %2").arg(half).arg(whole)));
}

void NeighborListTest::oddNumbersDoNotBreakBars() {
    Open open(4);
    const int whole = open.barLength(0);
    open.model.item(1)->setData(5.0, BarFractionRole);
    open.model.item(2)->setData(std::numeric_limits<double>::quiet_NaN(), BarFractionRole);
    open.model.item(3)->setData(-0.3, BarFractionRole);
    QCOMPARE(open.barLength(1), whole);
    QVERIFY(open.barLength(2) <= 4);  // the blended ends of the track
    QVERIFY(open.barLength(3) <= 4);
    open.list.resize(60, 200);
    QVERIFY(!open.list.grab().isNull());
}

void NeighborListTest::rowsScaleWithTheTheme() {
    Open open;
    const int light = open.list.rowHeight();
    open.theme.set(ThemeName::Print);
    QVERIFY(open.list.rowHeight() > light);
    QTRY_COMPARE(open.list.visualRect(open.model.index(0, 0)).height(), open.list.rowHeight());
    const QImage before = open.list.grab().toImage();
    open.list.setDimmed(true);
    QVERIFY(open.list.grab().toImage() != before);
}

QTEST_MAIN(NeighborListTest)
#include "neighbor_list_test.moc"

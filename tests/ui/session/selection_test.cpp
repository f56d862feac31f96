// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

Selected at(std::uint32_t row, int slot = 0) {
    return {slot, Row{row}, std::nullopt};
}

}  // namespace

class SelectionTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void backAndForwardWalkTheHistory() {
        Selection selection;
        QVERIFY(!selection.canGoBack());
        for (const std::uint32_t row : {1U, 2U, 3U}) {
            selection.select(at(row));
        }
        selection.back();
        selection.back();
        QCOMPARE(*selection.selected(), at(1));
        QVERIFY(!selection.canGoBack());
        selection.back();
        QCOMPARE(*selection.selected(), at(1));
        selection.forward();
        QCOMPARE(*selection.selected(), at(2));
        selection.select(at(9));
        QVERIFY(!selection.canGoForward());
        selection.back();
        QCOMPARE(*selection.selected(), at(2));
    }

    void selectingTheSameAgainChangesNothing() {
        Selection selection;
        selection.select(at(1));
        QSignalSpy changed(&selection, &Selection::selectedChanged);
        selection.select(at(1));
        QCOMPARE(changed.count(), 0);
        QVERIFY(!selection.canGoBack());
    }

    void movingIsNoStep() {
        Selection selection;
        selection.select(at(1));
        selection.select(at(2));
        selection.moveTo(Selected{0, Row{2}, Position{5}});
        selection.back();
        QCOMPARE(*selection.selected(), at(1));
        selection.forward();
        QCOMPARE(selection.selected()->position, std::optional(Position{5}));
    }

    void translatingDropsWhatHasGone() {
        Selection selection;
        for (const std::uint32_t row : {1U, 2U, 3U}) {
            selection.select(at(row));
        }
        selection.translateHistory(
            0, [](Row row) { return row.value == 2 ? std::nullopt : std::optional(Row{row.value + 100}); });
        selection.back();
        QCOMPARE(*selection.selected(), at(101));
        QVERIFY(!selection.canGoBack());
    }

    void translatingLeavesOtherSlotsAlone() {
        Selection selection;
        selection.select(at(1, 1));
        selection.select(at(2, 0));
        selection.translateHistory(0, [](Row) { return std::nullopt; });
        selection.back();
        QVERIFY(selection.hasBeenUsed());
        selection.forward();
        selection.select(at(7, 0));
        selection.back();
        QCOMPARE(*selection.selected(), at(1, 1));
    }

    void aCopyTakesOverAllButTheHovered() {
        Selection original;
        original.select({0, Row{1}, std::nullopt});
        original.select({1, Row{2}, Position{3}});
        original.togglePinned(Row{4});
        original.setBoxed({Row{5}, Row{6}});
        original.hover(Selected{0, Row{7}, std::nullopt});
        Selection copy;
        const QSignalSpy told(&copy, &Selection::selectedChanged);
        copy.copy(original);
        QCOMPARE(told.count(), 0);
        QCOMPARE(copy.selected(), original.selected());
        QCOMPARE(copy.pinned(), original.pinned());
        QCOMPARE(copy.boxed(), original.boxed());
        QVERIFY(!copy.hovered());
        copy.back();
        QCOMPARE(copy.selected()->row, Row{1});
        QCOMPARE(original.selected()->row, Row{2});
    }

    void pinsToggle() {
        Selection selection;
        selection.togglePinned(Row{4});
        selection.togglePinned(Row{5});
        selection.togglePinned(Row{4});
        QCOMPARE(selection.pinned(), std::vector<Row>{Row{5}});
        selection.setPinned({Row{6}});
        QCOMPARE(selection.pinned(), std::vector<Row>{Row{6}});
        selection.clearPinned();
        QVERIFY(selection.pinned().empty());
    }

    void hoveringSignalsOnlyChanges() {
        Selection selection;
        QSignalSpy changed(&selection, &Selection::hoveredChanged);
        selection.hover(at(1));
        selection.hover(at(1));
        selection.hover(std::nullopt);
        QCOMPARE(changed.count(), 2);
    }
};

QTEST_GUILESS_MAIN(SelectionTest)
#include "selection_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/overlap_bars.h"

#include "tests/support/qt_warnings.h"

#include <QTest>

using namespace lexiscope;

class OverlapBarsTest : public QObject {
    Q_OBJECT

    /// Pixels of a column, through its middle, that are not the ground.
    static int height(OverlapBars& bars, int common) {
        const QImage image = bars.grab().toImage();
        const QRectF column = bars.columnRect(common);
        const int x = static_cast<int>(column.center().x());
        int painted = 0;
        for (int y = 0; y < static_cast<int>(column.bottom()); ++y) {
            painted += image.pixel(x, y) != image.pixel(image.width() - 1, 0) ? 1 : 0;
        }
        return painted;
    }

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void barsAreAsHighAsTheirShare() {
        const ThemeSource theme;
        OverlapBars bars(theme);
        bars.resize(330, 118);
        bars.setCounts({0, 1000, 500, 250, 1, 0, 0, 0, 0, 0, 0});
        const int whole = height(bars, 1);
        QVERIFY(whole >= 98);
        QCOMPARE(height(bars, 0), 0);
        QVERIFY(std::abs(height(bars, 2) - whole / 2) <= 1);
        QVERIFY(std::abs(height(bars, 3) - whole / 4) <= 1);
        QVERIFY(height(bars, 4) >= 1);  // one word is seen, too
    }

    void countsAreTold() {
        const ThemeSource theme;
        OverlapBars bars(theme);
        bars.setCounts({0, 1200, 0, 0, 0, 0, 0, 0, 0, 0, 7});
        QVERIFY(bars.accessibleDescription().contains(
            QStringLiteral("1,200 words have 1 of their ten nearest in common")));
        QVERIFY(bars.accessibleDescription().endsWith(
            QStringLiteral("7 words have 10 of their ten nearest in common")));
    }

    void nothingAtAllIsNoFault() {
        const ThemeSource theme;
        OverlapBars bars(theme);
        bars.resize(200, 80);
        QCOMPARE(height(bars, 5), 0);
    }
};

QTEST_MAIN(OverlapBarsTest)
#include "overlap_bars_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/lookup_plot.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/plots/cell_numbers.h"

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

LookupFigure figureOf(std::size_t rows, std::size_t dimension, std::size_t row, int step) {
    LookupFigure figure;
    figure.lines = lookupLines(rows, row, 12);
    for (LookupLine& line : figure.lines) {
        if (line.count == 1) {
            line.values.assign(dimension, line.first == row ? 2.5F : -2.5F);
        }
    }
    figure.row = row;
    figure.limit = 3;
    figure.result.assign(dimension, 2.5F);
    figure.step = step;
    return figure;
}

struct Stage {
    explicit Stage(QSize size) { plot.resize(size); }
    [[nodiscard]] bool show(LookupFigure figure) {
        plot.setFigure(std::move(figure));
        return test::showActive(plot);
    }
    /// Of a cell's edge, where no number stands.
    QColor colorAt(const QRectF& place) {
        return plot.grab().toImage().pixelColor(
            QPoint(static_cast<int>(place.left()) + 3, static_cast<int>(place.top()) + 3));
    }

    ThemeSource themes{ThemeName::Light};
    LookupPlot plot{themes};
};

}  // namespace

class LookupPlotTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void stepsTurnRowsIntoProducts_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("narrow") << QSize(380, 320);
        QTest::newRow("wide") << QSize(900, 420);
    }
    void stepsTurnRowsIntoProducts() {
        QFETCH(const QSize, size);
        Stage stage(size);
        const Theme& theme = stage.themes.theme();
        const QColor blue(signedColor(theme, -2.5, 3));
        const QColor red(signedColor(theme, 2.5, 3));
        const bool isWide = size.width() > 600;
        QVERIFY(stage.show(figureOf(6, 4, 2, 0)));
        QCOMPARE(lastStep(stage.plot.figure()), 7);
        QCOMPARE(stage.colorAt(stage.plot.rowRect(0)), blue);
        QCOMPARE(stage.colorAt(stage.plot.rowRect(2)), red);
        QCOMPARE(stage.plot.productRect(0) != stage.plot.rowRect(0), isWide);
        stage.plot.setFigure(figureOf(6, 4, 2, 2));
        QCOMPARE(stage.colorAt(stage.plot.productRect(1)), theme.field);
        QCOMPARE(stage.colorAt(stage.plot.rowRect(0)), isWide ? blue : theme.field);
        QCOMPARE(stage.colorAt(stage.plot.rowRect(3)), blue);
        QCOMPARE(stage.colorAt(stage.plot.productRect(6)), theme.field);  // the sum is still to come
        stage.plot.setFigure(figureOf(6, 4, 2, 7));
        QCOMPARE(stage.colorAt(stage.plot.productRect(2)), red);
        QCOMPARE(stage.colorAt(stage.plot.productRect(5)), theme.field);
        QCOMPARE(stage.colorAt(stage.plot.productRect(6)), red);
    }

    void aResultThatIsNotThereIsNotShown() {
        Stage stage(QSize(380, 320));
        LookupFigure figure = figureOf(6, 4, 2, 7);
        figure.result.clear();
        QVERIFY(stage.show(figure));
        QCOMPARE(stage.colorAt(stage.plot.productRect(6)), stage.themes.theme().field);
    }

    void everythingStandsInside() {
        for (const QSize size : {QSize(300, 250), QSize(380, 320), QSize(900, 700)}) {
            for (const std::size_t rows : {1U, 2U, 12U, 16384U}) {
                for (const std::size_t dimension : {1U, 8U, 4096U}) {
                    Stage stage(size);
                    QVERIFY(stage.show(figureOf(rows, dimension, rows / 2, 30)));
                    const int sum = static_cast<int>(stage.plot.figure().lines.size());
                    for (int line = 0; line <= sum; ++line) {
                        QVERIFY(QRectF(stage.plot.rect()).contains(stage.plot.productRect(line)));
                        QVERIFY(line == 0 ||
                                stage.plot.rowRect(line).top() >= stage.plot.rowRect(line - 1).bottom());
                    }
                }
            }
        }
    }

    void aRowIsChosenByClickAndKey() {
        Stage stage(QSize(380, 320));
        QVERIFY(stage.show(figureOf(100, 4, 50, 11)));
        QSignalSpy clicked(&stage.plot, &LookupPlot::rowClicked);
        QSignalSpy moved(&stage.plot, &LookupPlot::moveSelection);
        const auto click = [&](int line) {
            QTest::mouseClick(&stage.plot, Qt::LeftButton, {}, stage.plot.rowRect(line).center().toPoint());
        };
        click(1);
        QCOMPARE(clicked.takeFirst().at(0).value<std::size_t>(), std::size_t(1));
        click(2);  // rows that are left out
        QVERIFY(clicked.isEmpty());
        click(8);
        QCOMPARE(clicked.takeFirst().at(0).value<std::size_t>(), std::size_t(99));
        QTest::keyClick(&stage.plot, Qt::Key_Down);
        QTest::keyClick(&stage.plot, Qt::Key_Up);
        QCOMPARE(moved.count(), 2);
        QCOMPARE(moved.at(0).at(0).toInt(), 1);
        QCOMPARE(moved.at(1).at(0).toInt(), -1);
    }

    void thePointerReadsNumbers() {
        Stage stage(QSize(380, 320));
        QVERIFY(stage.show(figureOf(6, 4, 2, 7)));
        const auto at = [&](const QRectF& place) {
            QTest::mouseMove(&stage.plot, QPoint(static_cast<int>(place.left() + place.width() * 0.6),
                                                 static_cast<int>(place.center().y())));
            return stage.plot.readOut();
        };
        QCOMPARE(at(stage.plot.productRect(1)), QStringLiteral("row 1 · dimension 2 · −2.5000 × 0 = 0.0000"));
        QCOMPARE(at(stage.plot.productRect(2)), QStringLiteral("row 2 · dimension 2 · 2.5000 × 1 = 2.5000"));
        QCOMPARE(at(stage.plot.productRect(6)), QStringLiteral("sum · dimension 2 · 2.5000"));
        stage.plot.setFigure(figureOf(6, 4, 2, 0));
        QCOMPARE(at(stage.plot.rowRect(1)), QStringLiteral("row 1 · dimension 2 · −2.5000"));
    }

    void numbersStandInCellsThatHoldThem() {
        const Theme theme = themeOf(ThemeName::Light);
        const ColorScale scale = ColorScale::symmetric(3);
        const std::optional<CellNumbers> wide = CellNumbers::fitting(theme, scale, {60, 20});
        QVERIFY(wide);
        QCOMPARE(wide->textOf(-1.234F), QStringLiteral("−1.23"));
        QCOMPARE(wide->textOf(0), QStringLiteral("0.00"));
        QCOMPARE(wide->textOf(std::nanf("")), QStringLiteral("NaN"));
        QCOMPARE(wide->textOf(1234567), QStringLiteral("1234567"));
        QCOMPARE(wide->textOf(1e20F), QString());  // rather than a part of it
        QCOMPARE(CellNumbers::fitting(theme, scale, {33, 20})->textOf(-1.234F), QStringLiteral("−1.2"));
        QVERIFY(!CellNumbers::fitting(theme, scale, {16, 20}));
        QVERIFY(!CellNumbers::fitting(theme, scale, {60, 8}));
        QCOMPARE(CellNumbers::fitting(theme, ColorScale::symmetric(0.06), {80, 20})->textOf(0.0123F),
                 QStringLiteral("0.0123"));
    }
};

QTEST_MAIN(LookupPlotTest)
#include "lookup_plot_test.moc"

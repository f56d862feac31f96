// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map.h"

#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"
#include "ui/plots/read_out.h"
#include "ui/plots/row_bars.h"

#include <cmath>
#include <limits>

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

HeatMapFigure figureOf(std::size_t first, std::size_t count, std::size_t total = 1000,
                       std::size_t columns = 16) {
    HeatMapFigure figure;
    auto values = std::make_shared<std::vector<float>>(count * columns);
    for (std::size_t i = 0; i < values->size(); ++i) {
        (*values)[i] = static_cast<float>(std::sin(static_cast<double>(first * columns + i)));
    }
    figure.values = std::move(values);
    figure.totalRows = total;
    figure.firstRow = first;
    figure.rowCount = count;
    figure.columns = columns;
    figure.columnName = QStringLiteral("dimension");
    return figure;
}

}  // namespace

class HeatMapTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();

    void colorsRunThroughZero();
    void cellsBecomeBlocks();
    void pixelsShowTheLargestMagnitude();
    void notANumberIsNeverHidden();
    void emptyMapsAreHarmless();
    void rowsAreKeptInsideTheMatrix();
    void clickAndHoverTellTheRow();
    void draggingMovesTheViewAndSelectsNothing();
    void columnsScrollAndZoom();
    void linesMayLieBeforeTheView();
    void numbersStandInCellsWhereThereIsRoom();
    void magnitudesRunFromLowToHigh();
    void aFixedSquareMapStaysAsItIs();
    void theOwnerMayWordTheReadOut();
    void wheelScrollsAndZoomsAtThePointer();
    void slowWheelsAddUp();
    void keysMoveSelectionAndView();
    void selectedRowIsFramed();
    void readOutIsDrawnUnderThePointer();
    void aWideReadOutIsCutIntoLines();
    void noRowIsHoveredWhereSeveralShareALine();
    void messageInsteadOfValues();
    void mapHeightCountsDevicePixels();
    void barsPointUpAndDown();
    void barsShowTheLargestOfManyValues();
    void barsSurviveOddValues();
};

void HeatMapTest::init() {
    test::failOnQtWarnings();
}

void HeatMapTest::colorsRunThroughZero() {
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
        const Theme theme = themeOf(name);
        QCOMPARE(signedColor(theme, 0, 0.12), theme.signedMid.rgb());
        QCOMPARE(signedColor(theme, 0.12, 0.12), theme.signedHigh.rgb());
        QCOMPARE(signedColor(theme, -0.12, 0.12), theme.signedLow.rgb());
        QCOMPARE(signedColor(theme, 99, 0.12), theme.signedHigh.rgb());
        QCOMPARE(signedColor(theme, -std::numeric_limits<double>::infinity(), 0.12), theme.signedLow.rgb());
        QCOMPARE(signedColor(theme, std::nan(""), 0.12), theme.muted.rgb());
        QCOMPARE(signedColor(theme, 0, 0), theme.signedMid.rgb());
        const int half = (theme.signedMid.green() + theme.signedHigh.green()) / 2;
        QVERIFY(std::abs(qGreen(signedColor(theme, 0.06, 0.12)) - half) <= 1);
    }
}

void HeatMapTest::cellsBecomeBlocks() {
    const Theme theme = themeOf(ThemeName::Light);
    const std::vector<float> values = {1, -1, 0.5F, 0};
    const QImage image = heatMapImage({values, 2, 2}, QSize(10, 6), theme, {});
    for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 10; ++x) {
            const float value = values[static_cast<std::size_t>((y / 3) * 2 + x / 5)];
            QCOMPARE(image.pixel(x, y), signedColor(theme, static_cast<double>(value), 1));
        }
    }
}

void HeatMapTest::pixelsShowTheLargestMagnitude() {
    const Theme theme = themeOf(ThemeName::Light);
    std::vector<float> values(100 * 70, 0.01F);
    values[37 * 70 + 52] = -0.9F;
    values[38 * 70 + 53] = 0.8F;
    const QImage image = heatMapImage({values, 100, 70}, QSize(7, 10), theme, {});
    int strong = 0;
    for (int y = 0; y < 10; ++y) {
        for (int x = 0; x < 7; ++x) {
            strong += image.pixel(x, y) == signedColor(theme, -0.9, 1);
        }
    }
    QCOMPARE(strong, 1);
    QCOMPARE(image.pixel(5, 3), signedColor(theme, -0.9, 1));
    // Sizes that do not divide: each cell, in turn the only large one, is seen.
    for (std::size_t cell = 0; cell < 13 * 11; ++cell) {
        std::vector<float> one(13 * 11, 0);
        one[cell] = 1;
        const QImage small = heatMapImage({one, 13, 11}, QSize(7, 5), theme, {});
        bool seen = false;
        for (int i = 0; i < 35; ++i) {
            seen = seen || small.pixel(i % 7, i / 7) == theme.signedHigh.rgb();
        }
        QVERIFY(seen);
    }
}

void HeatMapTest::notANumberIsNeverHidden() {
    const Theme theme = themeOf(ThemeName::Light);
    for (const std::vector<float>& values :
         {std::vector<float>{notANumber, 5, 5, 5}, {5, 5, 5, notANumber}}) {
        const QImage image = heatMapImage({values, 2, 2}, QSize(1, 1), theme, {});
        QCOMPARE(image.pixel(0, 0), theme.muted.rgb());
    }
}

void HeatMapTest::emptyMapsAreHarmless() {
    const Theme theme = themeOf(ThemeName::Light);
    QCOMPARE(heatMapImage({{}, 0, 0}, QSize(4, 4), theme, {}).size(), QSize(4, 4));
    QVERIFY(heatMapImage({{}, 0, 0}, QSize(0, 4), theme, {}).isNull());
}

void HeatMapTest::rowsAreKeptInsideTheMatrix() {
    const auto bounded = [](double first, double count, std::size_t total) {
        boundRows(first, count, total);
        return std::pair(first, count);
    };
    QCOMPARE(bounded(-5, 40, 100), std::pair(0.0, 40.0));
    QCOMPARE(bounded(90, 40, 100), std::pair(60.0, 40.0));
    QCOMPARE(bounded(10, 400, 100), std::pair(0.0, 100.0));
    QCOMPARE(bounded(10, 0.1, 100), std::pair(10.0, 4.0));
    QCOMPARE(bounded(7, 1, 2), std::pair(0.0, 2.0));
}

void HeatMapTest::clickAndHoverTellTheRow() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    QSignalSpy clicks(&view, &HeatMapView::rowClicked);
    QSignalSpy hovers(&view, &HeatMapView::rowHovered);
    const QRectF map = view.mapRect();
    const QPoint row7(static_cast<int>(map.center().x()),
                      static_cast<int>(map.top() + map.height() * 7.5 / 40));
    test::moveTo(view, row7);
    QCOMPARE(hovers.size(), 1);
    QCOMPARE(hovers[0].at(1).value<Row>().value, 107U);
    QTest::mouseClick(&view, Qt::LeftButton, {}, row7);
    QCOMPARE(clicks.size(), 1);
    QCOMPARE(clicks[0].front().value<Row>().value, 107U);
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(2, 150));
    QCOMPARE(clicks.size(), 1);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&view, &leave);
    QCOMPARE(hovers.size(), 2);
    QCOMPARE(hovers[1].at(0).toBool(), false);
}

void HeatMapTest::draggingMovesTheViewAndSelectsNothing() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    view.setColumns(4, 8);
    QSignalSpy clicks(&view, &HeatMapView::rowClicked);
    QSignalSpy requests(&view, &HeatMapView::viewRequested);
    const QRectF map = view.mapRect();
    const QPoint from = map.center().toPoint();
    QTest::mousePress(&view, Qt::LeftButton, {}, from);
    const QPoint by(static_cast<int>(map.width() / 8), -static_cast<int>(map.height() / 4));
    QMouseEvent move(QEvent::MouseMove, QPointF(from + by), view.mapToGlobal(QPointF(from + by)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, from + by);
    QCOMPARE(clicks.size(), 0);
    QVERIFY(std::abs(requests.back().at(0).toDouble() - 110) < 0.2);
    QCOMPARE(requests.back().at(1).toDouble(), 40.0);
    QCOMPARE(view.firstColumn(), std::size_t(3));
    QTest::mouseClick(&view, Qt::LeftButton, {}, from);
    QCOMPARE(clicks.size(), 1);
}

void HeatMapTest::columnsScrollAndZoom() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40, 1000, 64));
    QSignalSpy requests(&view, &HeatMapView::viewRequested);
    QSignalSpy columns(&view, &HeatMapView::columnHovered);
    const QRectF map = view.mapRect();
    QCOMPARE(view.columnCount(), std::size_t(64));
    test::wheel(view, map.center(), 120, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(view.columnCount(), std::size_t(52));  // 51.2 of them, around the middle
    QCOMPARE(view.firstColumn(), std::size_t(6));
    test::wheel(view, map.center(), -120, Qt::ShiftModifier);
    QCOMPARE(view.firstColumn(), std::size_t(11));
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.firstColumn(), std::size_t(6));
    QTest::keyClick(&view, Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(view.columnCount(), std::size_t(64));
    QCOMPARE(requests.size(), 0);  // the rows stay
    view.setColumns(10, 5);
    const QImage some = test::rendered(view);
    const QPoint third(static_cast<int>(map.left() + map.width() / 2),
                       static_cast<int>(map.top() + map.height() * 20.5 / 40));
    QCOMPARE(some.pixel(third), signedColor(theme.theme(), std::sin(100.0 * 64 + 20 * 64 + 12), 1));
    test::moveTo(view, third);
    QCOMPARE(columns.back().front().toLongLong(), 12LL);
    // Another matrix is shown whole.
    view.setFigure(figureOf(0, 40, 1000, 32));
    QCOMPARE(view.columnCount(), std::size_t(32));
}

void HeatMapTest::linesMayLieBeforeTheView() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    HeatMapFigure figure = figureOf(0, 1000);
    figure.firstLine = 100;
    figure.firstRow = 100;
    figure.rowCount = 40;
    QCOMPARE(lineCount(figure), std::size_t(40));
    view.setFigure(figure);
    const QImage offset = test::rendered(view);
    view.setFigure(figureOf(100, 40));
    QCOMPARE(test::rendered(view), offset);
    figure.firstLine = 990;
    QCOMPARE(lineCount(figure), std::size_t(10));
    figure.firstLine = 2000;
    QCOMPARE(lineCount(figure), std::size_t(0));
}

void HeatMapTest::numbersStandInCellsWhereThereIsRoom() {
    const ThemeSource theme(ThemeName::Light);
    HeatMapView map(theme);
    const auto differs = [&map](QSize size, const HeatMapFigure& plain) {
        map.resize(size);
        map.setFigure(plain);
        const QImage without = map.grab().toImage();
        HeatMapFigure figure = plain;
        figure.numbers = true;
        map.setFigure(figure);
        return map.grab().toImage() != without;
    };
    const HeatMapFigure small = figureOf(0, 12, 12, 8);
    QVERIFY(differs({620, 420}, small));
    QVERIFY(!differs({200, 420}, small));
    QVERIFY(!differs({620, 120}, small));
    HeatMapFigure reduced = small;
    reduced.rowsPerLine = 3;  // these are not the numbers of one row
    reduced.rowCount = 36;
    reduced.totalRows = 36;
    QVERIFY(!differs({620, 420}, reduced));
}

void HeatMapTest::magnitudesRunFromLowToHigh() {
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
        const Theme theme = themeOf(name);
        const ColorTable colors(theme, ColorScale::sequential(0.5, 1));
        QCOMPARE(colors(0.5F), theme.sequentialLow.rgb());
        QCOMPARE(colors(-3), theme.sequentialLow.rgb());
        QCOMPARE(colors(0.75F), theme.sequentialMid.rgb());
        QCOMPARE(colors(1), theme.sequentialHigh.rgb());
        QCOMPARE(colors(notANumber), theme.muted.rgb());
        // Even steps of lightness, so that no step looks larger than it is.
        const auto luminance = [](QRgb color) { return contrast(QColor(color), Qt::black) * 0.05 - 0.05; };
        const auto lightness = [&](float value) { return 116 * std::cbrt(luminance(colors(value))) - 16; };
        const double whole = lightness(1) - lightness(0.5F);
        for (int i = 1; i < 10; ++i) {
            const double share = (lightness(0.5F + 0.05F * static_cast<float>(i)) - lightness(0.5F)) / whole;
            QVERIFY2(std::abs(share - 0.1 * i) < 0.05, qPrintable(QString::number(share)));
        }
        const ColorTable flat(theme, ColorScale::sequential(1, 1));
        QCOMPARE(flat(1), theme.sequentialMid.rgb());
        QCOMPARE(flat(1.001F), theme.sequentialHigh.rgb());
        QCOMPARE(flat(0.999F), theme.sequentialLow.rgb());
        constexpr float infinite = std::numeric_limits<float>::infinity();
        QCOMPARE(colors(infinite), theme.sequentialHigh.rgb());
        QCOMPARE(colors(-infinite), theme.sequentialLow.rgb());
    }
}

void HeatMapTest::aFixedSquareMapStaysAsItIs() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(420, 200);
    view.setSquare(true);
    view.setFixed(true);
    view.setFigure(figureOf(100, 40));
    QCOMPARE(view.mapRect().width(), view.mapRect().height());
    QSignalSpy requests(&view, &HeatMapView::viewRequested);
    const QPointF center = view.mapRect().center();
    test::wheel(view, center, -120);
    test::wheel(view, center, 120, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_PageDown);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(requests.size(), 0);
    QCOMPARE(view.columnCount(), std::size_t(16));
}

void HeatMapTest::theOwnerMayWordTheReadOut() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    std::optional<HeatMapCell> asked;
    view.setReadOut([&](const HeatMapCell& cell) {
        asked = cell;
        return QStringLiteral("position 7");
    });
    const QRectF map = view.mapRect();
    test::moveTo(view, QPoint(static_cast<int>(map.left() + map.width() * 3.5 / 16),
                              static_cast<int>(map.top() + map.height() * 7.5 / 40)));
    QVERIFY(!test::rendered(view).isNull());
    QVERIFY(asked && asked->isOneRow);
    QCOMPARE(asked->firstRow, std::size_t(107));
    QCOMPARE(asked->endRow, std::size_t(108));
    QCOMPARE(asked->firstColumn, std::size_t(3));
    QCOMPARE(asked->endColumn, std::size_t(4));
    QCOMPARE(asked->value, static_cast<float>(std::sin(107.0 * 16 + 3)));
}

void HeatMapTest::wheelScrollsAndZoomsAtThePointer() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    QSignalSpy requests(&view, &HeatMapView::viewRequested);
    const QRectF map = view.mapRect();
    test::wheel(view, map.center(), -120);
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests[0].at(0).toDouble(), 104.0);
    QCOMPARE(requests[0].at(1).toDouble(), 40.0);

    view.setFigure(figureOf(100, 40));
    requests.clear();
    test::wheel(view, QPointF(map.center().x(), map.top() + map.height() / 4), 120, Qt::ControlModifier);
    QCOMPARE(requests.size(), 1);
    const double first = requests[0].at(0).toDouble();
    const double count = requests[0].at(1).toDouble();
    QCOMPARE(count, 32.0);
    QCOMPARE(first + count / 4, 110.0);  // the row under the pointer stays there

    view.setFigure(figureOf(0, 40));
    requests.clear();
    test::wheel(view, map.center(), 120);
    QCOMPARE(requests.size(), 0);  // nothing above the first row
}

void HeatMapTest::slowWheelsAddUp() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    double first = 100;
    connect(&view, &HeatMapView::viewRequested, this, [&](double row, double) {
        first = row;
        view.setFigure(figureOf(static_cast<std::size_t>(row), 40));  // as an owner does: in whole rows
    });
    for (int i = 0; i < 40; ++i) {
        test::wheel(view, view.mapRect().center(), -12);
    }
    QVERIFY(std::abs(first - 116) < 0.01);
}

void HeatMapTest::keysMoveSelectionAndView() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    QSignalSpy moves(&view, &HeatMapView::moveSelection);
    QSignalSpy requests(&view, &HeatMapView::viewRequested);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(moves.size(), 2);
    QCOMPARE(moves[0].front().toInt(), 1);
    QCOMPARE(moves[1].front().toInt(), -1);
    QTest::keyClick(&view, Qt::Key_PageDown);
    QCOMPARE(requests.back().at(0).toDouble(), 140.0);
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(requests.back().at(0).toDouble(), 960.0);
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(requests.back().at(0).toDouble(), 0.0);
    QTest::keyClick(&view, Qt::Key_Minus);
    QCOMPARE(requests.back().at(1).toDouble(), 50.0);
}

void HeatMapTest::selectedRowIsFramed() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    HeatMapFigure figure = figureOf(100, 40);
    figure.columns = 16;
    view.setFigure(figure);
    const QImage plain = test::rendered(view, 2);
    figure.selectedRow = 120;
    view.setFigure(figure);
    const QImage framed = test::rendered(view, 2);
    const QRectF map = view.mapRect();
    const int y = static_cast<int>((map.top() + map.height() * 20.5 / 40) * 2);
    const int inside = static_cast<int>(map.center().x() * 2);
    const int left = static_cast<int>((map.left() - 1.75) * 2);
    QCOMPARE(framed.pixel(inside, y), plain.pixel(inside, y));  // the cells themselves stay visible
    QVERIFY(qGray(framed.pixel(left, y)) < 80);                 // the frame overhangs the map
    figure.selectedRow = 500;
    view.setFigure(figure);
    QCOMPARE(test::rendered(view, 2), plain);
}

void HeatMapTest::readOutIsDrawnUnderThePointer() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    view.setFigure(figureOf(100, 40));
    std::vector<std::uint32_t> asked;
    view.setRowLabel([&](Row row) {
        asked.push_back(row.value);
        return QStringLiteral("·queen");
    });
    const QImage plain = test::rendered(view);
    QVERIFY(asked.empty());
    const QRectF map = view.mapRect();
    test::moveTo(view, QPoint(static_cast<int>(map.center().x()), static_cast<int>(map.top() + 2)));
    QVERIFY(test::rendered(view) != plain);
    QVERIFY(!asked.empty());
    QCOMPARE(asked.back(), 100U);
    // 900 rows in 250 pixels: no single row is under the pointer, so none is named.
    view.setFigure(figureOf(0, 900));
    asked.clear();
    QVERIFY(!test::rendered(view).isNull());
    QVERIFY(asked.empty());
}

void HeatMapTest::aWideReadOutIsCutIntoLines() {
    const QFont font = themeOf(ThemeName::Print).monoFont(12);
    const QFontMetricsF metrics(font);
    const QString text = QStringLiteral("rows 12345…12367 · dimensions 100…101 · largest 0.1234");
    QCOMPARE(readOutLines(font, text, 2000), QStringList{text});
    for (const double width : {300.0, 180.0, 60.0}) {
        const QStringList lines = readOutLines(font, text, width);
        QVERIFY(lines.size() > 1);
        for (const QString& line : lines) {
            QVERIFY(metrics.horizontalAdvance(line) <= width);
        }
    }
    QVERIFY(readOutLines(font, text, 180).join(u' ').contains(QStringLiteral("largest 0.1234")));
}

void HeatMapTest::noRowIsHoveredWhereSeveralShareALine() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    HeatMapFigure figure = figureOf(0, 40);
    figure.rowsPerLine = 25;
    figure.rowCount = 1000;
    view.setFigure(figure);
    QSignalSpy hovers(&view, &HeatMapView::rowHovered);
    test::moveTo(view, view.mapRect().center().toPoint());
    QCOMPARE(hovers.size(), 0);
}

void HeatMapTest::messageInsteadOfValues() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    const QImage blank = test::rendered(view);
    HeatMapFigure figure;
    figure.message = QStringLiteral("No model is open.");
    view.setFigure(figure);
    QVERIFY(test::rendered(view) != blank);
    QSignalSpy requests(&view, &HeatMapView::viewRequested);
    QSignalSpy clicks(&view, &HeatMapView::rowClicked);
    test::wheel(view, QPointF(150, 100), -120);
    QTest::keyClick(&view, Qt::Key_PageDown);
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(150, 100));
    QCOMPARE(requests.size() + clicks.size(), 0);
}

void HeatMapTest::mapHeightCountsDevicePixels() {
    const ThemeSource theme;
    HeatMapView view(theme);
    view.resize(320, 300);
    QCOMPARE(view.mapHeight(),
             static_cast<int>(std::lround(view.mapRect().height() * view.devicePixelRatioF())));
    QVERIFY(view.mapRect().bottom() < 300 && view.mapRect().right() <= 320);
}

void HeatMapTest::barsPointUpAndDown() {
    const ThemeSource theme;
    RowBars bars(theme);
    bars.resize(200, 102);
    bars.setValues({1, -1, 0.5F, 0});
    const QImage image = test::rendered(bars);
    const auto color = [&](int bar, int y) { return image.pixelColor(bar * 50 + 25, y); };
    QCOMPARE(color(0, 10), theme.theme().signedHigh);
    QCOMPARE(color(0, 90), theme.theme().surface);
    QCOMPARE(color(1, 90), theme.theme().signedLow);
    QCOMPARE(color(1, 10), theme.theme().surface);
    QCOMPARE(color(2, 10), theme.theme().surface);
    QCOMPARE(color(2, 40), theme.theme().signedHigh);
    QCOMPARE(color(3, 51 - 10), theme.theme().surface);
    test::moveTo(bars, QPoint(25, 50));
    QVERIFY(test::rendered(bars) != image);
}

void HeatMapTest::barsShowTheLargestOfManyValues() {
    const ThemeSource theme;
    RowBars bars(theme);
    bars.resize(100, 60);
    std::vector<float> values(5000, 0.01F);
    values[2501] = -1;
    bars.setValues(values);
    const QImage image = test::rendered(bars);
    QVERIFY(qBlue(image.pixel(50, 55)) > qRed(image.pixel(50, 55)) + 30);
}

void HeatMapTest::barsSurviveOddValues() {
    const ThemeSource theme;
    RowBars bars(theme);
    bars.resize(100, 60);
    for (const std::vector<float>& values : {std::vector<float>{},
                                             {0},
                                             {0, 0, 0},
                                             {notANumber, 1},
                                             {std::numeric_limits<float>::infinity(), -1}}) {
        bars.setValues(values);
        test::moveTo(bars, QPoint(10, 10));
        QCOMPARE(test::rendered(bars).size(), QSize(100, 60));
    }
}

QTEST_MAIN(HeatMapTest)
#include "heat_map_test.moc"

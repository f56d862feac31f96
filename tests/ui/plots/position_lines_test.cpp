// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/position_lines.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <cmath>
#include <numbers>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

/// Decay, wavelengths and curve as figures, and the plots that paint them.
class PositionLinesTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool{2};

    std::shared_ptr<const PositionMatrix> matrixOf(PositionMatrix matrix, std::size_t rows) {
        NoProgress progress;
        matrix.levels = MatrixLevels::build(std::vector<float>(rows * 4, 0.5F), 4, m_pool, progress).value();
        return std::make_shared<const PositionMatrix>(std::move(matrix));
    }

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theDecayOfVectors() {
        PositionDecayResult result{matrixOf({}, 8), {2, {8, 4, -2}, {1, 0.5, -0.25}}, {}};
        const LineFigure figure = decayFigure(result, false);
        QCOMPARE(figure.lines.size(), std::size_t(2));
        QCOMPARE(figure.lines[0].points[1], QPointF(2, 0.5));
        QCOMPARE(figure.lines[1].points[1], QPointF(2, 0.5));
        QCOMPARE(figure.lines[1].points[2], QPointF(4, -0.25));
        QCOMPARE(figure.low, -0.5);
        QCOMPARE(figure.high, 1.0);
        const LineFigure shared = decayFigure(result, true);
        QCOMPARE(shared.lines.size(), std::size_t(1));
        QCOMPARE(shared.lines[0].name, QStringLiteral("sinusoidal"));
    }

    void theDecayOfRotaryOnes() {
        PositionMatrix rotary;
        rotary.kind = PositionKind::Rotary;
        const PositionDecayResult result{matrixOf(rotary, 8), {}, {1, {1, 0.5}, {16, 8}}};
        const LineFigure figure = decayFigure(result, false);
        QCOMPARE(figure.lines[0].points[1], QPointF(1, 0.5));
        QCOMPARE(figure.lines[1].points[0], QPointF(0, 1));
        QCOMPARE(figure.lines[1].points[1], QPointF(1, 0.5));
        QVERIFY(figure.lines[1].isQuiet);
    }

    void biasesAndBuckets() {
        const LineFigure alibi = alibiDecayFigure({10, 8}, 2);
        QCOMPARE(alibi.lines[0].name, QStringLiteral("head 2"));
        QCOMPARE(alibi.lines[0].points[4], QPointF(4, -0.5));
        QCOMPARE(alibi.lines.size(), std::size_t(4));
        QVERIFY(alibi.low <= -4.5 && alibi.high >= 0);
        QCOMPARE(alibiDecayFigure({1, 1}, 0).lines.size(), std::size_t(1));
        const LineFigure t5 = bucketFigure(1000);
        QCOMPARE(t5.lines[0].points.back(), QPointF(0, 0));
        QCOMPARE(t5.lines[1].points.front(), QPointF(1, 17));
        QCOMPARE(t5.lines[0].points.front(), QPointF(-256, 15));
        QCOMPARE(bucketFigure(1).lines[0].points.size(), std::size_t(1));
    }

    void wavelengthsAndTheLength() {
        PositionMatrix sinusoidal;
        sinusoidal.options = {50, 4, 10000, SinusoidalLayout::Interleaved};
        const LineFigure one = wavelengthFigure({matrixOf(sinusoidal, 50)});
        QCOMPARE(one.lines[0].points[1], QPointF(1, 2 * std::numbers::pi * 100));
        QCOMPARE(one.level, std::optional(50.0));
        QCOMPARE(one.levelName, QStringLiteral("1 of 2 longer than 50"));
        QVERIFY(one.low <= 2 * std::numbers::pi && one.high >= 628);
        PositionMatrix rotary;
        rotary.kind = PositionKind::Rotary;
        rotary.rotary = {50, 4, 10000};
        rotary.rotary.scaling.kind = RotaryScalingKind::Linear;
        rotary.rotary.scaling.factor = 2;
        rotary.waves = rotaryWaves(rotary.rotary);
        const LineFigure both = wavelengthFigure({matrixOf(sinusoidal, 50), matrixOf(rotary, 50)});
        QCOMPARE(both.lines.size(), std::size_t(3));
        QCOMPARE(both.lines[1].points[1].y(), 2 * std::numbers::pi * 200);
        QVERIFY(both.lines[2].isQuiet);
        QVERIFY(wavelengthFigure({}).lines.empty());
    }

    void linesAreReadOut() {
        ThemeSource theme;
        LinePlot plot(theme);
        plot.resize(300, 200);
        LineFigure figure;
        figure.xTitle = QStringLiteral("distance");
        figure.lines = {{QStringLiteral("cosine"), {{0, 1}, {1, std::nan("")}, {2, 0.5}, {3, -1}}}};
        plot.setFigure(figure);
        QVERIFY(test::showActive(plot));
        const QImage before = plot.grab().toImage();
        QTest::mouseMove(&plot, plot.placeOf({2, 0.5}).toPoint());
        QVERIFY(plot.grab().toImage() != before);
        QVERIFY(plot.plotRect().contains(plot.placeOf({3, -1})));
        figure.isLogarithmic = true;
        figure.low = 1;
        figure.high = 1000;
        figure.lines[0].points = {{0, 1}, {1, 1000}};
        plot.setFigure(figure);
        const double middle = plot.placeOf({0, std::sqrt(1000.0)}).y();
        QVERIFY(std::abs(middle - plot.plotRect().center().y()) < 1e-6);
        plot.setFigure({});
        plot.grab();
    }

    void theCurveAndItsPoints() {
        auto projection = std::make_shared<PcaResult>();
        projection->rows = 3;
        projection->components = 2;
        projection->coordinates = {0, 0, 1, 0, 1, 2};
        projection->explainedVarianceRatio = {0.75, 0.25};
        const CurveFigure figure = curveFigure({matrixOf({}, 6), 2, projection});
        QCOMPARE(figure.points[2], QPointF(1, 2));
        QCOMPARE(figure.shares[0], 0.75);
        ThemeSource theme;
        CurvePlot plot(theme);
        plot.resize(240, 220);
        plot.setFigure(figure);
        QVERIFY(test::showActive(plot));
        plot.grab();
        // One scale for both axes.
        const QPointF wide = plot.placeOf(1) - plot.placeOf(0);
        const QPointF tall = plot.placeOf(2) - plot.placeOf(1);
        QVERIFY(std::abs(2 * wide.x() + tall.y()) < 1e-6);
        QSignalSpy hovered(&plot, &CurvePlot::positionHovered);
        QSignalSpy clicked(&plot, &CurvePlot::positionClicked);
        QTest::mouseMove(&plot, plot.placeOf(2).toPoint());
        QTRY_COMPARE(hovered.count(), 1);
        QCOMPARE(hovered[0][0].toLongLong(), 4LL);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.placeOf(1).toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].value<std::size_t>(), std::size_t(2));
        // One component of vectors of one number.
        projection->components = 1;
        projection->coordinates = {3, 4, 5};
        QCOMPARE(curveFigure({matrixOf({}, 3), 1, projection}).points[1], QPointF(4, 0));
        plot.setFigure({});
        plot.grab();
    }
};

QTEST_MAIN(PositionLinesTest)
#include "position_lines_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/position_figures.h"

#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"

#include <bit>
#include <cmath>
#include <limits>

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

int pixelsOf(const QImage& image, const QColor& color, const QRectF& where) {
    int count = 0;
    for (int y = static_cast<int>(where.top()); y <= static_cast<int>(where.bottom()); ++y) {
        for (int x = static_cast<int>(where.left()); x <= static_cast<int>(where.right()); ++x) {
            count += image.pixelColor(x, y) == color ? 1 : 0;
        }
    }
    return count;
}

HeatMapCell cellOf(std::size_t row, std::size_t column, float value = 0) {
    return {row, row + 1, column, column + 1, value, true};
}

}  // namespace

/// The figures of positions, and the two plots that only they use.
class PositionFiguresTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool{2};

    std::shared_ptr<const PositionMatrix> sinusoidal(const SinusoidalOptions& options) {
        NoProgress progress;
        std::vector<float> values = sinusoidalMatrix(options, m_pool, progress).value();
        auto matrix = std::make_shared<PositionMatrix>();
        matrix->options = options;
        matrix->levels = MatrixLevels::build(std::move(values), options.dimension, m_pool, progress).value();
        return matrix;
    }
    std::shared_ptr<const PositionMatrix> learned(std::vector<float> values, std::size_t dimension) {
        NoProgress progress;
        auto matrix = std::make_shared<PositionMatrix>();
        matrix->kind = PositionKind::Learned;
        auto model = std::make_shared<Model>();
        model->positionsName = "wpe";
        matrix->model = std::move(model);
        matrix->levels = MatrixLevels::build(std::move(values), dimension, m_pool, progress).value();
        return matrix;
    }

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theMapHoldsWhatIsInView() {
        const auto matrix = sinusoidal({100, 8});
        const HeatMapFigure figure = positionMap(matrix, {10.5, 30}, 120);
        QCOMPARE(figure.firstRow, std::size_t(10));
        QCOMPARE(figure.rowCount, std::size_t(31));
        QCOMPARE(figure.rowsPerLine, std::size_t(1));
        QCOMPARE(figure.firstLine, std::size_t(10));
        QCOMPARE(figure.values->data(), matrix->levels->values().data());
        QCOMPARE(lineCount(figure), std::size_t(31));
        const HeatMapFigure beyond = positionMap(matrix, {5000, 1}, 120);
        QCOMPARE(beyond.firstRow, std::size_t(96));
        QCOMPARE(beyond.rowCount, std::size_t(4));
    }

    void aMapOfManyRowsTakesCoarserLines() {
        const auto matrix = sinusoidal({8192, 6});
        const HeatMapFigure figure = positionMap(matrix, {1003, 2000}, 200);
        QCOMPARE(figure.rowsPerLine, std::size_t(8));
        QCOMPARE(figure.firstRow, std::size_t(1000));
        QCOMPARE(figure.firstLine, std::size_t(125));
        QCOMPARE(figure.rowCount, std::size_t(2008));
        const HeatMapFigure whole = positionMap(matrix, {0, 8192}, 200);
        QCOMPARE(whole.rowsPerLine, std::size_t(32));
        QCOMPARE(lineCount(whole), std::size_t(256));
    }

    void theReadOutPutsTheNumbersIntoTheFormula() {
        const auto matrix = sinusoidal({100, 128});
        QCOMPARE(
            positionReadOut(*matrix, cellOf(4, 12)),
            QStringLiteral("position 4 · dimension 12 · sin(4 / 10000^(12/128)) · = sin(1.6868) = 0.9933"));
        QCOMPARE(
            positionReadOut(*matrix, cellOf(4, 13)),
            QStringLiteral("position 4 · dimension 13 · cos(4 / 10000^(12/128)) · = cos(1.6868) = −0.1157"));
        QCOMPARE(positionReadOut(*matrix, {3, 6, 12, 14, 0.5F, false}),
                 QStringLiteral("positions 3…5 · dimensions 12…13 · largest 0.5000"));
        QCOMPARE(positionReadOut(*learned({1, 2, 3, -0.25F}, 2), cellOf(1, 1, -0.25F)),
                 QStringLiteral("position 1 · dimension 1 · wpe[1, 1] = −0.2500"));
    }

    void everyKindSaysHowItsNumbersCameAbout() {
        PositionMatrix rotary;
        rotary.kind = PositionKind::Rotary;
        rotary.rotary = {100, 128, 10000, RotaryLayout::Interleaved};
        rotary.waves = rotaryWaves(rotary.rotary);
        QCOMPARE(
            positionReadOut(rotary, cellOf(4, 12)),
            QStringLiteral("position 4 · dimension 12 · cos(4 / 10000^(12/128)) · = cos(1.6868) = −0.1157"));
        rotary.rotary = {100, 4, 100, RotaryLayout::Split};
        rotary.rotary.scaling.kind = RotaryScalingKind::Yarn;
        rotary.rotary.scaling.factor = 4;
        rotary.rotary.scaling.originalLength = 4;
        rotary.rotary.scaling.attentionFactor = 2;
        rotary.waves = {{1, 20}, 2};
        QCOMPARE(positionReadOut(rotary, cellOf(4, 3)),
                 QStringLiteral(
                     "position 4 · dimension 3 · 2.0000 × sin(4 / 20) · = 2.0000 × sin(0.2000) = 0.3973"));
        PositionMatrix alibi;
        alibi.kind = PositionKind::Alibi;
        alibi.slope = 0.25;
        QCOMPARE(positionReadOut(alibi, cellOf(7, 3)),
                 QStringLiteral("query 7 · key 3 · −0.25 × |7 − 3| = −1"));
        QCOMPARE(positionReadOut(alibi, cellOf(3, 3)),
                 QStringLiteral("query 3 · key 3 · −0.25 × |3 − 3| = 0"));
        QCOMPARE(positionReadOut(alibi, {3, 5, 1, 4, -1, false}),
                 QStringLiteral("queries 3…4 · keys 1…3 · largest −1.0000"));
        PositionMatrix t5;
        t5.kind = PositionKind::T5;
        const auto bucket = [&](std::size_t query, std::size_t key) {
            return positionReadOut(t5, cellOf(query, key)).section(QStringLiteral(" · "), 2);
        };
        QCOMPARE(bucket(9, 9), QStringLiteral("the same place · bucket 0"));
        QCOMPARE(bucket(9, 5), QStringLiteral("4 back · bucket 4"));
        QCOMPARE(bucket(5, 9), QStringLiteral("4 ahead · bucket 4 + 16 = 20"));
        QCOMPARE(bucket(30, 10), QStringLiteral("20 back · bucket 8 + ⌊8 × log(20 / 8) / log(16)⌋ = 10"));
        QCOMPARE(bucket(0, 300), QStringLiteral("300 ahead · bucket 15 + 16 = 31"));
        auto model = std::make_shared<Model>();
        model->firstPosition = 2;
        model->positionsName = "position_embeddings";
        PositionMatrix own;
        own.kind = PositionKind::Learned;
        own.model = model;
        QCOMPARE(positionReadOut(own, cellOf(4, 7, 0.5F)),
                 QStringLiteral("position 4 · dimension 7 · position_embeddings[6, 7] = 0.5000"));
    }

    void columnsOfWavesFollowLayoutAndScaling() {
        const auto whole = sinusoidal({256, 128});
        QCOMPARE(tellingColumns(*whole, 64), tellingDimensions(64, 128, 10000));
        const auto halves = sinusoidal({256, 128, 10000, SinusoidalLayout::Split});
        const std::vector<std::size_t> columns = tellingColumns(*halves, 64);
        QCOMPARE(columns.size(), tellingDimensions(64, 128, 10000).size());
        QCOMPARE(columns[1], tellingDimensions(64, 128, 10000)[1] / 2);
        NoProgress progress;
        auto rotary = std::make_shared<PositionMatrix>(*whole);
        rotary->kind = PositionKind::Rotary;
        rotary->rotary = {256, 128, 10000, RotaryLayout::Interleaved};
        rotary->waves = rotaryWaves(rotary->rotary);
        QCOMPARE(tellingColumns(*rotary, 64), tellingDimensions(64, 128, 10000));
        rotary->rotary.scaling.kind = RotaryScalingKind::Linear;
        rotary->rotary.scaling.factor = 4;
        rotary->waves = rotaryWaves(rotary->rotary);
        // Waves four times as long: others have those lengths.
        for (std::size_t i = 0; i < tellingColumns(*rotary, 640).size(); ++i) {
            QVERIFY(tellingColumns(*rotary, 640)[i] < tellingDimensions(640, 128, 10000)[i]);
        }
    }

    void theSimilarityOfWhatIsInView() {
        NoProgress progress;
        const auto matrix = sinusoidal({100, 8});
        auto result = std::make_shared<PositionSimilarityResult>();
        result->similarity = positionSimilarity(matrix->levels->values(), 8, 50, m_pool, progress).value();
        const HeatMapFigure figure = similarityMap(result, {20, 30});
        QCOMPARE(figure.firstRow, std::size_t(10));
        QCOMPARE(figure.rowCount, std::size_t(15));
        QCOMPARE(figure.rowStep, std::size_t(2));
        QCOMPARE(figure.scale.kind, ColorScale::Kind::Sequential);
        QCOMPARE(figure.scale.high, 1.0);
        QCOMPARE(similarityMap(result, {20, 4}).rowCount, std::size_t(4));  // a map needs some rows
        QCOMPARE(similarityReadOut(result->similarity, cellOf(10, 12, 0.5F)),
                 QStringLiteral("position 20 · position 24 · cosine 0.5000"));
        QCOMPARE(similarityReadOut(result->similarity, {10, 12, 3, 4, 1, false}),
                 QStringLiteral("positions 20…22 · position 6 · largest cosine 1.0000"));
    }

    void wavesDifferWell() {
        QCOMPARE(tellingDimensions(36, 128, 10000), (std::vector<std::size_t>{4, 14, 24, 40}));
        QCOMPARE(tellingDimensions(30, 128, 10000), tellingDimensions(45, 128, 10000));
        QCOMPARE(tellingDimensions(36 * 16, 128, 10000), (std::vector<std::size_t>{44, 54, 62, 78}));
        QCOMPARE(tellingDimensions(36, 1, 10000), (std::vector<std::size_t>{0}));
        QCOMPARE(tellingDimensions(1, 6, 10000), (std::vector<std::size_t>{0, 2}));
        QCOMPARE(tellingDimensions(0, 6, 10000), (std::vector<std::size_t>{0, 2}));
        QCOMPARE(tellingDimensions(128, 100, 1), (std::vector<std::size_t>{0, 26, 50, 76}));
        for (std::size_t dimension = 1; dimension < 40; ++dimension) {
            for (const double base : {0.5, 2.0, 10000.0}) {
                const std::vector<std::size_t> chosen = tellingDimensions(50, dimension, base);
                QVERIFY(!chosen.empty());
                for (const std::size_t each : chosen) {
                    QVERIFY(each < dimension && each % 2 == 0);
                }
            }
        }
    }

    void wavesAreColumnsOfTheMatrix() {
        const auto matrix = sinusoidal({100, 8, 100});
        const WaveFigure figure = positionWaves(*matrix, {10, 20}, {2, 99}, 5);
        QCOMPARE(figure.firstPosition, std::size_t(10));
        QCOMPARE(figure.waves.size(), std::size_t(2));
        QCOMPARE(figure.waves[0].name, QStringLiteral("dim 2"));
        QCOMPARE(figure.waves[0].values.size(), std::size_t(20));
        QCOMPARE(figure.waves[0].values[3], matrix->levels->row(13)[2]);
        QVERIFY(figure.waves[1].isPointedAt);
        QCOMPARE(figure.limit, 1.0);
        const WaveFigure own = positionWaves(*learned({1, -7, 2, notANumber}, 1), {0, 4}, {0}, -1);
        QCOMPARE(own.limit, 7.0);
    }

    void linesStayInsideAndKeepTheirCrests() {
        const QRectF plot(10, 20, 100, 50);
        const QPainterPath line = waveLine(std::vector<float>{0, 1, -1, 9}, plot, 1);
        QCOMPARE(line.elementCount(), 4);
        QCOMPARE(QPointF(line.elementAt(0)), QPointF(10, 45));
        QCOMPARE(QPointF(line.elementAt(1)), QPointF(10 + 100 / 3.0, 20));
        QCOMPARE(QPointF(line.elementAt(3)), QPointF(110, 20));
        const QPainterPath gap = waveLine(std::vector<float>{0, 0, notANumber, 0, 0}, plot, 1);
        QCOMPARE(gap.elementCount(), 4);
        QVERIFY(gap.elementAt(2).isMoveTo());
        QVERIFY(waveLine({}, plot, 1).isEmpty());
        QCOMPARE(waveLine(std::vector<float>{0.5F}, plot, 1).elementCount(), 1);
        QCOMPARE(waveLine(std::vector<float>{1, 2}, plot, 0).boundingRect().height(), 0.0);
    }

    void fastWavesAreBands() {
        const QRectF plot(10, 20, 100, 50);
        std::vector<float> many(10000, 0.5F);
        many[7321] = 1;
        many[7322] = -1;
        const WaveBand band = waveBand(many, plot, 1, 1);
        QCOMPARE(band.columns.size(), std::size_t(100));
        QCOMPARE(band.upper.elementCount(), 100);
        QCOMPARE(band.columns[73], QRectF(83, 20, 1, 50));
        QCOMPARE(band.columns[72], QRectF(82, 32.5, 1, 0));
        QCOMPARE(QPointF(band.upper.elementAt(73)), QPointF(83.5, 20));
        QCOMPARE(QPointF(band.lower.elementAt(73)), QPointF(83.5, 70));
        for (std::size_t i = 2000; i < 4000; ++i) {
            many[i] = notANumber;
        }
        const WaveBand gap = waveBand(many, plot, 1, 1);
        QCOMPARE(gap.columns.size(), std::size_t(80));
        QVERIFY(gap.upper.elementAt(20).isMoveTo());
        QVERIFY(waveBand({}, plot, 1, 1).columns.empty());
        QVERIFY(waveBand(std::vector<float>(500, notANumber), plot, 1, 1).columns.empty());
        QCOMPARE(waveBand(many, plot, 1, 0.5).columns.front().width(), 0.5);
    }

    void swingsAreCounted() {
        const QRectF plot(0, 0, 100, 50);
        QCOMPARE(swings(waveLine(std::vector<float>{0, 1, -1, 0}, plot, 1), 50), 2.0);
        QCOMPARE(swings(waveLine(std::vector<float>{1, notANumber, -1}, plot, 1), 50), 0.0);
        QCOMPARE(swings({}, 50), 0.0);
    }

    void wavesArePaintedAndPointedAt() {
        const ThemeSource theme;
        WavePlot plot(theme);
        plot.resize(300, 180);
        QVERIFY(!test::rendered(plot).isNull());  // nothing yet
        WaveFigure figure = positionWaves(*sinusoidal({36, 128}), {0, 36}, {4, 14}, -1);
        plot.setFigure(figure);
        const QRectF area = plot.plotRect();
        QVERIFY(QRectF(plot.rect()).contains(area));
        const QImage image = test::rendered(plot, 3);
        const QRectF scaled(area.topLeft() * 3, area.size() * 3);
        QVERIFY(pixelsOf(image, theme.theme().category(0), scaled) > 200);
        QVERIFY(pixelsOf(image, theme.theme().category(1), scaled) > 200);
        QSignalSpy hovers(&plot, &WavePlot::positionHovered);
        QSignalSpy clicks(&plot, &WavePlot::positionClicked);
        const QPoint seven(static_cast<int>(area.left() + area.width() * 7 / 35), 60);
        test::moveTo(plot, seven);
        QCOMPARE(hovers.back().front().toLongLong(), 7LL);
        QVERIFY(test::rendered(plot, 3) != image);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, seven);
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(clicks[0].front().value<std::size_t>(), std::size_t(7));
        test::moveTo(plot, QPoint(1, 178));
        QCOMPARE(hovers.back().front().toLongLong(), -1LL);
    }

    void sumsAreThoseOfFloat() {
        const SumFigure figure = positionSum({0.1F, 1, 2}, {0.2F, -1, 2});
        QCOMPARE(std::bit_cast<std::uint32_t>(figure.sum[0]), 0x3e99999aU);
        QCOMPARE(figure.sum[1], 0.0F);
        QCOMPARE(figure.limit, 5.1);  // 3 × sqrt(26.14 / 9), to two digits
        QVERIFY(positionSum({}, {}).sum.empty());
    }

    void stripsShareOneScale() {
        const ThemeSource theme;
        SumStrips strips(theme);
        strips.resize(420, 160);
        SumFigure figure = positionSum({1, -1, 0, 0.5F}, {1, 1, 0, 0.5F});
        figure.tokenName = QStringLiteral("wte[3]");
        figure.positionName = QStringLiteral("wpe[0]");
        figure.sumName = QStringLiteral("input");
        figure.limit = 2;
        strips.setFigure(figure);
        const QImage image = test::rendered(strips);
        const auto colorAt = [&](int strip, double share) {
            const QRectF rect = strips.stripRect(strip);
            return image.pixel(static_cast<int>(rect.left() + share * rect.width()),
                               static_cast<int>(rect.center().y()));
        };
        QCOMPARE(colorAt(0, 0.125), signedColor(theme.theme(), 1, 2));
        QCOMPARE(colorAt(0, 0.375), signedColor(theme.theme(), -1, 2));
        QCOMPARE(colorAt(1, 0.375), signedColor(theme.theme(), 1, 2));
        QCOMPARE(colorAt(2, 0.125), signedColor(theme.theme(), 2, 2));
        QCOMPARE(colorAt(2, 0.375), signedColor(theme.theme(), 0, 2));
        QCOMPARE(colorAt(2, 0.875), signedColor(theme.theme(), 1, 2));
        QVERIFY(strips.stripRect(2).bottom() < strips.height());
    }

    void threeNumbersAreReadOut() {
        const ThemeSource theme;
        SumStrips strips(theme);
        strips.resize(420, 160);
        SumFigure figure = positionSum({1, -1, 0, 0.5F}, {1, 0.25F, 0, 0.5F});
        figure.tokenName = QStringLiteral("wte[3]");
        figure.positionName = QStringLiteral("wpe[0]");
        figure.sumName = QStringLiteral("input");
        strips.setFigure(figure);
        QVERIFY(strips.readOut().isEmpty());
        const QRectF rect = strips.stripRect(1);
        test::moveTo(strips, QPointF(rect.left() + rect.width() * 0.3, rect.center().y()).toPoint());
        const QString expected =
            QStringLiteral("dimension 1 · wte[3] −1.000000 · + wpe[0] 0.250000 · = input −0.750000");
        QCOMPARE(strips.readOut(), expected);
        QCOMPARE(strips.accessibleDescription(), expected);
        QTest::keyClick(&strips, Qt::Key_Right);
        QCOMPARE(strips.chosen(), 2LL);
        QTest::keyClick(&strips, Qt::Key_End);
        QTest::keyClick(&strips, Qt::Key_Right);
        QCOMPARE(strips.chosen(), 3LL);
        QTest::keyClick(&strips, Qt::Key_Home);
        QTest::keyClick(&strips, Qt::Key_Left);
        QCOMPARE(strips.chosen(), 0LL);
        QVERIFY(!test::rendered(strips).isNull());
        QTest::keyClick(&strips, Qt::Key_Escape);
        QCOMPARE(strips.chosen(), -1LL);
    }

    void somethingElseThanASumIsSaid() {
        const ThemeSource theme;
        SumStrips strips(theme);
        strips.resize(420, 160);
        SumFigure figure = positionSum({1, -1, 0, 0.5F}, {1, 0.25F, 0, 0.5F});
        figure.tokenName = QStringLiteral("before");
        figure.positionName = QStringLiteral("slope");
        figure.sumName = QStringLiteral("after");
        strips.setFigure(figure);
        const double left = strips.stripRect(0).left();
        figure.sign = QStringLiteral("− 0.1 ×");
        strips.setFigure(figure);
        QVERIFY(strips.stripRect(0).left() > left);  // the sign has room before the names
        QTest::keyClick(&strips, Qt::Key_Home);
        QCOMPARE(strips.readOut(),
                 QStringLiteral("dimension 0 · before 1.000000 · − 0.1 × slope 1.000000 · = after 2.000000"));
        const QImage plain = strips.grab().toImage();
        figure.numbers = true;
        strips.setFigure(figure);
        QVERIFY(strips.grab().toImage() != plain);
    }

    void theLargestOfManyDimensionsIsChosen() {
        const ThemeSource theme;
        SumStrips strips(theme);
        strips.resize(320, 160);
        std::vector<float> token(4096, 0.01F);
        token[2051] = -3;
        strips.setFigure(positionSum(token, std::vector<float>(4096, 0)));
        const QRectF rect = strips.stripRect(2);
        test::moveTo(strips, QPoint(static_cast<int>(rect.left() + rect.width() * 2051 / 4096),
                                    static_cast<int>(rect.center().y())));
        QCOMPARE(strips.chosen(), 2051LL);
        SumFigure none;
        none.message = QStringLiteral("Nothing is selected yet.");
        strips.setFigure(none);
        QCOMPARE(strips.chosen(), -1LL);
        QTest::keyClick(&strips, Qt::Key_Right);
        QCOMPARE(strips.chosen(), -1LL);
        QVERIFY(!test::rendered(strips).isNull());
        QCOMPARE(strips.accessibleDescription(), none.message);
    }
};

QTEST_MAIN(PositionFiguresTest)
#include "position_figures_test.moc"

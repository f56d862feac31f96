// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/sum_matrices.h"

#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

std::vector<float> waves(std::size_t count, double step) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = static_cast<float>(std::sin(step * static_cast<double>(i + 1)));
    }
    return values;
}

std::shared_ptr<const InputMatrices> inputOf(std::size_t rows, std::size_t dimension, bool hasHole = false) {
    WorkerPool pool(1);
    NoProgress progress;
    auto input = std::make_shared<InputMatrices>();
    input->rows = rows;
    std::vector<float> tokens = waves(rows * dimension, 0.7);
    if (hasHole) {
        std::fill_n(tokens.begin() + static_cast<std::ptrdiff_t>(dimension), dimension,
                    std::numeric_limits<float>::quiet_NaN());
    }
    const std::vector<float> positions = waves(rows * dimension, 0.31);
    std::vector<float> sums;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        sums.push_back(tokens[i] + positions[i]);
    }
    input->tokens = MatrixLevels::build(tokens, dimension, pool, progress).value();
    input->positions = MatrixLevels::build(positions, dimension, pool, progress).value();
    input->sums = MatrixLevels::build(sums, dimension, pool, progress).value();
    input->limit = 2;
    return input;
}

struct Stage {
    explicit Stage(std::size_t rows = 8, std::size_t dimension = 10, QSize size = {800, 400}) {
        figure.input = inputOf(rows, dimension, true);
        figure.names = {QStringLiteral("wte"), QStringLiteral("wpe"), QStringLiteral("input")};
        matrices.setRowLabel([](std::size_t row) { return QStringLiteral("token%1").arg(row); });
        matrices.setFigure(figure);
        matrices.resize(size);
    }
    [[nodiscard]] bool ready() {
        matrices.show();
        return QTest::qWaitForWindowExposed(&matrices);
    }

    ThemeSource themes;
    SumMatricesFigure figure;
    SumMatrices matrices{themes};
};

}  // namespace

class SumMatricesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void aCellHasOneColourInEach() {
        Stage stage;
        QVERIFY(stage.ready());
        const QImage image = stage.matrices.grab().toImage();
        const InputMatrices& input = *stage.figure.input;
        const std::array levels = {input.tokens, input.positions, input.sums};
        for (int matrix = 0; matrix < 3; ++matrix) {
            for (const std::size_t row : {0U, 1U, 7U}) {
                for (const std::size_t column : {0U, 2U, 9U}) {
                    const float value = levels[static_cast<std::size_t>(matrix)]->row(row)[column];
                    const QPoint at = stage.matrices.cellRect(matrix, row, column).center().toPoint();
                    const Theme& theme = stage.themes.theme();
                    const QRgb expected = std::isnan(value)
                                              ? theme.control.rgb()
                                              : signedColor(theme, static_cast<double>(value), 2);
                    const QColor found = image.pixelColor(at);
                    QVERIFY2(std::abs(found.red() - qRed(expected)) <= 2 &&
                                 std::abs(found.blue() - qBlue(expected)) <= 2,
                             qPrintable(QStringLiteral("%1 %2 %3").arg(matrix).arg(row).arg(column)));
                }
            }
        }
    }

    void pointingReadsOutThreeNumbers() {
        Stage stage;
        QVERIFY(stage.ready());
        QSignalSpy hovered(&stage.matrices, &SumMatrices::rowHovered);
        for (int matrix = 0; matrix < 3; ++matrix) {
            test::moveTo(stage.matrices, stage.matrices.cellRect(matrix, 2, 5).center());
            const InputMatrices& input = *stage.figure.input;
            const auto number = [](float value) {
                return QString::number(static_cast<double>(value), 'f', 4).replace(u'-', QChar(0x2212));
            };
            QCOMPARE(stage.matrices.readOut(),
                     QStringLiteral("token2 · position 2 · dimension 5 · %1 + %2 = %3")
                         .arg(number(input.tokens->row(2)[5]), number(input.positions->row(2)[5]),
                              number(input.sums->row(2)[5])));
        }
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered[0][0].toInt(), 2);
        test::moveTo(stage.matrices, {2, 2});
        QVERIFY(stage.matrices.readOut().isEmpty());
        QCOMPARE(hovered.last()[0].toInt(), -1);
    }

    void aClickSelectsTheToken() {
        Stage stage;
        QVERIFY(stage.ready());
        QSignalSpy clicked(&stage.matrices, &SumMatrices::rowClicked);
        QTest::mouseClick(&stage.matrices, Qt::LeftButton, {},
                          stage.matrices.cellRect(1, 6, 3).center().toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toInt(), 6);
    }

    void keysDoTheSame() {
        Stage stage;
        QVERIFY(stage.ready());
        stage.figure.selectedRow = 3;
        stage.matrices.setFigure(stage.figure);
        stage.matrices.setFocus();
        QSignalSpy moved(&stage.matrices, &SumMatrices::moveSelection);
        QTest::keyClick(&stage.matrices, Qt::Key_Down);
        QTest::keyClick(&stage.matrices, Qt::Key_Up);
        QCOMPARE(moved.count(), 2);
        QCOMPARE(moved[0][0].toInt(), 1);
        QTest::keyClick(&stage.matrices, Qt::Key_Right);
        QTest::keyClick(&stage.matrices, Qt::Key_Right);
        QVERIFY(stage.matrices.readOut().startsWith(QStringLiteral("token3 · position 3 · dimension 1 · ")));
        QCOMPARE(stage.matrices.accessibleDescription(), stage.matrices.readOut());
        QTest::keyClick(&stage.matrices, Qt::Key_Escape);
        QVERIFY(stage.matrices.readOut().isEmpty());
    }

    void aLongTextScrollsAndZooms() {
        Stage stage(5000, 40);
        QVERIFY(stage.ready());
        QCOMPARE(stage.matrices.firstRow(), 0.0);
        const double named = stage.matrices.rowCount();
        QVERIFY(named > 10 && named < 40);
        stage.matrices.setFocus();
        QTest::keyClick(&stage.matrices, Qt::Key_End);
        QCOMPARE(stage.matrices.firstRow() + stage.matrices.rowCount(), 5000.0);
        QTest::keyClick(&stage.matrices, Qt::Key_Home);
        QCOMPARE(stage.matrices.firstRow(), 0.0);
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(&stage.matrices, Qt::Key_Minus);
        }
        QCOMPARE(stage.matrices.rowCount(), 5000.0);
        QVERIFY(!stage.matrices.grab().isNull());
        // The selected one is brought into view.
        for (int i = 0; i < 30; ++i) {
            QTest::keyClick(&stage.matrices, Qt::Key_Plus);
        }
        stage.figure.selectedRow = 4321;
        stage.matrices.setFigure(stage.figure);
        QVERIFY(stage.matrices.firstRow() <= 4321 &&
                stage.matrices.firstRow() + stage.matrices.rowCount() >= 4322);
        QVERIFY(!stage.matrices.cellRect(0, 4321, 0).isEmpty());
    }

    void anySizeAndShape_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("dimension");
        QTest::newRow("one number") << 2 << 1;
        QTest::newRow("more numbers than pixels") << 12 << 3000;
        QTest::newRow("more rows than pixels") << 3000 << 3;
    }
    void anySizeAndShape() {
        QFETCH(const int, rows);
        QFETCH(const int, dimension);
        for (const QSize size : {QSize(240, 120), QSize(700, 300), QSize(1900, 1000)}) {
            Stage stage(static_cast<std::size_t>(rows), static_cast<std::size_t>(dimension), size);
            QVERIFY(stage.ready());
            stage.matrices.setView(0, rows);
            for (int x = 0; x < size.width(); x += 37) {
                for (int y = 0; y < size.height(); y += 23) {
                    test::moveTo(stage.matrices, QPointF(x, y));
                }
            }
            QVERIFY(!stage.matrices.grab().isNull());
            QVERIFY(QRectF(stage.matrices.rect()).contains(stage.matrices.mapRect(2)));
        }
    }

    void withoutRowsThereIsAMessage() {
        ThemeSource themes;
        SumMatrices matrices(themes);
        SumMatricesFigure figure;
        figure.message = QStringLiteral("No model is open.");
        matrices.setFigure(figure);
        matrices.resize(400, 200);
        matrices.show();
        QVERIFY(QTest::qWaitForWindowExposed(&matrices));
        QCOMPARE(matrices.accessibleDescription(), figure.message);
        for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_End, Qt::Key_Plus}) {
            QTest::keyClick(&matrices, key);
        }
        test::moveTo(matrices, {100, 100});
        QVERIFY(matrices.readOut().isEmpty());
    }
};

QTEST_MAIN(SumMatricesTest)
#include "sum_matrices_test.moc"

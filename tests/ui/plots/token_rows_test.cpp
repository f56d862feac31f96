// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/token_rows.h"

#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/plots/color_scale.h"
#include "ui/plots/rotary_plot.h"

#include <cmath>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

/// Two blocks of two lines, of so many numbers each.
TokenRowFigure figureOf(std::size_t dimension) {
    auto numbers = std::make_shared<std::vector<float>>(dimension, 0.1F);
    (*numbers)[dimension / 3] = -2;
    TokenRowFigure figure;
    figure.owner = numbers;
    figure.columns = {QStringLiteral("without"), QStringLiteral("with")};
    figure.limit = 2;
    for (const char* title : {"first", "second"}) {
        TokenRowBlock block{QString::fromLatin1(title), {}};
        for (int i = 0; i < 2; ++i) {
            block.lines.push_back({QString::number(i),
                                   QStringLiteral("word"),
                                   QStringLiteral("17"),
                                   i,
                                   false,
                                   {std::span<const float>(*numbers), std::span<const float>(*numbers)}});
        }
        figure.blocks.push_back(block);
    }
    return figure;
}

}  // namespace

class TokenRowsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void manyDimensionsShareAPixel() {
        ThemeSource theme;
        TokenRows rows(theme);
        rows.resize(500, 300);
        rows.setFigure(figureOf(3000));
        QVERIFY(test::showActive(rows));
        const QRectF strip = rows.stripRect(0, 0, 0);
        QVERIFY(strip.width() < 300);
        // The one that stands out is seen, and is what the pointer finds there.
        const QPointF at(strip.left() + strip.width() * (1000.5 / 3000), strip.center().y());
        test::moveTo(rows, at);
        QCOMPARE(rows.chosen()->dimension, std::size_t(1000));
        test::moveTo(rows, QPointF(2, 2));
        QVERIFY(!rows.chosen());
        const QImage image = test::rendered(rows);
        const QPoint pixel(static_cast<int>(std::floor(at.x())), static_cast<int>(std::floor(at.y())));
        QCOMPARE(image.pixel(pixel), signedColor(theme.theme(), -2, 2));
        QCOMPARE(image.pixel(QPointF(strip.right() - 5, at.y()).toPoint()),
                 signedColor(theme.theme(), 0.1, 2));
    }

    void whatIsNotThereYetIsEmpty() {
        ThemeSource theme;
        TokenRows rows(theme);
        TokenRowFigure figure = figureOf(8);
        figure.blocks[0].lines[1].strips[0] = {};
        rows.resize(500, 300);
        rows.setFigure(figure);
        QVERIFY(test::showActive(rows));
        const QPointF hole = rows.stripRect(0, 1, 0).center();
        QCOMPARE(test::rendered(rows).pixelColor(hole.toPoint()), theme.theme().field);
        test::moveTo(rows, hole);
        QVERIFY(!rows.chosen());
        // The keys pass it by.
        QTest::keyClick(&rows, Qt::Key_Right);
        QTest::keyClick(&rows, Qt::Key_Down);
        QCOMPARE(*rows.chosen(), (TokenRowPlace{1, 0, 0, 0}));
        QSignalSpy clicks(&rows, &TokenRows::lineClicked);
        QTest::keyClick(&rows, Qt::Key_Return);
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(clicks[0][0].value<std::size_t>(), std::size_t(1));
    }

    void itAsksForTheHeightItNeeds() {
        ThemeSource theme;
        TokenRows rows(theme);
        rows.setFigure(figureOf(8));
        const int plain = rows.heightForWidth(500);
        TokenRowFigure figure = figureOf(8);
        figure.numberTitle = QStringLiteral("distances");
        figure.numbers.push_back({QStringLiteral("means"), {QStringLiteral("0"), QStringLiteral("1")}, {}});
        figure.note = QStringLiteral("a note of some length that is broken into lines where it has to be");
        rows.setFigure(figure);
        QVERIFY(rows.heightForWidth(500) > plain + 50);
        QVERIFY(rows.heightForWidth(rows.minimumSizeHint().width()) > rows.heightForWidth(900));
        const int least = rows.minimumSizeHint().width();
        theme.setTextScale(1.5);
        QVERIFY(rows.minimumSizeHint().width() > least);
        QVERIFY(rows.accessibleDescription().contains(QStringLiteral("means: without 0, with 1")));
    }

    void aSentenceInPlaceOfRows() {
        ThemeSource theme;
        TokenRows rows(theme);
        TokenRowFigure figure;
        figure.message = QStringLiteral("No model is open.");
        rows.setFigure(figure);
        rows.resize(400, 100);
        QVERIFY(test::showActive(rows));
        QCOMPARE(rows.accessibleDescription(), figure.message);
        QTest::keyClick(&rows, Qt::Key_Right);
        QVERIFY(!rows.chosen());
    }

    void handsOfTheDial() {
        RotaryFigure figure;
        figure.queryHand = {1, 0};
        figure.keyHand = {0, 2};
        QCOMPARE(degreesBetween(figure), 90.0);
        figure.keyHand = {-1, -1e-12};
        QVERIFY(std::abs(std::abs(degreesBetween(figure)) - 180) < 1e-6);
        figure.keyHand = {1, -1};
        QCOMPARE(degreesBetween(figure), -45.0);
    }

    void aLevelLineIsLevel() {
        ThemeSource theme;
        RotaryPlot plot(theme);
        RotaryFigure figure;
        figure.scores = {-1, 0.5, 2};
        figure.queryPosition = 1;
        figure.slide = {2, 2, 2, 2};
        figure.queryHand = {1, 0};
        figure.keyHand = {0.5, 0.5};
        plot.setFigure(figure);
        plot.resize(500, 300);
        QVERIFY(test::showActive(plot));
        QCOMPARE(figure.difference(), 1LL);
        QCOMPARE(figure.score(), 2.0);
        for (const QRectF& part : {plot.dialRect(), plot.scoreRect(), plot.slideRect()}) {
            QVERIFY(QRectF(plot.rect()).contains(part));
        }
        QVERIFY(!plot.scoreRect().intersects(plot.slideRect()));
        QVERIFY(!plot.dialRect().intersects(plot.scoreRect()));
        // Both curves stand on one scale: the highest score is the top of both.
        const QImage image = test::rendered(plot);
        const QColor line = theme.theme().category(0);
        const auto topOf = [&](const QRectF& part, double share) {
            const int x = qRound(part.left() + share * part.width());
            for (int y = qRound(part.top()) - 1; y < part.bottom(); ++y) {
                const QColor seen = image.pixelColor(x, y);
                const int off = std::abs(seen.red() - line.red()) + std::abs(seen.green() - line.green()) +
                                std::abs(seen.blue() - line.blue());
                if (off < 120) {
                    return y - part.top();
                }
            }
            return 1000.0;
        };
        for (const double share : {0.3, 0.5, 0.9}) {
            QVERIFY(std::abs(topOf(plot.slideRect(), share)) < 2);
        }
        test::moveTo(plot, plot.scoreRect().center());
        QCOMPARE(plot.readOut(), QStringLiteral("difference 0 · score 0.50"));
    }
};

QTEST_MAIN(TokenRowsTest)
#include "token_rows_test.moc"

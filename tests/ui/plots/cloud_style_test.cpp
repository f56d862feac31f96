// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_style.h"

#include "ui/plots/oklab.h"
#include "ui/plots/theme.h"

#include <cmath>

#include <QTest>

using namespace lexiscope;

namespace {

CloudStyle shaded(const Theme& theme, double top) {
    CloudStyle style = cloudStyle(theme.cloud, 1.15, 100);
    addShades(style, 100, top, theme.sparse, theme.dense);
    return style;
}

double lightnessOf(QRgb color) {
    return toOklab(QColor(color)).lightness;
}

}  // namespace

class CloudStyleTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void equalRatiosAreEqualSteps_data() {
        QTest::addColumn<int>("theme");
        for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
            QTest::newRow(qPrintable(nameOf(name))) << static_cast<int>(name);
        }
    }
    void equalRatiosAreEqualSteps() {
        QFETCH(int, theme);
        const Theme t = themeOf(static_cast<ThemeName>(theme));
        const CloudTable table(shaded(t, 1024), CloudTable::Of::Shades);
        QCOMPARE(QColor(table(1)), t.sparse);
        QCOMPARE(QColor(table(1024)), t.dense);
        QCOMPARE(table(1e6F), table(1024));
        const double step = (lightnessOf(table(1024)) - lightnessOf(table(1))) / 10;
        for (int power = 0; power < 10; ++power) {
            const double taken =
                lightnessOf(table(std::ldexp(2.0F, power))) - lightnessOf(table(std::ldexp(1.0F, power)));
            QVERIFY2(std::abs(taken - step) < 0.1 * std::abs(step),
                     qPrintable(QString::number(taken / step)));
        }
        // A single point is seen, and the densest place is far from it.
        QVERIFY(contrast(t.sparse, t.field) > 1.5);
        QVERIFY(contrast(t.sparse, t.dense) > 5);
    }

    void whatLiesBetweenOneAndNoneFades() {
        const Theme t = themeOf(ThemeName::Light);
        const CloudTable table(shaded(t, 100), CloudTable::Of::Shades);
        QCOMPARE(table(0), 0U);
        QCOMPARE(table.alpha(0.5F), 128);
        QCOMPARE(table.alpha(1), 255);
        QCOMPARE(table(0.001F), 0U);
    }

    void strengthGrowsWithTheNumber() {
        const Theme t = themeOf(ThemeName::Light);
        const CloudTable table(shaded(t, 100), CloudTable::Of::Strengths);
        QCOMPARE(table.alpha(1), 89);    // 0.35
        QCOMPARE(table.alpha(10), 172);  // half the way
        QCOMPARE(table.alpha(100), 255);
        QCOMPARE(table.alpha(5000), 255);
    }

    void fewPointsHaveNoShades() {
        CloudStyle style = cloudStyle(Qt::black, 1.15, 2.9);
        const CloudStyle plain = style;
        addShades(style, 2.9, 30, Qt::red, Qt::blue);
        QCOMPARE(style.shading, 0.0);
        const CloudTable with(style, CloudTable::Of::Shades);
        const CloudTable without(plain, CloudTable::Of::Shades);
        for (const float n : {0.25F, 1.0F, 3.0F, 40.0F}) {
            QCOMPARE(with(n), without(n));
        }
    }

    void shadesComeInWithoutAJump() {
        QRgb before = 0;
        for (int i = 0; i <= 100; ++i) {
            const double crowd = 2.5 + 6.0 * i / 100;
            CloudStyle style = cloudStyle(QColor(0x9aa3b2), 1.15, crowd);
            addShades(style, crowd, 20, QColor(0xb7becb), QColor(0x061845));
            const QRgb color = CloudTable(style, CloudTable::Of::Shades)(20);
            if (i > 0) {
                QVERIFY(std::abs(qRed(color) - qRed(before)) <= 4);
                QVERIFY(std::abs(qAlpha(color) - qAlpha(before)) <= 4);
            }
            before = color;
        }
        QCOMPARE(before, 0xff061845U);
    }

    void theTopIsAtLeastTwo() {
        CloudStyle style;
        addShades(style, 0, 0, Qt::white, Qt::black);
        QVERIFY(style.top >= 2);
        style.shading = 1;
        QCOMPARE(CloudTable(style, CloudTable::Of::Shades)(2), 0xff000000U);
    }
};

QTEST_GUILESS_MAIN(CloudStyleTest)
#include "cloud_style_test.moc"

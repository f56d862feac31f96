// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/oklab.h"

#include "ui/plots/theme.h"

#include <cmath>

#include <QTest>

using namespace lexiscope;

class OklabTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void knownColors_data() {
        QTest::addColumn<QColor>("color");
        QTest::addColumn<double>("lightness");
        QTest::addColumn<double>("a");
        QTest::addColumn<double>("b");
        // From CSS Color 4's sample code.
        QTest::newRow("white") << QColor(255, 255, 255) << 1.0 << 0.0 << 0.0;
        QTest::newRow("black") << QColor(0, 0, 0) << 0.0 << 0.0 << 0.0;
        QTest::newRow("red") << QColor(255, 0, 0) << 0.62796 << 0.22486 << 0.12585;
        QTest::newRow("lime") << QColor(0, 255, 0) << 0.86644 << -0.23389 << 0.17950;
        QTest::newRow("blue") << QColor(0, 0, 255) << 0.45201 << -0.03246 << -0.31153;
    }
    void knownColors() {
        QFETCH(QColor, color);
        QFETCH(double, lightness);
        QFETCH(double, a);
        QFETCH(double, b);
        const Oklab lab = toOklab(color);
        QVERIFY(std::abs(lab.lightness - lightness) < 1e-4);
        QVERIFY(std::abs(lab.a - a) < 1e-4);
        QVERIFY(std::abs(lab.b - b) < 1e-4);
    }

    void everyColorComesBack() {
        for (int red = 0; red < 256; red += 15) {
            for (int green = 0; green < 256; green += 15) {
                for (int blue = 0; blue < 256; blue += 15) {
                    const QColor color(red, green, blue);
                    QCOMPARE(fromOklab(toOklab(color)), color);
                }
            }
        }
    }

    void linearAndEncodedAreInverse() {
        for (int level = 0; level < 256; ++level) {
            QVERIFY(std::abs(encodedOf(linearOf(level / 255.0)) - level / 255.0) < 1e-6);
        }
        QVERIFY(std::abs(linearOf(0.5) - 0.21404) < 1e-5);
    }

    void theScaleOfNumbersGoesInEvenStepsOfLightness_data() {
        QTest::addColumn<int>("theme");
        for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
            QTest::newRow(qPrintable(nameOf(name))) << static_cast<int>(name);
        }
    }
    void theScaleOfNumbersGoesInEvenStepsOfLightness() {
        QFETCH(int, theme);
        const Theme t = themeOf(static_cast<ThemeName>(theme));
        const double step = (toOklab(t.number(1)).lightness - toOklab(t.number(0)).lightness) / 10;
        QVERIFY(std::abs(step) > 0.035);
        // What stands out most against the field is the high end.
        QVERIFY((step > 0) == t.isDark());
        for (int i = 0; i < 10; ++i) {
            const double taken =
                toOklab(t.number((i + 1) / 10.0)).lightness - toOklab(t.number(i / 10.0)).lightness;
            QVERIFY2(std::abs(taken - step) < 0.12 * std::abs(step),
                     qPrintable(QString::number(taken / step)));
            QVERIFY(contrast(t.number(i / 10.0), t.field) > 1.5);
        }
        for (int a = 0; a < Theme::categoryCount; ++a) {
            QVERIFY(contrast(t.category(a), t.field) > 2);
            for (int b = 0; b < a; ++b) {
                const Oklab one = toOklab(t.category(a));
                const Oklab other = toOklab(t.category(b));
                QVERIFY(std::hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b) > 0.08);
            }
        }
    }
};

QTEST_GUILESS_MAIN(OklabTest)
#include "oklab_test.moc"

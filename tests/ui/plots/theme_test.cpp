// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/theme.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

constexpr std::array themes = {ThemeName::Light, ThemeName::Dark, ThemeName::Print};

QImage drawn(const QFont& font, const QStringList& parts) {
    QImage image(240, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    const double step = QFontMetricsF(font).horizontalAdvance(QLatin1Char('0'));
    double x = 6;
    for (const QString& part : parts) {
        painter.drawText(QPointF(x, 28), part);
        x += step * static_cast<double>(part.size());
    }
    return image;
}

QStringList characters(const QString& text) {
    QStringList result;
    for (const QChar c : text) {
        result << QString(c);
    }
    return result;
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void contrastFollowsItsDefinition();
    void textIsReadable_data();
    void textIsReadable();
    void colorsGivenByTheDesignStand();
    void namesGoBothWays();
    void digitsAndMinusHaveOneWidth();
    void ligaturesAreOff_data();
    void ligaturesAreOff();
    void joiningLettersKeepJoining();
    void sourceTellsOfChangesOnly();
};

void ThemeTest::contrastFollowsItsDefinition() {
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(QColor(0x336699), QColor(0x336699)), 1.0);
    // #767676 is known as the lightest grey that may stand on white: 4.54.
    QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.005);
}

void ThemeTest::textIsReadable_data() {
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("paper");
    for (const ThemeName name : themes) {
        const Theme t = themeOf(name);
        const QString theme = nameOf(name);
        const std::pair<const char*, QColor> inks[] = {{"text", t.text},
                                                       {"muted", t.muted},
                                                       {"accent", t.accent},
                                                       {"warning", t.warning},
                                                       {"error", t.error}};
        const std::pair<const char*, QColor> papers[] = {
            {"window", t.window}, {"surface", t.surface}, {"field", t.field}, {"control", t.control}};
        for (const auto& [inkName, ink] : inks) {
            for (const auto& [paperName, paper] : papers) {
                QTest::addRow("%s: %s on %s", qPrintable(theme), inkName, paperName) << ink << paper;
            }
        }
        QTest::addRow("%s: accent on accentSurface", qPrintable(theme)) << t.accent << t.accentSurface;
        QTest::addRow("%s: text on accentSurface", qPrintable(theme)) << t.text << t.accentSurface;
        QTest::addRow("%s: muted on accentSurface", qPrintable(theme)) << t.muted << t.accentSurface;
        QTest::addRow("%s: primaryText on primary", qPrintable(theme)) << t.primaryText << t.primary;
        QTest::addRow("%s: selected text", qPrintable(theme))
            << t.palette().color(QPalette::HighlightedText) << t.palette().color(QPalette::Highlight);
        for (int i = 0; i < 8; ++i) {
            QTest::addRow("%s: text on chip %d", qPrintable(theme), i) << t.text << t.chip(i);
        }
    }
}

void ThemeTest::textIsReadable() {
    QFETCH(QColor, ink);
    QFETCH(QColor, paper);
    const double ratio = contrast(ink, paper);
    QVERIFY2(ratio >= 4.5,
             qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), paper.name()).arg(ratio)));
}

void ThemeTest::colorsGivenByTheDesignStand() {
    const Theme light = themeOf(ThemeName::Light);
    QCOMPARE(light.surface, QColor(0xffffff));
    QCOMPARE(light.window, QColor(0xf3f4f7));
    QCOMPARE(light.muted, QColor(0x666d7a));
    QCOMPARE(light.slot(0), QColor(0x0072b2));
    QCOMPARE(light.slot(1), QColor(0xd55e00));
    const Theme dark = themeOf(ThemeName::Dark);
    QCOMPARE(dark.surface, QColor(0x1c2028));
    QCOMPARE(dark.muted, QColor(0x98a1b0));
    QCOMPARE(dark.accent, QColor(0x8fb4ff));
    QVERIFY(themeOf(ThemeName::Print).textFont(13).pixelSize() > light.textFont(13).pixelSize());
}

void ThemeTest::namesGoBothWays() {
    for (const ThemeName name : themes) {
        ThemeName back = ThemeName::Light;
        QVERIFY(themeFromName(nameOf(name), back));
        QCOMPARE(back, name);
    }
    ThemeName untouched = ThemeName::Print;
    QVERIFY(!themeFromName(QStringLiteral("Dark "), untouched));
    QCOMPARE(untouched, ThemeName::Print);
}

void ThemeTest::digitsAndMinusHaveOneWidth() {
    const QFont font = themeOf(ThemeName::Light).monoFont(12);
    if (QFontInfo(font).family() != QLatin1String("JetBrains Mono")) {
        QSKIP("the package fonts-jetbrains-mono is not installed");
    }
    const QFontMetricsF metrics(font);
    QCOMPARE(metrics.horizontalAdvance(QStringLiteral("1111.11")),
             metrics.horizontalAdvance(QStringLiteral("8888.88")));
    QCOMPARE(metrics.horizontalAdvance(QString(QChar(0x2212))),
             metrics.horizontalAdvance(QStringLiteral("0")));
}

void ThemeTest::ligaturesAreOff_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"->", "!=", "==>", "-->", "<=", "www"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void ThemeTest::ligaturesAreOff() {
    QFETCH(QString, text);
    const QFont mono = themeOf(ThemeName::Light).monoFont(20);
    if (QFontInfo(mono).family() != QLatin1String("JetBrains Mono")) {
        QSKIP("the package fonts-jetbrains-mono is not installed");
    }
    QCOMPARE(drawn(mono, {text}), drawn(mono, characters(text)));
    QCOMPARE(drawn(tokenFont(mono, text), {text}), drawn(mono, characters(text)));
    // With a font that has no ligatures this would prove nothing.
    QFont shaped = mono;
    shaped.setStyleStrategy(QFont::PreferDefault);
    const QString arrow = QStringLiteral("->");
    QVERIFY(drawn(shaped, {arrow}) != drawn(shaped, characters(arrow)));
}

void ThemeTest::joiningLettersKeepJoining() {
    const Theme theme = themeOf(ThemeName::Light);
    for (const QFont& font : {theme.monoFont(13), theme.textFont(13)}) {
        QCOMPARE(tokenFont(font, QString::fromUtf8("سلام")).styleStrategy(), QFont::PreferDefault);
        QCOMPARE(tokenFont(font, QString::fromUtf8("👩‍👧")).styleStrategy(), QFont::PreferDefault);
        QCOMPARE(tokenFont(font, QStringLiteral("->")).styleStrategy(), QFont::PreferNoShaping);
        QCOMPARE(tokenFont(font, QStringLiteral("10x10")).styleStrategy(), QFont::PreferNoShaping);
    }
    QCOMPARE(tokenFont(theme.textFont(13), QStringLiteral("Avenue")).styleStrategy(), QFont::PreferDefault);
}

void ThemeTest::sourceTellsOfChangesOnly() {
    ThemeSource source;
    QSignalSpy changes(&source, &ThemeSource::changed);
    source.set(ThemeName::Light);
    QCOMPARE(changes.size(), 0);
    source.set(ThemeName::Dark);
    QCOMPARE(changes.size(), 1);
    QVERIFY(source.theme().isDark());
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"

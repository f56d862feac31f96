// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/other_programs.h"
#include "tests/support/qt_warnings.h"
#include "ui/figures/pdf_writer.h"
#include "ui/figures/svg_writer.h"
#include "ui/plots/theme.h"

#include <QLinearGradient>
#include <QTest>
#include <QXmlStreamReader>

using namespace lexiscope;

namespace {

FigureShape area(const QRectF& rect, const QBrush& fill) {
    QPainterPath path;
    path.addRect(rect);
    return {path, fill, Qt::NoPen, 1, false};
}

FigureText textAt(QPointF at, const QString& text, const QFont& font) {
    return {text,
            font,
            Qt::black,
            QTransform::fromTranslate(at.x(), at.y()),
            QFontMetricsF(font).horizontalAdvance(text),
            1,
            false,
            std::nullopt};
}

/// A bit of everything on white, 200 × 100.
FigurePicture sample() {
    FigurePicture picture;
    picture.size = QSizeF(200, 100);
    picture.title = QStringLiteral("A <sample> & more");
    picture.items.emplace_back(area({0, 0, 200, 100}, Qt::white));
    QLinearGradient gradient(0, 0, 50, 0);
    gradient.setStops({{0, Qt::blue}, {0.5, Qt::white}, {1, Qt::red}});
    QBrush brush(gradient);
    brush.setTransform(QTransform::fromTranslate(20, 0));
    picture.items.emplace_back(area({20, 10, 50, 20}, brush));
    QPainterPath curve(QPointF(10, 90));
    curve.cubicTo(60, 40, 120, 120, 190, 60);
    picture.items.emplace_back(FigureShape{curve, Qt::NoBrush, QPen(Qt::darkGreen, 3), 1, false});
    QPainterPath circle;
    circle.addEllipse(QPointF(150, 25), 12, 12);
    picture.items.emplace_back(FigureShape{circle, QColor(200, 0, 0), QPen(Qt::black, 2), 0.5, true});
    QImage image(4, 4, QImage::Format_ARGB32);
    image.fill(Qt::magenta);
    picture.items.emplace_back(FigureImage{QRectF(90, 10, 20, 20), image, 1});
    picture.items.emplace_back(
        textAt({20, 60}, QStringLiteral("Rows, centred"), themeOf(ThemeName::Light).textFont(14)));
    FigureText turned = textAt({}, QStringLiteral("PC 2"), themeOf(ThemeName::Light).textFont(12));
    turned.place = QTransform(0, -1, 1, 0, 190, 90);
    picture.items.emplace_back(turned);
    return picture;
}

QByteArray svg(const FigurePicture& picture) {
    return svgOf(picture, QStringLiteral("200"), QStringLiteral("100"));
}

QByteArray svgOfText(const QString& text, const QFont& font = themeOf(ThemeName::Light).textFont(14)) {
    FigurePicture picture;
    picture.size = QSizeF(200, 100);
    picture.items.emplace_back(textAt({10, 50}, text, font));
    return svg(picture);
}

/// The text of all <text> elements, one a line; "not XML" with the reason where it is none.
QString textOfSvg(const QByteArray& bytes) {
    QXmlStreamReader reader(bytes);
    QStringList texts;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text")) {
            texts << reader.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    }
    return reader.hasError() ? QStringLiteral("not XML: ") + reader.errorString() : texts.join(u'\n');
}

}  // namespace

class FigureWritersTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theSvgIsPaintedByAnother() {
        const QImage painted = test::paintedSvg(svg(sample()));
        QCOMPARE(painted.size(), QSize(200, 100));
        checkSample(painted);
    }

    void thePdfIsPaintedByAnother() {
        const QImage painted = test::paintedPdf(pdfOf(sample(), QSizeF(150, 75)));
        QCOMPARE(painted.size(), QSize(200, 100));
        checkSample(painted);
    }

    void bothHoldTheText() {
        QCOMPARE(textOfSvg(svg(sample())), QStringLiteral("Rows, centred\nPC 2"));
        const QString found = test::textOfPdf(pdfOf(sample(), QSizeF(150, 75)));
        QVERIFY2(found.contains(QStringLiteral("Rows, centred")), qPrintable(found));
    }

    void theSameIsTheSameBytes() {
        QCOMPARE(svg(sample()), svg(sample()));
        qputenv("SOURCE_DATE_EPOCH", "1700000000");
        const QByteArray first = pdfOf(sample(), QSizeF(150, 75));
        QVERIFY(first.contains("/CreationDate (D:20231114221320"));
        QCOMPARE(pdfOf(sample(), QSizeF(150, 75)), first);
        qunsetenv("SOURCE_DATE_EPOCH");
    }

    void titleAndSizeAreSaid() {
        const QByteArray bytes = svgOf(sample(), QStringLiteral("160mm"), QStringLiteral("80mm"));
        QVERIFY(bytes.contains(" width=\"160mm\" height=\"80mm\" viewBox=\"0 0 200 100\""));
        QVERIFY(bytes.contains("<title>A &lt;sample&gt; &amp; more</title>"));
    }

    void whatXmlCannotHoldIsReplaced_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");
        const QString replaced(QChar(0xfffd));
        QTest::newRow("markup") << QStringLiteral("<b> & \"q\"") << QStringLiteral("<b> & \"q\"");
        QTest::newRow("a control character")
            << QStringLiteral("a") + QChar(1) + u'b' << u'a' + replaced + u'b';
        QTest::newRow("half a pair") << QStringLiteral("a") + QChar(0xd83d) << u'a' + replaced;
        QTest::newRow("no character") << QStringLiteral("a") + QChar(0xffff) << u'a' + replaced;
        QTest::newRow("spaces") << QStringLiteral(" a  b ") << QStringLiteral(" a  b ");
        QTest::newRow("scripts") << QStringLiteral("café 日本 Ωδή") << QStringLiteral("café 日本 Ωδή");
    }
    void whatXmlCannotHoldIsReplaced() {
        QFETCH(const QString, text);
        QFETCH(const QString, read);
        const QByteArray bytes = svgOfText(text);
        QCOMPARE(textOfSvg(bytes), read);
        QVERIFY(!test::paintedSvg(bytes).isNull());
    }

    void familiesAreThoseThatAreSeen() {
        const Theme theme = themeOf(ThemeName::Light);
        QVERIFY(svgOfText(QStringLiteral("a")).contains("font-family=\"Inter, sans-serif\""));
        QVERIFY(svgOfText(QStringLiteral("a"), theme.monoFont(12))
                    .contains("font-family=\"'JetBrains Mono', monospace\""));
        QVERIFY(svgOfText(QStringLiteral("a 日")).contains("font-family=\"'Noto Sans CJK SC', sans-serif\""));
        QVERIFY(svgOfText(QStringLiteral("a"), theme.textFont(12, QFont::DemiBold))
                    .contains("font-weight=\"600\""));
    }

    void charactersAreNotJoined() {
        // JetBrains Mono has an arrow for "->"; another program must not use it for a token.
        const QByteArray bytes = svgOfText(QStringLiteral("a->b"), themeOf(ThemeName::Light).monoFont(14));
        QVERIFY(bytes.contains("a-<tspan"));
        QCOMPARE(textOfSvg(bytes), QStringLiteral("a->b"));
    }

    void signsThatTheFontChangesAreFoundInThePdf() {
        FigurePicture picture;
        picture.size = QSizeF(200, 100);
        picture.items.emplace_back(
            textAt({10, 50}, QStringLiteral("16 × 128 = 2,048"), themeOf(ThemeName::Light).textFont(14)));
        const QString found = test::textOfPdf(pdfOf(picture, picture.size)).simplified();
        QCOMPARE(found, QStringLiteral("16 × 128 = 2,048"));
    }

    void emojiAreSeenInColour() {
        FigurePicture picture;
        picture.size = QSizeF(100, 40);
        picture.items.emplace_back(area({0, 0, 100, 40}, Qt::white));
        picture.items.emplace_back(
            textAt({10, 30}, QStringLiteral("😀"), themeOf(ThemeName::Light).textFont(24)));
        const QByteArray bytes = svgOf(picture, QStringLiteral("100"), QStringLiteral("40"));
        QCOMPARE(textOfSvg(bytes), QStringLiteral("😀"));
        for (const QImage& painted : {test::paintedSvg(bytes), test::paintedPdf(pdfOf(picture, {75, 30}))}) {
            int yellow = 0;
            for (int y = 0; y < painted.height(); ++y) {
                for (int x = 0; x < painted.width(); ++x) {
                    const QColor color = painted.pixelColor(x, y);
                    yellow += color.red() > 220 && color.green() > 150 && color.blue() < 120 ? 1 : 0;
                }
            }
            QVERIFY2(yellow > 100, qPrintable(QString::number(yellow)));
        }
    }

    void textThatIsPartlyOutOfSightIsClipped() {
        FigurePicture picture;
        picture.size = QSizeF(200, 100);
        picture.items.emplace_back(area({0, 0, 200, 100}, Qt::white));
        FigureText text = textAt({10, 60}, QStringLiteral("MMMM"), themeOf(ThemeName::Light).textFont(30));
        text.clip = QRectF(0, 0, 200, 50);
        picture.items.emplace_back(text);
        for (const QImage& painted :
             {test::paintedSvg(svg(picture)), test::paintedPdf(pdfOf(picture, {150, 75}))}) {
            bool inkAbove = false;
            for (int x = 0; x < 200; ++x) {
                inkAbove = inkAbove || qGray(painted.pixel(x, 45)) < 100;
                QCOMPARE(painted.pixelColor(x, 55), QColor(Qt::white));
            }
            QVERIFY(inkAbove);
        }
    }

  private:
    static void checkSample(const QImage& painted) {
        const auto near = [&painted](int x, int y, const QColor& color) {
            const QColor found = painted.pixelColor(x, y);
            return std::abs(found.red() - color.red()) < 14 && std::abs(found.green() - color.green()) < 14 &&
                   std::abs(found.blue() - color.blue()) < 14;
        };
        QVERIFY(near(21, 20, QColor(10, 10, 255)));  // the gradient begins where it was moved to
        QVERIFY(near(45, 20, Qt::white));
        QVERIFY(near(68, 20, QColor(255, 10, 10)));
        QVERIFY(near(100, 20, Qt::magenta));
        QVERIFY(near(150, 25, QColor(228, 128, 128)));  // half of it lets the white through
        QVERIFY(near(5, 5, Qt::white));
        int ink = 0;
        for (int y = 48; y < 62; ++y) {
            for (int x = 20; x < 115; ++x) {
                ink += qGray(painted.pixel(x, y)) < 128 ? 1 : 0;
            }
        }
        QVERIFY(ink > 100);
    }
};

QTEST_MAIN(FigureWritersTest)
#include "figure_writers_test.moc"

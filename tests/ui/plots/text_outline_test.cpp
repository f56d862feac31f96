// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/text_outline.h"

#include "ui/plots/theme.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace lexiscope;

namespace {

const QString word = QStringLiteral("widow");

QPainterPath outline() {
    return textOutline(QPointF(10, 20), themeOf(ThemeName::Light).textFont(13, QFont::Medium), word);
}

/// Sets a text as pixels, at parts of a pixel.
void paint(int size, double scale, const QString& text) {
    QImage image(600, 80, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.setFont(themeOf(ThemeName::Light).textFont(size, QFont::Medium));
    painter.drawText(QPointF(10.3, 30), text);
}

}  // namespace

class TextOutlineTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void itIsWhereTheTextIs() {
        const QFontMetricsF metrics(themeOf(ThemeName::Light).textFont(13, QFont::Medium));
        const QRectF bounds = outline().boundingRect();
        QVERIFY(QRectF(10, 20 - metrics.ascent(), metrics.horizontalAdvance(word), metrics.height())
                    .contains(bounds));
        QVERIFY(bounds.width() > 30 && bounds.height() > 8);
        QVERIFY(textOutline(QPointF(), QFont(), QString()).isEmpty());
    }

    void itDoesNotDependOnWhatWasPaintedBefore() {
        const QPainterPath first = outline();
        for (int i = 0; i < 40; ++i) {
            paint(10 + i % 7, 1 + 0.1 * (i % 5), QChar(u'a' + i % 26) + word);
            QVERIFY2(outline() == first, qPrintable(QString::number(i)));
        }
    }
};

QTEST_MAIN(TextOutlineTest)
#include "text_outline_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_bytes.h"

#include <random>

#include <QTest>

using namespace lexiscope;

class TextBytesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void soundTextsAreTheirCharacters() {
        const QString text = QStringLiteral("naïve 日本語 🙂👩‍👩‍👧 \U0001F4A9");
        QCOMPARE(textOfBytes(text.toUtf8()), text);
        QCOMPARE(bytesOfText(text), text.toUtf8());
        QCOMPARE(textOfBytes({}), QString());
        QCOMPARE(bytesOfText({}), QByteArray());
    }

    void otherBytesAreKeptOneByOne() {
        QCOMPARE(textOfBytes("caf\xE9!"), QStringLiteral("caf") + QChar(0xDCE9) + QStringLiteral("!"));
        QCOMPARE(textOfBytes("\xE2\x96"), QString(QChar(0xDCE2)) + QChar(0xDC96));
        QCOMPARE(textOfBytes("\xEF\xBB\xBFx"), QString(QChar(0xFEFF)) + u'x');
        QCOMPARE(bytesOfText(textOfBytes("\xEF\xBB\xBFx")), QByteArray("\xEF\xBB\xBFx"));
    }

    void anyBytesComeBack() {
        std::mt19937 random(1);
        for (int round = 0; round < 2000; ++round) {
            QByteArray bytes;
            for (std::size_t length = random() % 40; length > 0; --length) {
                bytes += random() % 2 == 0 ? static_cast<char>(random() & 0xFFU)
                                           : "a\xC3\xA9\xF0\x9F\x92\xA9"[random() % 7];
            }
            QCOMPARE(bytesOfText(textOfBytes(bytes)), bytes);
        }
    }

    void otherHalvesOfPairsBecomeQuestionMarks() {
        QCOMPARE(bytesOfText(QString(QChar(0xD83D)) + u'x'), QByteArray("?x"));
        QCOMPARE(bytesOfText(QString(QChar(0xDE42)) + u'x'), QByteArray("?x"));
        // Half of an emoji that lies where escapes do, but as a pair.
        QCOMPARE(bytesOfText(QStringLiteral("\U0001F4A9")), QStringLiteral("\U0001F4A9").toUtf8());
    }
};

QTEST_APPLESS_MAIN(TextBytesTest)
#include "text_bytes_test.moc"

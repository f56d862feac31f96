// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_alphabet.h"

#include <set>

#include <QTest>

using namespace lexiscope;

class ByteAlphabetTest : public QObject {
    Q_OBJECT

  private slots:
    void spellsTheKnownOnes() {
        QCOMPARE(spellingOfBytes(" king"), std::string("Ġking"));
        QCOMPARE(spellingOfBytes("\n"), std::string("Ċ"));
        QCOMPARE(spellingOfBytes("é"), std::string("Ã©"));
        QCOMPARE(spellingOfBytes(std::string(1, '\0')), std::string("Ā"));
        QCOMPARE(spellingOfBytes("\xAD"), std::string("Ń"));
        QCOMPARE(spellingOfBytes(""), std::string());
    }

    void everyByteComesBackAndHasItsOwnSpelling() {
        std::set<std::string> spellings;
        std::string all;
        for (int byte = 0; byte < 256; ++byte) {
            const std::string one(1, static_cast<char>(byte));
            spellings.insert(spellingOfBytes(one));
            QCOMPARE(bytesOfSpelling(spellingOfBytes(one)), std::optional(one));
            all += one;
        }
        QCOMPARE(spellings.size(), std::size_t(256));
        QCOMPARE(bytesOfSpelling(spellingOfBytes(all)), std::optional(all));
    }

    void refusesWhatIsNotOfTheAlphabet_data() {
        QTest::addColumn<QByteArray>("spelling");
        QTest::newRow("a space itself") << QByteArray("a b");
        QTest::newRow("a newline itself") << QByteArray("\n");
        QTest::newRow("U+00AD itself") << QByteArray("\xC2\xAD");
        QTest::newRow("one past the last") << QByteArray("ń");
        QTest::newRow("a character of three bytes") << QByteArray("▁king");
        QTest::newRow("overlong form") << QByteArray("\xC1\xA1");
        QTest::newRow("cut inside a character") << QByteArray("a\xC4");
        QTest::newRow("no continuation") << QByteArray(
            "\xC4"
            "a");
        QTest::newRow("continuation alone") << QByteArray("\xA0");
    }
    void refusesWhatIsNotOfTheAlphabet() {
        QFETCH(QByteArray, spelling);
        QVERIFY(!bytesOfSpelling(spelling.toStdString()));
    }
};

QTEST_APPLESS_MAIN(ByteAlphabetTest)
#include "byte_alphabet_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"

#include <string>
#include <vector>

#include <QChar>
#include <QTest>

using namespace lexiscope;

namespace {

// Written from the bits, without the ranges that the decoder under test uses.
std::string encoded(char32_t value) {
    std::string bytes;
    const auto add = [&bytes](unsigned byte) {
        bytes += static_cast<char>(static_cast<unsigned char>(byte));
    };
    if (value < 0x80) {
        add(value);
    } else if (value < 0x800) {
        add(0xC0U + value / 64);
        add(0x80U + value % 64);
    } else if (value < 0x10000) {
        add(0xE0U + value / 4096);
        add(0x80U + value / 64 % 64);
        add(0x80U + value % 64);
    } else {
        add(0xF0U + value / 262144);
        add(0x80U + value / 4096 % 64);
        add(0x80U + value / 64 % 64);
        add(0x80U + value % 64);
    }
    return bytes;
}

bool isSurrogate(char32_t value) {
    return value >= 0xD800 && value < 0xE000;
}

}  // namespace

class Utf8Test : public QObject {
    Q_OBJECT

  private slots:
    void everyCodePointIsReadBack() {
        for (char32_t value = 0; value <= 0x10FFFF; ++value) {
            const std::string bytes = encoded(value);
            const CodePoint point = codePointAt(bytes, 0);
            if (isSurrogate(value)) {
                QVERIFY(!point.valid && point.size == 1);
            } else if (!point.valid || point.value != value || point.size != bytes.size()) {
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(value), 4, 16)));
            }
        }
    }

    void brokenBytesComeOneAtATime_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("lone continuation") << QByteArray("\x80");
        QTest::newRow("overlong slash") << QByteArray("\xC0\xAF");
        QTest::newRow("overlong three") << QByteArray("\xE0\x80\xAF");
        QTest::newRow("overlong four") << QByteArray("\xF0\x80\x80\xAF");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80");
        QTest::newRow("above the last") << QByteArray("\xF4\x90\x80\x80");
        QTest::newRow("five-byte lead") << QByteArray("\xF8\x88\x80\x80\x80");
        QTest::newRow("cut two") << QByteArray("\xC3");
        QTest::newRow("cut three") << QByteArray("\xE2\x96");
        QTest::newRow("cut four") << QByteArray("\xF0\x9F\x98");
    }
    void brokenBytesComeOneAtATime() {
        QFETCH(QByteArray, bytes);
        const std::string text = bytes.toStdString();
        QVERIFY(!isUtf8(text));
        QCOMPARE(countCharacters(text), text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            const CodePoint point = codePointAt(text, i);
            QVERIFY(!point.valid);
            QCOMPARE(point.size, std::size_t{1});
            QCOMPARE(static_cast<unsigned>(point.value),
                     static_cast<unsigned>(static_cast<unsigned char>(text[i])));
        }
    }

    void theEndIsNoCharacter() {
        QCOMPARE(codePointAt("a", 1).size, std::size_t{0});
        QCOMPARE(codePointAt("", 0).size, std::size_t{0});
        QVERIFY(!codePointAt("a", 7).valid);
        QVERIFY(isUtf8(""));
    }

    // Qt's tables are of Unicode 14 and made by others; what both know they must call the same.
    void classesAgreeWithQt() {
        for (char32_t value = 0; value <= 0x10FFFF; ++value) {
            const QChar::Category category = QChar::category(value);
            if (isSurrogate(value) || category == QChar::Other_NotAssigned) {
                continue;
            }
            CharacterClass expected = CharacterClass::Other;
            // What Qt calls a space is the property White_Space.
            if (QChar::isSpace(value)) {
                expected = CharacterClass::Space;
            } else if (QChar::isLetter(value)) {
                expected = CharacterClass::Letter;
            } else if (QChar::isNumber(value)) {
                expected = CharacterClass::Number;
            } else if (QChar::isPunct(value) || QChar::isSymbol(value)) {
                expected = CharacterClass::Punctuation;
            }
            if (classOf(value) != expected) {
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(value), 4, 16)));
            }
        }
    }

    void spacesAreWhiteSpaceAndNothingElse() {
        std::vector<char32_t> spaces;
        for (char32_t value = 0; value <= 0x10FFFF; ++value) {
            if (classOf(value) == CharacterClass::Space) {
                spaces.push_back(value);
            }
        }
        const std::vector<char32_t> whiteSpace = {0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x20,   0x85,
                                                  0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
                                                  0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028,
                                                  0x2029, 0x202F, 0x205F, 0x3000};
        QVERIFY(spaces == whiteSpace);
    }

    void displayTextShowsWhatCannotBeSeen() {
        QCOMPARE(displayText(" king"), std::string("·king"));
        QCOMPARE(displayText("a\n\r\tb"), std::string("a⏎␍⇥b"));
        QCOMPARE(displayText("\a"), std::string("‹U+0007›"));
        QCOMPARE(displayText(std::string_view("\0", 1)), std::string("‹U+0000›"));
        QCOMPARE(displayText("\x7F"), std::string("‹U+007F›"));
        QCOMPARE(displayText("\u0085"), std::string("‹U+0085›"));
        QCOMPARE(displayText("\u200B"), std::string("‹U+200B›"));
        QCOMPARE(displayText("\u202E"), std::string("‹U+202E›"));
        QCOMPARE(displayText("\xE2\x96"), std::string("‹E2 96›"));
        QCOMPARE(displayText("a\x80\xFF é\xC3"), std::string("a‹80 FF›·é‹C3›"));
        QCOMPARE(displayText("👩\u200D👧"), std::string("👩\u200D👧"));
        QCOMPARE(displayText("\u200D"), std::string("‹U+200D›"));
        QCOMPARE(displayText("👩\u200D"), std::string("👩‹U+200D›"));
        QCOMPARE(displayText("\uFE0F"), std::string("‹U+FE0F›"));
        QCOMPARE(displayText("❤\uFE0F"), std::string("❤\uFE0F"));
        QCOMPARE(displayText(""), std::string());
    }

    void replacementIsOnePerByte() {
        QCOMPARE(withReplacementCharacters("a\xE2\x96z"), std::string("a\uFFFD\uFFFDz"));
        QCOMPARE(withReplacementCharacters("é"), std::string("é"));
    }

    void lowerCase() {
        QCOMPARE(toLower("The KING"), std::string("the king"));
        QCOMPARE(toLower("ÀÉÎ Straße ЖΣ"), std::string("àéî straße жσ"));
        QCOMPARE(toLower("A\xFF\xC3Z"), std::string("a\xFF\xC3z"));
        QCOMPARE(toLower("日本 42"), std::string("日本 42"));
    }

    void foldsCase() {
        QCOMPARE(foldCase("The KING"), foldCase("tHE king"));
        QCOMPARE(foldCase("STRASSE"), foldCase("Straße"));
        QCOMPARE(foldCase("ΛΌΓΟΣ"), foldCase("λόγος"));
        QCOMPARE(foldCase("\uFB03"), std::string("ffi"));
        QCOMPARE(foldCase("\u0390"), std::string("\u03B9\u0308\u0301"));
        QCOMPARE(foldCase("A\xFF\xC3Z"), std::string("a\xFF\xC3z"));
        QVERIFY(foldCase("e") != foldCase("é"));
    }
};

QTEST_APPLESS_MAIN(Utf8Test)
#include "utf8_test.moc"

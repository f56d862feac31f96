// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/script.h"

#include "core/tokenize/split_regex.h"

#include <QChar>
#include <QTest>

using namespace lexiscope;

namespace {

/// What Qt's own Unicode tables say of a letter; none where several scripts share it.
std::optional<ScriptGroup> byQt(char32_t letter) {
    switch (QChar::script(letter)) {
        case QChar::Script_Latin:
            return ScriptGroup::Latin;
        case QChar::Script_Cyrillic:
            return ScriptGroup::Cyrillic;
        case QChar::Script_Greek:
            return ScriptGroup::Greek;
        case QChar::Script_Arabic:
            return ScriptGroup::Arabic;
        case QChar::Script_Han:
        case QChar::Script_Hiragana:
        case QChar::Script_Katakana:
        case QChar::Script_Hangul:
        case QChar::Script_Bopomofo:
            return ScriptGroup::Cjk;
        case QChar::Script_Common:
        case QChar::Script_Inherited:
            return std::nullopt;
        default:
            return ScriptGroup::OtherLetters;
    }
}

std::string utf8(char32_t character) {
    return QString::fromUcs4(&character, 1).toStdString();
}

}  // namespace

class ScriptTest : public QObject {
    Q_OBJECT

  private slots:
    void everyLetterIsOfTheScriptThatQtGivesIt() {
        int letters = 0;
        for (char32_t value = 0; value <= 0x10FFFF; ++value) {
            if (QChar::isSurrogate(value) || !QChar::isLetter(value)) {
                continue;
            }
            ++letters;
            const std::optional<ScriptGroup> expected = byQt(value);
            // What scripts share takes the script beside it, whichever that is.
            for (const char* beside : {"a", "я", "α", "ب", "語"}) {
                const ScriptGroup own = groupOf(scriptOf(beside));
                const ScriptGroup wanted = !expected || *expected == own ? own : ScriptGroup::Other;
                if (groupOf(scriptOf(beside + utf8(value))) != wanted ||
                    groupOf(scriptOf(utf8(value) + beside)) != wanted) {
                    QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(value), 4, 16)));
                }
            }
            if (groupOf(scriptOf(utf8(value))) != expected.value_or(ScriptGroup::OtherLetters)) {
                QFAIL(qPrintable(QStringLiteral("U+%1 alone").arg(static_cast<uint>(value), 4, 16)));
            }
        }
        QVERIFY(letters > 100'000);
    }

    /// PCRE2 has tables of its own.
    void everyLetterIsOfTheScriptThatPcre2GivesIt() {
        std::string text;  // few of the thousands that stand together
        for (char32_t value = 0x80; value <= 0x10FFFF; ++value) {
            const bool isOneOfMany = (value >= 0x3400 && value < 0xA000) ||
                                     (value >= 0xAC00 && value < 0xD7A4) ||
                                     (value >= 0x13000 && value < 0x18D00) || value >= 0x20000;
            if (!QChar::isSurrogate(value) && QChar::isLetter(value) && (!isOneOfMany || value % 64 == 0)) {
                text += utf8(value);
            }
        }
        std::size_t letters = 0;
        for (std::size_t i = 0; i < scriptNames().size(); ++i) {
            const auto script = static_cast<Script>(i);
            std::string property = "\\p{sc:" + std::string(scriptNames()[i]) + "}";
            property += script == Script::Kana ? "|\\p{sc:Katakana}" : "";
            const auto regex = SplitRegex::compile(property);
            if (!regex.ok()) {
                continue;  // the library is older than the script
            }
            SplitRegex::Matches matches(*regex.value(), text);
            for (auto match = matches.next().value(); match; match = matches.next().value()) {
                const std::string letter = text.substr(match->begin, match->size());
                QVERIFY2(scriptOf(letter) == script, (letter + ", " + property).c_str());
                ++letters;
            }
        }
        QVERIFY(letters > 10'000);
    }

    void wholeTokens_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("script");
        const auto row = [](const char* text, Script script) {
            QTest::newRow(text) << QByteArray(text) << static_cast<int>(script);
        };
        row("queen", Script::Latin);
        row("covid-19", Script::Latin);
        row("naïve", Script::Latin);
        row("nai\xCC\x88ve", Script::Latin);  // the mark on its own
        row("королева", Script::Cyrillic);
        row("βασίλισσα", Script::Greek);
        row("ملكة", Script::Arabic);
        row("女王", Script::Han);
        row("クイーン", Script::Kana);
        row("日本の", Script::Kana);
        row("여왕", Script::Hangul);
        row("大韓민국", Script::Hangul);
        row("かな한", Script::Other);
        row("रानी", Script::Devanagari);
        row("מלכה", Script::Hebrew);
        row("ราชินี", Script::Thai);
        row("µm", Script::Latin);
        row("Ωmega", Script::Other);
        row("1,024", Script::Digits);
        row("½", Script::Digits);
        row("٣", Script::Digits);
        row("...", Script::Punctuation);
        row("€", Script::Punctuation);
        row("😀", Script::Punctuation);
        row(" ", Script::Other);
        row("\n", Script::Other);
        row("\xE2\x96", Script::Other);
        row("\x80", Script::Other);
        row("a\x80", Script::Latin);
        row("", Script::Other);
    }
    void wholeTokens() {
        QFETCH(QByteArray, text);
        QFETCH(int, script);
        QCOMPARE(static_cast<int>(scriptOf(text.toStdString())), script);
    }
};

QTEST_GUILESS_MAIN(ScriptTest)
#include "script_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/script.h"

#include <QChar>
#include <QTest>

using namespace lexiscope;

namespace {

/// What Qt's own Unicode tables say of a letter; none where several scripts share it.
std::optional<Script> byQt(char32_t letter) {
    switch (QChar::script(letter)) {
        case QChar::Script_Latin:
            return Script::Latin;
        case QChar::Script_Cyrillic:
            return Script::Cyrillic;
        case QChar::Script_Greek:
            return Script::Greek;
        case QChar::Script_Arabic:
            return Script::Arabic;
        case QChar::Script_Han:
        case QChar::Script_Hiragana:
        case QChar::Script_Katakana:
        case QChar::Script_Hangul:
        case QChar::Script_Bopomofo:
            return Script::Cjk;
        case QChar::Script_Common:
        case QChar::Script_Inherited:
            return std::nullopt;
        default:
            return Script::OtherLetters;
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
            const std::optional<Script> expected = byQt(value);
            // What scripts share takes the script beside it, whichever that is.
            for (const char* beside : {"a", "я", "α", "ب", "語"}) {
                const Script own = scriptOf(beside);
                const Script wanted = !expected || *expected == own ? own : Script::Other;
                if (scriptOf(beside + utf8(value)) != wanted || scriptOf(utf8(value) + beside) != wanted) {
                    QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(value), 4, 16)));
                }
            }
            if (scriptOf(utf8(value)) != expected.value_or(Script::OtherLetters)) {
                QFAIL(qPrintable(QStringLiteral("U+%1 alone").arg(static_cast<uint>(value), 4, 16)));
            }
        }
        QVERIFY(letters > 100'000);
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
        row("女王", Script::Cjk);
        row("クイーン", Script::Cjk);
        row("여왕", Script::Cjk);
        row("रानी", Script::OtherLetters);
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

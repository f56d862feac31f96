// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/gpt2_split.h"

#include "core/base/utf8.h"

#include <random>
#include <string>
#include <vector>

#include <QRegularExpression>
#include <QTest>

using namespace lexiscope;

namespace {

using Pieces = std::vector<std::string>;

Pieces split(const std::string& text) {
    Pieces pieces;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = endOfGpt2Piece(text, begin);
        if (end <= begin || end > text.size()) {
            return {};
        }
        pieces.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return pieces;
}

// \s is spelled out: a regular-expression engine's own \s also takes U+180E, which is no White_Space.
const QString space = QStringLiteral(
    "\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{"
    "3000}");

/// The same by a regular-expression engine (PCRE2).
Pieces splitByRegex(const std::string& text) {
    static const QRegularExpression pattern(
        QStringLiteral(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^%1\\p{L}\\p{N}]+|[%1]+(?![^%1])|[%1]+")
            .arg(space),
        QRegularExpression::UseUnicodePropertiesOption);
    Pieces pieces;
    for (auto match = pattern.globalMatch(QString::fromStdString(text)); match.hasNext();) {
        pieces.push_back(match.next().captured().toStdString());
    }
    return pieces;
}

bool bothTablesKnow(char32_t character) {
    static const QRegularExpression unassigned(QStringLiteral("^\\p{C}$"));
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    return !surrogate && !unassigned.match(QString::fromUcs4(&character, 1)).hasMatch();
}

class RandomText {
  public:
    explicit RandomText(unsigned seed) : m_random(seed) {}

    std::string next() {
        std::u32string text;
        const std::size_t length = 1 + below(40);
        while (text.size() < length) {
            text += character();
        }
        return QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size())).toStdString();
    }

  private:
    std::size_t below(std::size_t bound) { return m_random() % bound; }

    char32_t character() {
        static const std::u32string often =
            U"   \n\n\t\r\u00A0\u3000\u2003'''stdmrvel LLRE019½²Ⅻé日ж.,!?-_🙂\u200D\u0301";
        if (below(4) != 0) {
            return often[below(often.size())];
        }
        for (;;) {
            const auto any = static_cast<char32_t>(below(below(2) == 0 ? 0x3000 : 0x20000));
            if (any != 0 && bothTablesKnow(any)) {
                return any;
            }
        }
    }

    std::mt19937 m_random;
};

}  // namespace

class Gpt2SplitTest : public QObject {
    Q_OBJECT

  private slots:
    void knownCases_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        const auto row = [](const char* name, const char* text, const QStringList& pieces) {
            QTest::newRow(name) << QString::fromUtf8(text) << pieces;
        };
        row("words", "Hello, my world", {"Hello", ",", " my", " world"});
        row("contractions", "I'm he'll they've 'tis", {"I", "'m", " he", "'ll", " they", "'ve", " '", "tis"});
        row("capital contraction", "DON'T", {"DON", "'", "T"});
        row("quote before quote", "''s", {"''", "s"});
        row("almost a contraction", "'r 'v 'l'", {"'", "r", " '", "v", " '", "l", "'"});
        row("spaces leave one", "a   b", {"a", "  ", " b"});
        row("spaces at the end", "a   ", {"a", "   "});
        row("newlines leave one", "a\n\n\nb", {"a", "\n\n", "\n", "b"});
        row("tab is its own", "a\tb", {"a", "\t", "b"});
        row("space then newline", " \nx", {" ", "\n", "x"});
        row("numbers of all kinds", "12½ Ⅻ", {"12½", " Ⅻ"});
        row("wide space", "a\u3000b", {"a", "\u3000", "b"});
        row("a mark parts letters", "e\u0301e", {"e", "\u0301", "e"});
        row("one space", " ", {" "});
    }
    void knownCases() {
        QFETCH(QString, text);
        QFETCH(QStringList, pieces);
        Pieces expected;
        for (const QString& piece : pieces) {
            expected.push_back(piece.toStdString());
        }
        QVERIFY(split(text.toStdString()) == expected);
        QVERIFY(splitByRegex(text.toStdString()) == expected);
    }

    void agreesWithARegularExpressionOnRandomText() {
        RandomText random(20240607);
        for (int i = 0; i < 30000; ++i) {
            const std::string text = random.next();
            if (split(text) != splitByRegex(text)) {
                QFAIL(displayText(text).c_str());
            }
        }
    }

    void agreesWithARegularExpressionOnEveryCharacter() {
        for (char32_t character = 1; character < 0x30000; ++character) {
            if (!bothTablesKnow(character)) {
                continue;
            }
            const std::string one = QString::fromUcs4(&character, 1).toStdString();
            const std::string text = "a" + one + one + "1 " + one;
            if (split(text) != splitByRegex(text)) {
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(character), 4, 16)));
            }
        }
    }

    void brokenBytesAreLikePunctuation() {
        QVERIFY(split("ab\xFF\xC3 cd") == (Pieces{"ab", "\xFF\xC3", " cd"}));
        QVERIFY(split("a \xE2\x96!b") == (Pieces{"a", " \xE2\x96!", "b"}));
        QVERIFY(split("1\x80") == (Pieces{"1", "\x80"}));
    }

    void anyBytesAreCovered() {
        std::mt19937 random(7);
        for (int i = 0; i < 20000; ++i) {
            std::string text(1 + random() % 30, '\0');
            for (char& byte : text) {
                byte = static_cast<char>(random() % 256);
            }
            std::string joined;
            for (const std::string& piece : split(text)) {
                joined += piece;
            }
            QCOMPARE(joined, text);
        }
    }
};

QTEST_APPLESS_MAIN(Gpt2SplitTest)
#include "gpt2_split_test.moc"

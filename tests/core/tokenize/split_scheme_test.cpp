// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_scheme.h"

#include "core/base/utf8.h"

#include <random>
#include <string>
#include <vector>

#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace lexiscope;

namespace {

using Pieces = std::vector<std::string>;

Pieces split(SplitScheme scheme, const std::string& text) {
    Pieces pieces;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = endOfPiece(scheme, text, begin);
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
Pieces splitByRegex(SplitScheme scheme, const std::string& text) {
    static QHash<int, QRegularExpression> patterns;
    QRegularExpression& pattern = patterns[static_cast<int>(scheme)];
    if (pattern.pattern().isEmpty()) {
        const std::string_view own = patternOf(scheme);
        QString source = QString::fromUtf8(own.data(), static_cast<qsizetype>(own.size()));
        source.replace(QStringLiteral("[^\\s"), QStringLiteral("[^") + space);
        source.replace(QStringLiteral("\\S"), QStringLiteral("[^%1]").arg(space));
        source.replace(QStringLiteral("\\s"), QStringLiteral("[%1]").arg(space));
        pattern = QRegularExpression(source, QRegularExpression::UseUnicodePropertiesOption);
    }
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
            U"   \n\n\t\r\u00A0\u3000\u2003'''stdmrvelSſ "
            U"LLRE019½²ⅫéÉ日ʰǅжЖ.,!?-_//🙂\u200D\u0301";
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

class SplitSchemeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void knownCases_data() {
        QTest::addColumn<int>("scheme");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        const auto row = [](SplitScheme scheme, const char* title, const char* text,
                            const QStringList& pieces) {
            const std::string_view which = name(scheme);
            QTest::addRow("%.*s, %s", static_cast<int>(which.size()), which.data(), title)
                << static_cast<int>(scheme) << QString::fromUtf8(text) << pieces;
        };
        using enum SplitScheme;
        row(Gpt2, "words", "Hello, my world", {"Hello", ",", " my", " world"});
        row(Gpt2, "contractions", "I'm he'll they've 'tis",
            {"I", "'m", " he", "'ll", " they", "'ve", " '", "tis"});
        row(Gpt2, "capital contraction", "DON'T", {"DON", "'", "T"});
        row(Gpt2, "quote before quote", "''s", {"''", "s"});
        row(Gpt2, "almost a contraction", "'r 'v 'l'", {"'", "r", " '", "v", " '", "l", "'"});
        row(Gpt2, "spaces leave one", "a   b", {"a", "  ", " b"});
        row(Gpt2, "spaces at the end", "a   ", {"a", "   "});
        row(Gpt2, "newlines leave one", "a\n\n\nb", {"a", "\n\n", "\n", "b"});
        row(Gpt2, "tab is its own", "a\tb", {"a", "\t", "b"});
        row(Gpt2, "space then newline", " \nx", {" ", "\n", "x"});
        row(Gpt2, "numbers of all kinds", "12½ Ⅻ", {"12½", " Ⅻ"});
        row(Gpt2, "wide space", "a\u3000b", {"a", "\u3000", "b"});
        row(Gpt2, "a mark parts letters", "e\u0301e", {"e", "\u0301", "e"});
        row(Gpt2, "one space", " ", {" "});
        row(Cl100k, "digits by three", "1234567 12", {"123", "456", "7", " ", "12"});
        row(Cl100k, "capital contraction", "DON'T", {"DON", "'T"});
        row(Cl100k, "long s", "it'ſ", {"it", "'ſ"});
        row(Cl100k, "a sign leads a word", "(see) \tx", {"(see", ")", " ", "\tx"});
        row(Cl100k, "line breaks follow signs", "a.\n\nb", {"a", ".\n\n", "b"});
        row(Cl100k, "up to the last line break", "a \n \n  b", {"a", " \n \n", " ", " b"});
        row(Cl100k, "spaces behind a line break at the end", "a\n  ", {"a", "\n", "  "});
        row(Qwen2, "digits alone", "12 3", {"1", "2", " ", "3"});
        row(O200k, "case parts words", "HelloWorld XMLHttp", {"Hello", "World", " XMLHttp"});
        row(O200k, "contraction stays with its word", "don't I'LL", {"don't", " I'LL"});
        row(O200k, "letters without case", "漢A", {"漢", "A"});
        row(O200k, "a mark stays with its letter", "e\u0301e", {"e\u0301e"});
        row(O200k, "a mark before a capital", "\u0301A", {"\u0301", "A"});
        row(O200k, "slashes follow signs", "://\n/a", {"://\n/", "a"});
    }
    void knownCases() {
        QFETCH(int, scheme);
        QFETCH(QString, text);
        QFETCH(QStringList, pieces);
        Pieces expected;
        for (const QString& piece : pieces) {
            expected.push_back(piece.toStdString());
        }
        QCOMPARE(split(static_cast<SplitScheme>(scheme), text.toStdString()), expected);
        QCOMPARE(splitByRegex(static_cast<SplitScheme>(scheme), text.toStdString()), expected);
    }

    void schemes_data() {
        QTest::addColumn<int>("scheme");
        for (const SplitScheme scheme : allSplitSchemes) {
            QTest::newRow(std::string(name(scheme)).c_str()) << static_cast<int>(scheme);
        }
    }

    void agreesWithARegularExpressionOnRandomText_data() { schemes_data(); }
    void agreesWithARegularExpressionOnRandomText() {
        QFETCH(int, scheme);
        const auto own = static_cast<SplitScheme>(scheme);
        RandomText random(20240607);
        for (int i = 0; i < 30000; ++i) {
            const std::string text = random.next();
            if (split(own, text) != splitByRegex(own, text)) {
                QFAIL(displayText(text).c_str());
            }
        }
    }

    void agreesWithARegularExpressionOnEveryCharacter_data() { schemes_data(); }
    void agreesWithARegularExpressionOnEveryCharacter() {
        QFETCH(int, scheme);
        const auto own = static_cast<SplitScheme>(scheme);
        for (char32_t character = 1; character < 0x30000; ++character) {
            if (!bothTablesKnow(character)) {
                continue;
            }
            const std::string one = QString::fromUcs4(&character, 1).toStdString();
            const std::string text = "a" + one + one + "1 " + one;
            if (split(own, text) != splitByRegex(own, text)) {
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(character), 4, 16)));
            }
        }
    }

    void patternsNameTheirScheme() {
        for (const SplitScheme scheme : allSplitSchemes) {
            QCOMPARE(schemeOf(patternOf(scheme)), std::optional(scheme));
        }
        QVERIFY(!schemeOf("\\s+"));
    }

    void brokenBytesAreLikePunctuation() {
        QCOMPARE(split(SplitScheme::Gpt2, "ab\xFF\xC3 cd"), (Pieces{"ab", "\xFF\xC3", " cd"}));
        QCOMPARE(split(SplitScheme::Gpt2, "a \xE2\x96!b"), (Pieces{"a", " \xE2\x96!", "b"}));
        QCOMPARE(split(SplitScheme::Cl100k, "1\x80"), (Pieces{"1", "\x80"}));
        QCOMPARE(split(SplitScheme::O200k,
                       "\xE2\x96"
                       "a"),
                 (Pieces{"\xE2\x96", "a"}));
    }

    void anyBytesAreCovered_data() { schemes_data(); }
    void anyBytesAreCovered() {
        QFETCH(int, scheme);
        std::mt19937 random(7);
        for (int i = 0; i < 20000; ++i) {
            std::string text(1 + random() % 30, '\0');
            for (char& byte : text) {
                byte = static_cast<char>(random() % 256);
            }
            std::string joined;
            for (const std::string& piece : split(static_cast<SplitScheme>(scheme), text)) {
                joined += piece;
            }
            QCOMPARE(joined, text);
        }
    }
};

QTEST_APPLESS_MAIN(SplitSchemeTest)
#include "split_scheme_test.moc"

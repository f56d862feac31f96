// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces as Hugging Face's tokenizers 0.13 and later give them; the expected ones were taken from that
// program.
#include "core/tokenize/pre_tokenizer.h"

#include "core/tokenize/split_regex.h"

#include <string>
#include <string_view>
#include <sys/resource.h>

#include <QTest>

using namespace lexiscope;

namespace {

QStringList piecesOf(const PreTokenizerPtr& preTokenizer, const QString& text) {
    const std::string source = text.toStdString();
    SplitText cut{AlignedText(source), {}};
    if (!source.empty()) {
        cut.pieces.push_back({0, source.size()});
    }
    const Result<Done> done = preTokenizer->apply(cut);
    QStringList pieces;
    for (const ByteSpan& piece : done.ok() ? cut.pieces : std::vector<ByteSpan>()) {
        pieces << QString::fromStdString(source.substr(piece.begin, piece.size()));
    }
    return pieces;
}

}  // namespace

class PreTokenizerTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void scriptsPart_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        const auto row = [](const char* name, const QString& text, const QStringList& pieces) {
            QTest::newRow(name) << text << pieces;
        };
        row("kana and Chinese are one", "どこで生れ。Yes", {"どこで生れ", "。", "Yes"});
        row("a long vowel", "ラーメン食べる ok", {"ラーメン食べる ", "ok"});
        row("a space at the begin is dropped", " hello world", {"hello world"});
        row("digits are common to all", "abc123 ab", {"abc", "123 ", "ab"});
        row("spaces stay with what they follow", "a  b", {"a  b"});
        row("marks are apart", u"\u00E9 e\u0301x"_qs, {u"\u00E9 e"_qs, u"\u0301"_qs, "x"});
        row("a joiner is a mark", u"ab\u200Dc"_qs, {"ab", u"\u200D"_qs, "c"});
        row("what is not assigned at the begin", u"\u0378a b"_qs, {"a b"});
        row("numerals of one script and of all", u"a\u2167\u00B2"_qs, {u"a\u2167"_qs, u"\u00B2"_qs});
        row("a space at the end", "x ", {"x "});
        row("nothing but a space", " ", {});
        row("nothing", "", {});
    }
    void scriptsPart() {
        QFETCH(const QString, text);
        QTEST(piecesOf(makeUnicodeScripts(), text), "pieces");
    }

    void wordCharactersAreThoseOfOniguruma_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        const auto row = [](const char* name, const char* pattern, const QString& text,
                            const QStringList& pieces) { QTest::newRow(name) << pattern << text << pieces; };
        row("a raised digit", "\\w+", u"a\u00B2 b"_qs, {u"a\u00B2"_qs, "b"});
        row("a raised digit in brackets", "[\\w]+", u"a\u00B2 b"_qs, {"a", "b"});
        row("a digit in a circle", "\\w+", u"x\u2460y"_qs, {"x", "y"});
        row("a letter in a circle", "\\w+", u"\u24B6b"_qs, {u"\u24B6b"_qs});
        row("a Roman numeral", "\\w+", u"\u2167a"_qs, {u"\u2167a"_qs});
        row("a joiner", "\\w+", u"a\u200Db"_qs, {"a", "b"});
        row("signs that join", "\\w+", u"a_b\u203Fc"_qs, {u"a_b\u203Fc"_qs});
        row("a fraction is no other sign", "\\W+", u"a\u00BDb-c"_qs, {"-"});
        row("a mark", "\\w+", u"a\u0301b"_qs, {u"a\u0301b"_qs});
    }
    void wordCharactersAreThoseOfOniguruma() {
        QFETCH(const QString, pattern);
        QFETCH(const QString, text);
        const auto regex = SplitRegex::compile(pattern.toStdString());
        QVERIFY(regex.ok());
        QTEST(piecesOf(makeSplit(regex.value(), SplitBehavior::Removed, true), text), "pieces");
    }

    /// Memory that is got from the system for each piece shows in a page fault each.
    void piecesNeedNoMemoryOfTheirOwn() {
        constexpr std::size_t count = 100'000;
        const std::string source(2 * count, 'a');
        SplitText cut{AlignedText(source), {}};
        for (std::size_t piece = 0; piece < count; ++piece) {
            cut.pieces.push_back({2 * piece, 2 * piece + 2});
        }
        const PreTokenizerPtr split =
            makeSplit(SplitRegex::compile("a(?=a)").value(), SplitBehavior::Isolated, false);
        const auto faults = [] {
            rusage used{};
            getrusage(RUSAGE_SELF, &used);
            return static_cast<std::size_t>(used.ru_minflt);
        };
        const std::size_t before = faults();
        QVERIFY(split->apply(cut).ok());
        QVERIFY(faults() - before < count / 4);
        QCOMPARE(cut.pieces.size(), 2 * count);
    }
};

QTEST_APPLESS_MAIN(PreTokenizerTest)
#include "pre_tokenizer_test.moc"

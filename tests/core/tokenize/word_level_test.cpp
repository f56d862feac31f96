// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/word_level.h"

#include "core/base/utf8.h"
#include "tests/support/data_folder.h"
#include "tests/support/vocabulary_of.h"

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

class StopAtOnce final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return true; }
};

std::shared_ptr<const Tokenizer> tokenizerOf(const std::vector<std::string>& words) {
    return makeWordLevelTokenizer(test::sharedVocabulary(words));
}

Encoding encoded(const Tokenizer& tokenizer, const std::string& text) {
    NoProgress progress;
    return tokenizer.encode(text, {}, progress).value();
}

/// What each token stands for in the text; unknown ones with a question mark before them.
QStringList shown(const Tokenizer& tokenizer, const std::string& text) {
    QStringList pieces;
    const Encoding encoding = encoded(tokenizer, text);
    for (const Token& token : encoding.tokens) {
        const std::string piece = text.substr(token.source.begin, token.source.size());
        pieces << (token.id ? QString() : QStringLiteral("?")) + QString::fromStdString(piece);
    }
    return pieces;
}

/// The words of a word2vec binary file, read without the program's own loader.
std::vector<std::string> wordsOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::size_t rows = 0;
    std::size_t columns = 0;
    file >> rows >> columns;
    std::vector<std::string> words(rows);
    for (std::string& word : words) {
        file >> word;
        file.ignore(static_cast<std::streamsize>(1 + columns * sizeof(float)));
    }
    return words;
}

}  // namespace

class WordLevelTest : public QObject {
    Q_OBJECT

  private slots:
    void theSentenceOfThePicture() {
        const auto words = wordsOf(lexiscope::test::builtinModels() / "wiki-words/wiki-words.bin");
        const auto tokenizer = tokenizerOf(words);
        QCOMPARE(tokenizer->vocabularySize(), std::size_t{20000});
        const std::vector<std::string> expected = {"the",    "king",   "and",   "the", "queen", "of",
                                                   "france", "walked", "along", "the", "river"};
        const std::vector<std::uint32_t> ids = {0, 209, 2, 0, 1326, 1, 359, 8625, 233, 0, 323};
        const std::string text = "The king and the queen of France walked along the river.";
        const Encoding encoding = encoded(*tokenizer, text);
        QCOMPARE(encoding.tokens.size(), ids.size() + 1);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            QCOMPARE(encoding.tokens[i].id.value().value, ids[i]);
            QCOMPARE(std::string(tokenizer->spelling(TokenId{ids[i]})), expected[i]);
            QVERIFY(encoding.tokens[i].kind == TokenKind::Normal);
        }
        QVERIFY(!encoding.tokens.back().id);
        QVERIFY(encoding.tokens.back().kind == TokenKind::Unknown);
        QVERIFY(encoding.tokens.back().source == (ByteSpan{text.size() - 1, text.size()}));
        QCOMPARE(shown(*tokenizer, "\"Victoria\" (river)"),
                 (QStringList{"?\"", "Victoria", "?\"", "?(", "river", "?)"}));
    }

    void cuts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        const auto row = [](const char* name, const char* text, const QStringList& pieces) {
            QTest::newRow(name) << QString::fromUtf8(text) << pieces;
        };
        row("nothing", "", {});
        row("white space only", " \t\n\u3000", {});
        row("as written before lower case", "May may MAY", {"May", "may", "MAY"});
        row("an apostrophe inside", "king's", {"king's"});
        row("an end that belongs to the word", "u.s. u.s., (u.s.)",
            {"u.s.", "u.s.", "?,", "?(", "u.s.", "?)"});
        row("punctuation that is a word", "king... ...", {"king", "...", "..."});
        row("many at an end", "((((((((((((((((((((king", QStringList(20, "?(") + QStringList("king"));
        row("a joined word", "well-known well-king", {"well-known", "well", "?-", "king"});
        row("the longest from the left", "well-known/king", {"well-known", "?/", "king"});
        row("symbols are cut too", "$5 =king+", {"?$", "5", "?=", "king", "?+"});
        row("an unknown word stays whole", "blorb, blorb-king", {"?blorb", "?,", "?blorb", "?-", "king"});
        row("joined with an underscore", "new_york new_king", {"new_york", "?new", "?_", "king"});
        row("emoji", "king🙂🙂", {"king", "?🙂", "?🙂"});
        row("other scripts", "ÉTÉ, «été»", {"ÉTÉ", "?,", "?«", "été", "?»"});
        row("wide space", "king\u3000king", {"king", "king"});
    }
    void cuts() {
        QFETCH(QString, text);
        QFETCH(QStringList, pieces);
        const auto tokenizer = tokenizerOf(
            {"king", "king's", "May", "may", "u.s.", "...", "well-known", "well", "5", "new_york", "été"});
        QCOMPARE(shown(*tokenizer, text.toStdString()), pieces);
    }

    void asWrittenComesBeforeLowerCase() {
        const auto tokenizer = tokenizerOf({"may", "May"});
        QCOMPARE(encoded(*tokenizer, "May").tokens[0].id.value().value, 1U);
        QCOMPARE(encoded(*tokenizer, "MAY").tokens[0].id.value().value, 0U);
        // The Kelvin sign: three bytes whose lower case has one.
        QCOMPARE(encoded(*tokenizerOf({"k"}), "\u212A").tokens[0].id.value().value, 0U);
    }

    void wordsOfAnyBytes() {
        const auto tokenizer = tokenizerOf({"\xFFx\xC3", "a"});
        const Encoding encoding = encoded(*tokenizer, "a \xFFx\xC3 \xFE");
        QCOMPARE(encoding.tokens.size(), std::size_t{3});
        QCOMPARE(encoding.tokens[1].id.value().value, 0U);
        QVERIFY(encoding.tokens[2].kind == TokenKind::Unknown);
    }

    void nothingButWhiteSpaceIsLeftOut() {
        const auto tokenizer = tokenizerOf({"a", "b", "a-b", "''", "é.", "-b-"});
        const std::vector<std::string> parts = {"a",  "b",  "-", "'",  ".",    "é",        "É",     " ",
                                                "\n", "\t", "(", "日", "\xFF", "\xE2\x96", "\u2003"};
        std::mt19937 random(23);
        for (int i = 0; i < 5000; ++i) {
            std::string text;
            for (std::size_t k = random() % 40; k > 0; --k) {
                text += parts[random() % parts.size()];
            }
            std::size_t at = 0;
            const auto onlySpaces = [&text](std::size_t begin, std::size_t end) {
                for (std::size_t offset = begin; offset < end;) {
                    const CodePoint point = codePointAt(text, offset);
                    if (!point.valid || classOf(point.value) != CharacterClass::Space) {
                        return false;
                    }
                    offset += point.size;
                }
                return true;
            };
            const Encoding encoding = encoded(*tokenizer, text);
            for (const Token& token : encoding.tokens) {
                QVERIFY(token.source.begin >= at && token.source.end > token.source.begin);
                QVERIFY(onlySpaces(at, token.source.begin));
                at = token.source.end;
                const std::string piece = text.substr(token.source.begin, token.source.size());
                if (token.id) {
                    const std::string word(tokenizer->spelling(*token.id));
                    QVERIFY(word == piece || word == toLower(piece));
                }
            }
            QVERIFY(onlySpaces(at, text.size()));
        }
    }

    void hugeStretchesAreCut() {
        const auto tokenizer = tokenizerOf({"a", "a-a", std::string(3000, 'x')});
        std::string text;
        for (int i = 0; i < 100000; ++i) {
            text += "a-";
        }
        QVERIFY(encoded(*tokenizer, text).tokens.size() > 60000);
        QCOMPARE(encoded(*tokenizer, std::string(200000, '(')).tokens.size(), std::size_t{200000});
        QCOMPARE(encoded(*tokenizer, std::string(1000000, 'y')).tokens.size(), std::size_t{1});
    }

    void decodeJoinsWithSpaces() {
        const auto tokenizer = tokenizerOf({"the", "king"});
        QCOMPARE(tokenizer->decode(std::vector<TokenId>{{0}, {1}, {0}}).value(), std::string("the king the"));
        QCOMPARE(tokenizer->decode({}).value(), std::string());
        const auto wrong = tokenizer->decode(std::vector<TokenId>{{2}});
        QVERIFY(!wrong.ok() && wrong.error().code == ErrorCode::InvalidArgument);
    }

    void stopsWhenAsked() {
        StopAtOnce progress;
        const auto result = tokenizerOf({"a"})->encode("a b", {}, progress);
        QVERIFY(!result.ok() && result.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(WordLevelTest)
#include "word_level_test.moc"

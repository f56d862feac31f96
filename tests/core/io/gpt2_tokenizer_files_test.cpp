// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gpt2_tokenizer_files.h"

#include "tests/support/data_folder.h"
#include "tests/support/file_bytes.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;

namespace {

// JSON with its double quotes written as single ones: easier to read, and moc loses its way in raw strings.
std::string json(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const std::string soundVocab = json("{'a': 0, 'b': 1, 'ab': 2, '\\u0120': 3, '\\u0120ab': 4}");
const std::string soundMerges = "#version: 0.2\na b\nĠ ab\n";

class StopAtOnce final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return true; }
};

Result<std::shared_ptr<const Tokenizer>> parsed(std::string_view vocab, std::string_view merges) {
    NoProgress progress;
    return parseGpt2Tokenizer(vocab, merges, "vocab.json", "merges.txt", progress);
}

std::shared_ptr<const Tokenizer> fromFolder(const std::filesystem::path& folder) {
    NoProgress progress;
    return readGpt2Tokenizer(folder / "vocab.json", folder / "merges.txt", progress).value();
}

std::vector<Token> tokensOf(const Tokenizer& tokenizer, const std::string& text, bool parseSpecial = false) {
    NoProgress progress;
    return tokenizer.encode(text, {false, parseSpecial}, progress).value().tokens;
}

std::vector<long> idsOf(const Tokenizer& tokenizer, const std::string& text, bool parseSpecial = false) {
    std::vector<long> ids;
    for (const Token& token : tokensOf(tokenizer, text, parseSpecial)) {
        ids.push_back(token.id ? static_cast<long>(token.id->value) : -1);
    }
    return ids;
}

void refuses(const std::string& vocab, const std::string& merges, const char* where, const char* what) {
    const auto result = parsed(vocab, merges);
    QVERIFY(!result.ok());
    const Error& error = result.error();
    QVERIFY(error.code == ErrorCode::Broken);
    QVERIFY2(error.where == where, error.where.c_str());
    QVERIFY2(error.what.find(what) != std::string::npos, error.what.c_str());
    QVERIFY(!error.hint.empty());
    QVERIFY(toString(error).find('\n') == std::string::npos);
}

}  // namespace

class Gpt2TokenizerFilesTest : public QObject {
    Q_OBJECT

  private slots:
    void aSoundPairIsRead_data() {
        QTest::addColumn<QByteArray>("vocab");
        QTest::addColumn<QByteArray>("merges");
        const QByteArray vocab = QByteArray::fromStdString(soundVocab);
        const QByteArray merges = QByteArray::fromStdString(soundMerges);
        QTest::newRow("as written") << vocab << merges;
        QTest::newRow("no version line") << vocab << merges.mid(merges.indexOf('\n') + 1);
        QTest::newRow("CRLF") << vocab << QByteArray(merges).replace("\n", "\r\n");
        QTest::newRow("no last newline") << vocab << merges.chopped(1);
        QTest::newRow("blank lines at the end") << vocab << merges + "\n\r\n\n";
        QTest::newRow("byte order marks") << "\xEF\xBB\xBF" + vocab << "\xEF\xBB\xBF" + merges;
        QTest::newRow("another order, white space")
            << QByteArray::fromStdString(json("\n{\t'Ġab' : 4 ,'ab':2,\n'a':0,'Ġ':3, 'b':1 } \n")) << merges;
    }
    void aSoundPairIsRead() {
        QFETCH(QByteArray, vocab);
        QFETCH(QByteArray, merges);
        const auto tokenizer = parsed(vocab.toStdString(), merges.toStdString());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(tokenizer.value()->vocabularySize(), std::size_t{5});
        QCOMPARE(std::string(tokenizer.value()->kind()), std::string("byte-level BPE"));
        QCOMPARE(std::string(tokenizer.value()->spelling(TokenId{4})), std::string("Ġab"));
        QCOMPARE(tokenizer.value()->tokenBytes(TokenId{4}), std::string(" ab"));
        QVERIFY(idsOf(*tokenizer.value(), "abba ab!") == (std::vector<long>{2, 1, 0, 4, -1}));
    }

    void aMergeThatBeginsWithAHashIsNoVersionLine() {
        const auto tokenizer = parsed(json("{'#': 0, '##': 1}"), "# #\n");
        QVERIFY(idsOf(*tokenizer.value(), "###") == (std::vector<long>{1, 0}));
    }

    void noMergesAtAll() {
        QVERIFY(idsOf(*parsed(soundVocab, "").value(), "ab") == (std::vector<long>{0, 1}));
        QVERIFY(parsed(soundVocab, "#version: 0.2").ok());
    }

    void anIdWithoutATokenIsSaid() {
        const auto result = parsed(R"({"a": 0, "b": 2, "ab": 3})", "a b\n");
        QVERIFY2(result.ok(), result.ok() ? "" : toString(result.error()).c_str());
        QCOMPARE(result.value()->vocabularySize(), std::size_t(4));
        QCOMPARE(result.value()->spelling(TokenId{1}), std::string_view("[unused 1]"));
        QCOMPARE(result.value()->warnings().size(), std::size_t(1));
        QVERIFY(result.value()->warnings().front().starts_with("no token has the ID 1"));
        QVERIFY(result.value()->tokenKind(TokenId{1}) == TokenKind::Normal);
        QCOMPARE(result.value()->makeup()->unused, std::size_t(1));
        QCOMPARE(result.value()->makeup()->specials, std::size_t(0));
        QVERIFY(idsOf(*result.value(), "[unused 1]", true).size() > 1);
    }

    /// As in Hugging Face's programs: "b a" comes before the second "a b".
    void ofAMergeThatStandsThereTwiceTheLaterOneCounts() {
        const auto result = parsed(R"({"a": 0, "b": 1, "ab": 2, "ba": 3})", "a b\nb a\na b\n");
        QVERIFY2(result.ok(), result.ok() ? "" : toString(result.error()).c_str());
        QCOMPARE(idsOf(*result.value(), "aba"), (std::vector<long>{0, 3}));
        QCOMPARE(result.value()->warnings().size(), std::size_t(1));
        QVERIFY(result.value()->warnings().front().ends_with("the pair in line 3 is that of line 1"));
    }

    void brokenVocabularies_data() {
        QTest::addColumn<QByteArray>("vocab");
        QTest::addColumn<QByteArray>("where");
        QTest::addColumn<QByteArray>("what");
        const auto row = [](const char* name, const QByteArray& vocab, const char* where, const char* what) {
            QTest::newRow(name) << vocab << QByteArray(where) << QByteArray(what);
        };
        row("empty file", "", "vocab.json, byte 0", "empty");
        row("white space", " \n ", "vocab.json, byte 3", "empty");
        row("empty object", "{}", "vocab.json, byte 2", "empty");
        row("an array", "[1, 2]", "vocab.json, byte 1", "an array");
        row("a number", "17", "vocab.json, byte 2", "a number");
        row("a float", "1.5", "vocab.json, byte 3", "1.5");
        row("null", "null", "vocab.json, byte 4", "null");
        row("cut short", "{'a': 0, 'b", "vocab.json, byte 11", "no sound JSON");
        row("cut after a value", "{'a': 0, 'b': 1", "vocab.json, byte 15", "no sound JSON");
        row("text after the end", "{'a': 0} x", "vocab.json, byte 10", "no sound JSON");
        row("a second object", "{'a': 0}{'b': 0}", "vocab.json, byte 9", "no sound JSON");
        row("two equal tokens", "{'a': 0, 'a': 1}", "vocab.json, byte 16", "second time");
        row("two equal tokens, spelled otherwise", "{'a': 0, '\\u0061': 1}", "vocab.json, byte 21",
            "second time");
        row("two equal IDs", "{'a': 0, 'b': 0}", "vocab.json, byte 16", "the ID 0 of token \"a\"");
        row("a huge gap", "{'a': 0, 'b': 65538}", "vocab.json, byte 20", "only 2 tokens");
        row("far out of range", "{'a': 4000000000}", "vocab.json, byte 17", "4000000000");
        row("beyond 64 bits", "{'a': 99999999999999999999999}", "vocab.json, byte 30", "instead of an ID");
        row("infinite", "{'a': 1e999}", "vocab.json, byte 12", "too large");
        row("negative", "{'a': -1}", "vocab.json, byte 9", "negative");
        row("a fraction", "{'a': 0.5}", "vocab.json, byte 10", "no whole number");
        row("a string", "{'a': '0'}", "vocab.json, byte 9", "a string");
        row("null as ID", "{'a': null}", "vocab.json, byte 10", "null");
        row("true as ID", "{'a': true}", "vocab.json, byte 10", "true or false");
        row("a list as ID", "{'a': [0]}", "vocab.json, byte 7", "an array");
        row("an object as ID", "{'a': {'b': 0}}", "vocab.json, byte 7", "an object");
        row("deep lists", QByteArray(1000000, '['), "vocab.json, byte 1", "an array");
        row("deep objects", QByteArray("{'a':").repeated(200000), "vocab.json, byte 6", "an object");
        row("broken UTF-8", "{'a\xC3': 0}", "vocab.json, byte 5", "no sound JSON");
        row("half a surrogate pair", "{'\\ud83d': 0}", "vocab.json, byte 9", "no sound JSON");
        row("a bare newline in a token", "{'a\nb': 0}", "vocab.json, byte 4", "no sound JSON");
        row("zero bytes", QByteArray(100, '\0'), "vocab.json, byte 1", "no sound JSON");
    }
    void brokenVocabularies() {
        QFETCH(QByteArray, vocab);
        QFETCH(QByteArray, where);
        QFETCH(QByteArray, what);
        refuses(json(vocab.toStdString()), soundMerges, where.constData(), what.constData());
    }

    void brokenMerges_data() {
        QTest::addColumn<QByteArray>("merges");
        QTest::addColumn<QByteArray>("where");
        QTest::addColumn<QByteArray>("what");
        const auto row = [](const char* name, const QByteArray& merges, const char* where, const char* what) {
            QTest::newRow(name) << merges << QByteArray(where) << QByteArray(what);
        };
        row("one token", "#version: 0.2\na b\nab\n", "merges.txt, line 3", "\"ab\"");
        row("three tokens", "a b\na b ab", "merges.txt, line 2", "no pair");
        row("two spaces", "a  b", "merges.txt, line 1", "no pair");
        row("a space before", " a b", "merges.txt, line 1", "no pair");
        row("a space after", "a ", "merges.txt, line 1", "no pair");
        row("a tab", "a\tb", "merges.txt, line 1", "\"a⇥b\"");
        row("unknown left", "x b", "merges.txt, line 1", "no token \"x\"");
        row("unknown right", "a b\na x", "merges.txt, line 2", "no token \"x\"");
        row("unknown result", "b a", "merges.txt, line 1", "no token \"ba\"");
        row("an empty line inside", "a b\n\nĠ ab\n", "merges.txt, line 2", "empty line");
        row("the version line later", "a b\n#version: 0.2\n", "merges.txt, line 2", "no token \"#version:\"");
        row("broken UTF-8", "a \xFF", "merges.txt, line 1", "‹FF›");
        row("zero bytes", QByteArray(50, '\0'), "merges.txt, line 1", "‹U+0000›");
        row("a very long line", QByteArray(1000000, 'a'), "merges.txt, line 1", "…");
        row("JSON", QByteArray::fromStdString(soundVocab), "merges.txt, line 1", "no pair");
    }
    void brokenMerges() {
        QFETCH(QByteArray, merges);
        QFETCH(QByteArray, where);
        QFETCH(QByteArray, what);
        refuses(soundVocab, merges.toStdString(), where.constData(), what.constData());
    }

    void filesThatAreNotThere() {
        const lexiscope::test::ScratchFolder folder;
        const std::filesystem::path& path = folder.path();
        NoProgress progress;
        const auto none = readGpt2Tokenizer(path / "vocab.json", path / "merges.txt", progress);
        QVERIFY(!none.ok() && none.error().code == ErrorCode::NotFound);
        folder.write("vocab.json", soundVocab);
        const auto half = readGpt2Tokenizer(path / "vocab.json", path / "merges.txt", progress);
        QVERIFY(!half.ok() && half.error().code == ErrorCode::NotFound);
        QVERIFY(half.error().where.find("merges.txt") != std::string::npos);
        folder.write("merges.txt", soundMerges);
        QVERIFY(readGpt2Tokenizer(path / "vocab.json", path / "merges.txt", progress).ok());
    }

    void stopsWhenAsked() {
        StopAtOnce progress;
        const auto result = parseGpt2Tokenizer(soundVocab, soundMerges, "v", "m", progress);
        QVERIFY(!result.ok() && result.error().code == ErrorCode::Cancelled);
    }

    void theBuiltInModelIsSound() {
        const auto tokenizer = fromFolder(lexiscope::test::builtinModels() / "tiny-gpt2");
        const VocabularyMakeup makeup = tokenizer->makeup().value();
        QCOMPARE(makeup.bytes, std::size_t{256});
        QCOMPARE(makeup.merges, std::size_t{16127});
        QCOMPARE(makeup.specials, std::size_t{1});
        QCOMPARE(makeup.other, std::size_t{0});
        QCOMPARE(tokenizer->vocabularySize(), std::size_t{16384});
        const std::vector<long> ids = {437, 2003, 285, 260, 12960, 273, 1859, 6007, 268, 1424, 260, 3376, 13};
        QVERIFY(idsOf(*tokenizer, "The king and the queen of France walked along the river.") == ids);
    }

    void theMakeupOfGpt2() {
        const auto folder = lexiscope::test::dataFolder() / "tokenizers/gpt2";
        LEXISCOPE_NEEDS_DATA(folder);
        const auto tokenizer = fromFolder(folder);
        const VocabularyMakeup makeup = tokenizer->makeup().value();
        QCOMPARE(makeup.bytes, std::size_t{256});
        QCOMPARE(makeup.merges, std::size_t{50000});
        QCOMPARE(makeup.specials, std::size_t{1});
        QCOMPARE(makeup.other, std::size_t{0});
        QVERIFY(tokenizer->tokenKind(TokenId{50256}) == TokenKind::Special);
        QVERIFY(idsOf(*tokenizer, "a<|endoftext|>b", true) == (std::vector<long>{64, 50256, 65}));
    }

    void everyTokenOfGpt2DecodesToItsBytesAndBack() {
        const auto folder = lexiscope::test::dataFolder() / "tokenizers/gpt2";
        LEXISCOPE_NEEDS_DATA(folder);
        const auto tokenizer = fromFolder(folder);
        for (std::uint32_t id = 0; id < tokenizer->vocabularySize(); ++id) {
            const std::string bytes = tokenizer->tokenBytes(TokenId{id});
            QCOMPARE(tokenizer->decode(std::vector<TokenId>{TokenId{id}}).value(), bytes);
            std::vector<TokenId> ids;
            for (const Token& token : tokensOf(*tokenizer, bytes)) {
                ids.push_back(token.id.value());
            }
            QCOMPARE(tokenizer->decode(ids).value(), bytes);
        }
    }

    void expectedIdsOfTiktoken() {
        const auto folder = lexiscope::test::dataFolder() / "tokenizers/gpt2";
        const auto expected = lexiscope::test::dataFolder() / "expected/tiktoken.json";
        LEXISCOPE_NEEDS_DATA(folder);
        LEXISCOPE_NEEDS_DATA(expected);
        const auto tokenizer = fromFolder(folder);
        const nlohmann::json cases = nlohmann::json::parse(test::fileBytes(expected)).at("gpt2");
        QVERIFY(cases.size() > 20);
        for (const auto& one : cases) {
            const auto text = one.at("text").get<std::string>();
            QVERIFY2(idsOf(*tokenizer, text) == one.at("ids").get<std::vector<long>>(), text.c_str());
        }
    }

    void expectedIdsOfLlamaCpp() {
        const auto folder = lexiscope::test::dataFolder() / "tokenizers/gpt2";
        const auto stem = (lexiscope::test::dataFolder() / "tokenizers/gguf/ggml-vocab-gpt-2.gguf").string();
        LEXISCOPE_NEEDS_DATA(folder);
        LEXISCOPE_NEEDS_DATA(stem + ".inp");
        const auto tokenizer = fromFolder(folder);
        const std::string input = test::fileBytes(stem + ".inp");
        const std::string separator = "\n__ggml_vocab_test__\n";
        std::istringstream output(test::fileBytes(stem + ".out"));
        std::size_t count = 0;
        for (std::size_t begin = 0; begin < input.size(); ++count) {
            const std::size_t end = input.find(separator, begin);
            QVERIFY(end != std::string::npos);
            const std::string text = input.substr(begin, end - begin);
            std::string line;
            QVERIFY(bool(std::getline(output, line)));
            std::istringstream numbers(line);
            const std::vector<long> expected(std::istream_iterator<long>(numbers),
                                             std::istream_iterator<long>{});
            QVERIFY2(idsOf(*tokenizer, text) == expected, text.c_str());
            begin = end + separator.size();
        }
        QVERIFY(count > 30);
        std::string rest;
        QVERIFY(!std::getline(output, rest));
    }

    void anyBytesComeBack() {
        const auto tokenizer = fromFolder(lexiscope::test::builtinModels() / "tiny-gpt2");
        std::mt19937 random(17);
        for (int i = 0; i < 2000; ++i) {
            std::string text(random() % 300, '\0');
            for (char& byte : text) {
                byte = static_cast<char>(random() % 256);
            }
            std::vector<TokenId> ids;
            for (const Token& token : tokensOf(*tokenizer, text)) {
                ids.push_back(token.id.value());
            }
            QCOMPARE(tokenizer->decode(ids).value(), text);
        }
    }
};

QTEST_APPLESS_MAIN(Gpt2TokenizerFilesTest)
#include "gpt2_tokenizer_files_test.moc"

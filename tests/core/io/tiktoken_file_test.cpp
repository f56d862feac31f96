// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tiktoken_file.h"

#include "core/tokenize/normalizer.h"
#include "tests/support/data_folder.h"
#include "tests/support/token_ids.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <QByteArray>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

std::string line(const std::string& bytes, std::size_t rank) {
    return QByteArray::fromStdString(bytes).toBase64().toStdString() + " " + std::to_string(rank) + "\n";
}

/// All bytes, then "ab", "bc" and "abcd", which no two entries make.
std::string small() {
    std::string text;
    for (unsigned byte = 0; byte < 256; ++byte) {
        text += line(std::string(1, static_cast<char>(byte)), byte);
    }
    return text + line("ab", 256) + line("bc", 257) + line("abcd", 258);
}

Result<std::shared_ptr<const Tokenizer>> parse(const std::string& text) {
    NoProgress progress;
    return parseTiktoken(text, "x.tiktoken", SplitScheme::Cl100k, progress);
}

}  // namespace

class TiktokenFileTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void givesTheIdsOfTiktoken_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("gpt2") << QStringLiteral("gpt2");
        QTest::newRow("cl100k_base") << QStringLiteral("cl100k_base");
    }
    void givesTheIdsOfTiktoken() {
        QFETCH(QString, name);
        const auto file = dataFolder() / "tokenizers/tiktoken" / (name.toStdString() + ".tiktoken");
        const auto answers = dataFolder() / "expected/tiktoken.json";
        LEXISCOPE_NEEDS_DATA(file);
        LEXISCOPE_NEEDS_DATA(answers);
        NoProgress progress;
        const auto tokenizer = readTiktoken(file, progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        std::ifstream stream(answers);
        const nlohmann::json cases = nlohmann::json::parse(stream)[name.toStdString()];
        QVERIFY(cases.size() > 20);
        for (const nlohmann::json& one : cases) {
            const auto text = one["text"].get<std::string>();
            if (idsOf(*tokenizer.value(), text) != one["ids"].get<std::vector<std::int64_t>>()) {
                QFAIL(one.dump().c_str());
            }
        }
        EncodeOptions options;
        options.parseSpecial = true;
        const std::int64_t end = name == QStringLiteral("gpt2") ? 50256 : 100257;
        QCOMPARE(idsOf(*tokenizer.value(), "<|endoftext|>", options), (std::vector<std::int64_t>{end}));
    }

    void ranksDecideAndWholePiecesComeFirst() {
        const auto tokenizer = parse(small());
        QVERIFY(tokenizer.ok());
        QCOMPARE(idsOf(*tokenizer.value(), "abc"), (std::vector<std::int64_t>{256, 'c'}));
        QCOMPARE(idsOf(*tokenizer.value(), "abcd"), (std::vector<std::int64_t>{258}));
        QCOMPARE(idsOf(*tokenizer.value(), "abcda"), (std::vector<std::int64_t>{256, 'c', 'd', 'a'}));
    }

    /// As tiktoken cuts a line: at any white space, which may stand around it too.
    void whiteSpaceOfALineDoesNotCount() {
        const auto tokenizer = parse(small() + "YWJj\t259 \r\n \v eHk=  \f260\t\n");
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(idsOf(*tokenizer.value(), "abc"), (std::vector<std::int64_t>{259}));
        QCOMPARE(idsOf(*tokenizer.value(), "xy"), (std::vector<std::int64_t>{260}));
    }

    void theNameTellsTheScheme() {
        QVERIFY(tiktokenScheme("a/o200k_base.tiktoken") == SplitScheme::O200k);
        QVERIFY(tiktokenScheme("tokenizer.model") == SplitScheme::Cl100k);
        QVERIFY(tiktokenScheme("qwen.tiktoken") == SplitScheme::Qwen2);
        QVERIFY(tiktokenScheme("o200k_harmony.tiktoken") == SplitScheme::O200k);
        QVERIFY(!tiktokenScheme("mine.tiktoken"));
        QVERIFY(beginsAsTiktoken("IQ== 0\nIg== 1\n"));
        QVERIFY(!beginsAsTiktoken("hello 0\n"));
        QVERIFY(!beginsAsTiktoken("5 2\n"));
    }

    /// p50k_base has its special token between its ranks, and p50k_edit others behind them.
    void aRankThatIsLeftOutIsTheSpecialToken_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("first");  // ID of "<|fim_prefix|>"
        QTest::newRow("p50k_base") << QStringLiteral("p50k_base.tiktoken") << int{'<'};
        QTest::newRow("p50k_edit, with more behind") << QStringLiteral("p50k_edit.tiktoken") << 50281;
    }
    void aRankThatIsLeftOutIsTheSpecialToken() {
        QFETCH(const QString, name);
        QFETCH(const int, first);
        constexpr std::size_t left = 50256;
        std::string text = small();
        for (std::size_t rank = 259; rank < left; ++rank) {
            const std::size_t number = rank - 259;
            text += line(std::string{'#', static_cast<char>(number % 256), static_cast<char>(number / 256)},
                         rank);
        }
        text += line("xyz", left + 1);
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / name.toStdString();
        std::ofstream(path, std::ios::binary) << text;
        NoProgress progress;
        const auto tokenizer = readTiktoken(path, progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(idsOf(*tokenizer.value(), "xyz ab"), (std::vector<std::int64_t>{left + 1, ' ', 256}));
        QCOMPARE(tokenizer.value()->decode(std::vector<TokenId>{TokenId{left}}).value(),
                 std::string("<|endoftext|>"));
        QVERIFY(tokenizer.value()->tokenKind(TokenId{left}) == TokenKind::Special);
        EncodeOptions options;
        options.parseSpecial = true;
        QCOMPARE(static_cast<int>(idsOf(*tokenizer.value(), "<|fim_prefix|>", options).front()), first);
    }

    /// Of files by that name, the number of ranks tells it from others.
    void specialTokensOfLlama3StandBehindItsRanks() {
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "tokenizer.model";
        const auto read = [&path](std::size_t ranks) {
            std::string text = small();
            for (std::size_t rank = 259; rank < ranks; ++rank) {
                text += line("#" + std::to_string(rank), rank);
            }
            std::ofstream(path, std::ios::binary) << text;
            NoProgress progress;
            return readTiktoken(path, progress).value();
        };
        const auto llama = read(128000);
        QCOMPARE(llama->vocabularySize(), std::size_t{128256});
        QVERIFY(llama->warnings().empty());
        QCOMPARE(llama->spelling(TokenId{128009}), std::string_view("<|eot_id|>"));
        QCOMPARE(llama->spelling(TokenId{128255}), std::string_view("<|reserved_special_token_247|>"));
        EncodeOptions options;
        options.addSpecial = true;
        options.parseSpecial = true;
        QCOMPARE(idsOf(*llama, "ab<|end_header_id|>", options),
                 (std::vector<std::int64_t>{128000, 256, 128007}));
        const auto other = read(127999);
        QCOMPARE(other->vocabularySize(), std::size_t{127999});
        QCOMPARE(other->warnings().size(), std::size_t{1});
        QCOMPARE(idsOf(*other, "ab", options), (std::vector<std::int64_t>{256}));
    }

    void aRankThatIsLeftOutIsSaid() {
        const auto tokenizer = parse(small() + line("xy", 300));
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(tokenizer.value()->vocabularySize(), std::size_t(301));
        QCOMPARE(idsOf(*tokenizer.value(), "xy"), (std::vector<std::int64_t>{300}));
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t(1));
        QCOMPARE(tokenizer.value()->warnings().front(),
                 std::string("41 IDs below the highest have no token, the first 259: they are named "
                             "“[unused 259]” and so on"));
    }

    void aFileCutShortAtALineIsSaid() {
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "gpt2.tiktoken";
        std::ofstream(path, std::ios::binary) << small();
        NoProgress progress;
        const auto tokenizer = readTiktoken(path, progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t(1));
        QVERIFY(tokenizer.value()->warnings().front().find("259 ranks, but gpt2.tiktoken has 50,256") !=
                std::string::npos);
    }

    /// The numbers are those of the programs that wrote these files.
    void specialTokensOfQwenAndHarmony() {
        const QTemporaryDir folder;
        NoProgress progress;
        const auto idsIn = [&](const char* name, const char* text) {
            const auto path = std::filesystem::path(folder.path().toStdString()) / name;
            std::ofstream(path, std::ios::binary) << small();
            const auto tokenizer = readTiktoken(path, progress);
            return idsOf(*tokenizer.value(), text, {.addSpecial = false, .parseSpecial = true});
        };
        QCOMPARE(idsIn("qwen.tiktoken", "<|im_end|><|extra_204|>"),
                 (std::vector<std::int64_t>{151645, 151850}));
        QCOMPARE(idsIn("o200k_harmony.tiktoken", "<|channel|><|reserved_200009|><|endofprompt|>"),
                 (std::vector<std::int64_t>{200005, 200009, 200018}));
        QCOMPARE(idsIn("o200k_harmony.tiktoken", "<|startoftext|><|call|><|reserved_201087|>"),
                 (std::vector<std::int64_t>{199998, 200012, 201087}));
    }

    /// As tokenization_qwen.py does before all else.
    void qwensTextsAreComposed() {
        const QTemporaryDir folder;
        NoProgress progress;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "qwen.tiktoken";
        std::ofstream(path, std::ios::binary) << small();
        const auto tokenizer = readTiktoken(path, progress).value();
        const auto plain = parseTiktoken(small(), "plain", SplitScheme::Qwen2, progress).value();
        const NormalizerPtr nfc = makeUnicodeForm(UnicodeForm::Nfc);
        std::mt19937 random(3);
        const std::vector<std::string> parts = {"e",    "\u0301", "abcd",   " ab",       "\u00E9",
                                                "bc12", "\u1100", "\u1161", "\n",        "  ",
                                                "\xFF", "'s",     "\u0323", "<|im_end|>"};
        for (int round = 0; round < 300; ++round) {
            std::string text;
            for (std::size_t i = 0; i < 1 + random() % 12; ++i) {
                text += parts[random() % parts.size()];
            }
            const AlignedText composed = nfc->apply(AlignedText(text), progress).value();
            QVERIFY2(idsOf(*tokenizer, text) == idsOf(*plain, composed.text()), text.c_str());
        }
        const Encoding encoding = tokenizer->encode("e\u0301<|im_end|>", {false, true}, progress).value();
        QCOMPARE(encoding.tokens.size(), std::size_t(3));
        QVERIFY((encoding.tokens[0].source == ByteSpan{0, 3}));
        QVERIFY((encoding.tokens[2].source == ByteSpan{3, 13}));
        QCOMPARE(tokenizer->decode(std::vector<TokenId>{TokenId{258}, TokenId{151645}}).value(),
                 std::string("abcd<|im_end|>"));
    }

    void brokenFiles_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString::fromUtf8(says);
        };
        row("empty", "", "has no tokens");
        row("no rank", "IQ==\n", "line 1");
        row("nothing but spaces", small() + "  \t\n", "line 260");
        row("three words", small() + "QUI= 259 1\n", "line 260");
        row("bad base64", small() + "I!== 259\n", "line 260");
        row("cut base64", small() + "IQ= 259\n", "line 260");
        row("empty token", small() + "==== 259\n", "line 260");
        row("negative rank", small() + "QUI= -1\n", "line 260");
        row("rank that is no number", small() + "QUI= 1e9\n", "line 260");
        row("huge rank", small() + "QUI= 4294967295\n", "line 260");
        row("rank twice", small() + line("xy", 258), "258");
        row("rank far beyond the others", small() + line("xy", 300'000), "line 260");
        row("token twice", small() + line("ab", 259), "ab");
        row("byte without token", line("a", 0), "no token for the byte 0");
    }
    void brokenFiles() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto tokenizer = parse(text.toStdString());
        QVERIFY(!tokenizer.ok());
        const QString error = QString::fromStdString(toString(tokenizer.error()));
        QVERIFY2(error.startsWith(QStringLiteral("x.tiktoken")) && error.contains(says), qPrintable(error));
    }

    void aNameThatSaysNothingIsRefused() {
        NoProgress progress;
        const auto file = dataFolder() / "tokenizers/tiktoken/gpt2.tiktoken";
        LEXISCOPE_NEEDS_DATA(file);
        const auto tokenizer = readTiktoken(dataFolder() / "README.md", progress);
        QVERIFY(!tokenizer.ok());
        QCOMPARE(tokenizer.error().code, ErrorCode::Unsupported);
    }
};

QTEST_APPLESS_MAIN(TiktokenFileTest)
#include "tiktoken_file_test.moc"

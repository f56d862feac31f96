// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/sentencepiece_file.h"

#include "tests/support/data_folder.h"
#include "tests/support/sentencepiece_bytes.h"
#include "tests/support/token_ids.h"

#include <fstream>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

Result<std::shared_ptr<const Tokenizer>> parse(const std::string& bytes) {
    NoProgress progress;
    return parseSentencePiece(bytes, "x.model", progress);
}

}  // namespace

class SentencePieceFileTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void givesTheIdsOfSentencePiece_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("Unigram") << QStringLiteral("wiki-unigram");
        QTest::newRow("BPE with bytes") << QStringLiteral("wiki-bpe");
    }
    void givesTheIdsOfSentencePiece() {
        QFETCH(QString, name);
        const auto file = dataFolder() / "tokenizers/sentencepiece" / (name.toStdString() + ".model");
        const auto answers = dataFolder() / "expected/sentencepiece.json";
        LEXISCOPE_NEEDS_DATA(file);
        LEXISCOPE_NEEDS_DATA(answers);
        NoProgress progress;
        const auto tokenizer = readSentencePiece(file, progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        std::ifstream stream(answers);
        const nlohmann::json cases = nlohmann::json::parse(stream)[name.toStdString()];
        QVERIFY(cases.size() > 20);
        for (const nlohmann::json& one : cases) {
            const auto text = one["text"].get<std::string>();
            const auto expected = one["ids"].get<std::vector<std::int64_t>>();
            if (idsOf(*tokenizer.value(), text) != expected) {
                QFAIL(one.dump().c_str());
            }
        }
    }

    /// As SentencePiece's program, which refuses it, too.
    void bytesThatAreNotAllThere() {
        const auto withBytes = [](unsigned count) {
            std::string bytes = piece("<unk>", 0, 2) + piece("a", -1);
            for (unsigned byte = 0; byte < count; ++byte) {
                constexpr std::string_view digits = "0123456789ABCDEF";
                const std::string text = {'<', '0', 'x', digits[byte / 16], digits[byte % 16], '>'};
                bytes += piece(text, 0, 6);
            }
            return bytes + trainer(2, true);
        };
        QVERIFY(parse(withBytes(256)).ok());
        const auto tokenizer = parse(withBytes(255));
        QVERIFY(!tokenizer.ok());
        QVERIFY(tokenizer.error().code == ErrorCode::Broken);
        QVERIFY(tokenizer.error().what.find("255 byte pieces instead of 256") != std::string::npos);
    }

    void aPieceThatIsNoUtf8IsSaid() {
        QVERIFY(parse(small(1)).value()->warnings().empty());
        const auto tokenizer = parse(piece("\xC3(", -1) + small(1) + piece("\xFF", -1));
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(tokenizer.value()->warnings(),
                 std::vector<std::string>{"2 tokens are no valid UTF-8, the first: piece 0"});
    }

    void tokensKnowTheirBytes() {
        const auto tokenizer = parse(small(1));
        QVERIFY(tokenizer.ok());
        NoProgress progress;
        const auto encoding = tokenizer.value()->encode("  ab  \u65E5\u65E5a ", {}, progress);
        QVERIFY(encoding.ok());
        QCOMPARE(idsOf(*tokenizer.value(), "  ab  \u65E5\u65E5a "),
                 (std::vector<std::int64_t>{2, 6, 2, 0, 3}));
        const std::vector<Token> expected = {{TokenId{2}, {2, 2}, TokenKind::Normal},
                                             {TokenId{6}, {2, 4}, TokenKind::Normal},
                                             {TokenId{2}, {4, 5}, TokenKind::Normal},
                                             {TokenId{0}, {6, 12}, TokenKind::Unknown},
                                             {TokenId{3}, {12, 13}, TokenKind::Normal}};
        QVERIFY(encoding.value().tokens == expected);
    }

    void theBestWayIsNotTheGreedyOne() {
        // "▁ab" costs 6, "▁a" and "b" 7, "▁" and "ab" 4.
        QCOMPARE(idsOf(*parse(small(1)).value(), "ab"), (std::vector<std::int64_t>{2, 6}));
        // Pairs by score: "ab" first, so that "▁a" never comes about; then both together.
        QCOMPARE(idsOf(*parse(small(2)).value(), "ab"), (std::vector<std::int64_t>{7}));
        QCOMPARE(idsOf(*parse(small(2)).value(), "a"), (std::vector<std::int64_t>{5}));
    }

    void tokensHaveTheirScoresOrRanks() {
        const auto unigram = parse(small(1)).value();
        QCOMPARE(unigram->score(TokenId{5}), std::optional(-2.0));
        QVERIFY(!unigram->score(TokenId{1}));  // no text becomes it
        QVERIFY(!unigram->mergeRank(TokenId{5}));
        // By score: ab, ▁a, ▁, a, b, ▁ab; single characters are made by no merge.
        const auto bpe = parse(small(2)).value();
        QCOMPARE(bpe->mergeRank(TokenId{6}), std::optional(0U));
        QCOMPARE(bpe->mergeRank(TokenId{5}), std::optional(1U));
        QCOMPARE(bpe->mergeRank(TokenId{7}), std::optional(5U));
        QVERIFY(!bpe->mergeRank(TokenId{3}));
        QVERIFY(!bpe->score(TokenId{6}));
    }

    void specialTokensAreTextUnlessAskedFor() {
        const auto tokenizer = parse(small(1)).value();
        QVERIFY(idsOf(*tokenizer, "<s>ab") != (std::vector<std::int64_t>{1, 2, 6}));
        EncodeOptions options;
        options.parseSpecial = true;
        QCOMPARE(idsOf(*tokenizer, "<s>ab", options), (std::vector<std::int64_t>{1, 2, 6}));
        QCOMPARE(tokenizer->tokenKind(TokenId{1}), TokenKind::Special);
        QCOMPARE(tokenizer->tokenKind(TokenId{0}), TokenKind::Unknown);
        QCOMPARE(tokenizer->tokenBytes(TokenId{7}), std::string(" ab"));
    }

    void unknownCharactersBecomeBytes() {
        std::string bytes = piece("<unk>", 0, 2) + piece("\u2581", -1) + piece("a", -2);
        for (unsigned byte = 0; byte < 256; ++byte) {
            bytes += piece(QStringLiteral("<0x%1>")
                               .arg(byte, 2, 16, QLatin1Char('0'))
                               .toUpper()
                               .replace(QLatin1Char('X'), QLatin1Char('x'))
                               .toStdString(),
                           0, 6);
        }
        for (const unsigned model : {1U, 2U}) {
            const auto tokenizer = parse(bytes + trainer(model, true));
            QVERIFY(tokenizer.ok());
            QCOMPARE(idsOf(*tokenizer.value(), "a\u00E9"),
                     (std::vector<std::int64_t>{1, 2, 3 + 0xC3, 3 + 0xA9}));
            QCOMPARE(tokenizer.value()->tokenKind(TokenId{3 + 0xC3}), TokenKind::Byte);
            const auto text = tokenizer.value()->decode(
                std::vector<TokenId>{TokenId{1}, TokenId{2}, TokenId{3 + 0xC3}, TokenId{3 + 0xA9}});
            QCOMPARE(text.value(), std::string("a\u00E9"));
        }
    }

    void unknownWordsBecomeBytes() {
        std::string bytes = piece("<unk>", 0, 2) + piece("\u2581a", -1);
        for (unsigned byte = 0; byte < 256; ++byte) {
            const QString name =
                QStringLiteral("<0x") + QStringLiteral("%1>").arg(byte, 2, 16, QLatin1Char('0')).toUpper();
            bytes += piece(name.toStdString(), 0, 6);
        }
        const auto tokenizer = parse(bytes + trainer(3, true)).value();
        QCOMPARE(idsOf(*tokenizer, "a b"),
                 (std::vector<std::int64_t>{1, 2 + 0xE2, 2 + 0x96, 2 + 0x81, 2 + 'b'}));
    }

    void modelsWithoutScoresMayHaveEndlessOnes() {
        const float endless = -std::numeric_limits<float>::infinity();
        const std::string pieces = piece("<unk>", 0, 2) + piece("\u2581", -1) + piece("a", endless);
        QCOMPARE(idsOf(*parse(pieces + trainer(4, false)).value(), "a"), (std::vector<std::int64_t>{1, 2}));
        QVERIFY(!parse(pieces + trainer(1, false)).ok());
    }

    /// The sign of a space is one, but not where its bytes are spelled; control pieces are no text, and the
    /// unknown is a sign of its own.
    void textsComeBackAsFromSentencePiece() {
        const auto tokenizer = parse(piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("\u2581", -1) +
                                     piece("\u2581\u2581a", -2) + piece("<0xE2>", 0, 6) +
                                     piece("<0x96>", 0, 6) + piece("<0x81>", 0, 6) + trainer(1, false))
                                   .value();
        const auto textOf = [&](const std::vector<std::uint32_t>& numbers) {
            std::vector<TokenId> ids;
            for (const std::uint32_t number : numbers) {
                ids.push_back(TokenId{number});
            }
            return tokenizer->decode(ids).value();
        };
        QCOMPARE(textOf({1, 3, 1}), std::string(" a"));
        QCOMPARE(textOf({2, 2, 3}), std::string(" a"));
        QCOMPARE(textOf({3, 0, 3}), std::string(" a \u2047   a"));
        QCOMPARE(textOf({4, 5, 6, 2}), std::string("\u2581 "));
        QCOMPARE(textOf({}), std::string());
    }

    void nothingGivesNothing() {
        for (const unsigned model : {1U, 2U, 3U, 4U}) {
            const auto tokenizer = parse(small(model)).value();
            QVERIFY(idsOf(*tokenizer, "").empty());
            QVERIFY(idsOf(*tokenizer, "   ").empty());
        }
        QCOMPARE(idsOf(*parse(small(3)).value(), "ab a c"), (std::vector<std::int64_t>{7, 5, 0}));
        QCOMPARE(idsOf(*parse(small(4)).value(), "ab"), (std::vector<std::int64_t>{2, 3, 4}));
    }

    void brokenFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& bytes, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromUtf8(says);
        };
        const std::string whole = small(1);
        row("empty", "", "the vocabulary is empty");
        row("cut in a piece", whole.substr(0, 9), "byte");
        row("length past the end", std::string("\x0A\x7F") + "abc", "says it has 127 bytes");
        row("endless number", std::string(12, '\xFF'), "longer than 64 bits");
        row("field zero", std::string("\x02\x00", 2), "there is no field 0");
        row("groups", std::string("\x0B"), "gone out of use");
        row("two of one text", whole + piece("ab", -1), "same text as piece 6");
        row("no unknown", piece("a", -1) + trainer(1), "no piece stands for the unknown");
        row("two unknown", whole + piece("<unk2>", 0, 2), "second");
        row("score is no number", whole + piece("c", std::numeric_limits<float>::quiet_NaN()), "no number");
        row("piece without text", whole + bytesField(1, floatField(2, 1)), "no text");
        row("kind of piece", whole + piece("c", 0, 9), "kind 9");
        row("kind of model", small(9), "kind 9");
        row("map too short", whole + bytesField(3, bytesField(2, "ab")), "character map");
        row("map larger than the field",
            whole + bytesField(3, bytesField(2, std::string("\xFF\xFF\0\0abcd", 8))), "65535 bytes");
    }
    void brokenFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto tokenizer = parse(bytes.toStdString());
        QVERIFY(!tokenizer.ok());
        const QString error = QString::fromStdString(toString(tokenizer.error()));
        QVERIFY2(error.startsWith(QStringLiteral("x.model")) && error.contains(says), qPrintable(error));
    }

    void aMapThatPointsOutsideItselfIsHarmless() {
        std::string map("\x08\0\0\0", 4);
        map += std::string("\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F", 8);
        const auto tokenizer = parse(small(1) + bytesField(3, bytesField(2, map)));
        QVERIFY(tokenizer.ok());
        QCOMPARE(idsOf(*tokenizer.value(), "ab"), (std::vector<std::int64_t>{2, 6}));
    }
};

QTEST_APPLESS_MAIN(SentencePieceFileTest)
#include "sentencepiece_file_test.moc"

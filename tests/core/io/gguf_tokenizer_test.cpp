// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gguf_tokenizer.h"

#include "core/io/gguf_split.h"
#include "tests/support/data_folder.h"
#include "tests/support/gguf_tokenizer_bytes.h"
#include "tests/support/token_ids.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

Result<std::shared_ptr<const Tokenizer>> parse(const std::string& bytes) {
    NoProgress progress;
    return parseGgufTokenizer(bytes, "x.gguf", progress);
}

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The texts of an .inp file, each ended by a line of its own.
std::vector<std::string> textsOf(const std::filesystem::path& path) {
    const std::string all = contentOf(path);
    const std::string end = "\n__ggml_vocab_test__\n";
    std::vector<std::string> texts;
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t next = std::min(all.find(end, begin), all.size());
        texts.push_back(all.substr(begin, next - begin));
        begin = next + end.size();
    }
    return texts;
}

}  // namespace

class GgufTokenizerTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void wordsKeepTheirCaseAndAccentsWhereTheFileSaysSo() {
        const auto idsWith = [](std::optional<bool> lowercase, std::optional<bool> stripAccents) {
            Gguf file;
            file.addText("tokenizer.ggml.model", "bert");
            file.addTexts("tokenizer.ggml.tokens",
                          {"[UNK]", "\u2581e", "\u2581E", "\u2581\u00C9", "\u2581\u00E9"});
            file.addCount("tokenizer.ggml.unknown_token_id", 0);
            if (lowercase) {
                file.addFlag("tokenizer.ggml.normalizer.lowercase", *lowercase);
            }
            if (stripAccents) {
                file.addFlag("tokenizer.ggml.normalizer.strip_accents", *stripAccents);
            }
            return idsOf(*parse(file.bytes()).value(), "\u00C9");
        };
        QCOMPARE(idsWith({}, {}), std::vector<std::int64_t>{1});
        QCOMPARE(idsWith(false, {}), std::vector<std::int64_t>{3});
        QCOMPARE(idsWith(false, true), std::vector<std::int64_t>{2});
        QCOMPARE(idsWith(true, false), std::vector<std::int64_t>{4});
    }

    void rulesOfNormalizationAreFollowed() {
        const auto tokenizer = parse(scored().bytes());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(idsOf(*tokenizer.value(), "bA  B"), (std::vector<std::int64_t>{3, 5, 4, 3, 2}));
    }

    /// In float32, "b" twice behind "a" costs nothing, and "bb" 2.
    void scoresAreSummedUpAsDoubles() {
        QCOMPARE(idsOf(*parse(scored().bytes()).value(), "abb"), (std::vector<std::int64_t>{3, 4, 6}));
    }

    void rulesThatAreNoneAreRefused() {
        for (const std::string& map : {std::string("\x01\x02"), std::string("\xFF\xFF\xFF\x7F....", 8)}) {
            Gguf one;
            one.addText("tokenizer.ggml.model", "t5");
            one.addTexts("tokenizer.ggml.tokens", {"<unk>", "a"});
            one.addFloats("tokenizer.ggml.scores", {0, -1});
            one.addCount("tokenizer.ggml.unknown_token_id", 0);
            one.addBytes("tokenizer.ggml.precompiled_charsmap", map);
            const auto tokenizer = parse(one.bytes());
            QVERIFY(!tokenizer.ok());
            QVERIFY(tokenizer.error().code == ErrorCode::Broken);
            QVERIFY(tokenizer.error().where.ends_with("tokenizer.ggml.precompiled_charsmap"));
        }
    }

    void givesTheIdsOfLlamaCpp_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"gpt-2", "bert-bge", "llama-spm", "phi-3"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void givesTheIdsOfLlamaCpp() {
        QFETCH(QString, name);
        const std::string file =
            (dataFolder() / "tokenizers/gguf" / ("ggml-vocab-" + name.toStdString() + ".gguf")).string();
        LEXISCOPE_NEEDS_DATA(file);
        NoProgress progress;
        const auto tokenizer = readGgufTokenizer(file, progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        const std::vector<std::string> texts = textsOf(file + ".inp");
        std::istringstream answers(contentOf(file + ".out"));
        QVERIFY(texts.size() > 20);
        for (const std::string& one : texts) {
            std::string line;
            QVERIFY(std::getline(answers, line));
            std::istringstream numbers(line);
            const std::vector<std::int64_t> expected{std::istream_iterator<std::int64_t>(numbers), {}};
            if (idsOf(*tokenizer.value(), one) != expected) {
                QFAIL(("of the text " + one).c_str());
            }
        }
    }

    void wordsGetTheirOwnSpellingBack() {
        const auto tokenizer = parse(words().bytes());
        QVERIFY(tokenizer.ok());
        QCOMPARE(idsOf(*tokenizer.value(), "PLAYED! x"), (std::vector<std::int64_t>{3, 4, 5, 0}));
        EncodeOptions options;
        options.addSpecial = true;
        QCOMPARE(idsOf(*tokenizer.value(), "play", options), (std::vector<std::int64_t>{1, 3, 2}));
        QCOMPARE(std::string(tokenizer.value()->spelling(TokenId{4})), std::string("##ed"));
    }

    void cutsThatAreNotSaidAreWarnedOf() {
        const auto merges = [](Gguf file) { return file.addTexts("tokenizer.ggml.merges", {"a b"}).bytes(); };
        QVERIFY(parse(merges(bytePairs("gpt-2"))).value()->warnings().empty());
        const auto tokenizer = parse(merges(bytePairs("")));
        QVERIFY(tokenizer.ok());
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer.value()->warnings().front().find("tokenizer.ggml.pre") != std::string::npos);
        QCOMPARE(idsOf(*tokenizer.value(), "aba"), (std::vector<std::int64_t>{2, 0}));
    }

    void eachNameCutsInItsWay_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("pieces");
        const auto row = [](const char* name, const char* text, const QStringList& pieces) {
            QTest::newRow(name) << name << QString::fromUtf8(text) << pieces;
        };
        row("gpt-2", "it's 1234, ok", {"it", "'s", " 1234", ",", " ok"});
        row("lfm2", "it's 1234, ok", {"it", "'s", " ", "123", "4", ",", " ok"});
        row("hunyuan", "a 123", {"a", " ", "1", "2", "3"});
        row("llama4", "it's 1234", {"it's", " ", "123", "4"});
        row("starcoder", "a 123 b", {"a", " ", "1", "2", "3", " b"});
        row("deepseek-v3", "ab 1234 日本語x, y", {"ab", " ", "123", "4", " ", "日本語", "x", ",", " y"});
        row("deepseek-coder", "ab, cd 12\nx", {"ab", ",", " cd", " ", "1", "2", "\n", "x"});
        row("falcon", "ab == 12345", {"ab", " ", "==", " ", "123", "45"});
        row("bloom", "ab cd, 12", {"ab", " cd", ",", " 12"});
        row("viking", "ab 12", {"ab", " ", "1", "2"});
        row("tekken", "aBc 12/x", {"a", "Bc", " ", "1", "2", "/x"});
        row("qwen35", "a\u0301b 12", {"a\u0301b", " ", "1", "2"});
        row("bailingmoe", "it's 12\n\nx", {"it", "'s", " ", "1", "2", "\n\n", "x"});
        row("deepseek-llm", "I’m Ünï, 123 日本語x  ",
            {"I", "’", "m", " Ü", "n", "ï", ",", " ", "123", " ", "日本語", "x", "  "});
        row("youtu", "日本。ㄅ it's 12가", {"日本", "。", "ㄅ", " it's", " ", "1", "2", "가"});
        row("kimi-k2", "it's getUserName 日本語x 1234々",
            {"it's", " get", "User", "Name", " ", "日本語", "x", " ", "123", "4", "々"});
        row("superbpe", "by the way 1234567 (12)", {"by the way ", "1", "234", "567", " (", "12", ")"});
        row("chameleon", "<sentinel:12>it's, 12  IMGIMGABZ",
            {"<", "sentinel", ":", "1", "2", ">", "it", "'", "s", ",", " ", "1", "2", "  ", "IMGIMGABZ"});
        row("jais-2", "it's 1234         x", {"it", "'s", " ", "123", "4", "        ", " x"});
        row("exaone-moe", "it's a b c, 12\n\nx", {"it", "'s", " a b c", ",", " ", "1", "2", "\n\n", "x"});
        row("tiny_aya", "it's 1234567 1234x", {"it's", " ", "1", "234", "567", " ", "123", "4", "x"});
        row("afmoe", "a 1234567 日本 กขเแb", {"a", " ", "1", "234", "567", " ", "日本", " กข", "เแ", "b"});
        row("laguna", "a b!\n\nc 12", {"a", " b", "!", "\n\n", "c", " ", "1", "2"});
        row("minicpm5", "it's 12345", {"it", "'s", " ", "123", "45"});
        row("spark2_5", "ab, 1234!\n\n", {"ab", ",", " ", "1", "2", "3", "4", "!", "\n", "\n"});
        row("ufakzeka", "Ankara'da 12", {"Ankara", "'da", " ", "1", "2"});
        row("granite-embed-multi-97m", "it's 1234", {"it's", " ", "123", "4"});
        row("gemma4", "a b\n\nc", {"a b", "\n\n", "c"});
        row("default", "a == 1234", {"a", " ", "==", " ", "123", "4"});
        row("seed-coder", "a, b!\n", {"a", ",", " b", "!", "\n"});
    }
    void eachNameCutsInItsWay() {
        QFETCH(const QString, name);
        QFETCH(const QString, text);
        const std::optional<GgufSplit> split = ggufSplitNamed(name.toStdString());
        QVERIFY(split);
        const std::string source = text.toStdString();
        SplitText cut{AlignedText(source), {{0, source.size()}}};
        QVERIFY(split->preTokenizer->apply(cut).ok());
        QStringList pieces;
        for (const ByteSpan& piece : cut.pieces) {
            pieces << QString::fromStdString(source.substr(piece.begin, piece.size()));
        }
        QTEST(pieces, "pieces");
    }

    void whatNamesSayBesideTheCuts() {
        const auto flags = [](const char* name) {
            const std::optional<GgufSplit> split = ggufSplitNamed(name);
            return split ? std::vector<bool>{split->ignoresMerges, split->addsBegin, split->isRawText}
                         : std::vector<bool>();
        };
        QCOMPARE(flags("llama-bpe"), (std::vector<bool>{true, true, false}));
        QCOMPARE(flags("youtu"), (std::vector<bool>{true, false, false}));
        QCOMPARE(flags("chameleon"), (std::vector<bool>{false, true, false}));
        QCOMPARE(flags("sarvam-moe"), (std::vector<bool>{false, false, true}));
        QCOMPARE(flags("gpt-2"), (std::vector<bool>{false, false, false}));
        QVERIFY(flags("whitespace").empty());
        QVERIFY(flags("").empty());
    }

    void textsMayBeSpelledAsTheyAre() {
        Gguf file;
        file.addText("tokenizer.ggml.model", "gemma4");
        file.addTexts("tokenizer.ggml.tokens",
                      {"<unk>", "a", "\u2581", "\u2581a", "\n", "\n\n", "<0xC3>", "<0xA9>", "<turn>"});
        file.addInts("tokenizer.ggml.token_type", {2, 1, 1, 1, 1, 1, 6, 6, 3});
        file.addTexts("tokenizer.ggml.merges", {"\u2581 a", "\n \n"});
        file.addCount("tokenizer.ggml.unknown_token_id", 0);
        const auto tokenizer = parse(file.bytes());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        const std::vector<std::int64_t> ids = idsOf(*tokenizer.value(), "a a\n\na \u00E9a");
        QCOMPARE(ids, (std::vector<std::int64_t>{1, 3, 5, 1, 2, 6, 7, 1}));
        std::vector<TokenId> tokens;
        for (const std::int64_t id : ids) {
            tokens.push_back(TokenId{static_cast<std::uint32_t>(id)});
        }
        QCOMPARE(tokenizer.value()->decode(tokens).value(), std::string("a a\n\na \u00E9a"));
        QCOMPARE(tokenizer.value()->tokenBytes(TokenId{3}), std::string(" a"));
    }

    void idsThatAreNotNamedAreTheUsualOnes() {
        EncodeOptions options;
        options.addSpecial = true;
        std::vector<std::string> spellings;
        for (int id = 0; id < 103; ++id) {
            spellings.push_back("[" + std::to_string(id) + "]");
        }
        spellings.emplace_back("\u2581a");
        Gguf words;
        words.addText("tokenizer.ggml.model", "bert").addTexts("tokenizer.ggml.tokens", spellings);
        words.addFlag("tokenizer.ggml.add_eos_token", false);  // which says nothing of BERT's ends
        const auto ofWords = parse(words.bytes()).value();
        QCOMPARE(idsOf(*ofWords, "a b", options), (std::vector<std::int64_t>{101, 103, 100, 102}));
        QCOMPARE(ofWords->warnings().size(), std::size_t{3});
        QCOMPARE(ofWords->warnings()[1],
                 std::string("tokenizer.ggml.bos_token_id is missing: 101 is taken, as llama.cpp does"));

        Gguf pieces;
        pieces.addText("tokenizer.ggml.model", "t5");
        pieces.addTexts("tokenizer.ggml.tokens", {"<pad>", "</s>", "<unk>", "\u2581", "a"});
        pieces.addInts("tokenizer.ggml.token_type", {3, 3, 2, 1, 1});
        pieces.addFloats("tokenizer.ggml.scores", {0, 0, 0, -1, -1});
        const auto ofPieces = parse(pieces.bytes()).value();
        QCOMPARE(idsOf(*ofPieces, "a  b", options), (std::vector<std::int64_t>{4, 3, 3, 2, 1}));
        QCOMPARE(ofPieces->warnings().size(), std::size_t{1});  // the kinds tell the one for the unknown
    }

    void namedIdsThatAreNotThereAreSaid() {
        EncodeOptions options;
        options.addSpecial = true;
        Gguf file;
        file.addText("tokenizer.ggml.model", "llama");
        file.addTexts("tokenizer.ggml.tokens", {"<unk>", "<s>", "\u2581", "a"});
        file.addInts("tokenizer.ggml.token_type", {2, 3, 1, 1});
        file.addFloats("tokenizer.ggml.scores", {0, 0, -1, -1});
        file.addCount("tokenizer.ggml.bos_token_id", 4);
        file.addCount("tokenizer.ggml.eos_token_id", 9);
        file.addFlag("tokenizer.ggml.add_eos_token", true);
        const auto tokenizer = parse(file.bytes()).value();
        QCOMPARE(idsOf(*tokenizer, "a", options), (std::vector<std::int64_t>{1, 2, 3, 2}));
        QCOMPARE(tokenizer->warnings(),
                 (std::vector<std::string>{"tokenizer.ggml.bos_token_id is 4, but there are 4 tokens: 1 is "
                                           "taken, as llama.cpp does",
                                           "tokenizer.ggml.eos_token_id is 9, but there are 4 tokens: 2 is "
                                           "taken, as llama.cpp does"}));
    }

    void someSpellingsAreSpecialWhereTheFileDoesNotSaySo() {
        EncodeOptions options;
        options.parseSpecial = true;
        Gguf file;
        file.addText("tokenizer.ggml.model", "gpt2").addText("tokenizer.ggml.pre", "gpt-2");
        file.addTexts("tokenizer.ggml.tokens", {"a", "b", "<|im_end|>", "</s>", "<EOT>"});
        file.addTexts("tokenizer.ggml.merges", {});
        const auto tokenizer = parse(file.bytes()).value();
        QCOMPARE(idsOf(*tokenizer, "a<|im_end|>b<EOT>", options), (std::vector<std::int64_t>{0, 2, 1, 4}));
        QVERIFY(tokenizer->tokenKind(TokenId{2}) == TokenKind::Special);
        QVERIFY(tokenizer->tokenKind(TokenId{3}) == TokenKind::Normal);
        QCOMPARE(tokenizer->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer->warnings().front().starts_with("\"<|im_end|>\" and 1 more are special"));
    }

    void gemma4BeginsWhateverItsFileSays() {
        EncodeOptions options;
        options.addSpecial = true;
        Gguf file;
        file.addText("tokenizer.ggml.model", "gemma4").addTexts("tokenizer.ggml.tokens", {"<bos>", "a"});
        file.addInts("tokenizer.ggml.token_type", {3, 1}).addTexts("tokenizer.ggml.merges", {});
        file.addCount("tokenizer.ggml.bos_token_id", 0).addFlag("tokenizer.ggml.add_bos_token", false);
        QCOMPARE(idsOf(*parse(file.bytes()).value(), "a", options), (std::vector<std::int64_t>{0, 1}));
    }

    void someModelsTakeTheWhiteSpaceBesideSpecialTokens() {
        EncodeOptions options;
        options.parseSpecial = true;
        const auto named = [](const std::string& name) {
            Gguf file;
            file.addText("tokenizer.ggml.model", "llama").addText("general.name", name);
            file.addTexts("tokenizer.ggml.tokens", {"<unk>", "<s>", "<|user|>", "\u2581", "a"});
            file.addInts("tokenizer.ggml.token_type", {2, 3, 3, 1, 1});
            file.addFloats("tokenizer.ggml.scores", {0, 0, 0, -1, -1});
            return parse(file.bytes()).value();
        };
        const std::string said = "a <|user|>  a<s> a";
        QCOMPARE(idsOf(*named("My-Phi-3"), said, options),
                 (std::vector<std::int64_t>{3, 4, 3, 2, 3, 4, 1, 3, 3, 4}));
        QCOMPARE(idsOf(*named("Llama"), said, options),
                 (std::vector<std::int64_t>{3, 4, 3, 2, 3, 3, 3, 4, 1, 3, 3, 4}));

        Gguf file;
        file.addText("tokenizer.ggml.model", "gpt2").addText("tokenizer.ggml.pre", "jina-v2-es");
        file.addTexts("tokenizer.ggml.tokens", {"a", "\u0120", "<mask>"});
        file.addInts("tokenizer.ggml.token_type", {1, 1, 3}).addTexts("tokenizer.ggml.merges", {});
        QCOMPARE(idsOf(*parse(file.bytes()).value(), "a <mask> a", options),
                 (std::vector<std::int64_t>{0, 2, 1, 0}));
    }

    void usersTokensAreAlwaysTaken() {
        const auto tokenizer = parse(bytePairs("gpt-2").addTexts("tokenizer.ggml.merges", {"a b"}).bytes());
        QVERIFY(tokenizer.ok());
        QVERIFY(tokenizer.value()->makeup().has_value());  // by the faster way
        QCOMPARE(idsOf(*tokenizer.value(), "ab<user>a"), (std::vector<std::int64_t>{2, 4, 0}));
        QCOMPARE(idsOf(*tokenizer.value(), "<|end|>").front(), -1);
        EncodeOptions options;
        options.parseSpecial = true;
        QCOMPARE(idsOf(*tokenizer.value(), "<|end|>", options), (std::vector<std::int64_t>{3}));
    }

    void ofAMergeThatStandsThereTwiceTheEarlierOneCounts() {
        Gguf file;
        file.addText("tokenizer.ggml.model", "gpt2").addText("tokenizer.ggml.pre", "gpt-2");
        file.addTexts("tokenizer.ggml.tokens", {"a", "b", "ab", "ba"});
        file.addTexts("tokenizer.ggml.merges", {"a b", "b a", "a b"});
        const auto tokenizer = parse(file.bytes());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(idsOf(*tokenizer.value(), "aba"), (std::vector<std::int64_t>{2, 0}));
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer.value()->warnings().front().ends_with(
            "the earlier place counts: the pair in merge 3 is that of merge 1"));
    }

    void tokensWithoutASpellingOrUtf8AreSaid() {
        Gguf file;
        file.addText("tokenizer.ggml.model", "bert");
        file.addTexts("tokenizer.ggml.tokens", {"[UNK]", "", "\u2581play", "\xFF"});
        const auto tokenizer = parse(file.bytes());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(tokenizer.value()->spelling(TokenId{1}), std::string_view("[EMPTY_1]"));
        const std::vector<std::string> warnings = tokenizer.value()->warnings();
        QCOMPARE(warnings.size(), std::size_t{2});
        QVERIFY(warnings[0].starts_with("1 token is empty, the first 1"));
        QCOMPARE(warnings[1], std::string("1 token is no valid UTF-8: token 3"));
    }

    void brokenFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& bytes, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromUtf8(says);
        };
        const std::string whole = words().bytes();
        row("no file of this kind", "GGML", "does not begin");
        row("cut in the head", whole.substr(0, 10), "cut off");
        row("cut in a name", whole.substr(0, 40), "longer than what follows");
        row("cut in a list", whole.substr(0, 130), "follows");
        row("another version", words().bytes(1), "version 1");
        row("other byte order", words().bytes(0x03000000), "version");
        row("name twice", words().addCount("tokenizer.ggml.unknown_token_id", 1).bytes(),
            "stands there twice");
        row("kind of value", words().add("x", 77, "").bytes(), "kind 77");
        row("endless list", words().add("x", 9, number(4, 4) + number(~std::uint64_t{0}, 8)).bytes(),
            "longer than what follows");
        row("lists in lists",
            words().add("x", 9, number(9, 4) + number(1, 8) + std::string(12, '\0')).bytes(),
            "lists within lists");
        row("no tokenizer", Gguf().addText("general.name", "x").bytes(), "has no tokenizer");
        row("another tokenizer",
            Gguf().addText("tokenizer.ggml.model", "rwkv").addTexts("tokenizer.ggml.tokens", {"a"}).bytes(),
            "\"rwkv\" is not known");
        row("no tokens",
            Gguf().addText("tokenizer.ggml.model", "gpt2").addTexts("tokenizer.ggml.tokens", {}).bytes(),
            "the vocabulary is empty");
        row("unknown cuts", bytePairs("other").bytes(), "how \"other\" cuts texts is not known");
        row("no merges", bytePairs("gpt-2").bytes(), "are missing");
        row("merge of one", bytePairs("gpt-2").addTexts("tokenizer.ggml.merges", {"ab"}).bytes(), "merge 1");
        row("merge of unknown", bytePairs("gpt-2").addTexts("tokenizer.ggml.merges", {"a b", "a c"}).bytes(),
            "merge 2");
    }
    void brokenFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto tokenizer = parse(bytes.toStdString());
        QVERIFY(!tokenizer.ok());
        const QString error = QString::fromStdString(toString(tokenizer.error()));
        QVERIFY2(error.startsWith(QStringLiteral("x.gguf")) && error.contains(says), qPrintable(error));
    }
};

QTEST_APPLESS_MAIN(GgufTokenizerTest)
#include "gguf_tokenizer_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json.h"
#include "core/tokenize/known_patterns.h"
#include "core/tokenize/stage_trace.h"

#include <optional>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;

namespace {

Result<std::shared_ptr<const Tokenizer>> read(const QByteArray& json) {
    NoProgress progress;
    return parseTokenizerJson(json.toStdString(), "tokenizer.json", progress);
}

}  // namespace

/// Small files of kinds that are seldom seen, and the IDs that Hugging Face's tokenizers 0.23.2 gives with
/// them.
class TokenizerJsonStagesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void idsAreThoseOfTheOtherProgram_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<int>>("ids");
        const auto row = [](const char* name, const char* json, const char* text, const QList<int>& ids) {
            QTest::newRow(name) << QByteArray(json) << QByteArray(text) << ids;
        };
        row("nmt rules",
            R"({"normalizer": {"type": "Nmt"}, "pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "c": 3}}})",
            "a\001 \u200Bb\u2581c\177", {1, 2, 3});
        row("bytes spelled by the normalizer",
            R"({"normalizer": {"type": "ByteLevel"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "Ã©": 1, "a": 2}}})",
            "\u00E9", {1});
        row("every three characters",
            R"({"pre_tokenizer": {"type": "FixedLength", "length": 3}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "aéb": 1, "c": 2}}})",
            "a\u00E9bc", {1, 2});
        row("bytes before scores",
            R"({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["?", -1.0], ["Ġ", -1.0], ["Ã", -1.0], ["©", -1.0]]}})",
            " \u00E9", {1, 2, 3});
        row("bytes before the longest match",
            R"({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}, "model": {"type": "WordPiece", "unk_token": "?", "continuing_subword_prefix": "##", "max_input_chars_per_word": 9, "vocab": {"?": 0, "Ã": 1, "##©": 2}}})",
            "\u00E9", {1, 2});
        row("bytes before words",
            R"({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "Ġa": 1}}})",
            " a", {1});
        row("bytes before another sign",
            R"({"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}, {"type": "Metaspace", "replacement": "_", "prepend_scheme": "always", "split": true}]}, "model": {"type": "BPE", "vocab": {"Ġ": 0, "a": 1, "_": 2, "_Ġ": 3}, "merges": ["_ Ġ"]}})",
            " a", {3, 1});
        row("bytes in a list of its own",
            R"({"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Sequence", "pretokenizers": [{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}, {"type": "Split", "pattern": {"String": "©"}, "behavior": "Isolated", "invert": false}]}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "Ã": 1, "©": 2}}})",
            "\u00E9", {1, 2});
        row("the unknown token spelled beside the unknown",
            R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["?", -1.0], ["a", -1.0]]}})", "a?xa",
            {1, 0, 1});
        row("scores whose last bit decides",
            R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["?", 0], ["a", -5.2731387178596991], ["aa", -8.0272862455967385]]}})",
            "aaaaaaa", {2, 2, 2, 1});
        row("unknown as bytes where all have them",
            R"({"model": {"type": "Unigram", "unk_id": 0, "byte_fallback": true, "vocab": [["?", -1.0], ["a", -1.0], ["<0x78>", -1.0]]}})",
            "xxaxya", {2, 2, 1, 0, 1});
        row("a letter in a circle is of the word",
            R"({"added_tokens": [{"id": 1, "content": "a", "single_word": true, "lstrip": false, "rstrip": false, "normalized": false, "special": false}], "pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2}}})",
            "a\u24B6 a", {0, 1});
        row("an added token is no entry of the model",
            R"({"added_tokens": [{"id": 2, "content": "a", "single_word": true, "lstrip": false, "rstrip": false, "normalized": false, "special": false}], "pre_tokenizer": {"type": "Whitespace"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "b": 1}}})",
            "a \u4E00 -a- \u4E00a", {2, 0, 0, 2, 0, 0});
        row("nor where it is a piece",
            R"({"added_tokens": [{"id": 2, "content": "...", "single_word": true, "lstrip": false, "rstrip": false, "normalized": false, "special": false}], "pre_tokenizer": {"type": "Whitespace"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "b": 1}}})",
            "...\u4E00 ...", {0, 0, 2});
        row("two added tokens that become one",
            R"({"added_tokens": [{"id": 1, "content": "A", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": false}, {"id": 2, "content": "a", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": true}], "normalizer": {"type": "Lowercase"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0}}})",
            "A", {2});
        row("a piece that stands there twice",
            R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["a", -5], ["b", -1], ["ab", -4], ["a", -1]]}})",
            "abab a", {4, 2, 4, 2, 0, 4});
        row("whose later place has the lower score",
            R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["a", -1], ["b", -1], ["ab", -4], ["a", -9]]}})",
            "abab a", {3, 3, 0, 4});
        row("the unknown token twice",
            R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["a", -1], ["b", -1], ["<unk>", -4], ["a", -9]]}})",
            "aqb<unk>", {4, 0, 2, 3});
        row("a stage of old without a type",
            R"({"normalizer": {"normalizers": [{"prepend": "x"}, {"pattern": {"String": "b"}, "content": "c"}]}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "xac": 1}}})",
            "ab", {1});
        row("an added token without content",
            R"({"added_tokens": [{"id": 7, "content": "", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}], "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}}})",
            "a", {1});
        row("an unknown token that is not there",
            R"({"pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "WordLevel", "unk_token": "none", "vocab": {"a": 0}}})",
            "a a", {0, 0});
        row("a class that is wider",
            R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[[:punct:]]"}, "behavior": "Isolated", "invert": false}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "€": 2}}})",
            "a\u20ACa", {1, 2, 1});
        row("a class that is narrower",
            R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[[:space:]]"}, "behavior": "Isolated", "invert": false}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a᠎a": 1}}})",
            "a\u180Ea", {1});
        row("an empty string stands beside each character",
            R"({"pre_tokenizer": {"type": "Split", "pattern": {"String": ""}, "behavior": "MergedWithNext", "invert": false}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "é": 2, "aé": 3}}})",
            "a\u00E9 a", {1, 2, 0, 1});
        row("all around an empty string is dropped",
            R"({"pre_tokenizer": {"type": "Split", "pattern": {"String": ""}, "behavior": "Removed", "invert": true}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}}})",
            "aa", {});
        row("an empty string is replaced",
            R"({"normalizer": {"type": "Replace", "pattern": {"String": ""}, "content": "x"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "xaxbx": 1}}})",
            "ab", {1});
        row("without an unknown token merges go over what is not there",
            R"({"model": {"type": "BPE", "unk_token": null, "vocab": {"a": 0, "b": 1, "ab": 2, "c": 3}, "merges": ["a b"]}})",
            "axbxc", {2, -1, 3});
        row("and over bytes that are not there",
            R"({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}, "model": {"type": "BPE", "unk_token": null, "vocab": {"a": 0, "b": 1, "ab": 2, "c": 3}, "merges": ["a b"]}})",
            "axbc axxb", {2, 3, -1, 2});
        row("unknown bytes beside each other are one, across words too",
            R"({"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}, "model": {"type": "BPE", "unk_token": "?", "fuse_unk": true, "vocab": {"?": 0, "a": 1}, "merges": []}})",
            "at a", {1, 0, 1});
        row("the unknown token comes behind bytes across words too",
            R"({"model": {"type": "BPE", "unk_token": "?", "byte_fallback": true, "vocab": {"?": 0, "b": 1, "<0x20>": 2}, "merges": []}})",
            "a b", {2, 0, 1});
        row("the bytes of a symbol are those of its prefix, too",
            R"({"model": {"type": "BPE", "unk_token": "?", "continuing_subword_prefix": "#", "byte_fallback": true, "vocab": {"?": 0, "a": 1, "<0x23>": 2, "<0x78>": 3}, "merges": []}})",
            "axx", {1, 2, 3, 2, 3});
        row("the unknown token behind the bytes that follow",
            R"({"model": {"type": "BPE", "unk_token": "?", "fuse_unk": true, "byte_fallback": true, "vocab": {"?": 0, "a": 1, "<0x78>": 2}, "merges": []}})",
            "ayxya", {1, 2, 0, 1});
        row("a sign that is not assigned is no control character",
            R"({"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": false, "strip_accents": true, "lowercase": false}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}}})",
            "a\u0378 a\uFFFF \u0378 a\u200B a\uE000", {0, 0, 0, 1, 1});
        row("nor are marks and formats younger than its tables",
            R"({"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": false, "strip_accents": true, "lowercase": false}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a࢙b": 2, "a\u08E2b": 3, "ab": 4}}})",
            "a\u0899\u0301b", {2});
        row("younger signs part no words",
            R"({"pre_tokenizer": {"type": "BertPreTokenizer"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "a⹒a": 2, "⹂": 3, "᙭": 4}}})",
            "a\u2E52a a\u2E42a\u166D", {2, 1, 3, 1, 4});
        row("a younger sign has no other form",
            R"({"normalizer": {"type": "NFKC"}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "㋿平成": 1}}})",
            "\u32FF\u337B", {1});
        row("what an added token takes to its right may be another one",
            R"({"added_tokens": [{"id": 3, "content": "x", "single_word": false, "lstrip": false, "rstrip": true, "normalized": false, "special": false}, {"id": 4, "content": "\n", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": false}], "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, " a": 1, "a": 2}}})",
            "x \n a", {3, 4, 1});
        row("but not one that takes to its left",
            R"({"added_tokens": [{"id": 2, "content": "  ", "single_word": false, "lstrip": true, "rstrip": true, "normalized": false, "special": false}], "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}}})",
            "a    a", {1, 2, 1});
        row("what is not of a class",
            R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[[:^upper:]]"}, "behavior": "Isolated", "invert": false}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "Ⅰ": 2}}})",
            "a\u2160a", {1, 2, 1});
    }
    void idsAreThoseOfTheOtherProgram() {
        QFETCH(const QByteArray, json);
        QFETCH(const QByteArray, text);
        const auto tokenizer = read(json);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        NoProgress progress;
        EncodeOptions options;
        options.parseSpecial = true;
        const auto encoding = tokenizer.value()->encode(text.toStdString(), options, progress);
        QVERIFY(encoding.ok());
        QList<int> ids;
        for (const Token& token : encoding.value().tokens) {
            ids << (token.id ? static_cast<int>(token.id->value) : -1);
        }
        QTEST(ids, "ids");
    }

    /// With a prefix or suffix, an entry's spelling does not tell of how many bytes it is.
    void placesAreThoseOfTheSymbols() {
        const auto tokenizer = read(
            R"({"model": {"type": "BPE", "continuing_subword_prefix": "a", "end_of_word_suffix": "</w>",
                "vocab": {"a": 0, "aa": 1, "a</w>": 2, "aa</w>": 3, "ab": 4, "b": 5}, "merges": ["a aa</w>"]}})");
        QVERIFY(tokenizer.ok());
        NoProgress progress;
        const auto places = [&](const char* text) {
            QStringList all;
            const Encoding encoding = tokenizer.value()->encode(text, {}, progress).value();
            for (const Token& token : encoding.tokens) {
                all << QStringLiteral("%1:%2-%3")
                           .arg(token.id ? static_cast<int>(token.id->value) : -1)
                           .arg(token.source.begin)
                           .arg(token.source.end);
            }
            if (tokenizer.value()->traceStages(text, {}, progress).value().encoding.tokens !=
                encoding.tokens) {
                all << QStringLiteral("the trace differs");
            }
            return all;
        };
        QCOMPARE(places("a"), QStringList{QStringLiteral("2:0-1")});
        QCOMPARE(places("aa"), QStringList{QStringLiteral("3:0-2")});
        QCOMPARE(places("bba"), (QStringList{"5:0-1", "4:1-2", "3:2-3"}));
        QCOMPARE(places("bxa"), (QStringList{"5:0-1", "-1:1-2", "3:2-3"}));
    }

    void whatIsMergedOverIsOfTheToken() {
        const auto tokenizer =
            read(R"({"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}})");
        QVERIFY(tokenizer.ok());
        NoProgress progress;
        for (int round = 0; round < 2; ++round) {
            const auto tokens = tokenizer.value()->encode("axbxa", {}, progress).value().tokens;
            QCOMPARE(tokens.size(), std::size_t{3});
            QCOMPARE(tokens[0].source, (ByteSpan{0, 3}));
            QCOMPARE(tokens[1].source, (ByteSpan{3, 4}));
            QVERIFY(!tokens[1].id);
            QCOMPARE(tokens[2].source, (ByteSpan{4, 5}));
        }
    }

    /// Places that do not follow each other are the same the second time.
    void whatIsRememberedKeepsItsPlaces() {
        const auto tokenizer = read(
            R"({"pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "BPE", "unk_token": "?", "byte_fallback": true,
                "vocab": {"?": 0, "a": 1, "<0x78>": 2}, "merges": []}})");
        QVERIFY(tokenizer.ok());
        NoProgress progress;
        const auto tokens = tokenizer.value()->encode("yxa yxa", {}, progress).value().tokens;
        QCOMPARE(tokens.size(), std::size_t{6});
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(tokens[i + 3].id, tokens[i].id);
            QCOMPARE(tokens[i + 3].source, (ByteSpan{tokens[i].source.begin + 4, tokens[i].source.end + 4}));
        }
    }

    /// As that program does it from 0.23 on.
    void anAddedTokenIsDecodedFromItsNormalForm() {
        const auto tokenizer = read(
            R"({"added_tokens": [{"id": 2, "content": "é", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": false}],
                "normalizer": {"type": "ByteLevel"}, "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
                "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1}}})");
        QVERIFY(tokenizer.ok());
        const std::vector<TokenId> ids = {TokenId{1}, TokenId{2}};
        QCOMPARE(QString::fromStdString(tokenizer.value()->decode(ids).value()), QStringLiteral("a\u00E9"));
    }

    void whatTheOtherProgramRequiresIsRequired_data() {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("mayBeMissing");
        const auto row = [](const char* part, const char* json, const QStringList& mayBeMissing = {}) {
            const QByteArray type = QByteArray(json).mid(0, QByteArray(json).indexOf(','));
            QTest::newRow((part + (" " + type)).constData())
                << QByteArray(part) << QByteArray(json) << mayBeMissing;
        };
        row("normalizer",
            R"({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "lowercase": true})");
        row("normalizer", R"({"type": "Strip", "strip_left": true, "strip_right": true})");
        row("normalizer", R"({"type": "Replace", "pattern": {"String": "x"}, "content": "y"})");
        row("normalizer", R"({"type": "Prepend", "prepend": "y"})");
        row("pre_tokenizer",
            R"({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true})",
            {"use_regex"});
        row("pre_tokenizer", R"({"type": "Metaspace", "replacement": "_", "prepend_scheme": "first"})",
            {"prepend_scheme"});
        row("pre_tokenizer",
            R"({"type": "Split", "pattern": {"String": "x"}, "behavior": "Removed", "invert": false})");
        row("pre_tokenizer", R"({"type": "Punctuation", "behavior": "Removed"})", {"behavior"});
        row("pre_tokenizer", R"({"type": "Digits", "individual_digits": true})");
        row("pre_tokenizer", R"({"type": "FixedLength", "length": 2})", {"length"});
        row("pre_tokenizer", R"({"type": "CharDelimiterSplit", "delimiter": "-"})");
        row("post_processor", R"({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true})");
        row("post_processor", R"({"type": "BertProcessing", "sep": ["a", 0], "cls": ["a", 0]})");
        row("post_processor",
            R"({"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}], "pair": [], "special_tokens": {}})");
        row("decoder", R"({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true})");
        row("decoder", R"({"type": "WordPiece", "prefix": "##", "cleanup": true})");
        row("decoder", R"({"type": "BPEDecoder", "suffix": "x"})");
        row("decoder", R"({"type": "Metaspace", "replacement": "_"})");
        row("decoder", R"({"type": "CTC", "pad_token": "a", "word_delimiter_token": "a", "cleanup": true})");
        row("decoder", R"({"type": "Strip", "content": "a", "start": 0, "stop": 0})");
        row("truncation", R"({"direction": "Left", "strategy": "OnlyFirst", "max_length": 9, "stride": 0})",
            {"direction"});
        row("padding",
            R"({"strategy": "BatchLongest", "direction": "Left", "pad_id": 0, "pad_type_id": 0, "pad_token": "a"})");
        row("model",
            R"({"type": "WordPiece", "unk_token": "a", "continuing_subword_prefix": "##", "max_input_chars_per_word": 9, "vocab": {"a": 0}})");
        row("model", R"({"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}})");
    }
    void whatTheOtherProgramRequiresIsRequired() {
        QFETCH(const QByteArray, part);
        QFETCH(const QByteArray, json);
        QFETCH(const QStringList, mayBeMissing);
        nlohmann::json file =
            nlohmann::json::parse(R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}})");
        const nlohmann::json sound = nlohmann::json::parse(json.toStdString());
        const auto readWith = [&](const nlohmann::json& stage) {
            file[part.toStdString()] = stage;
            return read(QByteArray::fromStdString(file.dump()));
        };
        const auto whole = readWith(sound);
        QVERIFY2(whole.ok(), whole.ok() ? "" : toString(whole.error()).c_str());
        for (const auto& [setting, value] : sound.items()) {
            if (setting == "type" || setting == "vocab") {
                continue;
            }
            nlohmann::json other = sound;
            other[setting] = nullptr;
            const auto withNull = readWith(other);
            QVERIFY2(!withNull.ok(), setting.c_str());
            QVERIFY2(withNull.error().where.find(part.toStdString()) != std::string::npos,
                     withNull.error().where.c_str());
            other.erase(setting);
            QVERIFY2(readWith(other).ok() == mayBeMissing.contains(QString::fromStdString(setting)),
                     setting.c_str());
        }
    }

    void aPieceThatStandsThereTwiceIsSaid() {
        const auto tokenizer = read(
            R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["?", 0], ["a", -1], ["b", -1], ["a", -9], ["a", -2]]}})");
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(tokenizer.value()->warnings(),
                 std::vector<std::string>{"2 pieces stand there a second time, and the later ID and score "
                                          "count: \"a\" with the ID 3 has the ID 1, too"});
        QVERIFY(!tokenizer.value()->score(TokenId{1}));
        QCOMPARE(tokenizer.value()->score(TokenId{4}), std::optional(-2.0));
    }

    void contradictionsAreRefused() {
        const QByteArray end = R"(, "model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}})";
        for (
            const char* stage :
            {R"({"normalizer": {"type": "Sequence", "normalizers": [null]})",
             R"({"pre_tokenizer": {"type": "Metaspace", "replacement": "_", "add_prefix_space": false, "prepend_scheme": "first"})",
             R"({"pre_tokenizer": {"type": "Metaspace", "replacement": "__"})",
             R"({"normalizer": {"type": "Replace", "pattern": {"String": "a", "Regex": "b"}, "content": ""})",
             R"({"post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "B", "type_id": 0}}], "pair": [], "special_tokens": {}})",
             R"({"post_processor": {"type": "TemplateProcessing", "single": [], "pair": [{"Sequence": {"id": "C", "type_id": 0}}], "special_tokens": {}})",
             R"({"truncation": {"strategy": "Other", "max_length": 9, "stride": 0})",
             R"({"padding": {"strategy": {"Fixed": -1}, "direction": "Left", "pad_id": 0, "pad_type_id": 0, "pad_token": "a"})"}) {
            QVERIFY2(!read(stage + end).ok(), stage);
        }
        for (const char* dropout : {"-0.1", "1.1", "\"x\""}) {
            QVERIFY(!read(QByteArray(
                              R"({"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [], "dropout": )") +
                          dropout + "}}")
                         .ok());
        }
    }

    void anUnknownTokenThatIsNotThereIsSaid() {
        const auto tokenizer =
            read(R"({"model": {"type": "WordLevel", "unk_token": "none", "vocab": {"a": 0}}})");
        QVERIFY(tokenizer.ok());
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer.value()->warnings().front().find("\"none\"") != std::string::npos);
        QVERIFY(!tokenizer.value()->unknownToken());
    }

    /// What a template leaves are several texts for the one behind it.
    void eachPostProcessorTreatsWhatTheOneBeforeLeaves_data() {
        QTest::addColumn<QByteArray>("processors");
        QTest::addColumn<QList<int>>("ids");
        const QByteArray roberta =
            R"({"type": "RobertaProcessing", "sep": ["s", 1], "cls": ["c", 2], "trim_offsets": true, "add_prefix_space": true})";
        const QByteArray bert = R"({"type": "BertProcessing", "sep": ["s", 1], "cls": ["c", 2]})";
        const auto around = [](const QByteArray& single, const QByteArray& pair) {
            return R"({"type": "TemplateProcessing", "single": [)" + single + R"(], "pair": [)" + pair +
                   R"(], "special_tokens": {"t": {"id": "t", "ids": [3, 3], "tokens": ["t", "t"]}}})";
        };
        const QByteArray a = R"({"Sequence": {"id": "A", "type_id": 0}})";
        const QByteArray b = R"({"Sequence": {"id": "B", "type_id": 0}})";
        const QByteArray t = R"({"SpecialToken": {"id": "t", "type_id": 0}})";
        QTest::newRow("Roberta behind a template")
            << around(t + "," + a, a) + "," + roberta << QList<int>{2, 3, 3, 1, 1, 0, 1};
        QTest::newRow("Bert behind a template")
            << around(a + "," + t, a) + "," + bert << QList<int>{2, 0, 1, 3, 3, 1};
        QTest::newRow("a template of one text behind Bert")
            << bert + "," + around(t + "," + a, a) << QList<int>{3, 3, 2, 0, 1};
        QTest::newRow("a template of two behind a template")
            << around(t + "," + a, a) + "," + around(a, b + "," + a + "," + t) << QList<int>{0, 3, 3, 3, 3};
        QTest::newRow("the text twice behind it")
            << around(a, a) + "," + around(a + "," + t + "," + a, a) << QList<int>{0, 3, 3, 0};
        QTest::newRow("one behind no part") << around("", "") + "," + around(a + "," + t, a) << QList<int>{};
        QTest::newRow("one behind more than two parts")
            << around(t + "," + a + "," + t, a) + "," + around(a, a) << QList<int>{3, 3, 0, 3, 3};
    }
    void eachPostProcessorTreatsWhatTheOneBeforeLeaves() {
        QFETCH(const QByteArray, processors);
        const auto tokenizer = read(
            R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0, "s": 1, "c": 2, "t": 3}},
                "post_processor": {"type": "Sequence", "processors": [)" +
            processors + "]}}");
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        NoProgress progress;
        EncodeOptions options;
        options.addSpecial = true;
        QList<int> ids;
        const Encoding encoding = tokenizer.value()->encode("a", options, progress).value();
        for (const Token& token : encoding.tokens) {
            ids << static_cast<int>(token.id->value);
        }
        QTEST(ids, "ids");
        const bool isLeftOut = QByteArray(QTest::currentDataTag()).contains("one behind");
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{isLeftOut ? 1U : 0U});
    }

    /// As DeepSeek-V3's file has them.
    void aPatternMayHaveLineBreaksAsTheyAre() {
        QString pattern =
            QString::fromUtf8(patterns::deepSeek.data(), static_cast<qsizetype>(patterns::deepSeek.size()));
        pattern.replace(QStringLiteral("\\r"), QStringLiteral("\r"))
            .replace(QStringLiteral("\\n"), QStringLiteral("\n"));
        QVERIFY(pattern.count('\n') == 3);
        const auto tokenizer = read(
            R"({"added_tokens": [{"id": 2, "content": "<a▁b>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": false}],
                "normalizer": {"type": "Sequence", "normalizers": []},
                "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                    {"type": "Split", "behavior": "Isolated", "invert": false, "pattern": {"Regex": )" +
            QByteArray::fromStdString(nlohmann::json(pattern.toStdString()).dump()) +
            R"(}}, {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]},
                "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []}})");
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QVERIFY(tokenizer.value()->keepsWordsApart());
    }

    void addedTokensReachOverWordsWhereSpacesAreMarked() {
        const auto keepsApart = [](const QByteArray& normalizers) {
            return read(
                       R"({"added_tokens": [{"id": 1, "content": "a▁b", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": false}],
                "normalizer": {"type": "Sequence", "normalizers": [)" +
                       normalizers +
                       R"(]}, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0}},
                "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": true}})")
                .value()
                ->keepsWordsApart();
        };
        const QByteArray marking = R"({"type": "Replace", "pattern": {"String": " "}, "content": "▁"})";
        QVERIFY(keepsApart(R"({"type": "Lowercase"})"));
        QVERIFY(!keepsApart(marking));
        QVERIFY(!keepsApart(marking + R"(, {"type": "Prepend", "prepend": " "})"));
    }

    void anAddedTokenThatNormalizesToNothingIsSaid() {
        const auto tokenizer = read(
            R"({"added_tokens": [{"id": 2, "content": "\n", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": false}],
                "normalizer": {"type": "Strip", "strip_left": true, "strip_right": true},
                "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "ab": 1}}})");
        QVERIFY(tokenizer.ok());
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer.value()->warnings().front().find("nothing once normalized") != std::string::npos);
        NoProgress progress;
        QCOMPARE(tokenizer.value()->encode("ab", {}, progress).value().tokens.size(), std::size_t{1});
    }

    void aTemplateMayHaveTheTextMoreThanOnceOrNotAtAll_data() {
        QTest::addColumn<QByteArray>("single");
        QTest::addColumn<QString>("added");  // ID and source of each token
        QTest::addColumn<QString>("notAdded");
        const QByteArray a = R"({"Sequence": {"id": "A", "type_id": 0}})";
        const QByteArray t = R"({"SpecialToken": {"id": "t", "type_id": 0}})";
        QTest::newRow("twice") << t + "," + a + "," + t + "," + a
                               << QStringLiteral("2:0-0 0:0-1 1:1-2 2:2-2 0:2-2 1:2-2")
                               << QStringLiteral("0:0-1 1:1-2 0:2-2 1:2-2");
        QTest::newRow("not at all") << t + "," + t << QStringLiteral("2:0-0 2:0-0") << QString();
        QTest::newRow("nothing") << QByteArray() << QString() << QString();
    }
    void aTemplateMayHaveTheTextMoreThanOnceOrNotAtAll() {
        QFETCH(const QByteArray, single);
        const QByteArray bytes =
            R"({"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "t": 2}, "merges": []}, "post_processor":
                {"type": "TemplateProcessing", "special_tokens": {"t": {"id": "t", "ids": [2], "tokens": ["t"]}},
                 "pair": [], "single": [)" +
            single + "]}}";
        const auto tokenizer = read(bytes).value();
        QVERIFY(tokenizer->warnings().empty());
        for (const bool addSpecial : {true, false}) {
            NoProgress progress;
            EncodeOptions options;
            options.addSpecial = addSpecial;
            const Encoding encoding = tokenizer->encode("ab", options, progress).value();
            QStringList said;
            for (const Token& token : encoding.tokens) {
                said << QStringLiteral("%1:%2-%3")
                            .arg(token.id->value)
                            .arg(token.source.begin)
                            .arg(token.source.end);
            }
            QFETCH(const QString, added);
            QFETCH(const QString, notAdded);
            QCOMPARE(said.join(' '), addSpecial ? added : notAdded);

            const StageTrace trace = tokenizer->traceStages("ab", options, progress).value();
            QVERIFY(trace.encoding.tokens == encoding.tokens);
            const Stage& last = trace.stages.back();
            QVERIFY(last.kind == StageKind::PostProcessor);
            QCOMPARE(last.text, std::string(single.contains("Sequence") ? "ab" : ""));
            QCOMPARE(last.pieces.size(), encoding.tokens.size());
            std::size_t covered = 0;
            for (std::size_t i = 0; i < last.pieces.size(); ++i) {
                QVERIFY(last.pieces[i].token == encoding.tokens[i]);
                QVERIFY(last.pieces[i].span.size() == 0 || last.pieces[i].span.begin == covered);
                covered += last.pieces[i].span.size();
                const std::optional<std::size_t> piece = trace.pieceOf(i);
                const bool isOwn = encoding.tokens[i].source.size() > 0;
                QCOMPARE(piece.has_value(), isOwn);
            }
            QCOMPARE(covered, last.text.size());
        }
    }

    /// For a special token that is not added is no part of what the next one finds.
    void withoutSpecialTokensATemplateMayFindAnother() {
        const QByteArray around =
            R"({"type": "TemplateProcessing", "special_tokens": {"t": {"id": "t", "ids": [1], "tokens": ["t"]}}, )";
        const QByteArray a = R"({"Sequence": {"id": "A", "type_id": 0}})";
        const QByteArray t = R"({"SpecialToken": {"id": "t", "type_id": 0}})";
        const auto tokenizer =
            read(R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0, "t": 1}},
                "post_processor": {"type": "Sequence", "processors": [)" +
                 around + R"("pair": [], "single": [)" + a + "," + t + "]}," + around + R"("pair": [)" + a +
                 R"(], "single": [)" + a + "," + a + "]}]}}")
                .value();
        NoProgress progress;
        EncodeOptions options;
        QCOMPARE(tokenizer->encode("a", options, progress).value().tokens.size(), std::size_t{2});
        options.addSpecial = true;
        QCOMPARE(tokenizer->encode("a", options, progress).value().tokens.size(), std::size_t{1});
    }

    void aTemplateHasTheTextAtMostSoOften() {
        const QByteArray a = R"({"Sequence": {"id": "A", "type_id": 0}},)";
        const QByteArray bytes =
            R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}, "post_processor":
                {"type": "TemplateProcessing", "special_tokens": {}, "pair": [], "single": [)" +
            a.repeated(65).chopped(1) + "]}}";
        const auto tokenizer = read(bytes).value();
        QCOMPARE(tokenizer->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer->warnings().front().find("65 times") != std::string::npos);
        NoProgress progress;
        QCOMPARE(tokenizer->encode("a", {}, progress).value().tokens.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TokenizerJsonStagesTest)
#include "tokenizer_json_stages_test.moc"

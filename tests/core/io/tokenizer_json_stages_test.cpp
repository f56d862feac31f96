// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json.h"

#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

Result<std::shared_ptr<const Tokenizer>> read(const QByteArray& json) {
    NoProgress progress;
    return parseTokenizerJson(json.toStdString(), "tokenizer.json", progress);
}

}  // namespace

/// Small files of kinds that are seldom seen, and the IDs that Hugging Face's tokenizers 0.22.2 gives with
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

    void anUnknownTokenThatIsNotThereIsSaid() {
        const auto tokenizer =
            read(R"({"model": {"type": "WordLevel", "unk_token": "none", "vocab": {"a": 0}}})");
        QVERIFY(tokenizer.ok());
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{1});
        QVERIFY(tokenizer.value()->warnings().front().find("\"none\"") != std::string::npos);
        QVERIFY(!tokenizer.value()->unknownToken());
    }

    void aTemplateHasTheTextOnce() {
        const QByteArray begin = R"({"model": {"type": "WordLevel", "vocab": {"a": 0}}, "post_processor":
            {"type": "TemplateProcessing", "special_tokens": {}, "single": [)";
        const QByteArray text = R"({"Sequence": {"id": "A", "type_id": 0}})";
        QVERIFY(read(begin + text + "]}}").ok());
        for (const QByteArray& file : {begin + "]}}", begin + text + ", " + text + "]}}"}) {
            const auto tokenizer = read(file);
            QVERIFY(tokenizer.ok());
            QCOMPARE(tokenizer.value()->warnings().size(), std::size_t{1});
            QVERIFY(tokenizer.value()->warnings().front().find("instead of once") != std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(TokenizerJsonStagesTest)
#include "tokenizer_json_stages_test.moc"

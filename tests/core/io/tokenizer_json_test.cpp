// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json.h"

#include "core/io/gpt2_tokenizer_files.h"
#include "core/io/model_loader.h"
#include "tests/support/data_folder.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

nlohmann::json array(nlohmann::json::initializer_list_t entries) {
    return nlohmann::json::array(entries);
}

nlohmann::json addedToken(int id, const char* content) {
    return {{"id", id},        {"content", content},  {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false}, {"special", true}};
}

/// a, b, Ġ, ab, Ġab and a special token.
nlohmann::json sound() {
    return {{"version", "1.0"},
            {"truncation",
             {{"direction", "Right"}, {"max_length", 2}, {"strategy", "LongestFirst"}, {"stride", 0}}},
            {"padding", nullptr},
            {"added_tokens", array({{{"id", 5},
                                     {"content", "<|end|>"},
                                     {"single_word", false},
                                     {"lstrip", false},
                                     {"rstrip", false},
                                     {"normalized", true},
                                     {"special", true}}})},
            {"normalizer", nullptr},
            {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}}},
            {"post_processor", {{"type", "ByteLevel"}, {"add_prefix_space", true}, {"trim_offsets", false}}},
            {"decoder", {{"type", "ByteLevel"}, {"add_prefix_space", true}, {"trim_offsets", true}}},
            {"model",
             {{"type", "BPE"},
              {"dropout", nullptr},
              {"unk_token", nullptr},
              {"continuing_subword_prefix", ""},
              {"end_of_word_suffix", ""},
              {"fuse_unk", false},
              {"vocab", {{"a", 0}, {"b", 1}, {"\u0120", 2}, {"ab", 3}, {"\u0120ab", 4}, {"<|end|>", 5}}},
              {"merges", array({"a b", "\u0120 ab"})}}}};
}

/// The sound one with one place changed.
std::string changed(const char* pointer, const nlohmann::json& value) {
    nlohmann::json json = sound();
    json[nlohmann::json::json_pointer(pointer)] = value;
    return json.dump();
}

std::string without(const char* parent, const char* key) {
    nlohmann::json json = sound();
    json[nlohmann::json::json_pointer(parent)].erase(key);
    return json.dump();
}

Result<std::shared_ptr<const Tokenizer>> parse(const std::string& json) {
    NoProgress progress;
    return parseTokenizerJson(json, "tokenizer.json", progress);
}

std::vector<long> idsOf(const Tokenizer& tokenizer, const std::string& text, bool parseSpecial = false) {
    NoProgress progress;
    std::vector<long> ids;
    const auto encoding = tokenizer.encode(text, {false, parseSpecial}, progress);
    for (const Token& token : encoding.value().tokens) {
        ids.push_back(token.id ? static_cast<long>(token.id->value) : -1);
    }
    return ids;
}

class StopAtOnce final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return true; }
};

}  // namespace

class TokenizerJsonTest : public QObject {
    Q_OBJECT

  private slots:
    void truncationAndPaddingAreSaid() {
        const auto asWritten = parse(sound().dump());
        QVERIFY(asWritten.value()->warnings().empty());
        QCOMPARE(
            asWritten.value()->notes(),
            std::vector<std::string>{"its truncation to 2 tokens is left out: texts are cut to their end"});
        QVERIFY(parse(changed("/truncation", nullptr)).value()->notes().empty());
        nlohmann::json staged = sound();
        staged["normalizer"] = {{"type", "NFC"}};
        staged["padding"] = {{"strategy", {{"Fixed", 9}}},
                             {"direction", "Right"},
                             {"pad_id", 0},
                             {"pad_type_id", 0},
                             {"pad_token", "a"}};
        QCOMPARE(parse(staged.dump()).value()->notes().size(), std::size_t(2));
    }

    /// As Hugging Face's program has it: "b a" comes before the second "a b".
    void ofAMergeThatStandsThereTwiceTheLaterOneCounts() {
        nlohmann::json json = sound();
        json["model"]["vocab"]["ba"] = 6;
        json["model"]["merges"] = array({"a b", "b a", "a b"});
        const auto tokenizer = parse(json.dump());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(idsOf(*tokenizer.value(), "aba"), (std::vector<long>{0, 6}));
        QCOMPARE(tokenizer.value()->warnings().size(), std::size_t(1));
        QVERIFY(tokenizer.value()->warnings().front().ends_with("the pair in merge 3 is that of merge 1"));
    }

    void anIdWithoutATokenIsSaid() {
        const auto tokenizer = parse(changed("/model/vocab/<|end|>", 6));
        QVERIFY(!tokenizer.ok());  // added_tokens still says 5
        nlohmann::json json = sound();
        json["model"]["vocab"]["<|end|>"] = 9;
        json["added_tokens"][0]["id"] = 9;
        const auto withHole = parse(json.dump());
        QVERIFY2(withHole.ok(), withHole.ok() ? "" : toString(withHole.error()).c_str());
        QCOMPARE(withHole.value()->warnings().size(), std::size_t(1));
        QCOMPARE(withHole.value()->makeup()->unused, std::size_t(4));
        QVERIFY(withHole.value()->tokenKind(TokenId{5}) == TokenKind::Normal);
        QVERIFY(withHole.value()->warnings().front().starts_with(
            "4 IDs below the highest have no token, the first 5"));
    }

    void soundFilesAreRead_data() {
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, const std::string& json) {
            QTest::newRow(name) << QByteArray::fromStdString(json);
        };
        row("as written", sound().dump());
        row("indented", sound().dump(2));
        row("merges as pairs", changed("/model/merges", array({array({"a", "b"}), array({"\u0120", "ab"})})));
        row("special token only added", without("/model/vocab", "<|end|>"));
        row("no model.type", without("/model", "type"));
        row("no post_processor", changed("/post_processor", nullptr));
        row("no decoder", without("", "decoder"));
        row("dropout of nothing", changed("/model/dropout", 0.0));
        row("ignore_merges false", changed("/model/ignore_merges", false));
        row("more than is looked at",
            changed("/more", {{"deep", {{{"deeper", {1, 2, {{"vocab", {{"x", 1}}}}}}}}}}));
    }
    void soundFilesAreRead() {
        QFETCH(QByteArray, json);
        const auto tokenizer = parse(json.toStdString());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(std::string(tokenizer.value()->kind()), std::string("byte-level BPE"));
        QCOMPARE(tokenizer.value()->vocabularySize(), std::size_t(6));
        QVERIFY(idsOf(*tokenizer.value(), "abba ab!") == (std::vector<long>{3, 1, 0, 4, -1}));
        QVERIFY(idsOf(*tokenizer.value(), "a<|end|>", true) == (std::vector<long>{0, 5}));
        QCOMPARE(tokenizer.value()->makeup()->specials, std::size_t(1));
        QCOMPARE(tokenizer.value()->makeup()->merges, std::size_t(2));
    }

    void robertasTokensStandAroundTheText() {
        nlohmann::json json = sound();
        json["model"]["vocab"]["<s>"] = 6;
        json["model"]["vocab"]["</s>"] = 7;
        json["added_tokens"].push_back(addedToken(6, "<s>"));
        json["added_tokens"].push_back(addedToken(7, "</s>"));
        json["added_tokens"].push_back(addedToken(8, "<mask>"));
        json["added_tokens"].back()["lstrip"] = true;
        json["post_processor"] = {{"type", "RobertaProcessing"},
                                  {"sep", array({"</s>", 7})},
                                  {"cls", array({"<s>", 6})},
                                  {"trim_offsets", true},
                                  {"add_prefix_space", false}};
        const auto tokenizer = parse(json.dump());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QVERIFY(idsOf(*tokenizer.value(), "ab") == (std::vector<long>{3}));
        NoProgress progress;
        const auto around = tokenizer.value()->encode("ab  <mask> b", {true, true}, progress);
        const std::vector<Token> expected = {
            {TokenId{6}, {0, 0}, TokenKind::Special},  {TokenId{3}, {0, 2}, TokenKind::Normal},
            {TokenId{8}, {2, 10}, TokenKind::Special}, {TokenId{2}, {10, 11}, TokenKind::Normal},
            {TokenId{1}, {11, 12}, TokenKind::Normal}, {TokenId{7}, {12, 12}, TokenKind::Special}};
        QVERIFY(around.value().tokens == expected);
        QVERIFY(idsOf(*tokenizer.value(), "", true).empty());

        json["post_processor"]["cls"] = array({"<s>", 60});
        const auto unknown = parse(json.dump());
        QVERIFY(!unknown.ok());
        QCOMPARE(unknown.error().code, ErrorCode::Broken);
        QVERIFY2(unknown.error().what.find("no ID 60") != std::string::npos, unknown.error().what.c_str());
        json["post_processor"].erase("cls");
        QVERIFY(!parse(json.dump()).ok());
    }

    void specialsAreThoseThatAreNamed() {
        nlohmann::json json = sound();
        json["model"]["vocab"]["[x]"] = 6;
        json["model"]["vocab"]["EOT"] = 7;
        json["model"]["vocab"]["["] = 8;
        json["added_tokens"].push_back(addedToken(7, "EOT"));
        const auto tokenizer = parse(json.dump());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QVERIFY(tokenizer.value()->tokenKind(TokenId{5}) == TokenKind::Special);
        QVERIFY(tokenizer.value()->tokenKind(TokenId{6}) == TokenKind::Normal);
        QVERIFY(tokenizer.value()->tokenKind(TokenId{7}) == TokenKind::Special);
        QVERIFY(idsOf(*tokenizer.value(), "[aEOT", true) == (std::vector<long>{8, 0, 7}));
    }

    void eachStageChangesTheIds_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("ids");
        const auto row = [](const char* name, const std::string& json, const char* text,
                            const QList<int>& ids) {
            QTest::newRow(name) << QByteArray::fromStdString(json) << QString::fromUtf8(text) << ids;
        };
        row("lower case", changed("/normalizer", {{"type", "Lowercase"}}), "AB Ab", {3, 4});
        row("accents come off",
            changed("/normalizer", {{"type", "Sequence"},
                                    {"normalizers", array({{{"type", "NFD"}}, {{"type", "StripAccents"}}})}}),
            "\u00E4b", {3});
        row("replaced",
            changed("/normalizer", {{"type", "Replace"}, {"pattern", {{"String", "x"}}}, {"content", "a"}}),
            "xb", {3});
        row("replaced by pattern",
            changed("/normalizer",
                    {{"type", "Replace"}, {"pattern", {{"Regex", "[x-z]+"}}}, {"content", "a"}}),
            "xyzb", {3});
        row("put before", changed("/normalizer", {{"type", "Prepend"}, {"prepend", "a"}}), "b", {3});
        row("a space before", changed("/pre_tokenizer/add_prefix_space", true), "ab", {4});
        row("not cut", changed("/pre_tokenizer/use_regex", false), "ab ab", {3, 4});
        row("cut by a pattern",
            changed("/pre_tokenizer", {{"type", "Sequence"},
                                       {"pretokenizers", array({{{"type", "Split"},
                                                                 {"pattern", {{"Regex", "a"}}},
                                                                 {"behavior", "Isolated"},
                                                                 {"invert", false}},
                                                                {{"type", "ByteLevel"},
                                                                 {"add_prefix_space", false},
                                                                 {"trim_offsets", true},
                                                                 {"use_regex", false}}})}}),
            "ab", {0, 1});
        row("digits alone",
            changed(
                "/pre_tokenizer",
                {{"type", "Sequence"},
                 {"pretokenizers",
                  array({{{"type", "Digits"}, {"individual_digits", true}},
                         {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}}})}}),
            "ab1", {3, -1});
        row("characters", changed("/pre_tokenizer", nullptr), "\u0120ab", {4});
        row("whole pieces first", changed("/model/ignore_merges", true), "ab", {3});
        row("dropout is not used", changed("/model/dropout", 0.5), "abab", {3, 3});
        row("a token that is always taken", changed("/added_tokens/0/special", false), "a<|end|>b",
            {0, 5, 1});
        row("with the spaces behind it",
            [] {
                nlohmann::json json = sound();
                json["added_tokens"][0]["special"] = false;
                json["added_tokens"][0]["rstrip"] = true;
                return json.dump();
            }(),
            "a<|end|>  b", {0, 5, 1});
        row("words alone",
            [] {
                nlohmann::json json = sound();
                json["added_tokens"][0] = addedToken(3, "ab");
                json["added_tokens"][0]["special"] = false;
                json["added_tokens"][0]["single_word"] = true;
                json["model"]["merges"] = array({"\u0120 ab"});
                return json.dump();
            }(),
            "ab aab", {3, 2, 0, 0, 1});
        row("a list of scores",
            changed("/model", {{"type", "Unigram"},
                               {"unk_id", 0},
                               {"vocab", array({array({"a", -1.5}), array({"b", -2}), array({"ab", -4}),
                                                array({"c", -1}), array({"d", -1})})}}),
            "ab", {0, 1});
        row("a gap", changed("/model/vocab/b", 7), "b", {7});
    }
    void eachStageChangesTheIds() {
        QFETCH(QByteArray, json);
        QFETCH(QString, text);
        QFETCH(QList<int>, ids);
        const auto tokenizer = parse(json.toStdString());
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        QCOMPARE(idsOf(*tokenizer.value(), text.toStdString()), std::vector<long>(ids.begin(), ids.end()));
    }

    void dropoutIsSaidToBeLeftOut() {
        nlohmann::json staged = sound();
        staged["model"]["dropout"] = 0.0;
        QVERIFY(parse(staged.dump()).value()->warnings().empty());
        staged["model"]["dropout"] = 0.5;
        const std::string plain = staged.dump();
        staged["normalizer"] = {{"type", "NFC"}};
        for (const std::string& file : {plain, staged.dump()}) {
            const auto warnings = parse(file).value()->warnings();
            QCOMPARE(warnings.size(), std::size_t{1});
            QVERIFY(warnings.front().find("dropout") != std::string::npos);
        }
    }

    void otherKindsAreNamed_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& json, const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(json) << QString(saying);
        };
        row("no object", "[1, 2]", "no tokenizer.json: it has no model");
        row("no model", "{\"a\": 1}", "no tokenizer.json: it has no model");
        row("another model", changed("/model/type", "Other"), "model: the type \"Other\" is not known");
        row("another version", changed("/version", "9.9"), "version: \"9.9\" is not known");
        row("another normalizer", changed("/normalizer", {{"type", "Upper"}}),
            "normalizer: the type \"Upper\" is not known");
        row("one in a sequence",
            changed("/normalizer",
                    {{"type", "Sequence"}, {"normalizers", array({{{"type", "NFC"}}, {{"type", "Other"}}})}}),
            "normalizer[1]: the type \"Other\" is not known");
        row("another pre_tokenizer", changed("/pre_tokenizer/type", "Other"),
            "pre_tokenizer: the type \"Other\" is not known");
        row("no pattern that can be read",
            changed("/pre_tokenizer", {{"type", "Split"},
                                       {"pattern", {{"Regex", "(a"}}},
                                       {"behavior", "Isolated"},
                                       {"invert", false}}),
            "the split pattern (a cannot be read");
        row("another behavior", changed("/pre_tokenizer", {{"type", "Punctuation"}, {"behavior", "Other"}}),
            "\"Other\" is not known");
        row("another post_processor", changed("/post_processor", {{"type", "Other"}}),
            "post_processor: the type \"Other\" is not known");
        row("another decoder", changed("/decoder/type", "Other"), "decoder: the type \"Other\" is not known");
    }
    void otherKindsAreNamed() {
        QFETCH(QByteArray, json);
        QFETCH(QString, saying);
        const auto tokenizer = parse(json.toStdString());
        QVERIFY(!tokenizer.ok());
        QVERIFY2(tokenizer.error().code == ErrorCode::Unsupported, toString(tokenizer.error()).c_str());
        const std::string said = toString(tokenizer.error());
        QVERIFY2(said.starts_with("tokenizer.json") && said.find(saying.toStdString()) != std::string::npos,
                 said.c_str());
    }

    void brokenStages_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& json, const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(json) << QString(saying);
        };
        row("a stage that is a number", changed("/normalizer", 3), "normalizer: is no object");
        row("a flag that is text", changed("/pre_tokenizer/add_prefix_space", "no"),
            "add_prefix_space is not true or false");
        row("a pattern that is text", changed("/normalizer", {{"type", "Replace"}, {"pattern", "x"}}),
            "neither a String nor a Regex");
        row("nothing to replace it with",
            changed("/normalizer", {{"type", "Replace"}, {"pattern", {{"String", "x"}}}}),
            "normalizer: has no content");
        row("no side to strip", changed("/normalizer", {{"type", "Strip"}, {"strip_left", true}}),
            "normalizer: has no strip_right");
        row("no list", changed("/normalizer", {{"type", "Sequence"}}), "normalizers is no list");
        row("a map that is no base64",
            changed("/normalizer", {{"type", "Precompiled"}, {"precompiled_charsmap", "a"}}), "is no base64");
        row("a map too short",
            changed("/normalizer", {{"type", "Precompiled"}, {"precompiled_charsmap", "AAAA"}}),
            "character map");
        row("a delimiter of two",
            changed("/pre_tokenizer", {{"type", "CharDelimiterSplit"}, {"delimiter", "ab"}}),
            "delimiter is not one character");
        row("a template of unknown tokens",
            changed("/post_processor",
                    {{"type", "TemplateProcessing"},
                     {"single", array({{{"SpecialToken", {{"id", "[X]"}, {"type_id", 0}}}}})},
                     {"pair", nlohmann::json::array()},
                     {"special_tokens", nlohmann::json::object()}}),
            "special token without IDs");
        row("a template beyond the vocabulary",
            changed(
                "/post_processor",
                {{"type", "TemplateProcessing"},
                 {"single", array({{{"SpecialToken", {{"id", "X"}, {"type_id", 0}}}},
                                   {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}})},
                 {"pair", nlohmann::json::array()},
                 {"special_tokens", {{"X", {{"id", "X"}, {"ids", array({77})}, {"tokens", array({"X"})}}}}}}),
            "no ID 77");
    }
    void brokenStages() {
        QFETCH(QByteArray, json);
        QFETCH(QString, saying);
        const auto tokenizer = parse(json.toStdString());
        QVERIFY(!tokenizer.ok());
        QVERIFY2(tokenizer.error().code == ErrorCode::Broken, toString(tokenizer.error()).c_str());
        QVERIFY2(toString(tokenizer.error()).find(saying.toStdString()) != std::string::npos,
                 toString(tokenizer.error()).c_str());
    }

    void brokenFilesAreToldWithTheirPlace_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& json, const char* where,
                            const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(json) << QString(where) << QString(saying);
        };
        const char* vocab = "tokenizer.json, model.vocab";
        const char* merges = "tokenizer.json, model.merges";
        const char* added = "tokenizer.json, added_tokens";
        const char* addedOne = "tokenizer.json, added_tokens[0]";
        row("nothing", "", "tokenizer.json, byte 0", "not valid JSON");
        row("no JSON", "{\"model\": x}", "tokenizer.json, byte 10", "not valid JSON");
        row("a number without end", "{\"model\": -1e999}", "tokenizer.json, byte 15", "the number “-1e999”");
        row("no vocabulary", changed("/model/vocab", nlohmann::json::object()), vocab, "is empty");
        row("an ID that is text", changed("/model/vocab/b", "1"), vocab, "token \"b\" has no whole number");
        row("a negative ID", changed("/model/vocab/b", -1), vocab, "token \"b\" has no whole number");
        row("an ID that is an object", changed("/model/vocab/b", {{"id", 1}}), vocab,
            "token \"b\" has no whole number");
        row("an ID past 32 bits", changed("/model/vocab/b", 4294967296), vocab,
            "token \"b\" has no whole number");
        row("an ID twice", changed("/model/vocab/b", 0), vocab, "has the ID 0 of token \"a\"");
        row("a gap too wide", changed("/model/vocab/b", 100000), vocab,
            "has the ID 100000, but there are only 6");
        row("a merge of three", changed("/model/merges/1", "a b c"), merges, "merge 2 is no pair");
        row("a merge of one", changed("/model/merges/1", "ab"), merges, "merge 2 is no pair");
        row("a merge that is a number", changed("/model/merges/1", 7), merges, "merge 2 is no pair");
        row("a pair of one", changed("/model/merges/1", array({"a"})), merges, "merge 2 is no pair");
        row("a pair of three", changed("/model/merges/1", array({"a", "b", "c"})), merges,
            "merge 2 is no pair");
        row("a pair of pairs", changed("/model/merges/1", array({array({"a"}), array({"b"})})), merges,
            "merge 2 is no pair");
        row("a merge of nothing", changed("/model/merges/1", array({"", "b"})),
            "tokenizer.json, model.merges, merge 2", "with nothing");
        row("an unknown merge", changed("/model/merges/1", "b a"), "tokenizer.json, model.merges, merge 2",
            "no token \"ba\"");
        row("merges that are text", changed("/model/merges", "a b"), merges, "no list");
        row("merges that are null", changed("/model/merges", nullptr), merges, "no list");
        row("merges that are an object", changed("/model/merges", nlohmann::json::object()), merges,
            "no list");
        row("no merges", without("/model", "merges"), merges, "no list");
        row("added tokens that are text", changed("/added_tokens", "x"), added, "is no list");
        row("added tokens that are null", changed("/added_tokens", nullptr), added, "is no list");
        row("a flag of an added token that is text", changed("/added_tokens/0/special", "yes"), addedOne,
            "special is not true or false");
        row("one that is null", changed("/added_tokens/0/lstrip", nullptr), addedOne, "lstrip is not");
        row("one that is a list", changed("/added_tokens/0/rstrip", array({true})), addedOne,
            "rstrip is not");
        for (const char* setting :
             {"id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"}) {
            row((std::string("an added token without ") + setting).c_str(),
                without("/added_tokens/0", setting), addedOne, (std::string("has no ") + setting).c_str());
        }
        row("an added token that is text", changed("/added_tokens/0", "x"), addedOne, "no object");
        row("one that is a list", changed("/added_tokens/0", array({1})), addedOne, "has no id");
        row("an added token's ID is text", changed("/added_tokens/0/id", "x"), addedOne, "no whole number");
        row("an added token's content is null", changed("/added_tokens/0/content", nullptr), addedOne,
            "content is not a text");
        row("an added token of another ID", changed("/added_tokens/0/id", 4), added, "the vocabulary says 5");
    }
    void brokenFilesAreToldWithTheirPlace() {
        QFETCH(QByteArray, json);
        QFETCH(QString, where);
        QFETCH(QString, saying);
        const auto tokenizer = parse(json.toStdString());
        QVERIFY(!tokenizer.ok());
        QVERIFY2(tokenizer.error().code == ErrorCode::Broken, toString(tokenizer.error()).c_str());
        QCOMPARE(QString::fromStdString(tokenizer.error().where), where);
        QVERIFY2(QString::fromStdString(tokenizer.error().what).contains(saying),
                 tokenizer.error().what.c_str());
    }

    void nestingCostsNothing() {
        const std::string deep(200000, '[');
        QVERIFY(!parse(deep).ok());
        QVERIFY(!parse("{\"model\":" + deep).ok());
        QVERIFY(parse("{\"x\":" + deep + std::string(200000, ']') + "," + sound().dump().substr(1)).ok());
    }

    void stopsWhenAsked() {
        StopAtOnce stop;
        const auto stopped = parseTokenizerJson(sound().dump(), "tokenizer.json", stop);
        QVERIFY(!stopped.ok());
        QVERIFY(stopped.error() == cancelled());
    }

    void gpt2GivesTheIdsOfTiktoken() {
        const std::filesystem::path folder = dataFolder() / "tokenizers/gpt2";
        LEXISCOPE_NEEDS_DATA(folder);
        NoProgress progress;
        const auto fromJson = readTokenizerJson(folder / "tokenizer.json", progress);
        QVERIFY2(fromJson.ok(), fromJson.ok() ? "" : toString(fromJson.error()).c_str());
        const auto fromPair = readGpt2Tokenizer(folder / "vocab.json", folder / "merges.txt", progress);
        QCOMPARE(fromJson.value()->vocabularySize(), fromPair.value()->vocabularySize());
        const VocabularyMakeup makeup = *fromJson.value()->makeup();
        QCOMPARE(makeup.bytes, std::size_t(256));
        QCOMPARE(makeup.merges, std::size_t(50000));
        QCOMPARE(makeup.specials, std::size_t(1));
        QCOMPARE(makeup.other, std::size_t(0));

        std::ifstream file(dataFolder() / "expected/tiktoken.json");
        const nlohmann::json expected = nlohmann::json::parse(file)["gpt2"];
        QVERIFY(expected.size() > 10);
        for (const nlohmann::json& entry : expected) {
            QVERIFY2(idsOf(*fromJson.value(), entry["text"]) == entry["ids"].get<std::vector<long>>(),
                     entry["text"].get<std::string>().c_str());
        }
        std::mt19937 random(4);
        for (int round = 0; round < 200; ++round) {
            std::string text;
            for (std::size_t length = random() % 200; length > 0; --length) {
                text += random() % 3 == 0 ? static_cast<char>(random()) : " etaoin shrdlu'1\n"[random() % 17];
            }
            text += random() % 2 == 0 ? "<|endoftext|>" : "";
            for (const bool parseSpecial : {false, true}) {
                QVERIFY(idsOf(*fromJson.value(), text, parseSpecial) ==
                        idsOf(*fromPair.value(), text, parseSpecial));
            }
        }
    }

    void bertGivesTheSameIdsFromBothItsFiles() {
        const std::filesystem::path folder = dataFolder() / "tokenizers/bert-base-uncased";
        LEXISCOPE_NEEDS_DATA(folder);
        NoProgress progress;
        const auto fromJson = loadTokenizer(folder / "tokenizer.json", progress);
        const auto fromList = loadTokenizer(folder / "vocab.txt", progress);
        QVERIFY2(fromJson.ok(), fromJson.ok() ? "" : toString(fromJson.error()).c_str());
        QVERIFY2(fromList.ok(), fromList.ok() ? "" : toString(fromList.error()).c_str());
        QCOMPARE(std::string(fromJson.value()->kind()), std::string("WordPiece"));
        QVERIFY(idsOf(*fromJson.value(), "H\u00C9LLO world") == (std::vector<long>{7592, 2088}));
        for (const char* text : {"Hello, world!", "unaffable \u65E5\u672C x\u0301", "[MASK] #hash", "\t\n"}) {
            for (const bool parseSpecial : {false, true}) {
                QVERIFY(idsOf(*fromJson.value(), text, parseSpecial) ==
                        idsOf(*fromList.value(), text, parseSpecial));
            }
        }
        const auto around = fromList.value()->encode("hello", {true, false}, progress);
        QCOMPARE(around.value().tokens.front().id, std::optional(TokenId{101}));
        QCOMPARE(around.value().tokens.back().id, std::optional(TokenId{102}));
    }

    void tokenizersAreOpenedByFolderAndByFile() {
        const std::filesystem::path data = dataFolder() / "tokenizers/gpt2/tokenizer.json";
        LEXISCOPE_NEEDS_DATA(data);
        const ScratchFolder folder;
        std::filesystem::copy_file(data, folder.path() / "tokenizer.json");
        std::filesystem::copy_file(data, folder.path() / "mine.json");
        NoProgress progress;
        for (const char* name : {"", "tokenizer.json", "mine.json"}) {
            const auto tokenizer = loadTokenizer(folder.path() / name, progress);
            QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
            QVERIFY(idsOf(*tokenizer.value(), "Hello, world!") == (std::vector<long>{15496, 11, 995, 0}));
        }
    }

    void mergesCutShortAreRefused() {
        const ScratchFolder folder;
        const auto path = folder.write("tokenizer.json", changed("/model/merges", nlohmann::json::array()));
        NoProgress progress;
        const auto tokenizer = readTokenizerJson(path, progress);
        QVERIFY(!tokenizer.ok());
        QVERIFY2(tokenizer.error().what.find("merges reach 0 tokens") != std::string::npos,
                 tokenizer.error().what.c_str());
    }
};

QTEST_APPLESS_MAIN(TokenizerJsonTest)
#include "tokenizer_json_test.moc"

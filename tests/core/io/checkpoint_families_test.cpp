// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of other families than GPT-2's: their tables, positions, words and shards.
#include "core/io/checkpoint_family.h"
#include "core/io/checkpoint_folder.h"
#include "core/io/model_loader.h"
#include "core/io/vector_writer.h"
#include "tests/support/byte_ranks.h"
#include "tests/support/model_files.h"
#include "tests/support/scratch_folder.h"

#include <filesystem>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

constexpr std::size_t dimension = 2;
constexpr std::size_t words = 7;

const std::string bertTokens = "embeddings.word_embeddings.weight";
const std::string bertPositions = "embeddings.position_embeddings.weight";
const char* const vocabTxt = "[PAD]\n[UNK]\nking\nqueen\n##s\n##ing\nthe\n";

Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path) {
    NoProgress progress;
    return loadModel(path, progress);
}

QString said(const Result<std::shared_ptr<const Model>>& model) {
    return model.ok() ? QString() : QString::fromStdString(toString(model.error()));
}

bool holds(const std::vector<std::string>& warnings, const char* text) {
    return std::any_of(warnings.begin(), warnings.end(), [text](const std::string& warning) {
        return warning.find(text) != std::string::npos;
    });
}

/// Seven tokens and `positions` rows of positions, as BERT and its kin name them.
std::string encoder(const std::string& prefix, std::size_t positions, std::size_t columns = dimension) {
    return safetensors({countingTable(prefix + bertTokens, words, dimension),
                        countingTable(prefix + bertPositions, positions, columns, 100)});
}

std::string encoderConfig(const char* type, std::size_t positions, const char* more = "") {
    return std::string(R"({"model_type":")") + type +
           R"(","vocab_size":7,"hidden_size":2,"dim":2,"embedding_size":2,"max_position_embeddings":)" +
           std::to_string(positions) + more + "}";
}

void writeBert(const ScratchFolder& folder) {
    folder.write("config.json", encoderConfig("bert", 5));
    folder.write("model.safetensors", encoder("bert.", 5));
    folder.write("vocab.txt", vocabTxt);
}

const char* const llamaConfig =
    R"({"model_type":"llama","vocab_size":7,"hidden_size":8,"num_attention_heads":2,"rope_theta":500000.0,)"
    R"("max_position_embeddings":131072,"rope_scaling":{"rope_type":"llama3","factor":8.0,)"
    R"("low_freq_factor":1.0,"high_freq_factor":4.0,"original_max_position_embeddings":8192}})";

/// As SentencePiece's BPE is written there: byte fallback, "▁" for spaces.
const char* const llamaTokenizer =
    R"({"added_tokens":[{"id":0,"content":"<unk>","single_word":false,"lstrip":false,"rstrip":false,)"
    R"("normalized":false,"special":true},{"id":5,"content":"<eot>","single_word":false,"lstrip":false,)"
    R"("rstrip":false,"normalized":false,"special":true}],)"
    R"("normalizer":{"type":"Prepend","prepend":"▁"},"model":{"type":"BPE","byte_fallback":true,)"
    R"("vocab":{"<unk>":0,"▁":1,"k":2,"▁k":3,"<0x0A>":4},"merges":["▁ k"]}})";

}  // namespace

class CheckpointFamiliesTest : public QObject {
    Q_OBJECT

  private slots:
    void opensBertByAnyPrefix_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("format");
        QTest::newRow("BERT with a head") << "bert"
                                          << "bert."
                                          << "BERT folder";
        QTest::newRow("BERT alone") << "bert"
                                    << ""
                                    << "BERT folder";
        QTest::newRow("DistilBERT") << "distilbert"
                                    << "distilbert."
                                    << "DistilBERT folder";
        QTest::newRow("ELECTRA") << "electra"
                                 << "electra."
                                 << "ELECTRA folder";
        QTest::newRow("ALBERT") << "albert"
                                << "albert."
                                << "ALBERT folder";
    }
    void opensBertByAnyPrefix() {
        QFETCH(QString, type);
        QFETCH(QString, prefix);
        QFETCH(QString, format);
        const ScratchFolder folder;
        writeBert(folder);
        folder.write("config.json", encoderConfig(type.toUtf8().constData(), 5));
        folder.write("model.safetensors", encoder(prefix.toStdString(), 5));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        const Model& m = *model.value();
        QCOMPARE(QString::fromStdString(m.format), format);
        QCOMPARE(m.tableName, std::string("word_embeddings"));
        QCOMPARE(m.positionsName, std::string("position_embeddings"));
        QVERIFY(m.table->row(Row{2}) == std::vector<float>({4, 5}));
        QCOMPARE(m.firstPosition, std::size_t(0));
        QCOMPARE(placeCount(m), std::size_t(5));
        QVERIFY(m.positions->row(positionRowAt(m, 0)) == std::vector<float>({100, 101}));
        QVERIFY(m.vocabulary->wordMark() == WordMark::WordPiece);
        QVERIFY(m.vocabulary->find("queen") == Row{3});
        QVERIFY(m.vocabulary->find("##ing") == Row{5});
        QVERIFY(m.tokenizer != nullptr);
        QCOMPARE(std::string(m.tokenizer->kind()), std::string("WordPiece"));
        QVERIFY(std::all_of(m.warnings.begin(), m.warnings.end(), [](const std::string& warning) {
            return warning.starts_with("vocab.txt: it has no token [");
        }));
        QVERIFY(m.afterSum.empty() && !m.rotary);
    }

    void saysWhatBecomesOfTheSum() {
        const ScratchFolder folder;
        writeBert(folder);
        folder.write("model.safetensors",
                     safetensors({countingTable("bert." + bertTokens, words, dimension),
                                  countingTable("bert." + bertPositions, 5, dimension),
                                  countingTable("bert.embeddings.token_type_embeddings.weight", 2, dimension),
                                  countingTable("bert.embeddings.LayerNorm.gamma", 1, dimension)}));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QCOMPARE(model.value()->afterSum,
                 std::string("BERT also adds the segment's row and normalises the sum."));
    }

    void robertaBeginsAfterItsPadding_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("padding");
        QTest::addColumn<int>("first");
        QTest::newRow("as published") << "roberta"
                                      << R"(,"pad_token_id":1)" << 2;
        QTest::newRow("XLM-RoBERTa") << "xlm-roberta"
                                     << R"(,"pad_token_id":1)" << 2;
        QTest::newRow("CamemBERT, not said") << "camembert"
                                             << "" << 2;
        QTest::newRow("said to be null") << "roberta"
                                         << R"(,"pad_token_id":null)" << 2;
        QTest::newRow("another one") << "roberta"
                                     << R"(,"pad_token_id":3)" << 4;
        QTest::newRow("the last that leaves a row") << "roberta"
                                                    << R"(,"pad_token_id":4)" << 5;
        QTest::newRow("BERT, whose padding is no matter") << "bert"
                                                          << R"(,"pad_token_id":3)" << 0;
    }
    void robertaBeginsAfterItsPadding() {
        QFETCH(QString, type);
        QFETCH(QString, padding);
        QFETCH(int, first);
        const ScratchFolder folder;
        folder.write("config.json",
                     encoderConfig(type.toUtf8().constData(), 6, padding.toUtf8().constData()));
        folder.write("model.safetensors", encoder("roberta.", 6));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        const Model& m = *model.value();
        QCOMPARE(m.firstPosition, static_cast<std::size_t>(first));
        QCOMPARE(m.positions->rows(), std::size_t(6));
        QCOMPARE(placeCount(m), static_cast<std::size_t>(6 - first));
        const float begin = 100 + 2 * static_cast<float>(first);
        QVERIFY(m.positions->row(positionRowAt(m, 0)) == std::vector<float>({begin, begin + 1}));
        QVERIFY(!holds(m.warnings, "positions"));
    }

    void robertaCutsTextAsGpt2DoesWithTokensAround() {
        const ScratchFolder folder;
        folder.write("config.json", R"({"model_type":"roberta","hidden_size":2,"pad_token_id":1})");
        folder.write("model.safetensors",
                     safetensors({countingTable("roberta." + bertTokens, 11, dimension),
                                  countingTable("roberta." + bertPositions, 6, dimension)}));
        folder.write(
            "vocab.json",
            R"({"<s>":0,"<pad>":1,"</s>":2,"<unk>":3,"Ġ":4,"k":5,"Ġk":6,"<mask>":7,"<|endoftext|>":8,"madeupword0000":9,"kk":10})");
        folder.write("merges.txt", "#version: 0.2\nĠ k\nk k\n");
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(model.value()->warnings.empty());
        QVERIFY(model.value()->vocabulary->wordMark() == WordMark::ByteLevel);
        NoProgress progress;
        const auto alone = loadTokenizer(folder.path(), progress);
        QVERIFY(alone.ok());
        for (const auto& tokenizer : {model.value()->tokenizer, alone.value()}) {
            const auto encoding = tokenizer->encode("k k <mask>", {true, true}, progress);
            std::vector<std::uint32_t> ids;
            for (const Token& token : encoding.value().tokens) {
                ids.push_back(token.id->value);
            }
            QVERIFY((ids == std::vector<std::uint32_t>{0, 5, 6, 7, 2}));
        }
    }

    void llamaTurnsInsteadOfAdding() {
        const ScratchFolder folder;
        folder.write("config.json", llamaConfig);
        folder.write("model.safetensors", safetensors({countingTable("model.embed_tokens.weight", 7, 8),
                                                       countingTable("lm_head.weight", 7, 8)}));
        folder.write("tokenizer.json", llamaTokenizer);
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        const Model& m = *model.value();
        QCOMPARE(m.format, std::string("Llama folder"));
        QVERIFY(m.table->row(Row{1})[0] == 8);
        QVERIFY(m.positions == nullptr && m.rotary);
        QCOMPARE(placeCount(m), std::size_t(0));
        QCOMPARE(m.rotary->dimension, std::size_t(4));
        QCOMPARE(m.noPositions, std::string("Rotary positions, base 500,000, scaled “llama3” × 8: Llama "
                                            "turns queries and keys by them instead of adding rows."));
        QVERIFY(m.tokenizer != nullptr);
        QVERIFY(m.vocabulary->wordMark() == WordMark::Metaspace);
        QVERIFY(m.vocabulary->find("▁k") == Row{3});
        QVERIFY(m.vocabulary->find("<eot>") == Row{5});
        QCOMPARE(m.vocabulary->spelling(Row{6}), std::string_view("[unused 6]"));
        QVERIFY(holds(m.warnings, "6 tokens: the last 1 row is named “[unused 6]”"));
        QCOMPARE(m.warnings.size(), std::size_t(1));
    }

    void anUnknownScalingIsSaidAndNotGuessed() {
        const ScratchFolder folder;
        folder.write("config.json", R"({"model_type":"phi3","hidden_size":8,"num_attention_heads":2,)"
                                    R"("rope_scaling":{"type":"longrope","short_factor":[1.0]}})");
        folder.write("model.safetensors", safetensors({countingTable("model.embed_tokens.weight", 7, 8)}));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(!model.value()->rotary);
        QVERIFY(holds(model.value()->warnings, "“longrope” is not known here"));
        QVERIFY(model.value()->noPositions.find("“longrope”") != std::string::npos);
    }

    void otherSchemesAreNamed_data() {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("saying");
        QTest::newRow("GPT-NeoX")
            << R"({"model_type":"gpt_neox","hidden_size":2,"num_attention_heads":1,"rotary_pct":1})"
            << "gpt_neox.embed_in.weight"
            << "Rotary positions, base 10,000";
        QTest::newRow("BLOOM") << R"({"model_type":"bloom"})"
                               << "word_embeddings.weight"
                               << "ALiBi: each head";
        QTest::newRow("Falcon") << R"({"model_type":"falcon","alibi":true})"
                                << "transformer.word_embeddings.weight"
                                << "ALiBi: each head";
        QTest::newRow("Falcon, turning") << R"({"model_type":"falcon","alibi":false,"num_attention_heads":1})"
                                         << "transformer.word_embeddings.weight"
                                         << "Rotary positions, base 10,000";
        QTest::newRow("T5") << R"({"model_type":"t5","d_model":2})"
                            << "shared.weight"
                            << "Relative buckets: ";
        QTest::newRow("BERT by distance")
            << R"({"model_type":"bert","hidden_size":2,"position_embedding_type":"relative_key"})"
            << QString::fromStdString(bertTokens) << "“relative_key”";
        QTest::newRow("Llama without a word of heads") << R"({"model_type":"llama"})"
                                                       << "model.embed_tokens.weight"
                                                       << "how many numbers a head has";
    }
    void otherSchemesAreNamed() {
        QFETCH(QString, config);
        QFETCH(QString, tensor);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        folder.write("config.json", config.toStdString());
        folder.write("model.safetensors",
                     safetensors({countingTable(tensor.toStdString(), words, dimension)}));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(model.value()->positions == nullptr);
        QVERIFY2(QString::fromStdString(model.value()->noPositions).contains(saying),
                 model.value()->noPositions.c_str());
    }

    void shards() {
        const ScratchFolder folder;
        folder.write("config.json", llamaConfig);
        folder.write("tokenizer.json", llamaTokenizer);
        const std::string index =
            R"({"metadata":{"total_size":448},"weight_map":{"lm_head.weight":"model-00002-of-00002.safetensors",)"
            R"("model.embed_tokens.weight":"model-00001-of-00002.safetensors"}})";
        folder.write("model.safetensors.index.json", index);
        const std::string first = safetensors({countingTable("model.embed_tokens.weight", 7, 8)});
        folder.write("model-00001-of-00002.safetensors", first);
        // The second shard is not needed, and not there.
        for (const char* name : {"", "config.json", "model.safetensors.index.json"}) {
            const auto model = load(folder.path() / name);
            QVERIFY2(model.ok(), qPrintable(said(model)));
            QCOMPARE(model.value()->name, folder.path().filename().string());
            QCOMPARE(model.value()->fileSize, std::uint64_t(first.size()));
            QVERIFY(model.value()->table->row(Row{6})[7] == 55);
            QCOMPARE(model.value()->tensors.size(), std::size_t(1));
        }
        const auto shard = load(folder.path() / "model-00001-of-00002.safetensors");
        QVERIFY2(shard.ok(), qPrintable(said(shard)));
        QVERIFY(shard.value()->rotary.has_value());

        folder.write("model-00002-of-00002.safetensors",
                     safetensors({countingTable("x", 7, 8), countingTable("lm_head.weight", 7, 8)}));
        const auto other = load(folder.path() / "model-00002-of-00002.safetensors");
        QVERIFY(!other.ok());
        QVERIFY2(said(other).contains("open the folder"), qPrintable(said(other)));

        std::filesystem::remove(folder.path() / "model-00001-of-00002.safetensors");
        const auto missing = load(folder.path());
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY2(said(missing).contains("model-00001-of-00002.safetensors: is missing; tensor "
                                        "model.embed_tokens.weight lies in it"),
                 qPrintable(said(missing)));
        folder.write("model-00001-of-00002.safetensors", safetensors({countingTable("x", 7, 8)}));
        const auto elsewhere = load(folder.path());
        QCOMPARE(elsewhere.error().code, ErrorCode::Broken);
        QVERIFY2(said(elsewhere).contains("does not hold tensor model.embed_tokens.weight"),
                 qPrintable(said(elsewhere)));
    }

    void tokensAndPositionsMayLieInDifferentShards() {
        const ScratchFolder folder;
        writeBert(folder);
        std::filesystem::remove(folder.path() / "model.safetensors");
        folder.write("model.safetensors.index.json", R"({"weight_map":{"bert.)" + bertTokens +
                                                         R"(":"a","bert.)" + bertPositions + R"(":"b"}})");
        folder.write("a", safetensors({countingTable("bert." + bertTokens, words, dimension)}));
        folder.write("b", safetensors({countingTable("bert." + bertPositions, 5, dimension, 100),
                                       // Looked for in the other file.
                                       countingTable("bert." + bertTokens, words, dimension, 900)}));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(model.value()->table->row(Row{0}) == std::vector<float>({0, 1}));
        QVERIFY(model.value()->positions->row(Row{0}) == std::vector<float>({100, 101}));
        QCOMPARE(model.value()->tensors.size(), std::size_t(3));
    }

    void brokenIndexes_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("saying");
        QTest::newRow("cut short") << R"({"weight_map":{"a")"
                                   << "not valid JSON";
        QTest::newRow("empty") << ""
                               << "not valid JSON";
        QTest::newRow("a list") << "[]"
                                << "not a JSON object";
        QTest::newRow("a number") << "7"
                                  << "not a JSON object";
        QTest::newRow("no map") << R"({"metadata":{"weight_map":{"a":"b"}}})"
                                << "names no tensor";
        QTest::newRow("an empty map") << R"({"weight_map":{}})"
                                      << "names no tensor";
        QTest::newRow("a map that is a list") << R"({"weight_map":["a","b"]})"
                                              << "names no tensor";
        QTest::newRow("no file") << R"({"weight_map":{"a":7}})"
                                 << "has no file's name behind it";
        QTest::newRow("null") << R"({"weight_map":{"a":null}})"
                              << "has no file's name behind it";
        QTest::newRow("an object") << R"({"weight_map":{"a":{"b":"c"}}})"
                                   << "has no file's name behind it";
        QTest::newRow("a list of files") << R"({"weight_map":{"a":["c"]}})"
                                         << "has no file's name behind it";
        QTest::newRow("another folder") << R"({"weight_map":{"a":"../b"}})"
                                        << "no file beside the index";
        QTest::newRow("this folder") << R"({"weight_map":{"a":".."}})"
                                     << "no file beside the index";
        QTest::newRow("an empty name") << R"({"weight_map":{"a":""}})"
                                       << "no file beside the index";
        QTest::newRow("twice") << R"({"weight_map":{"a":"b","a":"c"}})"
                               << "stands there twice";
        QTest::newRow("without the table") << R"({"weight_map":{"a":"b"}})"
                                           << "no tensor embed_tokens.weight";
    }
    void brokenIndexes() {
        QFETCH(QString, json);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        folder.write("config.json", llamaConfig);
        folder.write("model.safetensors.index.json", json.toStdString());
        const auto model = load(folder.path());
        QVERIFY(!model.ok());
        QVERIFY2(said(model).contains("model.safetensors.index.json"), qPrintable(said(model)));
        QVERIFY2(said(model).contains(saying), qPrintable(said(model)));
    }

    void brokenPositions_data() {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("weights");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& config, const std::string& weights,
                            const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(config) << QByteArray::fromStdString(weights)
                                << QString(saying);
        };
        row("rows of another length", encoderConfig("bert", 5), encoder("bert.", 5, 3),
            "position rows have 3 numbers, token rows 2: they cannot be added");
        row("padding beyond the table", encoderConfig("roberta", 6, R"(,"pad_token_id":600)"),
            encoder("roberta.", 6), "none of them for a token: positions begin after that of padding, 600");
        row("padding in the last row", encoderConfig("roberta", 6, R"(,"pad_token_id":5)"),
            encoder("roberta.", 6), "none of them for a token");
        row("padding beyond all numbers",
            encoderConfig("roberta", 6, R"(,"pad_token_id":18446744073709551615)"), encoder("roberta.", 6),
            "none of them for a token");
        row("padding below 0", encoderConfig("roberta", 6, R"(,"pad_token_id":-1)"), encoder("roberta.", 6),
            "“pad_token_id” should be a whole number");
        row("half a padding", encoderConfig("roberta", 6, R"(,"pad_token_id":1.5)"), encoder("roberta.", 6),
            "“pad_token_id” should be a whole number");
        row("positions below 0", R"({"model_type":"bert","max_position_embeddings":-5})", encoder("bert.", 5),
            "“max_position_embeddings” should be a whole number");
        row("one row and padding", encoderConfig("roberta", 1), encoder("roberta.", 1), "has 1 row, none");
        row("kind of positions that is no text", encoderConfig("bert", 5, R"(,"position_embedding_type":1)"),
            encoder("bert.", 5), "“position_embedding_type” should be text");
        row("two tables", encoderConfig("bert", 5),
            safetensors({countingTable("bert." + bertTokens, words, dimension),
                         countingTable("other." + bertTokens, words, dimension)}),
            "more than one table of tokens");
        row("another dimension in config", R"({"model_type":"bert","hidden_size":768})", encoder("bert.", 5),
            "config.json says 768 (hidden_size)");
    }
    void brokenPositions() {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, weights);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        folder.write("config.json", config.toStdString());
        folder.write("model.safetensors", weights.toStdString());
        const auto model = load(folder.path());
        QVERIFY(!model.ok());
        QVERIFY2(said(model).contains(saying), qPrintable(said(model)));
    }

    void withoutConfigPositionsAreNotGuessed() {
        const ScratchFolder folder;
        folder.write("x.safetensors", encoder("bert.", 5));
        const auto bert = load(folder.path() / "x.safetensors");
        QVERIFY2(bert.ok(), qPrintable(said(bert)));
        QCOMPARE(placeCount(*bert.value()), std::size_t(5));
        QVERIFY(holds(bert.value()->warnings, "taken for a model like BERT by the names of its tensors"));

        // RoBERTa's and many others' look alike, and count otherwise.
        for (const char* prefix : {"", "roberta.", "0.auto_model."}) {
            folder.write("x.safetensors", encoder(prefix, 5));
            const auto model = load(folder.path() / "x.safetensors");
            QVERIFY2(model.ok(), qPrintable(said(model)));
            QVERIFY(model.value()->positions == nullptr);
            QVERIFY(model.value()->noPositions.find("which of its rows the first token takes is not known") !=
                    std::string::npos);
        }
        folder.write("x.safetensors", safetensors({countingTable("model.embed_tokens.weight", 7, 8),
                                                   countingTable("lm_head.weight", 7, 8)}));
        const auto llama = load(folder.path() / "x.safetensors");
        QVERIFY2(llama.ok(), qPrintable(said(llama)));
        QVERIFY(!llama.value()->rotary);
        QVERIFY(llama.value()->noPositions.find("nothing is known of its positions") != std::string::npos);
        QCOMPARE(llama.value()->vocabulary->spelling(Row{3}), std::string_view("#3"));
    }

    void aPairThatIsNotGpt2sOnlyNamesTheRows() {
        const ScratchFolder folder;
        folder.write("config.json", R"({"model_type":"qwen2","hidden_size":2,"num_attention_heads":1})");
        folder.write("model.safetensors", safetensors({countingTable("model.embed_tokens.weight", 3, 2)}));
        folder.write("vocab.json", R"({"Ġ":0,"k":1,"Ġk":2})");
        folder.write("merges.txt", "#version: 0.2\nĠ k\n");
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(model.value()->tokenizer == nullptr);
        QVERIFY(model.value()->vocabulary->find("Ġk") == Row{2});
        QVERIFY(model.value()->vocabulary->wordMark() == WordMark::ByteLevel);
        NoProgress progress;
        QVERIFY(!loadTokenizer(folder.path(), progress).ok());
    }

    void wordsAreTakenFromAnyTokenizerJson() {
        const ScratchFolder folder;
        folder.write("config.json", encoderConfig("xlm-roberta", 6));
        folder.write("model.safetensors", encoder("roberta.", 6));
        folder.write("tokenizer.json",
                     R"({"added_tokens":[{"id":4,"content":"<mask>","single_word":false,"lstrip":true,)"
                     R"("rstrip":false,"normalized":false,"special":true}],)"
                     R"("model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["▁k",-3.5],["▁",-4]]}})");
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        const Vocabulary& vocabulary = *model.value()->vocabulary;
        QVERIFY(vocabulary.wordMark() == WordMark::Metaspace);
        QVERIFY(vocabulary.find("▁k") == Row{1});
        QVERIFY(vocabulary.find("<mask>") == Row{4});
        QCOMPARE(vocabulary.spelling(Row{3}), std::string_view("[unused 3]"));
        QVERIFY(holds(model.value()->warnings, "[unused 5]”"));
        for (const char* vocab : {R"([["a"]])", R"([["a",0,1]])", R"([[0,"a"]])", R"(["a"])", R"([{"a":0}])",
                                  R"([["a",["b"]]])", R"([7])"}) {
            folder.write("tokenizer.json",
                         std::string(R"({"model":{"type":"Unigram","vocab":)") + vocab + "}}");
            const auto broken = load(folder.path());
            QVERIFY(!broken.ok());
            QVERIFY2(said(broken).contains("is no token and its score"), qPrintable(said(broken)));
        }
    }

    void ranksBesideTheNumbersAreFound() {
        const ScratchFolder folder;
        folder.write(
            "config.json",
            R"({"model_type":"llama","hidden_size":2,"num_attention_heads":1,"rope_theta":10000.0})");
        folder.write("model.safetensors",
                     safetensors({countingTable("model.embed_tokens.weight", 300, dimension)}));
        folder.write("mine.tiktoken", byteRanks() + "MTIz 256\n");  // 123
        const auto guessed = load(folder.path());
        QVERIFY2(guessed.ok(), qPrintable(said(guessed)));
        QVERIFY(guessed.value()->tokenizer != nullptr);
        QVERIFY(guessed.value()->split == SplitScheme::Cl100k);
        QVERIFY(holds(guessed.value()->warnings, "mine.tiktoken: neither the file nor its name says"));
        QCOMPARE(guessed.value()->vocabulary->spelling(Row{256}), std::string_view("123"));
        QVERIFY(guessed.value()->vocabulary->wordMark() == WordMark::ByteLevel);

        LoadAids aids;
        aids.split = SplitScheme::Qwen2;
        NoProgress progress;
        const auto chosen = loadModel(folder.path(), progress, aids);
        QVERIFY2(chosen.ok(), qPrintable(said(chosen)));
        QVERIFY(chosen.value()->split == SplitScheme::Qwen2);
        QVERIFY(!holds(chosen.value()->warnings, "says how texts are cut"));
        const auto encoding = chosen.value()->tokenizer->encode("123", {}, progress);
        QCOMPARE(encoding.value().tokens.size(), std::size_t(3));
    }

    void moreTokensThanRowsAreRefused() {
        const ScratchFolder folder;
        writeBert(folder);
        folder.write("vocab.txt", std::string(vocabTxt) + "more\r\nand more");
        const auto model = load(folder.path());
        QVERIFY(!model.ok());
        QVERIFY2(said(model).contains("has 9 tokens, but the table has only 7 rows"),
                 qPrintable(said(model)));
    }

    void aLoneTableTakesItsWordsFromBesideIt() {
        const ScratchFolder folder;
        writeBert(folder);
        const auto bert = load(folder.path());
        NoProgress progress;
        const std::filesystem::path out = folder.path() / "out.safetensors";
        QVERIFY(writeVectors(*bert.value(), *writerForEnding(out), out, {words, nullptr}, progress).ok());
        const auto model = load(out);  // its config.json is that of BERT, and no matter
        QVERIFY2(model.ok(), qPrintable(said(model)));
        const Model& m = *model.value();
        QCOMPARE(m.name, std::string("out"));
        QCOMPARE(m.format, std::string("vectors in safetensors"));
        QVERIFY(m.warnings.empty() && m.tokenizer != nullptr && m.positions == nullptr);
        for (std::uint32_t row = 0; row < words; ++row) {
            QCOMPARE(m.vocabulary->spelling(Row{row}), bert.value()->vocabulary->spelling(Row{row}));
            QVERIFY(m.table->row(Row{row}) == bert.value()->table->row(Row{row}));
        }
        folder.write("out.txt", "king\n");
        const auto numbered = load(out);
        QVERIFY2(numbered.ok(), qPrintable(said(numbered)));
        QVERIFY(holds(numbered.value()->warnings, "out.txt has 1 line, the table 7 rows"));
        QCOMPARE(numbered.value()->vocabulary->spelling(Row{3}), std::string_view("#3"));
        QVERIFY(numbered.value()->tokenizer == nullptr && !numbered.value()->noTokenizer.empty());
        std::filesystem::remove(folder.path() / "out.txt");
        QVERIFY(holds(load(out).value()->warnings, "no out.txt with a word a line lies beside the file"));
        folder.write("out.safetensors", safetensors({countingTable("x", 2, 2), countingTable("y", 2, 2)}));
        QVERIFY(!load(out).ok());
    }

    void everyFamilyIsFoundByItsType() {
        QVERIFY(checkpointFamilies().size() > 20);
        for (const CheckpointFamily& family : checkpointFamilies()) {
            QCOMPARE(familyOfType(family.type), &family);
            QVERIFY(knownTypes().find(family.type) != std::string::npos);
            QVERIFY(!family.name.empty() && family.tokens.ends_with(".weight"));
            QVERIFY(family.isRotary() || !family.positions.empty() ||
                    family.scheme == PositionScheme::Alibi ||
                    family.scheme == PositionScheme::RelativeBuckets);
            // With a head and without config.json the table is still found.
            const std::vector<std::string> names = {std::string(family.prefix) + "." +
                                                    std::string(family.tokens)};
            QVERIFY(familyByNames(names).has_value());
            QCOMPARE(familyByNames(names)->family->tokens, family.tokens);
        }
        QVERIFY(familyOfType("") == nullptr && familyOfType("gpt") == nullptr);
        const std::vector<std::string> others = {"xwte.weight", "wte.weight.x", "wte"};
        QVERIFY(!familyByNames(others) && namesMeaning("wte.weight", others).empty());
    }
};

QTEST_APPLESS_MAIN(CheckpointFamiliesTest)
#include "checkpoint_families_test.moc"

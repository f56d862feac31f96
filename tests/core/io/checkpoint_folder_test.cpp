// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_folder.h"

#include "core/base/byte_alphabet.h"
#include "core/io/model_loader.h"
#include "tests/support/model_files.h"
#include "tests/support/scratch_folder.h"

#include <numeric>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

constexpr std::uint64_t dimension = 2;
constexpr std::uint64_t bytes = 256;
constexpr std::uint64_t tokens = bytes + 2;  // and one merge, and one special token

/// A byte-level vocabulary: 256 bytes, "Ġk", "<|endoftext|>".
std::string vocabJson() {
    std::string json = "{";
    for (unsigned byte = 0; byte < bytes; ++byte) {
        std::string spelling = spellingOfBytes(std::string(1, static_cast<char>(byte)));
        if (spelling == "\"" || spelling == "\\") {
            spelling.insert(0, "\\");
        }
        json += "\"" + spelling + "\":" + std::to_string(byte) + ",";
    }
    return json + "\"Ġk\":256,\"<|endoftext|>\":257}";
}

/// The same vocabulary with the merge of merges.txt; `before` stands in front of the model.
std::string tokenizerJson(const std::string& before = "") {
    return R"({"added_tokens":[{"id":257,"content":"<|endoftext|>","single_word":false,"lstrip":false,)"
           R"("rstrip":false,"normalized":false,"special":true}],)" +
           before +
           R"("pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},)"
           "\"model\":{\"type\":\"BPE\",\"vocab\":" +
           vocabJson() + ",\"merges\":[\"Ġ k\"]}}";
}

std::vector<float> counting(std::size_t count) {
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.0F);
    return values;
}

/// wte of `rows` rows and wpe of 4 positions, in F32.
std::string weights(std::uint64_t rows, const std::string& prefix = "",
                    std::uint64_t positionDimension = dimension) {
    const std::uint64_t first = rows * dimension * 4;
    const std::uint64_t second = first + 4 * positionDimension * 4;
    const std::string header =
        "{" +
        tensorJson(prefix + "wte.weight", "F32", std::to_string(rows) + "," + std::to_string(dimension), 0,
                   first) +
        "," +
        tensorJson(prefix + "wpe.weight", "F32", "4," + std::to_string(positionDimension), first, second) +
        "}";
    return safetensors(header, floatBytes(counting(second / 4)));
}

std::string configJson(std::uint64_t vocabSize = tokens) {
    return R"({"model_type":"gpt2","n_embd":2,"n_positions":4,"eos_token_id":null,"a":{"n_embd":[1]},"vocab_size":)" +
           std::to_string(vocabSize) + "}";
}

void writeWhole(const ScratchFolder& folder) {
    folder.write("config.json", configJson());
    folder.write("model.safetensors", weights(tokens));
    folder.write("vocab.json", vocabJson());
    folder.write("merges.txt", "#version: 0.2\nĠ k\n");
}

Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path) {
    NoProgress progress;
    return loadModel(path, progress);
}

QString said(const Result<std::shared_ptr<const Model>>& model) {
    return model.ok() ? QString() : QString::fromStdString(toString(model.error()));
}

}  // namespace

class CheckpointFolderTest : public QObject {
    Q_OBJECT

  private slots:
    void opensAWholeFolderByAnyOfItsNames() {
        const ScratchFolder folder;
        writeWhole(folder);
        for (const char* name : {"", "model.safetensors", "config.json"}) {
            const auto model = load(folder.path() / name);
            QVERIFY2(model.ok(), qPrintable(said(model)));
            const Model& m = *model.value();
            QCOMPARE(m.format, std::string("GPT-2 folder"));
            QCOMPARE(m.name, folder.path().filename().string());
            QCOMPARE(m.path, folder.path() / name);
            QCOMPARE(m.fileSize, std::uint64_t(weights(tokens).size()));
            QVERIFY(m.warnings.empty());
            QCOMPARE(m.vocabulary->size(), std::size_t(tokens));
            QVERIFY(m.vocabulary->wordMark() == WordMark::ByteLevel);
            QVERIFY(m.vocabulary->find("Ġk") == Row{256});
            QVERIFY(m.table->isMapped());
            QVERIFY(m.table->row(Row{256}) == std::vector<float>({512, 513}));
            QVERIFY(m.positions != nullptr);
            QCOMPARE(m.positions->rows(), std::size_t(4));
            QVERIFY(m.positions->row(Row{1}) == std::vector<float>({518, 519}));
            QCOMPARE(placeCount(m), std::size_t(4));
            QCOMPARE(positionRowAt(m, 3), Row{3});
            QCOMPARE(m.tableName, std::string("wte"));
            QCOMPARE(m.positionsName, std::string("wpe"));
            QVERIFY(!m.rotary && m.afterSum.empty());
            QVERIFY(m.tokenizer != nullptr);
            QVERIFY(m.noTokenizer.empty() && m.noPositions.empty());
            QCOMPARE(m.tensors.size(), std::size_t(2));
            QCOMPARE(m.tensors[0].name, std::string("wte.weight"));
            QVERIFY((m.tensors[0].shape == std::vector<std::uint64_t>{tokens, dimension}));
        }
    }

    void tokenizerJsonStandsInForVocabularyAndMerges_data() {
        QTest::addColumn<QStringList>("removed");
        QTest::newRow("alone") << QStringList{"vocab.json", "merges.txt"};
        QTest::newRow("beside vocab.json") << QStringList{"merges.txt"};
        QTest::newRow("beside merges.txt") << QStringList{"vocab.json"};
        QTest::newRow("beside both") << QStringList{};
    }
    void tokenizerJsonStandsInForVocabularyAndMerges() {
        QFETCH(QStringList, removed);
        const ScratchFolder folder;
        writeWhole(folder);
        const auto pair = load(folder.path());
        folder.write("tokenizer.json", tokenizerJson());
        for (const QString& name : removed) {
            std::filesystem::remove(folder.path() / name.toStdString());
        }
        const auto json = load(folder.path());
        QVERIFY2(json.ok(), qPrintable(said(json)));
        QVERIFY(json.value()->warnings.empty() && json.value()->noTokenizer.empty());
        QVERIFY(json.value()->vocabulary->wordMark() == WordMark::ByteLevel);
        NoProgress progress;
        for (const char* text : {"k k<|endoftext|>", "\xFF\n kk  k"}) {
            const auto one = pair.value()->tokenizer->encode(text, {false, true}, progress);
            const auto other = json.value()->tokenizer->encode(text, {false, true}, progress);
            QCOMPARE(one.value().tokens.size(), other.value().tokens.size());
            for (std::size_t i = 0; i < one.value().tokens.size(); ++i) {
                QVERIFY(one.value().tokens[i].id == other.value().tokens[i].id);
            }
        }
        for (std::uint32_t row = 0; row < tokens; ++row) {
            QCOMPARE(json.value()->vocabulary->spelling(Row{row}),
                     pair.value()->vocabulary->spelling(Row{row}));
        }
    }

    void aTokenizerOfAnotherKindLeavesTheVectors() {
        const ScratchFolder folder;
        writeWhole(folder);
        folder.write("tokenizer.json", tokenizerJson("\"normalizer\":{\"type\":\"Other\"},"));
        std::filesystem::remove(folder.path() / "merges.txt");
        const auto named = load(folder.path());
        QVERIFY2(named.ok(), qPrintable(said(named)));
        QVERIFY(named.value()->tokenizer == nullptr);
        QVERIFY(named.value()->vocabulary->find("Ġk") == Row{256});

        std::filesystem::remove(folder.path() / "vocab.json");
        const auto bare = load(folder.path());
        QVERIFY2(bare.ok(), qPrintable(said(bare)));
        QVERIFY(bare.value()->tokenizer == nullptr);
        QVERIFY(bare.value()->noTokenizer.find("the type \"Other\" is not known") != std::string::npos);
        QVERIFY(bare.value()->warnings.empty());
        QVERIFY(bare.value()->vocabulary->find("Ġk") == Row{256});
        QVERIFY(bare.value()->vocabulary->find("<|endoftext|>") == Row{257});
        QVERIFY(bare.value()->vocabulary->wordMark() == WordMark::ByteLevel);

        folder.write("tokenizer.json", tokenizerJson().substr(0, 100));
        const auto broken = load(folder.path());
        QVERIFY(!broken.ok());
        QCOMPARE(broken.error().code, ErrorCode::Broken);
        QVERIFY2(said(broken).contains("tokenizer.json"), qPrintable(said(broken)));
    }

    void mergesCutShortAreToldOrRefused() {
        const ScratchFolder folder;
        writeWhole(folder);
        for (const char* merges : {"", "#version: 0.2\n"}) {
            folder.write("merges.txt", merges);
            const auto none = load(folder.path());
            QVERIFY(!none.ok());
            QCOMPARE(none.error().code, ErrorCode::Broken);
            QVERIFY2(said(none).contains("merges.txt"), qPrintable(said(none)));
            NoProgress progress;
            QVERIFY(!loadTokenizer(folder.path() / "vocab.json", progress).ok());
        }
        // One token more that people added: sound, but said.
        std::string vocabulary = vocabJson();
        vocabulary.pop_back();
        vocabulary += ",\"added\":258}";
        folder.write("vocab.json", vocabulary);
        folder.write("merges.txt", "#version: 0.2\nĠ k\n");
        folder.write("config.json", configJson(tokens + 1));
        folder.write("model.safetensors", weights(tokens + 1));
        const auto added = load(folder.path());
        QVERIFY2(added.ok(), qPrintable(said(added)));
        QCOMPARE(added.value()->warnings.size(), std::size_t(1));
        QVERIFY(QString::fromStdString(added.value()->warnings[0]).contains("reached by no merge"));
    }

    void readsThePrefixedNames() {
        const ScratchFolder folder;
        writeWhole(folder);
        folder.write("model.safetensors", weights(tokens, "transformer."));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(model.value()->table->row(Row{1}) == std::vector<float>({2, 3}));
        QVERIFY(model.value()->positions != nullptr);
    }

    void readsHalfPrecision_data() {
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<int>("one");
        QTest::newRow("F16") << "F16" << 0x3C00;
        QTest::newRow("BF16") << "BF16" << 0x3F80;
    }
    void readsHalfPrecision() {
        QFETCH(QString, dtype);
        QFETCH(int, one);
        const ScratchFolder folder;
        std::string numbers;
        for (std::uint64_t i = 0; i < tokens * dimension; ++i) {
            numbers += static_cast<char>(one & 0xFF);
            numbers += static_cast<char>(one >> 8);
        }
        writeWhole(folder);
        folder.write(
            "model.safetensors",
            safetensors("{" + tensorJson("wte.weight", dtype.toStdString(), "258,2", 0, numbers.size()) + "}",
                        numbers));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QVERIFY(model.value()->table->row(Row{257}) == std::vector<float>({1, 1}));
        QVERIFY(model.value()->positions == nullptr);
        QVERIFY(model.value()->noPositions.find("wpe.weight") != std::string::npos);
    }

    void saysWhatIsMissingBesideTheNumbers() {
        const ScratchFolder folder;
        folder.write("model.safetensors", weights(tokens));
        const auto bare = load(folder.path());
        QVERIFY2(bare.ok(), qPrintable(said(bare)));
        QVERIFY(bare.value()->tokenizer == nullptr);
        QVERIFY(bare.value()->noTokenizer.find("vocab.json") != std::string::npos);
        QCOMPARE(bare.value()->vocabulary->spelling(Row{17}), std::string_view("#17"));
        QCOMPARE(bare.value()->vocabulary->size(), std::size_t(tokens));
        QCOMPARE(bare.value()->warnings.size(), std::size_t(2));

        folder.write("config.json", configJson());
        folder.write("vocab.json", vocabJson());
        const auto named = load(folder.path());
        QVERIFY2(named.ok(), qPrintable(said(named)));
        QVERIFY(named.value()->tokenizer == nullptr);
        QVERIFY(named.value()->noTokenizer.find("merges.txt") != std::string::npos);
        QVERIFY(named.value()->vocabulary->find("Ġk") == Row{256});
        QCOMPARE(named.value()->warnings.size(), std::size_t(1));
    }

    void rowsWithoutATokenAreKeptAndNamed() {
        const ScratchFolder folder;
        writeWhole(folder);
        folder.write("config.json", configJson(tokens + 3));
        folder.write("model.safetensors", weights(tokens + 3));
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QCOMPARE(model.value()->vocabulary->size(), std::size_t(tokens + 3));
        QCOMPARE(model.value()->vocabulary->spelling(Row{258}), std::string_view("[unused 258]"));
        QCOMPARE(textOf(*model.value()->vocabulary, Row{258}), std::string("[unused 258]"));
        QCOMPARE(model.value()->tokenizer->vocabularySize(), std::size_t(tokens));
        QCOMPARE(model.value()->warnings.size(), std::size_t(1));
        QVERIFY(model.value()->warnings[0].find("the last 3 rows") != std::string::npos);
    }

    void warnsWhereConfigDisagrees() {
        const ScratchFolder folder;
        writeWhole(folder);
        folder.write("config.json", R"({"model_type":"gpt2","vocab_size":50257,"n_positions":1024})");
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), qPrintable(said(model)));
        QCOMPARE(model.value()->warnings.size(), std::size_t(2));
        QVERIFY(model.value()->warnings[0].find("1,024 positions") != std::string::npos);
        QVERIFY(model.value()->warnings[1].find("50,257 tokens") != std::string::npos);
    }

    void refusesWhatIsBrokenOrOfAnotherKind_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const char* file, const std::string& content, ErrorCode code,
                            const char* where, const char* saying) {
            QTest::newRow(name) << QString(file) << QByteArray::fromStdString(content)
                                << static_cast<int>(code) << QString(where) << QString(saying);
        };
        const char* weightsName = "model.safetensors";
        const char* tokenTensor = "model.safetensors, tensor wte.weight";
        row("another type of model", "config.json", R"({"model_type":"mamba"})", ErrorCode::Unsupported,
            "config.json", "“mamba”; of Hugging Face folders these types can be opened: gpt2, gpt_neo, bert");
        row("a family with other tensors", "config.json", R"({"model_type":"llama"})", ErrorCode::Unsupported,
            weightsName, "no tensor embed_tokens.weight, so it is no Llama");
        row("config cut short", "config.json", R"({"model_type":)", ErrorCode::Broken, "config.json, byte 14",
            "not valid JSON");
        row("config empty", "config.json", "", ErrorCode::Broken, "config.json, byte 0", "not valid JSON");
        row("config a list", "config.json", "[1]", ErrorCode::Broken, "config.json", "not a JSON object");
        row("config negative", "config.json", R"({"vocab_size":-1})", ErrorCode::Broken, "config.json",
            "vocab_size");
        row("config with a fraction", "config.json", R"({"model_type":"gpt2","n_positions":4.5})",
            ErrorCode::Broken, "config.json", "“n_positions” should be a whole number");
        row("config of wrong kinds", "config.json", R"({"n_embd":{"x":1}})", ErrorCode::Broken, "config.json",
            "n_embd");
        row("type a number", "config.json", R"({"model_type":2})", ErrorCode::Broken, "config.json",
            "model_type");
        row("another dimension in config", "config.json", R"({"model_type":"gpt2","n_embd":768})",
            ErrorCode::Broken, tokenTensor, "768");
        row("numbers cut short", weightsName, weights(tokens).substr(0, 500), ErrorCode::Broken, tokenTensor,
            "holds only");
        row("numbers empty", weightsName, "", ErrorCode::Broken, "model.safetensors, byte 0", "too short");
        row("no token table", weightsName, safetensors("{}", ""), ErrorCode::Unsupported, weightsName,
            "wte.weight");
        row("two token tables", weightsName,
            safetensors("{" + tensorJson("a.wte.weight", "F32", "1,2", 0, 8) + "," +
                            tensorJson("b.wte.weight", "F32", "1,2", 8, 16) + "}",
                        std::string(16, 'x')),
            ErrorCode::Unsupported, weightsName,
            "more than one table of tokens, a.wte.weight and b.wte.weight");
        row("what Git LFS leaves", weightsName,
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 548105171\n", ErrorCode::Broken,
            weightsName, "Git LFS");
        row("a table of one dimension", weightsName,
            safetensors("{" + tensorJson("wte.weight", "F32", "4", 0, 16) + "}", std::string(16, 'x')),
            ErrorCode::Broken, tokenTensor, "rows and columns");
        row("a table without rows", weightsName,
            safetensors("{" + tensorJson("wte.weight", "F32", "0,2", 0, 0) + "}", ""), ErrorCode::Broken,
            tokenTensor, "rows and columns");
        row("double precision", weightsName,
            safetensors("{" + tensorJson("wte.weight", "F64", "1,2", 0, 16) + "}", std::string(16, 'x')),
            ErrorCode::Unsupported, tokenTensor, "F64");
        row("a dtype of tomorrow", weightsName,
            safetensors("{" + tensorJson("wte.weight", "F3", "9999999,99999999", 0, 16) + "}",
                        std::string(16, 'x')),
            ErrorCode::Unsupported, tokenTensor, "F3");
        row("positions of another dimension", weightsName, weights(tokens, "", 3), ErrorCode::Broken,
            "model.safetensors, tensor wpe.weight", "cannot be added");
        row("fewer rows than tokens", weightsName, weights(tokens - 1), ErrorCode::Broken, "vocab.json",
            "257 rows");
    }
    void refusesWhatIsBrokenOrOfAnotherKind() {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        QFETCH(QString, where);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        writeWhole(folder);
        folder.write(file.toStdString(), content.toStdString());
        const auto model = load(folder.path());
        QVERIFY(!model.ok());
        QCOMPARE(static_cast<int>(model.error().code), code);
        QCOMPARE(QString::fromStdString(model.error().where),
                 QString::fromStdString((folder.path() / "").string()) + where);
        QVERIFY2(QString::fromStdString(model.error().what).contains(saying), model.error().what.c_str());
    }

    void foldersWithoutModelSafetensors() {
        const ScratchFolder sharded;
        sharded.write("config.json", configJson());
        sharded.write("model.safetensors.index.json", "{}");
        QCOMPARE(load(sharded.path()).error().code, ErrorCode::Broken);
        QVERIFY(said(load(sharded.path())).contains("names no tensor"));

        const ScratchFolder pytorch;
        pytorch.write("config.json", configJson());
        pytorch.write("pytorch_model.bin", "PK");
        QCOMPARE(load(pytorch.path()).error().code, ErrorCode::Unsupported);
        QVERIFY(said(load(pytorch.path())).contains("PyTorch"));

        const ScratchFolder configOnly;
        configOnly.write("config.json", configJson());
        QCOMPARE(load(configOnly.path()).error().code, ErrorCode::NotFound);
        QVERIFY(said(load(configOnly.path() / "config.json")).contains("model.safetensors"));
    }

    void aBrokenVocabularyIsSaid() {
        const ScratchFolder folder;
        writeWhole(folder);
        folder.write("vocab.json", "{\"a\":0");
        const auto model = load(folder.path());
        QVERIFY(!model.ok());
        QCOMPARE(model.error().code, ErrorCode::Broken);
        QVERIFY(model.error().where.find("vocab.json") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(CheckpointFolderTest)
#include "checkpoint_folder_test.moc"

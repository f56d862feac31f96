// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lone_tokenizer.h"

#include "core/io/model_loader.h"
#include "tests/support/byte_ranks.h"
#include "tests/support/data_folder.h"
#include "tests/support/gguf_tokenizer_bytes.h"
#include "tests/support/model_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/sentencepiece_bytes.h"

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

constexpr const char* wordPieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\n##s\n";
constexpr const char* json =
    R"({"version":"1.0","added_tokens":[],"pre_tokenizer":{"type":"Whitespace"},)"
    R"("model":{"type":"WordLevel","vocab":{"hello":0,"world":1,"[UNK]":2},"unk_token":"[UNK]"}})";

Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path) {
    NoProgress progress;
    return loadModel(path, progress);
}

}  // namespace

class LoneTokenizerTest : public QObject {
    Q_OBJECT

  private slots:
    void eachKindOfFileOpens_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("tokens");
        const auto row = [](const char* file, const std::string& bytes, const char* format, int tokens) {
            QTest::newRow(file) << QString(file) << QByteArray::fromStdString(bytes) << QString(format)
                                << tokens;
        };
        row("vocab.txt", wordPieces, "vocab.txt", 6);
        row("bert-base-vocab.txt", wordPieces, "vocab.txt", 6);
        row("tokenizer.json", json, "tokenizer.json", 3);
        row("mine.json", json, "tokenizer.json", 3);
        row("gpt2.tiktoken", byteRanks(), "tiktoken ranks", 50257);
        row("spiece.model", small(2), "SentencePiece model", 8);
        row("any.gguf", words().bytes(), "GGUF, its tokenizer", 6);
    }
    void eachKindOfFileOpens() {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, format);
        QFETCH(int, tokens);
        const ScratchFolder folder;
        const auto path = folder.write(file.toStdString(), bytes.toStdString());
        const auto model = load(path);
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        const Model& m = *model.value();
        QCOMPARE(QString::fromStdString(m.format), format);
        QVERIFY(!m.hasVectors() && !m.noVectors.empty() && !m.noPositions.empty());
        QVERIFY(m.tokenizer != nullptr && m.noTokenizer.empty());
        QCOMPARE(static_cast<int>(m.vocabulary->size()), tokens);
        QCOMPARE(m.table->rows(), m.vocabulary->size());
        QCOMPARE(m.table->dimension(), std::size_t(0));
        QCOMPARE(m.fileSize, std::uint64_t(bytes.size()));
        QCOMPARE(m.path, path);
        for (std::uint32_t id = 0; id < m.vocabulary->size(); ++id) {
            QCOMPARE(m.vocabulary->spelling(Row{id}), m.tokenizer->spelling(TokenId{id}));
        }
        NoProgress progress;
        const auto alone = loadTokenizer(path, progress);
        QVERIFY(alone.ok());
        QCOMPARE(alone.value()->vocabularySize(), m.vocabulary->size());
    }

    void aTextWithSuchANameIsNone() {
        const ScratchFolder folder;
        const auto text = load(folder.write("french vocab.txt", "chat\nchien\nchat\n"));
        QVERIFY(!text.ok());
        QCOMPARE(text.error().code, ErrorCode::Unsupported);
        const auto list =
            load(folder.write("list.txt", "\n*\n a list with one star before all that follows\n"));
        QCOMPARE(list.error().code, ErrorCode::Unsupported);
        const auto sole = load(folder.write("merges.txt", "#version: 0.2\na b\n"));
        QCOMPARE(sole.error().code, ErrorCode::Unsupported);
    }

    void isNamedAfterItsFileOrFolder() {
        const ScratchFolder folder;
        const auto own = load(folder.write("mine.json", json));
        QCOMPARE(own.value()->name, std::string("mine"));
        const auto common = load(folder.write("tokenizer.json", json));
        QCOMPARE(common.value()->name, folder.path().filename().string());
        const auto inside = load(folder.path() / "");
        QVERIFY2(inside.ok(), inside.ok() ? "" : toString(inside.error()).c_str());
        QCOMPARE(inside.value()->name, folder.path().filename().string());
    }

    void vocabularyAndMergesOpenFromEither() {
        const ScratchFolder folder;
        const std::filesystem::path gpt2 = builtinModels() / "tiny-gpt2";
        for (const char* file : {"vocab.json", "merges.txt"}) {
            std::filesystem::copy(gpt2 / file, folder.path() / file);
        }
        for (const std::filesystem::path& path :
             {folder.path(), folder.path() / "vocab.json", folder.path() / "merges.txt"}) {
            const auto model = load(path);
            QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
            QVERIFY(!model.value()->hasVectors());
            QCOMPARE(model.value()->vocabulary->size(), std::size_t(16384));
            QVERIFY(model.value()->vocabulary->wordMark() == WordMark::ByteLevel);
            QVERIFY(model.value()->warnings.empty());
        }
    }

    void vectorsComeBeforeATokenizer() {
        const ScratchFolder folder;
        folder.write("vocab.txt", wordPieces);
        QVERIFY(!load(folder.path()).value()->hasVectors());
        folder.write("pets.bin", word2Vec({{"cat", {1, 2, 3}}, {"dog", {4, 5, 6}}}));
        const auto pets = load(folder.path());
        QVERIFY2(pets.ok(), pets.ok() ? "" : toString(pets.error()).c_str());
        QCOMPARE(pets.value()->name, std::string("pets"));
        QVERIFY(pets.value()->hasVectors());
    }

    void aFolderWithoutItsNumbersIsATokenizer() {
        const ScratchFolder folder;
        folder.write("config.json", R"({"model_type":"bert"})");
        QCOMPARE(load(folder.path()).error().code, ErrorCode::NotFound);
        folder.write("vocab.txt", wordPieces);
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QVERIFY(!model.value()->hasVectors());
        QCOMPARE(model.value()->warnings.size(), std::size_t(1));
        QVERIFY(model.value()->warnings.front().find("numbers is missing") != std::string::npos);
        // What is there and broken is not passed over.
        folder.write("model.safetensors", "abc");
        QVERIFY(!load(folder.path()).ok());
    }

    void ranksAreCutAsTheirNameSaysOrAsIsChosen() {
        const ScratchFolder folder;
        const auto named = load(folder.write("gpt2.tiktoken", byteRanks()));
        QVERIFY(named.value()->split == SplitScheme::Gpt2);
        // That there are but 256 of its ranks.
        QCOMPARE(named.value()->warnings.size(), std::size_t(1));
        const auto path = folder.write("mine.tiktoken", byteRanks());
        const auto guessed = load(path);
        QVERIFY2(guessed.ok(), guessed.ok() ? "" : toString(guessed.error()).c_str());
        QVERIFY(guessed.value()->split == SplitScheme::Cl100k);
        QCOMPARE(guessed.value()->warnings.size(), std::size_t(1));
        QVERIFY(guessed.value()->warnings.front().find("cl100k_base") != std::string::npos);
        NoProgress progress;
        QCOMPARE(loadTokenizer(path, progress).error().code, ErrorCode::Unsupported);
        LoadAids aids;
        aids.split = SplitScheme::O200k;
        const auto chosen = loadModel(path, progress, aids);
        QVERIFY(chosen.value()->split == SplitScheme::O200k && chosen.value()->warnings.empty());
        QVERIFY(loadTokenizer(path, progress, aids).ok());
        const auto words = folder.write("vocab.txt", wordPieces);
        QCOMPARE(loadTokenizer(words, progress, aids).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!load(words).value()->split);
    }

    void ranksInAFolderAreCutLikeTheFileAlone_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("cut");
        QTest::newRow("qwen") << "qwen.tiktoken"
                              << "qwen2";
        QTest::newRow("llama 3") << "tokenizer.model"
                                 << "cl100k_base";
        QTest::newRow("unknown") << "mine.tiktoken"
                                 << "";
    }
    void ranksInAFolderAreCutLikeTheFileAlone() {
        QFETCH(QString, file);
        QFETCH(QString, cut);
        const ScratchFolder folder;
        folder.write(file.toStdString(), byteRanks() + "MTIz 256\n");  // 123
        NoProgress progress;
        const auto model = load(folder.path());
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QVERIFY(model.value()->split.has_value());
        QVERIFY(model.value()->fileSize > 0);
        QVERIFY(!model.value()->warnings.empty());
        const auto tokenizer = loadTokenizer(folder.path(), progress);
        if (cut.isEmpty()) {
            QCOMPARE(tokenizer.error().code, ErrorCode::Unsupported);
        } else {
            QCOMPARE(std::string(name(*model.value()->split)), cut.toStdString());
            const auto encoding = tokenizer.value()->encode("123", {}, progress);
            QCOMPARE(encoding.value().tokens.size(), std::size_t(cut == QStringLiteral("qwen2") ? 3 : 1));
        }
        LoadAids aids;
        aids.split = SplitScheme::O200k;
        QVERIFY(loadModel(folder.path(), progress, aids).value()->split == SplitScheme::O200k);
        QVERIFY(loadTokenizer(folder.path(), progress, aids).ok());
    }

    void aFileNamedTiktokenIsOneWhateverItsFirstLines() {
        const ScratchFolder folder;
        NoProgress progress;
        LoadAids aids;
        aids.split = SplitScheme::Gpt2;
        const auto path = folder.write("mine.tiktoken", "AA== 0\nAQ== 1\nA!== 2\n" + byteRanks());
        for (const Error& error : {load(path).error(), loadTokenizer(path, progress, aids).error()}) {
            QCOMPARE(error.code, ErrorCode::Broken);
            QVERIFY(error.where.find("mine.tiktoken, line 3") != std::string::npos);
        }
    }

    void whatAVocabularyOfWordPieceLacksIsSaid() {
        const ScratchFolder folder;
        QVERIFY(load(folder.write("vocab.txt", wordPieces)).value()->warnings.empty());
        const auto model = load(folder.write("vocab.txt", "[PAD]\n[CLS]\nhello\n\xFF\n"));
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QCOMPARE(model.value()->warnings,
                 (std::vector<std::string>{"1 token is no valid UTF-8: line 4",
                                           "it has no token [UNK]: what is unknown has no ID",
                                           "it has no token [SEP] to add around a text"}));
    }

    /// A damaged one says where, and is not taken for a text.
    void aModelOfPiecesThatIsCutInItsFirstFieldIsKnownByItsName() {
        const ScratchFolder folder;
        const auto model = load(folder.write("spiece.model", std::string("\n\xFF\x01\n\x05", 5)));
        QVERIFY(!model.ok());
        QCOMPARE(model.error().code, ErrorCode::Broken);
        QVERIFY(model.error().where.find("spiece.model, byte") != std::string::npos);
    }

    void whatIsLeftAsideIsSaid() {
        const ScratchFolder folder;
        const auto model =
            load(folder.write("tokenizer.json", R"({"added_tokens":[],"model":{"type":"BPE","dropout":0.1,)"
                                                R"("vocab":{"a":0,"b":1,"ab":2},"merges":["a b"]}})"));
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QCOMPARE(model.value()->warnings.size(), std::size_t(1));
        QVERIFY(model.value()->warnings.front().find("dropout") != std::string::npos);
    }

    void brokenOnesSayWhatIsWrong() {
        const ScratchFolder folder;
        for (const auto& [file, bytes] : {std::pair("tokenizer.json", std::string("{\"added_tokens\":[")),
                                          std::pair("vocab.txt", std::string("a\nb\na\n")),
                                          std::pair("gpt2.tiktoken", byteRanks() + "???"),
                                          std::pair("any.gguf", words().bytes().substr(0, 100))}) {
            const auto path = folder.write(file, bytes);
            const auto model = load(path);
            QVERIFY2(!model.ok(), file);
            QCOMPARE(model.error().code, ErrorCode::Broken);
            QCOMPARE(model.error().where.find(path.string()), std::size_t(0));
        }
        const auto empty = load(folder.write(
            "empty.json", R"({"added_tokens":[],"model":{"type":"WordLevel","vocab":{},"unk_token":""}})"));
        QVERIFY(!empty.ok());
    }

    void realOnesOpen_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("tokens");
        QTest::newRow("GGUF") << "gguf/ggml-vocab-phi-3.gguf" << 32064;
        QTest::newRow("tokenizer.json") << "gpt2/tokenizer.json" << 50257;
        QTest::newRow("merges") << "gpt2/merges.txt" << 50257;
        QTest::newRow("folder of a pair") << "gpt2" << 50257;
        QTest::newRow("word pieces") << "bert-base-uncased/vocab.txt" << 30522;
        QTest::newRow("folder of word pieces") << "bert-base-uncased" << 30522;
        QTest::newRow("ranks") << "tiktoken/cl100k_base.tiktoken" << 100277;
        QTest::newRow("SentencePiece") << "sentencepiece/wiki-unigram.model" << 8000;
    }
    void realOnesOpen() {
        QFETCH(QString, file);
        QFETCH(int, tokens);
        const std::filesystem::path path = dataFolder() / "tokenizers" / file.toStdString();
        LEXISCOPE_NEEDS_DATA(path);
        const auto model = load(path);
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QCOMPARE(static_cast<int>(model.value()->vocabulary->size()), tokens);
        QVERIFY(!model.value()->hasVectors());
    }
};

QTEST_APPLESS_MAIN(LoneTokenizerTest)
#include "lone_tokenizer_test.moc"

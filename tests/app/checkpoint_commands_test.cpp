// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program on checkpoints of several families: info, vector, neighbors, tokens, positions.
#include "tests/support/file_bytes.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

using namespace lexiscope::test;

namespace {

/// RoBERTa: eight tokens, six rows of positions, of which the first two are no places.
void writeRoberta(const ScratchFolder& folder) {
    folder.write("config.json",
                 R"({"model_type":"roberta","hidden_size":2,"vocab_size":8,"max_position_embeddings":6,)"
                 R"("pad_token_id":1})");
    folder.write("model.safetensors",
                 safetensors({countingTable("roberta.embeddings.word_embeddings.weight", 8, 2, 0.5F),
                              countingTable("roberta.embeddings.position_embeddings.weight", 6, 2, 100),
                              countingTable("roberta.embeddings.LayerNorm.weight", 1, 2)}));
    folder.write("vocab.json", R"({"<s>":0,"<pad>":1,"</s>":2,"<unk>":3,"Ġ":4,"k":5,"Ġk":6,"<mask>":7})");
    folder.write("merges.txt", "#version: 0.2\nĠ k\n");
}

void writeBert(const ScratchFolder& folder) {
    folder.write("config.json", R"({"model_type":"bert","hidden_size":2,"max_position_embeddings":4})");
    folder.write(
        "model.safetensors",
        safetensors({{"bert.embeddings.word_embeddings.weight", 5, 2, {0, 0, 1, 0, 1, 0.1F, 0, 1, -1, 0}},
                     countingTable("bert.embeddings.position_embeddings.weight", 4, 2, 10)}));
    folder.write("vocab.txt", "[PAD]\nking\nqueen\n##ing\nthe\n");
}

/// Llama, its table in one of two files.
void writeLlama(const ScratchFolder& folder) {
    folder.write("config.json",
                 R"({"model_type":"llama","hidden_size":8,"num_attention_heads":2,"rope_theta":500000.0})");
    folder.write("model.safetensors.index.json",
                 R"({"weight_map":{"model.embed_tokens.weight":"model-00001-of-00002.safetensors",)"
                 R"("lm_head.weight":"model-00002-of-00002.safetensors"}})");
    folder.write("model-00001-of-00002.safetensors",
                 safetensors({countingTable("model.embed_tokens.weight", 3, 8)}));
    folder.write("tokenizer.json",
                 R"({"normalizer":{"type":"Prepend","prepend":""},"model":{"type":"BPE","vocab":)"
                 R"({"<unk>":0,"▁king":1,"▁queen":2},"merges":[]}})");
}

QString pathOf(const ScratchFolder& folder) {
    return QString::fromStdString(folder.path().string());
}

}  // namespace

class CheckpointCommandsTest : public QObject {
    Q_OBJECT

  private slots:
    void rotaryPositionsAreAsLlamaSaysThem() {
        const ScratchFolder folder;
        writeLlama(folder);
        folder.write("config.json",
                     R"({"model_type":"llama","hidden_size":8,"num_attention_heads":2,"rope_theta":500000.0,)"
                     R"("max_position_embeddings":64,"rope_scaling":{"rope_type":"linear","factor":2.0}})");
        const QString own = QString::fromStdString((folder.path() / "own.npy").string());
        const QString said = QString::fromStdString((folder.path() / "said.npy").string());
        const QStringList rotary = {"positions", "--kind", "rotary", "--out"};
        const Outcome first = runProgram(rotary + QStringList{own, "--model", pathOf(folder)});
        QVERIFY2(first.status == 0, first.errors.c_str());
        QVERIFY2(first.output.find("64 × 4") != std::string::npos, first.output.c_str());
        const Outcome second =
            runProgram(rotary + QStringList{said, "--length", "64", "--dimension", "4", "--base", "500000",
                                            "--scaling", "linear", "--factor", "2"});
        QVERIFY2(second.status == 0, second.errors.c_str());
        QCOMPARE(fileBytes(own.toStdString()), fileBytes(said.toStdString()));
    }

    void robertaHasAsManyPlacesAsRowsAfterItsPadding() {
        const ScratchFolder folder;
        writeRoberta(folder);
        const Outcome text = runProgram({"info", pathOf(folder)});
        QVERIFY2(text.status == 0, text.errors.c_str());
        QVERIFY2(text.output.find("RoBERTa folder") != std::string::npos, text.output.c_str());
        QVERIFY2(text.output.find("4: the first token takes row 2 of 6; RoBERTa normalises the sum") !=
                     std::string::npos,
                 text.output.c_str());
        const nlohmann::json info = runProgram({"info", pathOf(folder), "--json"}).json();
        QCOMPARE(info["positions"].get<int>(), 6);  // rows
        QCOMPARE(info["tokenizer"].get<std::string>(), std::string("byte-level BPE"));

        const std::filesystem::path out = folder.path() / "p.npy";
        const QStringList call = {"positions",
                                  "--kind",
                                  "learned",
                                  "--model",
                                  pathOf(folder),
                                  "--out",
                                  QString::fromStdString(out.string())};
        const Outcome all = runProgram(call);
        QVERIFY2(all.status == 0, all.errors.c_str());
        QVERIFY2(all.output.find("4 × 2") != std::string::npos, all.output.c_str());
        const std::string expected = floatBytes({104, 105, 106, 107, 108, 109, 110, 111});
        QVERIFY(fileBytes(out).ends_with(expected));
        const Outcome many = runProgram(call + QStringList{"--length", "5"});
        QCOMPARE(many.status, 1);
        QVERIFY2(many.errors.find("has 4 positions, not 5") != std::string::npos, many.errors.c_str());
    }

    void robertaPutsItsTokensAroundAText() {
        const ScratchFolder folder;
        writeRoberta(folder);
        const QStringList call = {"tokens", pathOf(folder), "--text", "k k", "--format", "ids"};
        QCOMPARE(runProgram(call).output, std::string("5 6\n"));
        QCOMPARE(runProgram(call + QStringList{"--add-special"}).output, std::string("0 5 6 2\n"));
        const Outcome decoded = runProgram({"decode", pathOf(folder), "5", "6"});
        QCOMPARE(decoded.output, std::string("k k"));
    }

    void bertAnswersByTheNamesOfItsTokens() {
        const ScratchFolder folder;
        writeBert(folder);
        const nlohmann::json vector = runProgram({"vector", pathOf(folder), "##ing", "--json"}).json();
        QCOMPARE(vector["id"].get<int>(), 3);
        QVERIFY(vector["values"] == nlohmann::json({0.0, 1.0}));
        const nlohmann::json found =
            runProgram({"neighbors", pathOf(folder), "king", "-k", "2", "--json"}).json();
        QCOMPARE(found["neighbors"][0]["token"].get<std::string>(), std::string("queen"));
        QCOMPARE(found["neighbors"][0]["id"].get<int>(), 2);
        const Outcome tokens = runProgram({"tokens", pathOf(folder), "--text", "king", "--format", "ids"});
        QCOMPARE(tokens.status, 0);
        QVERIFY2(!tokens.output.empty(), tokens.errors.c_str());
        const nlohmann::json info = runProgram({"info", pathOf(folder), "--json"}).json();
        QCOMPARE(info["positions"].get<int>(), 4);
        QCOMPARE(info["tokenizer"].get<std::string>(), std::string("WordPiece"));
    }

    void llamaSaysWhatItHasInPlaceOfPositions() {
        const ScratchFolder folder;
        writeLlama(folder);
        const Outcome info = runProgram({"info", pathOf(folder)});
        QVERIFY2(info.status == 0, info.errors.c_str());
        QVERIFY2(info.output.find("Rotary positions, base 500,000") != std::string::npos,
                 info.output.c_str());
        const nlohmann::json found = runProgram({"neighbors", pathOf(folder), "king", "--json"}).json();
        QCOMPARE(found["neighbors"][0]["token"].get<std::string>(), std::string("▁queen"));
        const Outcome learned =
            runProgram({"positions", "--kind", "learned", "--model", pathOf(folder), "--out",
                        QString::fromStdString((folder.path() / "p.npy").string())});
        QCOMPARE(learned.status, 1);
        QVERIFY2(learned.errors.find("turns queries and keys") != std::string::npos, learned.errors.c_str());
    }

    void whatConvertWritesIsReadAgain() {
        const ScratchFolder folder;
        writeBert(folder);
        const QString out = QString::fromStdString((folder.path() / "words.safetensors").string());
        const Outcome written = runProgram({"convert", pathOf(folder), out});
        QVERIFY2(written.status == 0, written.errors.c_str());
        const nlohmann::json vector = runProgram({"vector", out, "queen", "--json"}).json();
        QCOMPARE(vector["id"].get<int>(), 2);
        QCOMPARE(vector["values"][1].get<float>(), 0.1F);
    }
};

QTEST_GUILESS_MAIN(CheckpointCommandsTest)
#include "checkpoint_commands_test.moc"

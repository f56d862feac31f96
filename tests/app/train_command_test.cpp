// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: train words, train tokenizer.
#include "tests/support/file_bytes.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <random>

#include <QTest>

using namespace lexiscope::test;

namespace {

QString in(const ScratchFolder& folder, const char* name) {
    return QString::fromStdString((folder.path() / name).string());
}

/// Lines of one of two topics: words T0W0 … T1W9.
std::string topicText() {
    std::mt19937 random(1);
    std::string text;
    for (int line = 0; line < 3000; ++line) {
        const std::string topic = "T" + std::to_string(random() % 2);
        for (int i = 0; i < 12; ++i) {
            text += topic + "W" + std::to_string(random() % 10) + (i == 11 ? ".\n" : " ");
        }
    }
    return text;
}

bool isOneErrorLine(const std::string& errors) {
    return errors.starts_with("lexiscope: ") && std::count(errors.begin(), errors.end(), '\n') == 1;
}

}  // namespace

class TrainCommandTest : public QObject {
    Q_OBJECT

  private:
    QStringList command(const char* out, const QStringList& more = {}) const {
        return QStringList{"train", "words",          "--corpus", in(m_folder, "text.txt"),
                           "--out", in(m_folder, out)} +
               more;
    }
    QStringList tokenizerCommand(const QString& out, const QStringList& more = {}) const {
        return QStringList{"train", "tokenizer", "--corpus", in(m_folder, "text.txt"), "--out", out} + more;
    }
    bool nothingIsLeftBehind() const {
        for (const auto& file : std::filesystem::directory_iterator(m_folder.path())) {
            const std::string name = file.path().filename().string();
            if (name != "text.txt" && name != "old.bin") {
                qWarning("left: %s", name.c_str());
                return false;
            }
        }
        return fileBytes(m_folder.path() / "old.bin") == "old";
    }

    ScratchFolder m_folder;

  private slots:
    void init() {
        m_folder.write("text.txt", topicText());
        m_folder.write("old.bin", "old");
    }
    void cleanup() {
        for (const char* name : {"a.bin", "b.bin", "c.bin", "a.vec", "a.npy", "a.txt"}) {
            std::filesystem::remove(m_folder.path() / name);
        }
    }

    void learnsAndTells() {
        const Outcome outcome =
            runProgram(command("a.bin", {"--dimension", "12", "--sample", "0", "--epochs", "4"}));
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.errors.empty(), outcome.errors.c_str());
        for (const char* says :
             {"a.bin: word2vec binary, 20 × 12\n", "text     36,000 words, 20 different\n",
              "learned  36,000 of them, in 4 passes\n", " words a second\n", "loss     "}) {
            QVERIFY2(outcome.output.find(says) != std::string::npos, outcome.output.c_str());
        }
        const Outcome near = runProgram({"neighbors", in(m_folder, "a.bin"), "t1w3", "-k", "9", "--json"});
        const nlohmann::json neighbors = near.json()["neighbors"];
        QCOMPARE(neighbors.size(), std::size_t(9));
        for (const nlohmann::json& neighbor : neighbors) {
            QVERIFY(neighbor["token"].get<std::string>().starts_with("t1"));
        }
    }

    void jsonHoldsTheNumbers() {
        const Outcome outcome = runProgram(command("a.bin", {"--json", "--dimension=7", "--model=cbow",
                                                             "--top", "5", "--epochs", "2", "--seed", "3"}));
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.errors.empty(), outcome.errors.c_str());
        const nlohmann::json json = outcome.json();
        QCOMPARE(json["vocab_size"], 5);
        QCOMPARE(json["dimension"], 7);
        QCOMPARE(json["model"], "cbow");
        QCOMPARE(json["text_words"], 36000);
        QCOMPARE(json["distinct_words"], 20);
        QCOMPARE(json["epochs"], 2);
        QVERIFY(json["learned_words"] < 15000);
        QVERIFY(json["words_per_second"] > 0);
        QVERIFY(json["seconds"]["learn"].is_number() && json["seconds"]["count"].is_number());
        QVERIFY(json["loss"] > 0.5 && json["loss"] < 10);
        QCOMPARE(json["out"].get<std::string>(), in(m_folder, "a.bin").toStdString());
        const nlohmann::json info = runProgram({"info", in(m_folder, "a.bin"), "--json"}).json();
        QCOMPARE(info["vocab_size"], 5);
        QCOMPARE(info["dimension"], 7);
    }

    void oneThreadAndOneSeedGiveTheSameBytes() {
        const QStringList options = {"--threads", "1", "--dimension", "9", "--epochs", "1"};
        QCOMPARE(runProgram(command("a.bin", options)).status, 0);
        QCOMPARE(runProgram(command("b.bin", options)).status, 0);
        QCOMPARE(runProgram(command("c.bin", options + QStringList{"--seed", "2"})).status, 0);
        const std::string bytes = fileBytes(m_folder.path() / "a.bin");
        QVERIFY(bytes.starts_with("20 9\n"));
        QVERIFY(bytes == fileBytes(m_folder.path() / "b.bin"));
        QVERIFY(bytes != fileBytes(m_folder.path() / "c.bin"));
    }

    void theEndingTellsTheFormat() {
        QCOMPARE(runProgram(command("a.vec", {"--dimension", "3", "--epochs", "1"})).status, 0);
        QVERIFY(fileBytes(m_folder.path() / "a.vec").starts_with("20 3\nt"));
        QCOMPARE(runProgram(command("a.npy", {"--dimension", "3", "--epochs", "1"})).status, 0);
        QCOMPARE(fileBytes(m_folder.path() / "a.npy").size(), std::size_t(128 + 20 * 3 * 4));
        const std::string labels = fileBytes(m_folder.path() / "a.txt");
        QCOMPARE(std::count(labels.begin(), labels.end(), '\n'), std::ptrdiff_t(20));
    }

    void wordsBetweenSpacesStayAsTheyAre() {
        QCOMPARE(
            runProgram(command("a.vec", {"--split", "spaces", "--dimension", "2", "--epochs", "1"})).status,
            0);
        const std::string text = fileBytes(m_folder.path() / "a.vec");
        QVERIFY(text.starts_with("40 2\nT"));
        QVERIFY(text.find("\nT0W3. ") != std::string::npos);
    }

    void bytesThatAreNoUtf8AreTold() {
        m_folder.write("text.txt", "one two\xFFone two \xC3\x28 one\n");
        const Outcome outcome = runProgram(command("a.bin", {"--min-count", "1", "--dimension", "2"}));
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.errors.find("text.txt: 2 bytes are no UTF-8; words end there") != std::string::npos,
                 outcome.errors.c_str());
        QVERIFY(fileBytes(m_folder.path() / "a.bin").starts_with("2 2\n"));
    }

    void textsThatTeachNothing_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "text.txt: the file is empty";
        QTest::newRow("no word") << QByteArray(" . \n") << "there is no word in it";
        QTest::newRow("one word") << QByteArray("one one one") << "it holds one word alone";
        QTest::newRow("all too rare") << QByteArray("one two three") << "none stands in it 5 times or more";
        QTest::newRow("packed") << QByteArray("\x1F\x8B\x08") << "is packed (unpack it first";
    }
    void textsThatTeachNothing() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        m_folder.write("text.txt", text.toStdString());
        const Outcome outcome = runProgram(command("old.bin"));
        QCOMPARE(outcome.status, 1);
        QVERIFY2(QString::fromStdString(outcome.errors).contains(says), outcome.errors.c_str());
        QVERIFY(isOneErrorLine(outcome.errors));
        QVERIFY(outcome.output.empty());
        QVERIFY(nothingIsLeftBehind());
    }

    void wrongUsage_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, const char* says) {
            QTest::newRow(name) << arguments << QString(says);
        };
        const QStringList full = {"train", "words", "--corpus", "none.txt", "--out", "out.bin"};
        row("nothing to train", {"train"},
            "train: a word is missing after it (there is: train words, train tokenizer)");
        row("options alone", {"train", "--corpus", "a"}, "train: there is no \"train --corpus\"");
        row("another thing", {"train", "horses"}, "train: there is no \"train horses\"");
        row("no corpus", {"train", "words", "--out", "a.bin"}, "train words: --corpus F is missing");
        row("no out", {"train", "words", "--corpus", "a.txt"}, "train words: --out F is missing");
        row("no ending", {"train", "words", "--corpus", "a", "--out", "b"}, "b: its ending tells no format");
        row("a word too many", full + QStringList{"more"}, "more: one argument too many");
        row("no dimension", full + QStringList{"--dimension", "0"}, "--dimension: takes a whole number");
        row("a million dimensions", full + QStringList{"--dimension", "1000000"},
            "--dimension: takes a whole number from 1 to 8,192");
        row("no window", full + QStringList{"--window", "0"}, "--window: takes");
        row("no negatives", full + QStringList{"--negative", "0"}, "--negative: takes");
        row("no epochs", full + QStringList{"--epochs", "0"}, "--epochs: takes");
        row("min-count 0", full + QStringList{"--min-count", "0"}, "--min-count: takes");
        row("one word", full + QStringList{"--top", "1"}, "--top: takes");
        row("no threads", full + QStringList{"--threads", "0"}, "--threads: takes");
        row("many threads", full + QStringList{"--threads", "9999"}, "--threads: takes");
        row("another model", full + QStringList{"--model", "glove"}, "--model: takes one of");
        row("another split", full + QStringList{"--split", "lines"}, "--split: takes one of");
        row("sample above 1", full + QStringList{"--sample", "5"}, "--sample: takes a number from 0 to 1");
        row("sample that is none", full + QStringList{"--sample", "1e-4x"}, "--sample: takes a number");
        row("negative alpha", full + QStringList{"--alpha", "-1"}, "--alpha: takes a number");
        row("alpha 0", full + QStringList{"--alpha", "0"}, "--alpha: takes a number above 0");
        row("alpha NaN", full + QStringList{"--alpha", "nan"}, "--alpha: takes a number");
    }
    void wrongUsage() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const Outcome outcome = runProgram(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(QString::fromStdString(outcome.errors).startsWith("lexiscope: " + says),
                 outcome.errors.c_str());
        QVERIFY(isOneErrorLine(outcome.errors));
        QVERIFY(outcome.output.empty());
    }

    void placesThatCannotBeWrittenAreToldFirst() {
        const auto outcomeOf = [](const QString& corpus, const QString& out) {
            return runProgram({"train", "words", "--corpus", corpus, "--out", out});
        };
        // The corpus is not even there: the place is looked at before.
        const Outcome noFolder = outcomeOf("nothing.txt", "/none/out.bin");
        QCOMPARE(noFolder.status, 1);
        QVERIFY2(noFolder.errors.find("/none/out.bin: could not be created") != std::string::npos,
                 noFolder.errors.c_str());
        const Outcome noLabels = outcomeOf("nothing.txt", "/sys/out.npy");
        QCOMPARE(noLabels.status, 1);
        const Outcome noCorpus = outcomeOf("nothing.txt", in(m_folder, "a.bin"));
        QCOMPARE(noCorpus.status, 1);
        QVERIFY2(noCorpus.errors.find("nothing.txt: no such file") != std::string::npos,
                 noCorpus.errors.c_str());
        const Outcome itself = outcomeOf(in(m_folder, "text.txt"), in(m_folder, "text.txt"));
        QCOMPARE(itself.status, 1);
        QVERIFY2(itself.errors.find("is the corpus itself") != std::string::npos, itself.errors.c_str());
        const Outcome labels = outcomeOf(in(m_folder, "text.txt"), in(m_folder, "text.npy"));
        QCOMPARE(labels.status, 1);
        QVERIFY2(labels.errors.find("is the corpus itself") != std::string::npos, labels.errors.c_str());
        QVERIFY(nothingIsLeftBehind());
        QCOMPARE(fileBytes(m_folder.path() / "text.txt"), topicText());
    }

    void aFileThatMayNotGrowLeavesTheOldOneWhole() {
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("ulimit -f 1 && exec \"$0\" train words --corpus \"$1\" --out \"$2\" "
                                    "--dimension 500 --epochs 1"),
                     QStringLiteral(LEXISCOPE_PROGRAM), in(m_folder, "text.txt"), in(m_folder, "old.bin")});
        QVERIFY(shell.waitForFinished(120000));
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QCOMPARE(shell.exitCode(), 1);
        QVERIFY(shell.readAllStandardError().contains("old.bin: could not be written"));
        QVERIFY(nothingIsLeftBehind());
    }

    void helpNamesTheCommand() {
        const Outcome help = runProgram({"train", "words", "--help"});
        QCOMPARE(help.status, 0);
        QVERIFY(help.output.starts_with("Usage: lexiscope train words [options]\n"));
        const Outcome ofTokenizer = runProgram({"train", "tokenizer", "--help"});
        QVERIFY(ofTokenizer.output.starts_with("Usage: lexiscope train tokenizer [options]\n"));
        QCOMPARE(runProgram({"train", "--help"}).output, help.output + "\n" + ofTokenizer.output);
        const std::string all = runProgram({"--help"}).output;
        QVERIFY(all.find("\n  train words  ") != std::string::npos);
        QVERIFY(all.find("\n  train tokenizer  ") != std::string::npos);
    }

    void aTokenizerOfEachKind() {
        for (const char* kind : {"bpe", "wordpiece", "unigram"}) {
            const ScratchFolder out;
            const QString folder = in(out, "new/tokenizer");
            const Outcome outcome = runProgram(tokenizerCommand(
                folder, {"--kind", kind, "--vocab", "290", "--special", "<a>", "<b>", "--json"}));
            QVERIFY2(outcome.status == 0, outcome.errors.c_str());
            const nlohmann::json json = outcome.json();
            QCOMPARE(json["kind"], kind);
            QCOMPARE(json["text_bytes"], topicText().size());
            QVERIFY(json["seconds"]["count"].is_number() && json["seconds"]["learn"].is_number());
            const nlohmann::json written = nlohmann::json::parse(
                fileBytes(out.path() / "new" / "tokenizer" / "tokenizer.json"), nullptr, false);
            QVERIFY(written.is_object());
            QCOMPARE(written["model"]["vocab"].size(), json["vocab_size"]);
            const Outcome tokens = runProgram({"tokens", folder, "--text", "T1W3 T0W9.", "--format", "json"});
            QVERIFY2(tokens.status == 0, tokens.errors.c_str());
            // Cut at most between letters, digits and signs.
            QVERIFY(tokens.json()["count"] <= 9);
            const Outcome special =
                runProgram({"tokens", folder, "--text", "<b>", "--parse-special", "--format", "json"});
            QCOMPARE(special.json()["tokens"][0]["kind"], "special");
        }
    }

    void theSameTokenizerWhateverTheThreads() {
        const ScratchFolder out;
        const Outcome one =
            runProgram(tokenizerCommand(in(out, "one"), {"--vocab", "300", "--threads", "1"}));
        QVERIFY2(one.status == 0, one.errors.c_str());
        QVERIFY(one.output.find("tokenizer.json: bpe, ") != std::string::npos);
        QCOMPARE(runProgram(tokenizerCommand(in(out, "two"), {"--vocab", "300", "--threads", "3"})).status,
                 0);
        QVERIFY(fileBytes(out.path() / "one" / "tokenizer.json") ==
                fileBytes(out.path() / "two" / "tokenizer.json"));
    }

    void wrongWaysToLearnATokenizer() {
        const ScratchFolder out;
        const auto wrongUse = [&](const QStringList& more) {
            const Outcome outcome = runProgram(tokenizerCommand(in(out, "x"), more));
            return outcome.status == 2 && isOneErrorLine(outcome.errors);
        };
        QVERIFY(wrongUse({"--kind", "word"}));
        QVERIFY(wrongUse({"--vocab", "100"}));
        QVERIFY(wrongUse({"--kind", "unigram", "--split", "gpt2"}));
        QVERIFY(wrongUse({"--kind", "unigram", "--min-count", "3"}));
        QVERIFY(wrongUse({"--cased"}));
        QVERIFY(wrongUse({"--special", "<a>", "<a>"}));
        QVERIFY(wrongUse({"--special", "<a>", "--no-special"}));
        QCOMPARE(runProgram({"train", "tokenizer", "--out", in(out, "x")}).status, 2);
        QCOMPARE(runProgram({"train", "tokenizer", "--corpus", in(m_folder, "text.txt")}).status, 2);
        QVERIFY(!std::filesystem::exists(out.path() / "x"));

        const Outcome missing =
            runProgram({"train", "tokenizer", "--corpus", in(out, "none"), "--out", in(out, "x")});
        QCOMPARE(missing.status, 1);
        QVERIFY(isOneErrorLine(missing.errors));
        out.write("file", "x");
        const Outcome noFolder = runProgram(tokenizerCommand(in(out, "file")));
        QCOMPARE(noFolder.status, 1);
        QVERIFY(noFolder.errors.find("is no folder") != std::string::npos);
        QCOMPARE(fileBytes(out.path() / "file"), std::string("x"));
        out.write("own/tokenizer.json", topicText());
        const Outcome itself = runProgram(
            {"train", "tokenizer", "--corpus", in(out, "own/tokenizer.json"), "--out", in(out, "own")});
        QCOMPARE(itself.status, 1);
        QVERIFY(itself.errors.find("is the corpus itself") != std::string::npos);
        QCOMPARE(fileBytes(out.path() / "own" / "tokenizer.json"), topicText());
    }

    void aTextWithFewTokensIsSaid() {
        const ScratchFolder out;
        const Outcome few = runProgram(tokenizerCommand(in(out, "x"), {"--vocab", "900000"}));
        QCOMPARE(few.status, 0);
        QVERIFY2(few.errors.find("warning: ") != std::string::npos &&
                     few.errors.find(" tokens, not 900,000") != std::string::npos,
                 few.errors.c_str());
    }
};

QTEST_GUILESS_MAIN(TrainCommandTest)
#include "train_command_test.moc"

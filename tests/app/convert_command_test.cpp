// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: convert, and the reading of vectors written as text.
#include "tests/support/data_folder.h"
#include "tests/support/file_bytes.h"
#include "tests/support/gzip.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>

#include <QTest>

using namespace lexiscope::test;

namespace {

const QString words = QStringLiteral("builtin:wiki-words");

QString in(const ScratchFolder& folder, const char* name) {
    return QString::fromStdString((folder.path() / name).string());
}

}  // namespace

class ConvertCommandTest : public QObject {
    Q_OBJECT

  private slots:
    void wordsGoThroughTextAndBackByteForByte() {
        const ScratchFolder folder;
        const Outcome text = runProgram({"convert", words, in(folder, "w.txt")});
        QCOMPARE(text.status, 0);
        QVERIFY(text.errors.empty());
        QVERIFY2(text.output.find("w.txt: word2vec text, 20,000 × 100, ") != std::string::npos,
                 text.output.c_str());
        QCOMPARE(runProgram({"convert", in(folder, "w.txt"), in(folder, "back.bin")}).status, 0);
        QCOMPARE(runProgram({"convert", words, in(folder, "w.bin")}).status, 0);
        QVERIFY(fileBytes(folder.path() / "w.bin").size() > 8000000);
        QVERIFY(fileBytes(folder.path() / "back.bin") == fileBytes(folder.path() / "w.bin"));
    }

    void topAndFormatAreHeeded() {
        const ScratchFolder folder;
        QCOMPARE(
            runProgram({"convert", words, in(folder, "w.any"), "--format", "word2vec-text", "--top", "3"})
                .status,
            0);
        QVERIFY(fileBytes(folder.path() / "w.any").starts_with("3 100\nthe "));
        QCOMPARE(runProgram({"convert", words, in(folder, "w.npy"), "--top", "5"}).status, 0);
        QCOMPARE(fileBytes(folder.path() / "w.npy").size(), std::size_t(128 + 5 * 400));
        const std::string labels = fileBytes(folder.path() / "w.txt");
        QCOMPARE(std::count(labels.begin(), labels.end(), '\n'), std::ptrdiff_t(5));
        QVERIFY(labels.starts_with("the\n"));
    }

    void aGpt2GivesItsTokensAndSaysWhatIsLeftOut() {
        const ScratchFolder folder;
        const Outcome outcome = runProgram({"convert", "builtin:tiny-gpt2", in(folder, "g.vec")});
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.errors.find("positions have no place") != std::string::npos, outcome.errors.c_str());
        const Outcome here = runProgram({"vector", in(folder, "g.vec"), "Ġking", "--json"});
        const Outcome there = runProgram({"vector", "builtin:tiny-gpt2", "Ġking", "--json"});
        QVERIFY(!here.json().is_discarded());
        QCOMPARE(here.json(), there.json());
    }

    void wrongUsageAndFailuresAreTold_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, int status, const char* says) {
            QTest::newRow(name) << arguments << status << QString(says);
        };
        row("no file", {"convert", words}, 2, "an argument is missing");
        row("no ending", {"convert", words, "out"}, 2, "its ending tells no format");
        row("another ending", {"convert", words, "out.gguf"}, 2, "its ending tells no format");
        row("another format", {"convert", words, "out.bin", "--format", "gguf"}, 2, "--format: takes one of");
        row("no rows", {"convert", words, "out.bin", "--top", "0"}, 2, "--top");
        row("no model", {"convert", "nothing.bin", "out.bin"}, 1, "nothing.bin: no such file");
        row("no folder", {"convert", words, "/none/out.bin"}, 1, "/none/out.bin: could not be created");
        row("a full disk", {"convert", words, "/dev/full", "--format", "bin"}, 1,
            "/dev/full: could not be written");
        row("a closed folder", {"convert", words, "/sys/out.bin"}, 1, "/sys/out.bin: could not be created");
        row("no place for words", {"convert", words, "/dev/null", "--format", "npy"}, 1,
            "no place for the words");
    }
    void wrongUsageAndFailuresAreTold() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, says);
        const Outcome outcome = runProgram(arguments);
        QCOMPARE(outcome.status, status);
        QVERIFY2(QString::fromStdString(outcome.errors).contains(says), outcome.errors.c_str());
        QVERIFY(outcome.output.empty());
    }

    void aFileThatMayNotGrowLeavesTheOldOneWhole() {
        const ScratchFolder folder;
        folder.write("w.bin", "old");
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("ulimit -f 100 && exec \"$0\" convert builtin:wiki-words \"$1\""),
                     QStringLiteral(LEXISCOPE_PROGRAM), in(folder, "w.bin")});
        QVERIFY(shell.waitForFinished(120000));
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QCOMPARE(shell.exitCode(), 1);
        QCOMPARE(fileBytes(folder.path() / "w.bin"), std::string("old"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()),
                               std::filesystem::directory_iterator()),
                 std::ptrdiff_t(1));
    }

    void textModelsAnswerLikeOthers() {
        const ScratchFolder folder;
        const std::string rows = "3 2\ncat 1 0.5\nnew york 0 -1e-3\nd\xFFg 2 1\n";
        folder.write("pets.vec", rows);
        folder.write("pets.vec.gz", gzipped(rows));
        for (const char* name : {"pets.vec", "pets.vec.gz"}) {
            const Outcome info = runProgram({"info", in(folder, name), "--json"});
            QCOMPARE(info.status, 0);
            const nlohmann::json json = info.json();
            QVERIFY(json["format"].get<std::string>().starts_with("word2vec text"));
            QCOMPARE(json["vocab_size"], 3);
            QCOMPARE(json["dimension"], 2);
            QCOMPARE(json["warnings"].size(), std::size_t(1));
            const Outcome vector = runProgram({"vector", in(folder, name), "new york", "--json"});
            QCOMPARE(vector.status, 0);
            QCOMPARE(vector.json()["id"], 1);
        }
        folder.write("bad.vec", "2 2\ncat 1 0.5\ndog 0,5 1\n");
        const Outcome bad = runProgram({"info", in(folder, "bad.vec")});
        QCOMPARE(bad.status, 1);
        QVERIFY2(bad.errors.find(
                     "bad.vec, line 3, column 5: \"0,5\" is no number (decimals are written with a point)") !=
                     std::string::npos,
                 bad.errors.c_str());
    }
};

QTEST_GUILESS_MAIN(ConvertCommandTest)
#include "convert_command_test.moc"

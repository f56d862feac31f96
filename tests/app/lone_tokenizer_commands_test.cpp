// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program on a file that holds nothing but a tokenizer: what needs vectors says that there are
// none.
#include "tests/support/byte_ranks.h"
#include "tests/support/program.h"
#include "tests/support/sanitized.h"
#include "tests/support/scratch_folder.h"
#include "ui/main_window/figure_maker.h"
#include "ui/main_window/panel_list.h"

#include <QFile>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

/// [MASK] is there, so that it has a special token that stands for no text of its own.
QString writeWordPieces(const ScratchFolder& folder) {
    return QString::fromStdString(
        folder.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nking\nqueen\n##s\nthe\n").string());
}

}  // namespace

class LoneTokenizerCommandsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void infoSaysWhatIsThere() {
        const ScratchFolder folder;
        const QString path = writeWordPieces(folder);
        const Outcome text = runProgram({"info", path});
        QVERIFY2(text.status == 0, text.errors.c_str());
        QVERIFY2(text.output.find("weights     none: A tokenizer alone") != std::string::npos,
                 text.output.c_str());
        const nlohmann::json json = runProgram({"info", path, "--json"}).json();
        QCOMPARE(json["format"].get<std::string>(), std::string("vocab.txt"));
        QCOMPARE(json["vocab_size"].get<int>(), 9);
        QCOMPARE(json["dimension"].get<int>(), 0);
        QCOMPARE(json["weights"].get<int>(), 0);
        QVERIFY(json["dtype"].is_null() && json["positions"].is_null());
        QCOMPARE(json["tokenizer"].get<std::string>(), std::string("WordPiece"));
    }

    void howRanksAreCutCanBeChosen() {
        const ScratchFolder folder;
        std::string ranks = byteRanks();
        ranks += QByteArray("12").toBase64().toStdString() + " 256\n";
        const QString path = QString::fromStdString(folder.write("mine.tiktoken", ranks).string());
        const QStringList cut = {"tokens", path, "--text", "12", "--format", "ids"};
        const Outcome unsaid = runProgram(cut);
        QCOMPARE(unsaid.status, 1);
        QVERIFY2(unsaid.errors.find("--split") != std::string::npos, unsaid.errors.c_str());
        QCOMPARE(runProgram(cut + QStringList{"--split", "gpt2"}).output, std::string("256\n"));
        QCOMPARE(runProgram(cut + QStringList{"--split", "qwen2"}).output, std::string("49 50\n"));
        QCOMPARE(runProgram({"decode", path, "256", "--split", "gpt2"}).output, std::string("12"));
        QCOMPARE(runProgram(cut + QStringList{"--split", "other"}).status, 2);
        const Outcome info = runProgram({"info", path});
        QVERIFY2(info.output.find("split       cl100k_base: ") != std::string::npos, info.output.c_str());
        QVERIFY2(info.output.find("Unicode     ") != std::string::npos, info.output.c_str());
        QVERIFY2(info.errors.find("cl100k_base") != std::string::npos, info.errors.c_str());
        const Outcome other =
            runProgram({"tokens", writeWordPieces(folder), "--text", "king", "--split", "gpt2"});
        QCOMPARE(other.status, 1);
    }

    void truncationIsToldByInfoAlone() {
        const ScratchFolder folder;
        const QString path = QString::fromStdString(
            folder
                .write(
                    "cut.json",
                    R"({"truncation":{"direction":"Right","max_length":1,"strategy":"LongestFirst","stride":0},)"
                    R"("added_tokens":[],"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0}}})")
                .string());
        const Outcome tokens = runProgram({"tokens", path, "--text", "a", "--format", "ids"});
        QCOMPARE(tokens.status, 0);
        QVERIFY2(tokens.errors.empty(), tokens.errors.c_str());
        const Outcome info = runProgram({"info", path, "--json"});
        QCOMPARE(info.json()["warnings"].size(), std::size_t(1));
        const auto warning = info.json()["warnings"][0].get<std::string>();
        QVERIFY2(warning.find("truncation to 1 token is left out") != std::string::npos, warning.c_str());
        QVERIFY2(info.errors.empty(), info.errors.c_str());
    }

    void aPatternThatGivesUpIsNamedWithItsFile() {
        const ScratchFolder folder;
        const QString path = QString::fromStdString(
            folder
                .write("nested.json",
                       R"({"added_tokens":[],"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a+)+$"},)"
                       R"("behavior":"Isolated","invert":false},"model":{"type":"WordLevel","unk_token":"a",)"
                       R"("vocab":{"a":0}}})")
                .string());
        const Outcome outcome = runProgram({"tokens", path, "--text", QString(40, u'a') + u'b'});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.find("nested.json, byte 0 of the text: a pattern of the tokenizer") !=
                     std::string::npos,
                 outcome.errors.c_str());
    }

    void whatNeedsVectorsSaysThatThereAreNone_data() {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const QStringList& arguments) {
            QTest::newRow(qPrintable(arguments.join(u' '))) << arguments;
        };
        row({"vector", "FILE", "king"});
        row({"neighbors", "FILE", "king"});
        row({"similarity", "FILE", "king", "queen"});
        row({"analogy", "FILE", "--positive", "king", "--negative", "queen"});
        row({"odd-one-out", "FILE", "king", "queen", "the"});
        row({"evaluate", "FILE", "--pairs", "PAIRS"});
        row({"project", "FILE", "--out", "OUT.npy"});
        row({"positions", "--model", "FILE", "--kind", "learned", "--out", "OUT.npy"});
        row({"compare", "FILE", "builtin:wiki-words"});
        row({"compare", "builtin:wiki-words", "FILE"});
        row({"convert", "FILE", "OUT.bin"});
    }
    void whatNeedsVectorsSaysThatThereAreNone() {
        QFETCH(QStringList, arguments);
        const ScratchFolder folder;
        const QString file = writeWordPieces(folder);
        const QString pairs = QString::fromStdString(folder.write("pairs.tsv", "king\tqueen\t9\n").string());
        for (QString& word : arguments) {
            word.replace(QStringLiteral("FILE"), file).replace(QStringLiteral("PAIRS"), pairs);
            word.replace(QStringLiteral("OUT"), QString::fromStdString((folder.path() / "out").string()));
        }
        const Outcome outcome = runProgram(arguments);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.find("has no vectors") != std::string::npos, outcome.errors.c_str());
        QVERIFY(outcome.output.empty());
    }

    void eachFigureIsPaintedOrRefused_data() {
        QTest::addColumn<QString>("what");
        for (const QString& name : figureNames()) {
            // What trains before it is painted takes a quarter of a minute each with a sanitizer.
            const bool trains = name == QLatin1String("learn") || name == QLatin1String("training");
            if (!isSanitized || !trains) {
                QTest::newRow(qPrintable(name)) << name;
            }
        }
    }
    void eachFigureIsPaintedOrRefused() {
        QFETCH(QString, what);
        const ScratchFolder folder;
        const QString file = writeWordPieces(folder);
        const QString out = QString::fromStdString((folder.path() / "figure.svg").string());
        const Outcome outcome = runProgram(
            {"render", what, "--out", out, "--model", file, "--model2", file, "--text", "the king [MASK]s"});
        if (groundOf(what) == Ground::Vectors) {
            QCOMPARE(outcome.status, 1);
            QVERIFY2(outcome.errors.find("has no vectors (") != std::string::npos, outcome.errors.c_str());
            QVERIFY(!QFile::exists(out));
            return;
        }
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QVERIFY(QFile(out).size() > 0);
    }

    void whatCannotBeCutIsNoFigure_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"tokens", "bytes", "table", "merges", "pipeline", "window"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }
    void whatCannotBeCutIsNoFigure() {
        QFETCH(QString, what);
        const ScratchFolder folder;
        // A pattern that tries without end.
        const QString file = QString::fromStdString(folder
                                                        .write("tokenizer.json",
                                                               R"({"added_tokens": [],
                           "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(a+)+$"},
                                             "behavior": "Isolated", "invert": false},
                           "model": {"type": "BPE", "vocab": {"a": 0, "d": 1}, "merges": []}})")
                                                        .string());
        const QString out = QString::fromStdString((folder.path() / "figure.svg").string());
        const QStringList command{"render", what, "--out", out, "--model", file, "--text"};
        QCOMPARE(runProgram(command + QStringList{"ad"}).status, 0);
        QVERIFY(QFile::remove(out));
        const Outcome outcome = runProgram(command + QStringList{QString(64, u'a') + u'd'});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.find("gives up") != std::string::npos, outcome.errors.c_str());
        QVERIFY2(outcome.errors.find(file.toStdString() + ", byte 0") != std::string::npos,
                 outcome.errors.c_str());
        QVERIFY(!QFile::exists(out));
    }
};

QTEST_MAIN(LoneTokenizerCommandsTest)
#include "lone_tokenizer_commands_test.moc"

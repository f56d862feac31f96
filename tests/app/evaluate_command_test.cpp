// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: evaluate.
#include "tests/support/data_folder.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <QTest>

using namespace lexiscope::test;

namespace {

QString in(const ScratchFolder& folder, const char* name) {
    return QString::fromStdString((folder.path() / name).string());
}

std::set<std::string> keysOf(const nlohmann::json& object) {
    std::set<std::string> keys;
    for (const auto& member : object.items()) {
        keys.insert(member.key());
    }
    return keys;
}

}  // namespace

class EvaluateCommandTest : public QObject {
    Q_OBJECT

  private:
    ScratchFolder m_folder;
    QString m_model;

  private slots:
    void initTestCase() {
        m_folder.write("m.bin", word2vecBytes({{"man", {1, 0, 0}},
                                               {"Woman", {0.9F, 0.5F, 0}},
                                               {"king", {1, 0, 1}},
                                               {"queen", {0.9F, 0.5F, 1}},
                                               {"car", {0, -1, 0}}}));
        m_folder.write("q.txt",
                       ": family\nMan woman king QUEEN\nman woman king car\nman woman king cat\n"
                       "three words only\n: empty\n");
        m_folder.write("p.tsv", "# pairs\nman\twoman\t8\nKing\tqueen\t7\nman\tcar\t1\nman\tcat\t2\n");
        m_model = in(m_folder, "m.bin");
    }

    void analogies() {
        const Outcome json =
            runProgram({"evaluate", m_model, "--analogies", in(m_folder, "q.txt"), "--json"});
        QCOMPARE(json.status, 0);
        QCOMPARE(json.json(), nlohmann::json::parse(
                                  R"({"sections":[{"name":"family","correct":1,"total":2,"skipped":1},)"
                                  R"({"name":"empty","correct":0,"total":0,"skipped":0}],"accuracy":0.5})"));
        QVERIFY2(json.errors.ends_with("q.txt, line 5: is no question of four words; it was passed over\n"),
                 json.errors.c_str());
        const Outcome text = runProgram({"evaluate", m_model, "--analogies", in(m_folder, "q.txt")});
        QCOMPARE(text.output, std::string("section  correct  total  accuracy  skipped\n"
                                          "family         1      2    50.0 %        1\n"
                                          "empty          0      0         –        0\n"
                                          "all            1      2    50.0 %        1\n"));
    }

    void pairs() {
        const Outcome json = runProgram({"evaluate", m_model, "--pairs", in(m_folder, "p.tsv"), "--json"});
        QCOMPARE(json.status, 0);
        QVERIFY2(json.errors.empty(), json.errors.c_str());
        QCOMPARE(keysOf(json.json()), (std::set<std::string>{"spearman", "pearson", "used", "skipped"}));
        QCOMPARE(json.json()["used"], 3);
        QCOMPARE(json.json()["skipped"], 1);
        QCOMPARE(json.json()["spearman"].get<double>(), 0.5);
        const Outcome text = runProgram({"evaluate", m_model, "--pairs", in(m_folder, "p.tsv")});
        QVERIFY2(text.output.starts_with("spearman  0.5000\npearson   0.9"), text.output.c_str());
        QVERIFY(text.output.ends_with("used      3 pairs\nskipped   1\n"));
    }

    void onlyTheFirstRows() {
        const QStringList call = {"evaluate", m_model, "--analogies", in(m_folder, "q.txt"), "--json"};
        const nlohmann::json four = runProgram(call + QStringList{"--restrict", "4"}).json();
        QCOMPARE(four["sections"][0]["total"], 1);
        QCOMPARE(four["sections"][0]["skipped"], 2);
        QCOMPARE(four["accuracy"], 1.0);
        const Outcome two = runProgram(call + QStringList{"--restrict", "2"});
        QCOMPARE(two.status, 0);
        QVERIFY(two.json()["accuracy"].is_null());
        QVERIFY2(two.errors.find("the model knows all four words of no question") != std::string::npos,
                 two.errors.c_str());
    }

    void gpt2AnswersWithItsWords() {
        LEXISCOPE_NEEDS_DATA(dataFolder() / "eval/questions-words.txt");
        const QString file = QString::fromStdString((dataFolder() / "eval/questions-words.txt").string());
        const nlohmann::json json =
            runProgram({"evaluate", "builtin:tiny-gpt2", "--analogies", file, "--json"}).json();
        QCOMPARE(json["sections"].size(), std::size_t(14));
        QVERIFY(json["sections"][0]["total"] > 200);
        QVERIFY(json["accuracy"] > 0.1);
    }

    void wrongUsageAndFailuresAreTold_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, int status, const QString& says) {
            QTest::newRow(name) << arguments << status << says;
        };
        m_folder.write("early.txt", "a b c d\n");
        m_folder.write("odd.txt", "\nlove\n");
        m_folder.write("strange.tsv", "cat\tdog\t1\n");
        const QString early = in(m_folder, "early.txt");
        const QString odd = in(m_folder, "odd.txt");
        row("no model", {"evaluate", "--pairs", "p"}, 2, "evaluate: an argument is missing");
        row("nothing to ask", {"evaluate", m_model}, 2, "evaluate: --analogies F or --pairs F is missing");
        row("both", {"evaluate", m_model, "--pairs", "a", "--analogies", "b"}, 2, "exclude each other");
        row("no rows", {"evaluate", m_model, "--pairs", "a", "--restrict", "0"}, 2, "--restrict: takes");
        row("no such model", {"evaluate", "none.bin", "--pairs", "a"}, 1, "none.bin: no such file");
        row("no such file", {"evaluate", m_model, "--pairs", "/none/a"}, 1, "/none/a: could not be opened");
        row("a folder", {"evaluate", m_model, "--analogies", "/"}, 1, "/: ");
        row("no section", {"evaluate", m_model, "--analogies", early}, 1,
            "early.txt, line 1: a question before the first section");
        row("no question", {"evaluate", m_model, "--analogies", odd}, 1,
            "odd.txt, line 2: is no question of four words");
        row("no pair", {"evaluate", m_model, "--pairs", odd}, 1, "odd.txt, line 2: is no pair of words");
        row("no known pair", {"evaluate", m_model, "--pairs", in(m_folder, "strange.tsv")}, 1,
            "m.bin: knows both words of no pair");
    }
    void wrongUsageAndFailuresAreTold() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, says);
        const Outcome outcome = runProgram(arguments);
        QCOMPARE(outcome.status, status);
        QVERIFY2(QString::fromStdString(outcome.errors).contains(says), outcome.errors.c_str());
        QCOMPARE(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), std::ptrdiff_t(1));
        QVERIFY(outcome.output.empty());
    }
};

QTEST_GUILESS_MAIN(EvaluateCommandTest)
#include "evaluate_command_test.moc"

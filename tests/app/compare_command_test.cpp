// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: compare, on the built-in models and on files made here.
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <cmath>
#include <limits>

#include <QTest>

using namespace lexiscope::test;

namespace {

const QString gpt = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

QString pathText(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Twenty words on a circle, their pair of numbers turned by a quarter: nothing is rounded.
std::vector<WordRow> circle(bool turned) {
    std::vector<WordRow> rows;
    for (int i = 0; i < 20; ++i) {
        const auto x = static_cast<float>(std::cos(0.1 * i * i));
        const auto y = static_cast<float>(std::sin(0.1 * i * i));
        const float length = 1 + 0.1F * static_cast<float>(i);
        rows.push_back({"word" + std::to_string(i), turned ? std::vector<float>{-y * length, x * length, 0}
                                                           : std::vector<float>{x * length, y * length}});
    }
    return rows;
}

bool isClose(const nlohmann::json& value, double expected) {
    return value.is_number() && std::abs(value.get<double>() - expected) < 1e-9;
}

}  // namespace

class CompareCommandTest : public QObject {
    Q_OBJECT

  private slots:
    void theBuiltInModelsAgreeWithNumpy() {
        const Outcome outcome = runProgram({"compare", gpt, words, "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json report = outcome.json();
        QCOMPARE(report.size(), std::size_t(5));
        QCOMPARE(report["shared"].get<int>(), 8052);
        QVERIFY(isClose(report["linear_cka"], 0.7008072015005601));
        QCOMPARE(report["overlap"].size(), std::size_t(3));
        QVERIFY(isClose(report["overlap"]["1"], 0.40139095876800795));
        QVERIFY(isClose(report["overlap"]["10"], 0.4812841530054645));
        QVERIFY(isClose(report["overlap"]["100"], 0.5397640337804273));
        QVERIFY(isClose(report["procrustes_residual"], 0.507243798731212));
        QVERIFY(std::abs(report["similarity_correlation"].get<double>() - 0.6866) < 0.005);
        QVERIFY(outcome.errors.empty());
        QCOMPARE(runProgram({"compare", gpt, words, "--json"}).output, outcome.output);
        const Outcome table = runProgram({"compare", gpt, words});
        QVERIFY2(table.output.find("8,052") != std::string::npos, table.output.c_str());
        QVERIFY2(table.output.find("0.7008") != std::string::npos, table.output.c_str());
    }

    void aTurnedCopyIsTheSame() {
        const ScratchFolder folder;
        const QString plain = pathText(folder.write("plain.bin", word2vecBytes(circle(false))));
        const QString turned = pathText(folder.write("turned.bin", word2vecBytes(circle(true))));
        const Outcome outcome = runProgram({"compare", plain, turned, "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json report = outcome.json();
        QCOMPARE(report["shared"].get<int>(), 20);
        QVERIFY(isClose(report["linear_cka"], 1));
        QVERIFY(isClose(report["overlap"]["1"], 1));
        QVERIFY(isClose(report["overlap"]["10"], 1));
        QVERIFY(report["overlap"]["100"].is_null());
        QVERIFY(isClose(report["procrustes_residual"], 0));
        QVERIFY(isClose(report["similarity_correlation"], 1));
    }

    void wordsWithoutDirectionAreSaidToBeLeftOut() {
        const ScratchFolder folder;
        std::vector<WordRow> rows = circle(false);
        rows[3].values = {0, 0};
        rows[4].values[1] = std::numeric_limits<float>::quiet_NaN();
        const QString holes = pathText(folder.write("holes.bin", word2vecBytes(rows)));
        const QString turned = pathText(folder.write("turned.bin", word2vecBytes(circle(true))));
        const Outcome outcome = runProgram({"compare", holes, turned, "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QCOMPARE(outcome.json()["shared"].get<int>(), 18);
        QVERIFY2(outcome.errors.find("warning: 2 words in both are left out") != std::string::npos,
                 outcome.errors.c_str());
    }

    void noWordInCommonIsAClearError() {
        const ScratchFolder folder;
        const QString plain = pathText(folder.write("plain.bin", word2vecBytes(circle(false))));
        const Outcome outcome = runProgram({"compare", plain, words, "--json"});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.output.empty());
        QVERIFY2(outcome.errors.find("no word in common") != std::string::npos, outcome.errors.c_str());
        QVERIFY2(outcome.errors.find("plain.bin and builtin:wiki-words") != std::string::npos,
                 outcome.errors.c_str());
        QCOMPARE(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), std::ptrdiff_t(1));
    }

    void wrongUse() {
        QCOMPARE(runProgram({"compare", gpt}).status, 2);
        QCOMPARE(runProgram({"compare", gpt, words, words}).status, 2);
        QCOMPARE(runProgram({"compare", gpt, "builtin:nothing"}).status, 1);
    }
};

QTEST_GUILESS_MAIN(CompareCommandTest)
#include "compare_command_test.moc"

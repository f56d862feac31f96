// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: neighbors, similarity, analogy, odd-one-out and project, against gensim's and
// scikit-learn's answers.
#include "tests/support/data_folder.h"
#include "tests/support/file_bytes.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include <QTest>

using namespace lexiscope::test;

namespace {

const QString words = QStringLiteral("builtin:wiki-words");

std::vector<nlohmann::json> documentsOf(const std::string& output) {
    std::vector<nlohmann::json> documents;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        documents.push_back(nlohmann::json::parse(line, nullptr, false));
    }
    return documents;
}

QStringList toList(const nlohmann::json& texts) {
    QStringList list;
    for (const nlohmann::json& text : texts) {
        list += QString::fromStdString(text.get<std::string>());
    }
    return list;
}

// Empty when the neighbours found are those expected, [[word, score], …], in order and to 1e-4.
std::string difference(const nlohmann::json& found, const nlohmann::json& expected) {
    if (found.size() != expected.size()) {
        return std::to_string(found.size()) + " neighbours instead of " + std::to_string(expected.size());
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (found[i]["token"] != expected[i][0] ||
            std::abs(found[i]["score"].get<double>() - expected[i][1].get<double>()) > 1e-4) {
            return found[i].dump() + " instead of " + expected[i].dump();
        }
    }
    return {};
}

std::vector<std::vector<std::string>> tableOf(const std::string& text) {
    std::vector<std::vector<std::string>> table;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells(1);
        for (const char c : line) {
            if (c == '\t') {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        table.push_back(cells);
    }
    return table;
}

QString pathText(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

std::size_t filesIn(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

// Twelve rows on a line through space, so that one component says all.
std::vector<WordRow> lineOfWords() {
    std::vector<WordRow> rows;
    for (int i = 0; i < 12; ++i) {
        const float t = static_cast<float>(i);
        rows.push_back({"word" + std::to_string(i), {t, 2 * t, -2 * t}});
    }
    return rows;
}

}  // namespace

class SearchCommandsTest : public QObject {
    Q_OBJECT

  private slots:
    void agreesWithGensim_data() {
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("model");
        QTest::newRow("wiki-words") << "expected/wiki-words.json"
                                    << "../models/wiki-words/wiki-words.bin";
        QTest::newRow("googlenews-1000") << "expected/googlenews-1000.json"
                                         << "vectors/googlenews-1000.bin";
    }
    void agreesWithGensim() {
        QFETCH(QString, expected);
        QFETCH(QString, model);
        LEXISCOPE_NEEDS_DATA(dataFolder() / expected.toStdString());
        const nlohmann::json right = nlohmann::json::parse(fileBytes(dataFolder() / expected.toStdString()));
        const QString path = pathText(dataFolder() / model.toStdString());
        for (const char* metric : {"cosine", "euclidean"}) {
            const nlohmann::json& byWord =
                right[std::string_view(metric) == "cosine" ? "neighbors" : "euclidean"];
            QStringList call = {"neighbors", path, "--json", "--metric", metric};
            for (const auto& word : byWord.items()) {
                call += QString::fromStdString(word.key());
            }
            const Outcome outcome = runProgram(call);
            QVERIFY2(outcome.status == 0, outcome.errors.c_str());
            const std::vector<nlohmann::json> documents = documentsOf(outcome.output);
            QCOMPARE(documents.size(), byWord.size());
            for (const nlohmann::json& document : documents) {
                const std::string wrong =
                    difference(document["neighbors"], byWord[document["query"].get<std::string>()]);
                QVERIFY2(wrong.empty(), wrong.c_str());
                QCOMPARE(document["metric"].get<std::string>(), std::string(metric));
            }
        }
        for (const auto& [key, method] : {std::pair("analogy_add", "add"), std::pair("analogy_mul", "mul")}) {
            for (const nlohmann::json& question : right[key]) {
                const QStringList call = QStringList{"analogy", path, "--positive"} + toList(question[0]) +
                                         QStringList{"--negative"} + toList(question[1]) +
                                         QStringList{"-k5", "--json", QStringLiteral("--method=") + method};
                const Outcome outcome = runProgram(call);
                QVERIFY2(outcome.status == 0, outcome.errors.c_str());
                const std::string wrong = difference(outcome.json()["neighbors"], question[2]);
                QVERIFY2(wrong.empty(), wrong.c_str());
                QVERIFY(outcome.json()["query"]["positive"] == question[0]);
                QVERIFY(outcome.json()["query"]["negative"] == question[1]);
            }
        }
        for (const nlohmann::json& question : right["odd_one_out"]) {
            const Outcome outcome =
                runProgram(QStringList{"odd-one-out", path, "--json"} + toList(question[0]));
            QVERIFY2(outcome.status == 0, outcome.errors.c_str());
            QCOMPARE(outcome.json()["word"].get<std::string>(), question[1].get<std::string>());
            QCOMPARE(outcome.json()["scores"].size(), question[0].size());
        }
    }

    void agreesWithScikitLearn() {
        LEXISCOPE_NEEDS_DATA(dataFolder() / "expected/wiki-words.json");
        const nlohmann::json right =
            nlohmann::json::parse(fileBytes(dataFolder() / "expected/wiki-words.json"));
        const ScratchFolder folder;
        const std::filesystem::path out = folder.path() / "words.tsv";
        const Outcome outcome =
            runProgram({"project", pathText(dataFolder() / "../models/wiki-words/wiki-words.bin"),
                        "--dimensions", "3", "--out", pathText(out), "--json", "--seed", "7"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json ratios = outcome.json()["explained_variance_ratio"];
        QCOMPARE(ratios.size(), right["pca_explained_variance_ratio"].size());
        for (std::size_t i = 0; i < ratios.size(); ++i) {
            QVERIFY(std::abs(ratios[i].get<double>() -
                             right["pca_explained_variance_ratio"][i].get<double>()) < 1e-5);
        }
        const auto table = tableOf(fileBytes(out));
        QCOMPARE(table.size(), std::size_t(20000));
        for (std::size_t row = 0; row < right["pca_first_rows_abs"].size(); ++row) {
            QCOMPARE(table[row].size(), std::size_t(4));
            for (std::size_t i = 0; i < 3; ++i) {
                const double expected = right["pca_first_rows_abs"][row][i].get<double>();
                QVERIFY(std::abs(std::abs(std::stod(table[row][i + 1])) - expected) < 1e-4);
            }
        }
    }

    void neighborsHaveTheAgreedShape() {
        const Outcome outcome =
            runProgram({"neighbors", words, "king", "-k", "3", "--metric", "dot", "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QCOMPARE(std::count(outcome.output.begin(), outcome.output.end(), '\n'), 1);
        const nlohmann::json document = outcome.json();
        QCOMPARE(document.size(), std::size_t(4));
        QCOMPARE(document["query"].get<std::string>(), std::string("king"));
        QCOMPARE(document["neighbors"].size(), std::size_t(3));
        for (const nlohmann::json& neighbor : document["neighbors"]) {
            QCOMPARE(neighbor.size(), std::size_t(3));
            QVERIFY(neighbor["id"].is_number_unsigned() && neighbor["token"].is_string());
            QVERIFY(neighbor["token"] != "king");
        }
        QVERIFY(document["neighbors"][0]["score"] >= document["neighbors"][1]["score"]);
        QVERIFY(document["seconds"]["load"].get<double>() > 0);
        QVERIFY(document["seconds"]["query"].get<double>() > 0);
        QVERIFY(document["seconds"]["query"].get<double>() < document["seconds"]["load"].get<double>() + 60);
    }

    void askingForMoreThanThereIsGivesAll() {
        const ScratchFolder folder;
        const QString path = pathText(folder.write("line.bin", word2vecBytes(lineOfWords())));
        const Outcome outcome = runProgram(
            {"neighbors", path, "word3", "-k", "18446744073709551615", "--metric", "euclidean", "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json neighbors = outcome.json()["neighbors"];
        QCOMPARE(neighbors.size(), std::size_t(11));
        QCOMPARE(neighbors[0]["token"].get<std::string>(), std::string("word2"));
        QCOMPARE(neighbors[0]["score"].get<double>(), 3.0);
    }

    void similarityIsExactInASmallCase() {
        const ScratchFolder folder;
        const QString path = pathText(
            folder.write("few.bin", word2vecBytes({{"a", {3, 4}}, {"b", {4, 3}}, {"zero", {0, 0}}})));
        const nlohmann::json found = runProgram({"similarity", path, "a", "b", "--json"}).json();
        QCOMPARE(found.size(), std::size_t(3));
        QCOMPARE(found["cosine"].get<double>(), 0.96);
        QCOMPARE(found["euclidean"].get<double>(), std::sqrt(2.0));
        QCOMPARE(found["dot"].get<double>(), 24.0);
        const nlohmann::json undefined = runProgram({"similarity", path, "a", "zero", "--json"}).json();
        QVERIFY(undefined["cosine"].is_null());
        QCOMPARE(undefined["euclidean"].get<double>(), 5.0);
    }

    void theOddOneOutIsFoundAmongTheKnown() {
        const Outcome outcome =
            runProgram({"odd-one-out", words, "cat", "zzyzzxq", "dog", "horse", "car", "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QCOMPARE(outcome.json()["word"].get<std::string>(), std::string("car"));
        QCOMPARE(outcome.json()["scores"].size(), std::size_t(4));
        QVERIFY2(outcome.errors.starts_with("lexiscope: warning: "), outcome.errors.c_str());
        QVERIFY(outcome.errors.find("zzyzzxq") != std::string::npos);
        const Outcome alone = runProgram({"odd-one-out", words, "cat", "zzyzzxq"});
        QCOMPARE(alone.status, 1);
        QVERIFY(alone.output.empty());
    }

    void oddnessTellsMirroredRowsApartBySpelling() {
        const ScratchFolder folder;
        const QString path = pathText(folder.write(
            "ties.bin", word2vecBytes({{"c", {0.3F, 0.1F}}, {"b", {0.1F, 0.3F}}, {"a", {0.3F, 0.3F}}})));
        for (const QStringList& order : {QStringList{"b", "c", "a"}, QStringList{"c", "a", "b"}}) {
            const Outcome outcome = runProgram(QStringList{"odd-one-out", path, "--json"} + order);
            QVERIFY2(outcome.status == 0, outcome.errors.c_str());
            QCOMPARE(outcome.json()["word"].get<std::string>(), std::string("b"));
        }
    }

    void rowsWithoutDirectionAreRefusedByName() {
        const ScratchFolder folder;
        const float notANumber = std::numeric_limits<float>::quiet_NaN();
        const QString path = pathText(folder.write(
            "rows.bin", word2vecBytes({{"zero", {0, 0}}, {"nan", {1, notANumber}}, {"one", {1, 0}}})));
        for (const char* word : {"zero", "nan"}) {
            for (const QStringList& arguments :
                 {QStringList{"neighbors", path, word}, QStringList{"odd-one-out", path, "one", word},
                  QStringList{"analogy", path, "--positive", word}}) {
                const Outcome outcome = runProgram(arguments);
                QCOMPARE(outcome.status, 1);
                QVERIFY(outcome.output.empty());
                QVERIFY2(outcome.errors.starts_with("lexiscope: " + std::string(word) + ": "),
                         outcome.errors.c_str());
            }
        }
        QCOMPARE(runProgram({"neighbors", path, "zero", "--metric", "euclidean"}).status, 0);
        const QString single = pathText(folder.write("single.bin", word2vecBytes({{"one", {1, 0}}})));
        const Outcome projected = runProgram({"project", single});
        QCOMPARE(projected.status, 1);
        QVERIFY2(projected.errors.find("single.bin: ") != std::string::npos, projected.errors.c_str());
    }

    void wordsAfterADoubleDashAreNoOptions() {
        const ScratchFolder folder;
        const QString path = pathText(
            folder.write("dashes.bin", word2vecBytes({{"--json", {1, 0}}, {"-k", {1, 1}}, {"c", {0, 1}}})));
        const Outcome outcome = runProgram({"neighbors", path, "-k", "1", "--json", "--", "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QCOMPARE(outcome.json()["neighbors"][0]["token"].get<std::string>(), std::string("-k"));
        const Outcome analogy =
            runProgram({"analogy", path, "--json", "--positive", "c", "--negative", "--", "-k"});
        QVERIFY2(analogy.status == 0, analogy.errors.c_str());
        QVERIFY(analogy.json()["query"]["negative"] == nlohmann::json({"-k"}));
        const Outcome modelLast = runProgram({"analogy", "--positive", "c", "--", path});
        QVERIFY2(modelLast.status == 0, modelLast.errors.c_str());
    }

    void nothingIsPrintedWhenOneOfTheWordsIsMissing() {
        const Outcome outcome = runProgram({"neighbors", words, "king", "zzyzzxq", "--json"});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.output.empty());
        QVERIFY(outcome.errors.find("zzyzzxq") != std::string::npos);
    }

    void coordinatesGoToFilesThatReadersUnderstand() {
        const ScratchFolder folder;
        std::vector<WordRow> rows = lineOfWords();
        rows[1].word = "tab\tinside";
        rows[2].word = "back\\slash";
        rows[3].word = "line\nbreak";
        rows[4].word = "\xff\xfe";
        const QString model = pathText(folder.write("line.bin", word2vecBytes(rows)));
        const std::filesystem::path tsv = folder.path() / "out.tsv";
        const std::filesystem::path npy = folder.path() / "out.npy";
        const Outcome outcome =
            runProgram({"project", model, "--dimensions", "1", "--out", pathText(tsv), "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json report = outcome.json();
        QCOMPARE(report.size(), std::size_t(5));
        QCOMPARE(report["method"].get<std::string>(), std::string("pca"));
        QCOMPARE(report["rows"].get<int>(), 12);
        QCOMPARE(report["dimensions"].get<int>(), 1);
        QCOMPARE(report["explained_variance_ratio"].size(), std::size_t(3));
        QVERIFY(std::abs(report["explained_variance_ratio"][0].get<double>() - 1) < 1e-9);
        QVERIFY(report["seconds"].is_number());
        const auto table = tableOf(fileBytes(tsv));
        QCOMPARE(table.size(), std::size_t(12));
        QCOMPARE(table[1][0], std::string("tab\\tinside"));
        QCOMPARE(table[2][0], std::string("back\\\\slash"));
        QCOMPARE(table[3][0], std::string("line\\nbreak"));
        QCOMPARE(table[4][0], std::string("\\xff\\xfe"));
        for (std::size_t i = 1; i < table.size(); ++i) {
            QVERIFY(std::abs(std::abs(std::stod(table[i][1]) - std::stod(table[i - 1][1])) - 3) < 1e-5);
        }
        QCOMPARE(runProgram({"project", model, "--dimensions", "1", "--out", pathText(npy)}).status, 0);
        const std::string bytes = fileBytes(npy);
        QVERIFY(bytes.starts_with(std::string("\x93NUMPY\x01\x00", 8)));
        const std::size_t header =
            static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
        QCOMPARE((10 + header) % 64, std::size_t(0));
        QVERIFY(bytes.substr(10, header).find("'descr': '<f4', 'fortran_order': False, 'shape': (12, 1)") !=
                std::string::npos);
        QCOMPARE(bytes.size(), 10 + header + 12 * sizeof(float));
        for (std::size_t i = 0; i < 12; ++i) {
            float value = 0;
            std::memcpy(&value, bytes.data() + 10 + header + i * sizeof(float), sizeof(float));
            QCOMPARE(value, std::stof(table[i][1]));
        }
        QCOMPARE(filesIn(folder.path()), std::size_t(3));
    }

    void theFirstRowsAloneWhenAsked() {
        const Outcome outcome = runProgram({"project", words, "--top", "100", "--dimensions", "50"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const auto table = tableOf(outcome.output);
        QCOMPARE(table.size(), std::size_t(101));
        QCOMPARE(table[1].size(), std::size_t(51));
        QCOMPARE(runProgram({"project", words, "--top", "100", "--json"}).json()["rows"].get<int>(), 100);
        QCOMPARE(runProgram({"project", words, "--top", "99999999999", "--json"}).json()["rows"].get<int>(),
                 20000);
    }

    void aFailedWriteLeavesWhatWasThere() {
        const ScratchFolder folder;
        const QString model = pathText(folder.write("line.bin", word2vecBytes(lineOfWords())));
        const std::filesystem::path taken = folder.path() / "taken.tsv";
        std::filesystem::create_directory(taken);
        const Outcome outcome = runProgram({"project", model, "--out", pathText(taken)});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.find("taken.tsv") != std::string::npos, outcome.errors.c_str());
        QVERIFY(std::filesystem::is_directory(taken));
        QCOMPARE(runProgram({"project", model, "--out", pathText(folder.path() / "no/where.npy")}).status, 1);
        QCOMPARE(filesIn(folder.path()), std::size_t(2));
        const std::filesystem::path kept = folder.write("kept.tsv", "old");
        QCOMPARE(
            runProgram({"project", pathText(folder.path() / "nothing.bin"), "--out", pathText(kept)}).status,
            1);
        QCOMPARE(fileBytes(kept), std::string("old"));
        QCOMPARE(runProgram({"project", model, "--out", pathText(kept)}).status, 0);
        QCOMPARE(tableOf(fileBytes(kept)).size(), std::size_t(12));
    }

    void rowsWithoutNumbersAreSaidToBeLeftOut() {
        const ScratchFolder folder;
        std::vector<WordRow> rows = lineOfWords();
        rows[5].values[1] = std::numeric_limits<float>::quiet_NaN();
        const QString model = pathText(folder.write("nan.bin", word2vecBytes(rows)));
        const Outcome outcome = runProgram({"project", model, "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QCOMPARE(outcome.json()["rows"].get<int>(), 12);
        QVERIFY2(outcome.errors.find("warning: ") != std::string::npos, outcome.errors.c_str());
        const nlohmann::json values = runProgram({"vector", model, "word5", "--json"}).json()["values"];
        QVERIFY(values[1].is_null() && values[0] == 5.0);
    }
};

QTEST_GUILESS_MAIN(SearchCommandsTest)
#include "search_commands_test.moc"

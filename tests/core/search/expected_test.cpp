// SPDX-License-Identifier: GPL-3.0-or-later
// What gensim and scikit-learn answer for two real models.
#include "core/projection/pca.h"
#include "core/search/analogy.h"
#include "core/search/nearest.h"
#include "tests/support/data_folder.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;
using nlohmann::json;

namespace {

/// A word2vec binary file, read plainly: this test is about numbers, not about files.
struct Words {
    std::vector<std::string> words;
    std::map<std::string, Row> rows;
    std::shared_ptr<const EmbeddingTable> table;
};

Words readWords(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::size_t count = 0;
    std::size_t dimension = 0;
    file >> count >> dimension;
    Words read;
    std::vector<float> values(count * dimension);
    for (std::size_t row = 0; row < count; ++row) {
        std::string word;
        file >> word;
        file.get();
        file.read(reinterpret_cast<char*>(&values[row * dimension]),
                  static_cast<std::streamsize>(dimension * sizeof(float)));
        read.rows.emplace(word, Row{static_cast<std::uint32_t>(row)});
        read.words.push_back(word);
    }
    read.table = EmbeddingTable::owned(std::move(values), count, dimension);
    return read;
}

std::vector<Row> rowsOf(const Words& words, const json& names) {
    std::vector<Row> rows;
    for (const auto& word : names) {
        rows.push_back(words.rows.at(word.get<std::string>()));
    }
    return rows;
}

void compareRanking(const Words& words, const std::vector<Neighbor>& found, const json& expected) {
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(words.words[found[i].row.value], expected[i][0].get<std::string>());
        QVERIFY(std::abs(found[i].score - expected[i][1].get<double>()) < 1e-4);
    }
}

}  // namespace

class ExpectedTest : public QObject {
    Q_OBJECT

  private:
    void load(const QString& name) {
        const std::filesystem::path data = test::dataFolder();
        m_words = readWords(name == "wiki-words" ? data / "../models/wiki-words/wiki-words.bin"
                                                 : data / "vectors/googlenews-1000.bin");
        m_expected = json::parse(std::ifstream(data / "expected" / (name.toStdString() + ".json")));
        QCOMPARE(m_words.table->rows(), m_expected["vocab"].get<std::size_t>());
        QCOMPARE(m_words.table->dimension(), m_expected["dim"].get<std::size_t>());
    }
    void compareNeighbors(const char* key, Metric metric) {
        NoProgress progress;
        const auto norms = RowNorms::compute(*m_words.table, m_pool, progress).value();
        QVERIFY(!m_expected[key].empty());
        for (const auto& [word, expected] : m_expected[key].items()) {
            const Row row = m_words.rows.at(word);
            const NearestQuery query = {m_words.table->row(row), metric, expected.size(), {row}, 0};
            for (const RowNorms* given : {static_cast<const RowNorms*>(nullptr), norms.get()}) {
                compareRanking(m_words, nearest(*m_words.table, given, query, m_pool, progress).value(),
                               expected);
            }
        }
    }
    void compareAnalogies(const char* key, AnalogyMethod method) {
        NoProgress progress;
        QVERIFY(!m_expected[key].empty());
        for (const json& question : m_expected[key]) {
            const auto found =
                analogy(*m_words.table, nullptr, rowsOf(m_words, question[0]), rowsOf(m_words, question[1]),
                        method, question[2].size(), m_pool, progress);
            compareRanking(m_words, found.value(), question[2]);
        }
    }
    void files() {
        QTest::addColumn<QString>("name");
        QTest::newRow("wiki-words") << "wiki-words";
        QTest::newRow("googlenews-1000") << "googlenews-1000";
    }

    WorkerPool m_pool;
    Words m_words;
    json m_expected;

  private slots:
    void search_data() { files(); }
    void search();
    void oddOneOut_data() { files(); }
    void oddOneOut();
    void projection_data() { files(); }
    void projection();
};

void ExpectedTest::search() {
    LEXISCOPE_NEEDS_DATA(test::dataFolder() / "expected");
    QFETCH(QString, name);
    load(name);
    compareNeighbors("neighbors", Metric::Cosine);
    compareNeighbors("euclidean", Metric::Euclidean);
    compareAnalogies("analogy_add", AnalogyMethod::Add);
    compareAnalogies("analogy_mul", AnalogyMethod::Multiply);
}

void ExpectedTest::oddOneOut() {
    LEXISCOPE_NEEDS_DATA(test::dataFolder() / "expected");
    QFETCH(QString, name);
    load(name);
    for (const json& question : m_expected["odd_one_out"]) {
        const std::vector<double> central =
            centralities(*m_words.table, rowsOf(m_words, question[0])).value();
        const auto least = std::min_element(central.begin(), central.end()) - central.begin();
        QCOMPARE(question[0][static_cast<std::size_t>(least)].get<std::string>(),
                 question[1].get<std::string>());
    }
}

void ExpectedTest::projection() {
    LEXISCOPE_NEEDS_DATA(test::dataFolder() / "expected");
    QFETCH(QString, name);
    load(name);
    const json& rows = m_expected["pca_first_rows_abs"];
    const std::size_t components = rows[0].size();
    NoProgress progress;
    const auto result = pca(*m_words.table, {components, 0}, m_pool, progress).value();
    const json& ratios = m_expected["pca_explained_variance_ratio"];
    QCOMPARE(result->explainedVarianceRatio.size(), ratios.size());
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        QVERIFY(std::abs(result->explainedVarianceRatio[i] - ratios[i].get<double>()) < 1e-5);
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t component = 0; component < components; ++component) {
            const double coordinate =
                std::abs(static_cast<double>(result->coordinates[row * components + component]));
            QVERIFY(std::abs(coordinate - rows[row][component].get<double>()) < 2e-5);
        }
    }
}

QTEST_APPLESS_MAIN(ExpectedTest)
#include "expected_test.moc"

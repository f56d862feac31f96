// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/evaluation.h"

#include "core/embedding/distances.h"
#include "core/io/model_loader.h"
#include "core/search/analogy.h"
#include "core/search/folded_words.h"
#include "tests/support/data_folder.h"
#include "tests/support/file_bytes.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

struct WordVector {
    std::string word;
    std::vector<float> values;
};

Model modelOf(const std::vector<WordVector>& rows, WordMark mark = WordMark::None) {
    Vocabulary::Builder builder;
    std::vector<float> values;
    for (const WordVector& row : rows) {
        builder.add(row.word);
        values.insert(values.end(), row.values.begin(), row.values.end());
    }
    Model model;
    model.path = "model.bin";
    model.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(mark));
    model.table = EmbeddingTable::owned(std::move(values), rows.size(), rows[0].values.size());
    return model;
}

/// Words "w0" …, some of them with a twin in upper case somewhere else.
Model randomModel(std::size_t rows, std::size_t dimension) {
    std::mt19937 random(4);
    std::normal_distribution<float> normal;
    std::vector<WordVector> words;
    for (std::size_t i = 0; i < rows; ++i) {
        words.push_back({(i % 7 == 3 ? "W" : "w") + std::to_string(i % 7 == 3 ? i / 2 : i), {}});
        for (std::size_t d = 0; d < dimension; ++d) {
            words.back().values.push_back(normal(random));
        }
    }
    return modelOf(words);
}

AnalogyQuestions questionsOf(const std::string& text) {
    return parseAnalogyQuestions(text, "q.txt").value();
}

/// gensim's way with one question: the best five besides the rows asked with, then the first among them that
/// is none of its words in another case.
std::uint32_t answerByGensim(const Model& model, const FoldedWords& words, const AnalogyQuestion& question,
                             std::size_t rows, WorkerPool& pool) {
    const std::uint32_t a = *words.find(question[0]);
    const std::uint32_t b = *words.find(question[1]);
    const std::uint32_t c = *words.find(question[2]);
    std::vector<float> values(rows * model.table->dimension());
    model.table->widen(Row{0}, rows, values);
    const auto first = EmbeddingTable::owned(std::move(values), rows, model.table->dimension());
    NoProgress progress;
    const Row added[] = {words.firstRow(b), words.firstRow(c)};
    const Row taken[] = {words.firstRow(a)};
    const auto best = analogy(*first, nullptr, added, taken, AnalogyMethod::Add, 5, pool, progress).value();
    for (const Neighbor& neighbor : best) {
        const std::uint32_t word = words.wordOf(neighbor.row.value);
        if (word != a && word != b && word != c) {
            return word;
        }
    }
    return FoldedWords::none;
}

}  // namespace

class EvaluationTest : public QObject {
    Q_OBJECT

  private:
    AnalogyScores score(const Model& model, const std::string& questions, std::size_t rows = 0) {
        NoProgress progress;
        return evaluateAnalogies(model, questionsOf(questions), rows, m_pool, progress).value();
    }
    void compareSections(const AnalogyScores& scores, const nlohmann::json& expected) {
        QVERIFY(!expected.empty());
        std::size_t compared = 0;
        for (const SectionScore& section : scores.sections) {
            if (expected.contains(section.name)) {
                const nlohmann::json& pair = expected[section.name];
                // gensim compares in float: one question in a thousand may be too close for it.
                const auto apart = static_cast<double>(section.correct) - pair[0].get<double>();
                QVERIFY2(std::abs(apart) <= 1 + pair[1].get<double>() / 1000, section.name.c_str());
                QCOMPARE(section.total, pair[1].get<std::size_t>());
                ++compared;
            }
        }
        QVERIFY(compared > 0);
    }

    WorkerPool m_pool{3};

  private slots:
    void byHand();
    void caseIsFolded();
    void fiveOthersAheadLeaveNoAnswer();
    void onlyTheFirstRowsCount();
    void wordsAreTokensThatBeginOne();
    void rowsWithoutDirection();
    void equalsOneSearchAQuestion_data();
    void equalsOneSearchAQuestion();
    void doesNotDependOnThreads();
    void reportsAndStops();
    void nothingIsKnown();
    void pairsByHand();
    void pairsThatCannotBeUsed();
    void wordsOfWikipediaAsGensim();
    void googleNewsAsGensim();
};

void EvaluationTest::byHand() {
    const Model model = modelOf({{"man", {1, 0, 0}},
                                 {"woman", {0.9F, 0.5F, 0}},
                                 {"king", {1, 0, 1}},
                                 {"queen", {0.9F, 0.5F, 1}},
                                 {"dog", {-1, 0.1F, 0.2F}},
                                 {"car", {0, -1, 0}}});
    const AnalogyScores scores = score(model,
                                       ": family\nman woman king queen\nman king woman queen\n"
                                       "man woman king car\n: animals\nman woman king cat\n: none\n");
    QCOMPARE(scores.sections.size(), std::size_t(3));
    QCOMPARE(scores.sections[0].name, std::string("family"));
    QCOMPARE(scores.sections[0].correct, std::size_t(2));
    QCOMPARE(scores.sections[0].total, std::size_t(3));
    QCOMPARE(scores.sections[0].skipped, std::size_t(0));
    QCOMPARE(scores.sections[1].total, std::size_t(0));
    QCOMPARE(scores.sections[1].skipped, std::size_t(1));
    QCOMPARE(scores.sections[2].total, std::size_t(0));
    QCOMPARE(scores.all.total, std::size_t(3));
    QCOMPARE(scores.all.skipped, std::size_t(1));
    QCOMPARE(scores.accuracy(), 2.0 / 3);
}

void EvaluationTest::caseIsFolded() {
    // "KING" lies where queen would, but it is king in another case; "Queen" comes first and is asked with.
    const Model model = modelOf({{"man", {1, 0, 0}},
                                 {"woman", {0.9F, 0.5F, 0}},
                                 {"king", {1, 0, 1}},
                                 {"KING", {0.9F, 0.5F, 1}},
                                 {"Queen", {0.8F, 0.5F, 1}},
                                 {"queen", {0, -1, 0}},
                                 {"Straße", {-1, -1, 0}}});
    QCOMPARE(score(model, ": s\nMan wOmAn KING QUEEN\n").all.correct, std::size_t(1));
    QCOMPARE(score(model, ": s\nman woman king STRASSE\n").all.total, std::size_t(1));
}

void EvaluationTest::fiveOthersAheadLeaveNoAnswer() {
    std::vector<WordVector> rows = {{"a", {0, 1}}, {"bb", {1, 0}}, {"c", {1, 0.1F}}, {"d", {0.5F, 0.5F}}};
    for (const char* other : {"Bb", "bB", "BB", "C"}) {
        rows.push_back({other, {1, 0}});
    }
    QCOMPARE(score(modelOf(rows), ": s\na bb c d\n").all.correct, std::size_t(1));
    rows.push_back({"A", {1, 0}});
    const AnalogyScores scores = score(modelOf(rows), ": s\na bb c d\n");
    QCOMPARE(scores.all.correct, std::size_t(0));
    QCOMPARE(scores.all.total, std::size_t(1));
}

void EvaluationTest::onlyTheFirstRowsCount() {
    const Model model =
        modelOf({{"a", {0, 1}}, {"b", {1, 1}}, {"c", {0.2F, 1}}, {"d", {1, 0.9F}}, {"e", {1, 1}}});
    QCOMPARE(score(model, ": s\na b c d\na b c e\n").all.total, std::size_t(2));
    QCOMPARE(score(model, ": s\na b c d\na b c e\n", 4).all.total, std::size_t(1));
    QCOMPARE(score(model, ": s\na b c d\na b c e\n", 4).all.correct, std::size_t(1));
    QCOMPARE(score(model, ": s\na b c d\na b c e\n", 4).all.skipped, std::size_t(1));
    QCOMPARE(score(model, ": s\na b c e\n", 1000).all.total, std::size_t(1));
}

void EvaluationTest::wordsAreTokensThatBeginOne() {
    const Model model = modelOf({{"\u0120man", {1, 0, 0}},
                                 {"\u0120woman", {0.9F, 0.5F, 0}},
                                 {"\u0120king", {1, 0, 1}},
                                 {"ing", {0.9F, 0.5F, 1}},  // the best row, but no word
                                 {"\u0120Queen", {0.8F, 0.5F, 1}}},
                                WordMark::ByteLevel);
    const AnalogyScores scores = score(model, ": s\nman woman king queen\nman woman king ing\n");
    QCOMPARE(scores.all.correct, std::size_t(1));
    QCOMPARE(scores.all.skipped, std::size_t(1));
}

void EvaluationTest::rowsWithoutDirection() {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    const Model model = modelOf({{"a", {-1, 0}},
                                 {"b", {-1, -0.2F}},
                                 {"c", {-1, 0.1F}},
                                 {"zero", {0, 0}},
                                 {"broken", {nan, 1}},
                                 {"huge", {std::numeric_limits<float>::infinity(), 1}},
                                 {"d", {1, 0.9F}}});
    // Nothing but d has a direction and is not asked with, however bad it is.
    QCOMPARE(score(model, ": s\na b c d\n").all.correct, std::size_t(1));
    QCOMPARE(score(model, ": s\nzero broken c d\n").all.total, std::size_t(1));
}

void EvaluationTest::equalsOneSearchAQuestion_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dimension");
    QTest::newRow("small") << 40 << 3;
    QTest::newRow("more rows than a block") << 5000 << 10;
    QTest::newRow("wide") << 300 << 700;
}

void EvaluationTest::equalsOneSearchAQuestion() {
    QFETCH(int, rows);
    QFETCH(int, dimension);
    const Model model = randomModel(static_cast<std::size_t>(rows), static_cast<std::size_t>(dimension));
    const std::size_t restricted = static_cast<std::size_t>(rows) * 3 / 4;
    const FoldedWords words(*model.vocabulary, restricted);
    std::mt19937 random(8);
    std::string text = ": s\n";
    std::size_t correct = 0;
    const auto word = [&] {
        return std::string(
            model.vocabulary->spelling(Row{static_cast<std::uint32_t>(random() % restricted)}));
    };
    for (int i = 0; i < 300; ++i) {
        const AnalogyQuestion question = {word(), word(), word(), {}};
        const std::uint32_t found = answerByGensim(model, words, question, restricted, m_pool);
        const bool isRight = i % 3 != 0 && found != FoldedWords::none;
        const std::string expected =
            isRight ? std::string(model.vocabulary->spelling(words.firstRow(found))) : question[0];
        text += question[0] + " " + question[1] + " " + question[2] + " " + expected + "\n";
        correct += isRight ? 1 : 0;
    }
    const AnalogyScores scores = score(model, text, restricted);
    QCOMPARE(scores.all.total, std::size_t(300));
    QCOMPARE(scores.all.correct, correct);
    QVERIFY(correct > 100);
}

void EvaluationTest::doesNotDependOnThreads() {
    const Model model = randomModel(3000, 20);
    std::string text = ": s\n";
    for (int i = 0; i < 500; ++i) {
        text += "w" + std::to_string(7 * i) + " w" + std::to_string(14 * i % 3000) + " w1 w2\n";
    }
    WorkerPool one(1);
    NoProgress progress;
    const AnalogyScores first = evaluateAnalogies(model, questionsOf(text), 0, one, progress).value();
    QCOMPARE(score(model, text).all.correct, first.all.correct);
    QCOMPARE(score(model, text).all.total, first.all.total);
}

void EvaluationTest::reportsAndStops() {
    const Model model = randomModel(9000, 10);
    const AnalogyQuestions questions = questionsOf(": s\nw0 w1 w2 w4\n");
    StoppingProgress all(1000);
    QVERIFY(evaluateAnalogies(model, questions, 0, m_pool, all).ok());
    QVERIFY(all.reports.size() >= 4);
    QCOMPARE(all.reports.back().done, std::uint64_t(9000));
    QCOMPARE(all.reports.back().total, std::uint64_t(9000));
    for (const std::size_t stopAfter : {0U, 1U, 3U}) {
        StoppingProgress stopping(stopAfter);
        const auto stopped = evaluateAnalogies(model, questions, 0, m_pool, stopping);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(stopping.reports.size(), stopAfter);
    }
}

void EvaluationTest::nothingIsKnown() {
    const AnalogyScores scores = score(randomModel(10, 2), ": s\ncat dog mouse rat\n");
    QCOMPARE(scores.all.total, std::size_t(0));
    QCOMPARE(scores.all.skipped, std::size_t(1));
    QVERIFY(std::isnan(scores.accuracy()));
}

void EvaluationTest::pairsByHand() {
    const Model model = modelOf({{"a", {1, 0}}, {"B", {1, 1}}, {"c", {0, 2}}, {"d", {-1, 0}}});
    const JudgedPairs pairs =
        parseJudgedPairs("a\tb\t9\nA\tC\t5\na\td\t1\na\tnone\t4\nb\tc\t7\n", "p.tsv").value();
    const PairScores scores = evaluatePairs(model, pairs, 0).value();
    QCOMPARE(scores.used, std::size_t(4));
    QCOMPARE(scores.skipped, std::size_t(1));
    // Cosines √½, 0, -1, √½; by scipy.stats 1.10.
    QVERIFY(std::abs(scores.spearman - 0.9486832980505139) < 1e-12);
    QVERIFY(std::abs(scores.pearson - 0.9708976611606897) < 1e-6);
    QCOMPARE(evaluatePairs(model, pairs, 3).value().used, std::size_t(3));
}

void EvaluationTest::pairsThatCannotBeUsed() {
    const Model model = modelOf({{"a", {1, 0}}, {"b", {1, 1}}, {"zero", {0, 0}}});
    const JudgedPairs unknown = parseJudgedPairs("x\ty\t1\nzero\ta\t2\n", "p.tsv").value();
    const Result<PairScores> none = evaluatePairs(model, unknown, 0);
    QCOMPARE(none.error().code, ErrorCode::NotFound);
    QVERIFY(toString(none.error()).starts_with("model.bin: knows both words of no pair"));
    const JudgedPairs one = parseJudgedPairs("a\tb\t1\nzero\ta\t2\n", "p.tsv").value();
    const PairScores scores = evaluatePairs(model, one, 0).value();
    QCOMPARE(scores.used, std::size_t(1));
    QCOMPARE(scores.skipped, std::size_t(1));
    QVERIFY(std::isnan(scores.spearman) && std::isnan(scores.pearson));
}

void EvaluationTest::wordsOfWikipediaAsGensim() {
    const std::filesystem::path words = dataFolder() / "../models/wiki-words/wiki-words.bin";
    LEXISCOPE_NEEDS_DATA(words);
    LEXISCOPE_NEEDS_DATA(dataFolder() / "expected/wiki-words.json");
    LEXISCOPE_NEEDS_DATA(dataFolder() / "eval/questions-words.txt");
    const nlohmann::json expected =
        nlohmann::json::parse(fileBytes(dataFolder() / "expected/wiki-words.json"));
    NoProgress progress;
    const std::shared_ptr<const Model> model = loadModel(words, progress).value();
    const std::string questions = fileBytes(dataFolder() / "eval/questions-words.txt");
    const AnalogyScores scores = score(*model, questions, rowsToEvaluate);
    compareSections(scores, expected["analogies"]);
    QCOMPARE(scores.all.total + scores.all.skipped, std::size_t(19544));
    const JudgedPairs pairs =
        parseJudgedPairs(fileBytes(dataFolder() / "eval/wordsim353.tsv"), "wordsim353.tsv").value();
    const PairScores found = evaluatePairs(*model, pairs, rowsToEvaluate).value();
    const nlohmann::json& gensim = expected["wordsim353"];
    QVERIFY(std::abs(found.pearson - gensim["pearson"].get<double>()) < 1e-6);
    QVERIFY(std::abs(found.spearman - gensim["spearman"].get<double>()) < 1e-6);
    const double percent =
        100 * static_cast<double>(found.skipped) / static_cast<double>(found.skipped + found.used);
    QVERIFY(std::abs(percent - gensim["oov_percent"].get<double>()) < 1e-9);
}

void EvaluationTest::googleNewsAsGensim() {
    LEXISCOPE_NEEDS_DATA(dataFolder() / "vectors/googlenews-1000.bin");
    LEXISCOPE_NEEDS_DATA(dataFolder() / "eval/questions-words.txt");
    NoProgress progress;
    const std::shared_ptr<const Model> model =
        loadModel(dataFolder() / "vectors/googlenews-1000.bin", progress).value();
    const AnalogyScores scores =
        score(*model, fileBytes(dataFolder() / "eval/questions-words.txt"), rowsToEvaluate);
    // By gensim 4.2.
    QCOMPARE(scores.all.correct, std::size_t(219));
    QCOMPARE(scores.all.total, std::size_t(258));
    const JudgedPairs pairs =
        parseJudgedPairs(fileBytes(dataFolder() / "eval/simlex999.txt"), "simlex999.txt").value();
    const PairScores found = evaluatePairs(*model, pairs, rowsToEvaluate).value();
    QVERIFY(std::abs(found.spearman - 0.3697306820078988) < 1e-6);
    QVERIFY(std::abs(found.pearson - 0.39622847583685794) < 1e-6);
    QCOMPARE(found.used, std::size_t(118));
}

QTEST_GUILESS_MAIN(EvaluationTest)
#include "evaluation_test.moc"

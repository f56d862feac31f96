// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/pair_numbers.h"

#include "core/compare/neighbor_sets.h"
#include "core/io/model_loader.h"
#include "tests/support/data_folder.h"
#include "tests/support/eigen_reference.h"
#include "tests/support/sanitized.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <QTest>

using namespace lexiscope;
using Eigen::Index;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

/// Words "w0", "w1", …, or in another order.
Model modelOf(const RowMajor& rows, const std::vector<std::size_t>& order = {}) {
    Vocabulary::Builder builder;
    std::vector<float> values;
    for (Index i = 0; i < rows.rows(); ++i) {
        const std::size_t word =
            order.empty() ? static_cast<std::size_t>(i) : order[static_cast<std::size_t>(i)];
        builder.add("w" + std::to_string(word));
        for (Index j = 0; j < rows.cols(); ++j) {
            values.push_back(static_cast<float>(rows(static_cast<Index>(word), j)));
        }
    }
    Model model;
    model.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    model.table = EmbeddingTable::owned(std::move(values), static_cast<std::size_t>(rows.rows()),
                                        static_cast<std::size_t>(rows.cols()));
    return model;
}

RowMajor randomRows(Index rows, Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    RowMajor matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) {
        matrix.data()[i] = normal(random);
    }
    return matrix;
}

/// Whole numbers from -100 to 100 that any language makes alike.
RowMajor wholeNumbers(Index rows, Index columns, std::uint32_t state) {
    RowMajor matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) {
        state = state * 1664525U + 1013904223U;
        matrix.data()[i] = static_cast<double>((state >> 16U) % 201U) - 100;
    }
    return matrix;
}

RowMajor rotated(const RowMajor& rows) {
    return test::product(rows, test::orthogonalFactor(randomRows(rows.cols(), rows.cols(), 77)));
}

void compareClosely(double value, double expected, double tolerance = 1e-12) {
    QVERIFY2(std::abs(value - expected) <= tolerance,
             qPrintable(QStringLiteral("%1, not %2").arg(value, 0, 'g', 17).arg(expected, 0, 'g', 17)));
}

}  // namespace

class PairNumbersTest : public QObject {
    Q_OBJECT

  private:
    std::shared_ptr<const PairNumbers> ask(const Model& first, const Model& second) {
        NoProgress progress;
        return pairNumbers(first, second, m_pool, progress).value();
    }
    void expectOne(const PairNumbers& numbers) {
        compareClosely(numbers.linearCka, 1, 1e-6);
        compareClosely(numbers.procrustesResidual, 0, 1e-6);
        compareClosely(numbers.similarityCorrelation, 1, 1e-6);
        for (const double overlap : numbers.overlap) {
            QCOMPARE(overlap, 1.0);
        }
        QCOMPARE(numbers.wordsByCommon.back(), numbers.words.size());
    }

    WorkerPool m_pool{3};

  private slots:
    void aModelWithItself();
    void aRotatedCopy();
    void aScaledCopy();
    void aPermutedCopy();
    void aWiderCopy();
    void noise();
    void equalsNumpy_data();
    void equalsNumpy();
    void fewWords();
    void rowsWithoutDirectionAreLeftOut();
    void tooFewWordsAreAnError();
    void rowsThatAreAllEqual();
    void extremeNumbers();
    void leastAndMostAlike();
    void commonWordsAreThoseThatAnybodyKnows();
    void doesNotDependOnThreads();
    void reportsAndStops();
    void theModelsThatComeWithTheProgram();
};

void PairNumbersTest::aModelWithItself() {
    const Model model = modelOf(randomRows(400, 20, 1));
    const auto numbers = ask(model, model);
    QCOMPARE(numbers->words.size(), std::size_t(400));
    compareClosely(numbers->linearCka, 1);
    compareClosely(numbers->procrustesResidual, 0);
    expectOne(*numbers);
}

void PairNumbersTest::aRotatedCopy() {
    const RowMajor rows = randomRows(400, 20, 1);
    expectOne(*ask(modelOf(rows), modelOf(rotated(rows))));
}

void PairNumbersTest::aScaledCopy() {
    const RowMajor rows = randomRows(400, 20, 1);
    const RowMajor scaled = rows * 3.7;
    expectOne(*ask(modelOf(rows), modelOf(scaled)));
    // A shift changes directions, but neither of the numbers that centre.
    const RowMajor shifted = rows.array() + 5;
    const auto numbers = ask(modelOf(rows), modelOf(shifted));
    compareClosely(numbers->linearCka, 1, 1e-6);
    compareClosely(numbers->procrustesResidual, 0, 1e-6);
    QVERIFY(numbers->overlap[1] < 0.9);
}

void PairNumbersTest::aPermutedCopy() {
    const RowMajor rows = randomRows(400, 20, 1);
    std::vector<std::size_t> order(400);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), std::mt19937(4));
    expectOne(*ask(modelOf(rows), modelOf(rows, order)));
    // The same words with each other's rows: what they share is chance.
    RowMajor mixed(rows.rows(), rows.cols());
    for (Index i = 0; i < rows.rows(); ++i) {
        mixed.row(i) = rows.row(static_cast<Index>(order[static_cast<std::size_t>(i)]));
    }
    const auto numbers = ask(modelOf(rows), modelOf(mixed));
    QVERIFY(numbers->linearCka < 0.15);
    QVERIFY(numbers->overlap[1] < 0.1);
    QVERIFY(std::abs(numbers->similarityCorrelation) < 0.05);
}

void PairNumbersTest::aWiderCopy() {
    const RowMajor rows = randomRows(400, 20, 1);
    RowMajor wide = RowMajor::Zero(400, 33);
    wide.leftCols(20) = rows;
    wide = rotated(wide);
    expectOne(*ask(modelOf(rows), modelOf(wide)));
    expectOne(*ask(modelOf(wide), modelOf(rows)));
}

void PairNumbersTest::noise() {
    const RowMajor rows = randomRows(500, 10, 1);
    double cka = 1;
    double residual = 0;
    double overlap = 1;
    for (const double amount : {0.2, 0.5, 1.0, 3.0}) {
        const RowMajor noisy = rows + amount * randomRows(500, 10, 2);
        const auto numbers = ask(modelOf(rows), modelOf(noisy));
        QVERIFY(numbers->linearCka < cka && numbers->procrustesResidual > residual &&
                numbers->overlap[1] < overlap);
        cka = numbers->linearCka;
        residual = numbers->procrustesResidual;
        overlap = numbers->overlap[1];
    }
}

void PairNumbersTest::equalsNumpy_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::addColumn<double>("cka");
    QTest::addColumn<double>("residual");
    QTest::addColumn<double>("correlation");
    QTest::addColumn<QVector<double>>("overlap");
    QTest::addColumn<QVector<int>>("histogram");
    // numpy 1.24.2, scipy 1.10.1's spatial.procrustes on the narrower padded with zeros.
    QTest::newRow("all pairs") << 60 << 7 << 4 << 0.625679256677912 << 0.508765520638854 << 0.593893278234385
                               << QVector<double>{0.116666666666667, 0.473333333333333}
                               << QVector<int>{0, 2, 3, 9, 12, 14, 12, 6, 1, 1, 0};
    QTest::newRow("drawn pairs") << 600 << 12 << 9 << 0.696643554878945 << 0.397771786582249
                                 << 0.6842165310762
                                 << QVector<double>{0.108333333333333, 0.2425, 0.525516666666667}
                                 << QVector<int>{39, 126, 164, 143, 84, 32, 8, 4, 0, 0, 0};
}

void PairNumbersTest::equalsNumpy() {
    QFETCH(int, count);
    QFETCH(int, first);
    QFETCH(int, second);
    QFETCH(double, cka);
    QFETCH(double, residual);
    QFETCH(double, correlation);
    QFETCH(QVector<double>, overlap);
    QFETCH(QVector<int>, histogram);
    const RowMajor x = wholeNumbers(count, first, 1);
    const RowMajor y = wholeNumbers(count, second, 2) + 2 * x.leftCols(second);
    const auto numbers = ask(modelOf(x), modelOf(y));
    QCOMPARE(numbers->words.size(), static_cast<std::size_t>(count));
    QCOMPARE(numbers->pairs, count == 60 ? std::size_t(60 * 59 / 2) : std::size_t(100000));
    compareClosely(numbers->linearCka, cka);
    compareClosely(numbers->procrustesResidual, residual);
    compareClosely(numbers->similarityCorrelation, correlation);
    for (qsizetype i = 0; i < 3; ++i) {
        const double value = numbers->overlap[static_cast<std::size_t>(i)];
        if (i < overlap.size()) {
            compareClosely(value, overlap[i]);
        } else {
            QVERIFY(std::isnan(value));
        }
    }
    for (std::size_t common = 0; common <= 10; ++common) {
        QCOMPARE(numbers->wordsByCommon[common],
                 static_cast<std::size_t>(histogram[static_cast<int>(common)]));
    }
}

void PairNumbersTest::fewWords() {
    RowMajor x(2, 2);
    x << 1, 0, 0, 1;
    RowMajor y(2, 3);
    y << 1, 2, 3, 3, 2, 2;
    const auto two = ask(modelOf(x), modelOf(y));
    compareClosely(two->linearCka, 1);
    compareClosely(two->procrustesResidual, 0);
    QCOMPARE(two->overlap[0], 1.0);
    QVERIFY(std::isnan(two->overlap[1]) && std::isnan(two->overlap[2]));
    QVERIFY(std::isnan(two->similarityCorrelation));
    QCOMPARE(two->pairs, std::size_t(1));
    QCOMPARE(two->wordsByCommon[1], std::size_t(2));
}

void PairNumbersTest::rowsWithoutDirectionAreLeftOut() {
    RowMajor x = randomRows(50, 6, 1);
    RowMajor y = randomRows(50, 5, 2);
    const auto without = [](RowMajor rows) {
        RowMajor kept(47, rows.cols());
        Index to = 0;
        for (Index i = 0; i < 50; ++i) {
            if (i != 4 && i != 20 && i != 49) {
                kept.row(to++) = rows.row(i);
            }
        }
        return kept;
    };
    const auto expected = ask(modelOf(without(x)), modelOf(without(y)));
    x.row(4).setZero();
    y(20, 3) = notANumber;
    y(49, 0) = std::numeric_limits<double>::infinity();
    const auto numbers = ask(modelOf(x), modelOf(y));
    QCOMPARE(numbers->words.size(), std::size_t(47));
    QCOMPARE(numbers->leftOut, std::size_t(3));
    QCOMPARE(numbers->words[4].first, Row{5});
    QCOMPARE(numbers->linearCka, expected->linearCka);
    QCOMPARE(numbers->overlap[0], expected->overlap[0]);
    QCOMPARE(numbers->procrustesResidual, expected->procrustesResidual);
    QCOMPARE(numbers->commonOfTen, expected->commonOfTen);
}

void PairNumbersTest::tooFewWordsAreAnError() {
    NoProgress progress;
    RowMajor x = randomRows(3, 2, 1);
    x.row(0).setZero();
    x.row(2).setZero();
    const auto few = pairNumbers(modelOf(x), modelOf(x), m_pool, progress);
    QVERIFY(!few.ok() && few.error().code == ErrorCode::InvalidArgument);
    QVERIFY2(few.error().what.find("of 3 words in both models, 1 have") != std::string::npos,
             few.error().what.c_str());
    Model other = modelOf(randomRows(2, 2, 1), {1, 0});
    Vocabulary::Builder builder;
    builder.add("x");
    builder.add("y");
    other.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    const auto none = pairNumbers(modelOf(x), other, m_pool, progress);
    QVERIFY(!none.ok() && none.error().code == ErrorCode::NotFound);
}

void PairNumbersTest::rowsThatAreAllEqual() {
    const RowMajor same = RowMajor::Constant(150, 4, 0.1);
    const auto numbers = ask(modelOf(same), modelOf(randomRows(150, 4, 1)));
    QVERIFY(std::isnan(numbers->linearCka) && std::isnan(numbers->procrustesResidual) &&
            std::isnan(numbers->similarityCorrelation));
    QVERIFY(numbers->overlap[1] < 0.3);
    const auto both = ask(modelOf(same), modelOf(same));
    QCOMPARE(both->overlap[2], 1.0);
}

void PairNumbersTest::extremeNumbers() {
    const RowMajor x = randomRows(120, 5, 1);
    const RowMajor y = x + randomRows(120, 5, 2);
    const auto expected = ask(modelOf(x), modelOf(y));
    for (const double scale : {0x1p-110, 0x1p120}) {
        const RowMajor scaled = x * scale;
        const auto numbers = ask(modelOf(scaled), modelOf(y));
        compareClosely(numbers->linearCka, expected->linearCka, 1e-6);
        compareClosely(numbers->procrustesResidual, expected->procrustesResidual, 1e-6);
        QCOMPARE(numbers->overlap, expected->overlap);
    }
}

void PairNumbersTest::leastAndMostAlike() {
    PairNumbers numbers;
    numbers.words.resize(5);
    numbers.commonOfTen = {3, 0, 10, 0, 10};
    numbers.commonOfHundred = {50, 9, 80, 7, 80};
    QCOMPARE(leastAlike(numbers, allWords(numbers), 3), (std::vector<std::size_t>{3, 1, 0}));
    QCOMPARE(mostAlike(numbers, allWords(numbers), 9), (std::vector<std::size_t>{2, 4, 0, 1, 3}));
    QVERIFY(mostAlike(numbers, allWords(numbers), 0).empty());
    QCOMPARE(leastAlike(numbers, {4, 2, 0}, 2), (std::vector<std::size_t>{0, 2}));
    QVERIFY(leastAlike(numbers, {}, 2).empty());
}

void PairNumbersTest::commonWordsAreThoseThatAnybodyKnows() {
    Vocabulary::Builder builder;
    for (const char* word : {"time", "of", "1995", "don't", "\u6642", "...", "\u043C\u0438\u0440", "rare"}) {
        builder.add(word);
    }
    const Vocabulary first = std::move(builder).build(WordMark::None);
    PairNumbers numbers;
    for (std::uint32_t row = 0; row < 8; ++row) {
        numbers.words.push_back({Row{row}, Row{row}});
    }
    numbers.words[7].second = Row{static_cast<std::uint32_t>(commonRows)};
    QCOMPARE(commonWords(numbers, first), (std::vector<std::size_t>{0, 3, 4, 6}));
    numbers.words[0].first = Row{static_cast<std::uint32_t>(commonRows)};
    QCOMPARE(commonWords(numbers, first), (std::vector<std::size_t>{3, 4, 6}));
}

void PairNumbersTest::doesNotDependOnThreads() {
    const Model first = modelOf(randomRows(700, 30, 1));
    const Model second = modelOf(randomRows(700, 9, 2));
    NoProgress progress;
    WorkerPool one(1);
    const auto alone = pairNumbers(first, second, one, progress).value();
    const auto together = ask(first, second);
    QCOMPARE(together->linearCka, alone->linearCka);
    QCOMPARE(together->procrustesResidual, alone->procrustesResidual);
    QCOMPARE(together->similarityCorrelation, alone->similarityCorrelation);
    QCOMPARE(together->commonOfHundred, alone->commonOfHundred);
}

void PairNumbersTest::reportsAndStops() {
    const Model first = modelOf(randomRows(1500, 40, 1));
    const Model second = modelOf(randomRows(1500, 30, 2));
    test::StoppingProgress all(1000000);
    QVERIFY(pairNumbers(first, second, m_pool, all).ok());
    QCOMPARE(all.reports.back().unit, std::string("million multiplications"));
    QVERIFY(all.reports.back().done >= all.reports.back().total * 95 / 100);
    QVERIFY(all.reports.back().done <= all.reports.back().total);
    for (std::size_t after = 1; after < all.reports.size(); after += test::isSanitized ? 15 : 3) {
        test::StoppingProgress some(after);
        const auto result = pairNumbers(first, second, m_pool, some);
        QVERIFY(!result.ok() && result.error().code == ErrorCode::Cancelled);
        QVERIFY(some.reports.size() <= after + 8);
    }
}

void PairNumbersTest::theModelsThatComeWithTheProgram() {
    NoProgress progress;
    const auto gpt = loadModel(test::builtinModels() / "tiny-gpt2", progress).value();
    const auto words = loadModel(test::builtinModels() / "wiki-words" / "wiki-words.bin", progress).value();
    const auto numbers = ask(*gpt, *words);
    // As numpy has it for the same matching.
    QCOMPARE(numbers->words.size(), std::size_t(8052));
    QCOMPARE(numbers->leftOut, std::size_t(0));
    compareClosely(numbers->linearCka, 0.7008072015005601);
    compareClosely(numbers->overlap[0], 0.40139095876800795);
    compareClosely(numbers->overlap[1], 0.4812841530054645);
    compareClosely(numbers->overlap[2], 0.5397640337804273);
    compareClosely(numbers->procrustesResidual, 0.507243798731212);
    QCOMPARE(numbers->wordsByCommon,
             (std::array<std::size_t, 11>{383, 270, 546, 856, 1237, 1465, 1457, 1104, 539, 182, 13}));
}

QTEST_GUILESS_MAIN(PairNumbersTest)
#include "pair_numbers_test.moc"

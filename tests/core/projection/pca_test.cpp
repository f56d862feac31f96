// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/pca.h"

#include "tests/support/eigen_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

std::shared_ptr<const EmbeddingTable> tableOf(std::size_t dimension, std::vector<float> values) {
    const std::size_t rows = values.size() / dimension;
    return EmbeddingTable::owned(std::move(values), rows, dimension);
}

/// Directions of different strengths, mixed, far from the origin.
std::vector<float> cloud(std::size_t rows, std::size_t dimension, float offset, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    for (std::size_t row = 0; row < rows; ++row) {
        float carried = 0;
        for (std::size_t i = 0; i < dimension; ++i) {
            carried = 0.5F * carried + normal(random) / static_cast<float>(i + 1);
            values[row * dimension + i] = offset + carried;
        }
    }
    return values;
}

Eigen::MatrixXd matrixOf(const EmbeddingTable& table) {
    Eigen::MatrixXd matrix(table.rows(), table.dimension());
    for (std::uint32_t row = 0; row < table.rows(); ++row) {
        const std::vector<float> values = table.row(Row{row});
        matrix.row(row) = Eigen::Map<const Eigen::RowVectorXf>(values.data(), matrix.cols()).cast<double>();
    }
    return matrix;
}

/// One column per direction.
Eigen::MatrixXd directionsOf(const PcaResult& result) {
    return Eigen::Map<const Eigen::MatrixXd>(result.directions.data(),
                                             static_cast<Eigen::Index>(result.dimension),
                                             static_cast<Eigen::Index>(result.components));
}

double distanceFromOrthonormal(const Eigen::MatrixXd& columns) {
    return (test::product(columns.transpose(), columns) -
            Eigen::MatrixXd::Identity(columns.cols(), columns.cols()))
        .norm();
}

class StopAfter final : public Progress {
  public:
    explicit StopAfter(int question) : m_stopAt(question) {}
    void report(std::uint64_t done, std::uint64_t total, std::string_view) override {
        lastDone = done;
        lastTotal = total;
    }
    bool stopRequested() const override { return ++questions >= m_stopAt; }
    std::uint64_t lastDone = 0;
    std::uint64_t lastTotal = 0;
    mutable int questions = 0;

  private:
    int m_stopAt;
};

}  // namespace

class PcaTest : public QObject {
    Q_OBJECT

  private:
    Result<std::shared_ptr<const PcaResult>> run(const EmbeddingTable& table, PcaOptions options = {}) {
        NoProgress progress;
        return pca(table, options, m_pool, progress);
    }
    void refuses(const EmbeddingTable& table, PcaOptions options, ErrorCode code) {
        const auto result = run(table, options);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, code);
    }

    WorkerPool m_pool{3};

  private slots:
    void byHand();
    void equalsSingularValues_data();
    void equalsSingularValues();
    void equalsNumpy();
    void signsAreFixed();
    void doesNotDependOnThreads();
    void farFromTheOrigin();
    void equalRows();
    void oneDimension();
    void multipleEigenvalues();
    void rowsWithNanAreLeftOut();
    void firstRowsOnly();
    void refusesWhatMakesNoSense();
    void reportsAndStops();
};

void PcaTest::byHand() {
    // Four points of a cross around (1, 2): variances 8 and 2 along the axes.
    const auto table = tableOf(2, {3, 2, -1, 2, 1, 3, 1, 1});
    const auto result = run(*table).value();
    QCOMPARE(result->rows, std::size_t(4));
    QCOMPARE(result->rowsLeftOut, std::size_t(0));
    QCOMPARE(result->dimension, std::size_t(2));
    QCOMPARE(result->components, std::size_t(2));
    QCOMPARE(result->mean, (std::vector<double>{1, 2}));
    QCOMPARE(result->directions, (std::vector<double>{1, 0, 0, 1}));
    QCOMPARE(result->explainedVarianceRatio, (std::vector<double>{0.8, 0.2}));
    QCOMPARE(result->coordinates, (std::vector<float>{2, 0, -2, 0, 0, 1, 0, -1}));
}

void PcaTest::equalsSingularValues_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dimension");
    QTest::newRow("tall") << 3000 << 40;
    QTest::newRow("several blocks of rows and tiles") << 1300 << 150;
    QTest::newRow("large enough for the Krylov space") << 600 << 405;
    QTest::newRow("fewer rows than dimensions") << 30 << 70;
    QTest::newRow("few rows, many dimensions") << 25 << 600;
    QTest::newRow("two rows") << 2 << 5;
}

void PcaTest::equalsSingularValues() {
    QFETCH(int, rows);
    QFETCH(int, dimension);
    const auto table = tableOf(static_cast<std::size_t>(dimension), cloud(rows, dimension, 0.25F, 5));
    const auto result = run(*table, {3, 0}).value();

    Eigen::MatrixXd matrix = matrixOf(*table);
    matrix.rowwise() -= matrix.colwise().mean().eval();
    const test::SingularVectors svd = test::singularVectors(matrix);
    const Eigen::VectorXd squares = svd.values.array().square();
    const int given = std::min(10, dimension);
    QCOMPARE(result->explainedVarianceRatio.size(), static_cast<std::size_t>(given));
    for (int i = 0; i < given; ++i) {
        const double expected = i < squares.size() ? squares[i] / squares.sum() : 0.0;
        QVERIFY(std::abs(result->explainedVarianceRatio[static_cast<std::size_t>(i)] - expected) < 1e-10);
    }
    const Eigen::MatrixXd directions = directionsOf(*result);
    QVERIFY(distanceFromOrthonormal(directions) < 1e-10);
    const Eigen::MatrixXd expected = test::product(matrix, directions);
    for (int component = 0; component < std::min(3, rows - 1); ++component) {
        QVERIFY(std::abs(std::abs(directions.col(component).dot(svd.right.col(component))) - 1) < 1e-9);
        for (int row = 0; row < rows; ++row) {
            const double coordinate = result->coordinates[static_cast<std::size_t>(row * 3 + component)];
            QVERIFY(std::abs(coordinate - expected(row, component)) < 1e-6);
        }
    }
}

void PcaTest::equalsNumpy() {
    // The same numbers in Python, float64: numpy.linalg.svd(X - X.mean(0)), signs by the rule of the header.
    std::uint64_t state = 12345;
    std::vector<float> values;
    for (int i = 0; i < 200 * 6; ++i) {
        state = (state * 1103515245 + 12345) % (1ULL << 31);
        values.push_back(static_cast<float>(static_cast<double>(state) / 2147483648.0 * (1 + i % 6)));
    }
    const auto result = run(*tableOf(6, std::move(values))).value();
    const std::vector<double> ratios = {0.4053592435231143,  0.2722359439731024,  0.17870247997021185,
                                        0.08920718079026081, 0.04437248129892327, 0.010122670444387421};
    QCOMPARE(result->explainedVarianceRatio.size(), ratios.size());
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        QVERIFY(std::abs(result->explainedVarianceRatio[i] - ratios[i]) < 1e-12);
    }
    const std::vector<double> coordinates = {-0.3096928921882917, 0.2715992063426063,   -2.2251239503003983,
                                             1.416866871591468,   -0.24989799724752199, 1.076559282907244};
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        QVERIFY(std::abs(static_cast<double>(result->coordinates[i]) - coordinates[i]) < 1e-6);
    }
}

void PcaTest::signsAreFixed() {
    const auto table = tableOf(20, cloud(500, 20, 0, 9));
    const auto result = run(*table, {5, 0}).value();
    for (std::size_t component = 0; component < 5; ++component) {
        const std::vector<double> direction(
            result->directions.begin() + static_cast<std::ptrdiff_t>(component * 20),
            result->directions.begin() + static_cast<std::ptrdiff_t>(component * 20 + 20));
        const auto [least, most] = std::minmax_element(direction.begin(), direction.end());
        QVERIFY(*most > -*least);
    }
}

void PcaTest::doesNotDependOnThreads() {
    for (const std::size_t dimension : {std::size_t(150), std::size_t(420)}) {
        const auto table = tableOf(dimension, cloud(3000, dimension, 1, 2));
        NoProgress progress;
        WorkerPool one(1);
        const auto expected = pca(*table, {3, 0}, one, progress).value();
        for (const unsigned threads : {2u, 6u}) {
            WorkerPool pool(threads);
            const auto result = pca(*table, {3, 0}, pool, progress).value();
            QCOMPARE(result->directions, expected->directions);
            QCOMPARE(result->explainedVarianceRatio, expected->explainedVarianceRatio);
            QCOMPARE(result->coordinates, expected->coordinates);
        }
    }
}

void PcaTest::farFromTheOrigin() {
    // Steps of 1/256 are exact beside 1000, so the two clouds differ by the offset alone.
    std::vector<float> near = cloud(2000, 10, 0, 4);
    for (float& value : near) {
        value = std::round(value * 256) / 256;
    }
    std::vector<float> far = near;
    for (float& value : far) {
        value += 1000;
    }
    const auto a = run(*tableOf(10, near)).value();
    const auto b = run(*tableOf(10, far)).value();
    for (std::size_t i = 0; i < 10; ++i) {
        QVERIFY(std::abs(a->explainedVarianceRatio[i] - b->explainedVarianceRatio[i]) < 1e-12);
    }
}

void PcaTest::equalRows() {
    for (const std::size_t dimension : {std::size_t(3), std::size_t(500)}) {
        const auto result = run(*tableOf(dimension, std::vector<float>(dimension * 1001, 0.1F))).value();
        QCOMPARE(result->explainedVarianceRatio,
                 std::vector<double>(std::min<std::size_t>(dimension, 10), 0.0));
        QCOMPARE(result->coordinates, std::vector<float>(2 * 1001, 0.0F));
        QVERIFY(distanceFromOrthonormal(directionsOf(*result)) < 1e-10);
    }
}

void PcaTest::oneDimension() {
    const auto result = run(*tableOf(1, {1, 2, 6}), {2, 0}).value();
    QCOMPARE(result->components, std::size_t(1));
    QCOMPARE(result->explainedVarianceRatio, (std::vector<double>{1}));
    QCOMPARE(result->coordinates, (std::vector<float>{-2, -1, 3}));
}

void PcaTest::multipleEigenvalues() {
    // ± each axis: 30 axes of equal strength, more than a block of the Krylov space is wide, above 390 weaker
    // ones.
    constexpr std::size_t dimension = 420;
    std::vector<float> values(2 * dimension * dimension, 0.0F);
    for (std::size_t axis = 0; axis < dimension; ++axis) {
        const float length = axis % 14 == 7 ? 2.0F : 1.0F / (1.0F + static_cast<float>(axis) / 420.0F);
        values[2 * axis * dimension + axis] = length;
        values[(2 * axis + 1) * dimension + axis] = -length;
    }
    const auto result = run(*tableOf(dimension, std::move(values))).value();
    QCOMPARE(result->explainedVarianceRatio.size(), std::size_t(10));
    for (const double ratio : result->explainedVarianceRatio) {
        QVERIFY(std::abs(ratio - result->explainedVarianceRatio[0]) < 1e-10);
    }
}

void PcaTest::rowsWithNanAreLeftOut() {
    const auto clean = run(*tableOf(2, {3, 2, -1, 2, 1, 3, 1, 1})).value();
    const float infinity = std::numeric_limits<float>::infinity();
    const auto result =
        run(*tableOf(2, {notANumber, 0, 3, 2, -1, 2, infinity, -infinity, 1, 3, 1, 1, 0, notANumber}))
            .value();
    QCOMPARE(result->rows, std::size_t(7));
    QCOMPARE(result->rowsLeftOut, std::size_t(3));
    QCOMPARE(result->explainedVarianceRatio, clean->explainedVarianceRatio);
    QCOMPARE(result->directions, clean->directions);
    for (const std::size_t row : {0u, 3u, 6u}) {
        QVERIFY(std::isnan(result->coordinates[2 * row]) && std::isnan(result->coordinates[2 * row + 1]));
    }
    QCOMPARE(result->coordinates[2], 2.0F);
    QCOMPARE(result->coordinates[9], 1.0F);
}

void PcaTest::firstRowsOnly() {
    const std::vector<float> values = cloud(1000, 12, 0, 8);
    const auto all = tableOf(12, values);
    const auto some = tableOf(12, {values.begin(), values.begin() + 300 * 12});
    const auto expected = run(*some).value();
    const auto result = run(*all, {2, 300}).value();
    QCOMPARE(result->rows, std::size_t(300));
    QCOMPARE(result->coordinates, expected->coordinates);
    QCOMPARE(run(*some, {2, 5000}).value()->rows, std::size_t(300));
}

void PcaTest::refusesWhatMakesNoSense() {
    const auto table = tableOf(2, {1, 2, 3, 4});
    refuses(*table, {0, 0}, ErrorCode::InvalidArgument);
    refuses(*table, {51, 0}, ErrorCode::InvalidArgument);
    refuses(*table, {2, 1}, ErrorCode::InvalidArgument);
    refuses(*tableOf(2, {1, 2}), {2, 0}, ErrorCode::InvalidArgument);
    refuses(*tableOf(2, {1, 2, notANumber, 1}), {2, 0}, ErrorCode::InvalidArgument);
    refuses(*EmbeddingTable::owned({}, 0, 3), {2, 0}, ErrorCode::InvalidArgument);
    refuses(*EmbeddingTable::owned({}, 3, 0), {2, 0}, ErrorCode::InvalidArgument);
    refuses(*tableOf(20000, std::vector<float>(40000, 1.0F)), {2, 0}, ErrorCode::Unsupported);
}

void PcaTest::reportsAndStops() {
    const auto table = tableOf(420, cloud(2000, 420, 0, 3));
    StopAfter patient(std::numeric_limits<int>::max());
    QVERIFY(pca(*table, {}, m_pool, patient).ok());
    QCOMPARE(patient.lastDone, std::uint64_t(6000));
    QCOMPARE(patient.lastTotal, std::uint64_t(6000));
    // Whenever it is asked to stop: in the mean, the covariances, the eigenvectors, or the projection.
    const int asked = patient.questions;
    QVERIFY(asked > 20);
    for (const int question : {1, asked / 8, asked / 4, asked / 2, asked * 3 / 4, asked - 1}) {
        StopAfter progress(question);
        const auto result = pca(*table, {}, m_pool, progress);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
}

QTEST_APPLESS_MAIN(PcaTest)
#include "pca_test.moc"

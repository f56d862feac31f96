// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/singular_values.h"

#include "tests/support/eigen_reference.h"

#include <random>

#include <QTest>

using namespace lexiscope;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

MatrixXd randomMatrix(Index rows, Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    MatrixXd matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) {
        matrix(i) = normal(random);
    }
    return matrix;
}

bool goesOn() {
    return false;
}

}  // namespace

class SingularValuesTest : public QObject {
    Q_OBJECT

  private:
    VectorXd valuesOf(const MatrixXd& matrix) { return singularValues(matrix, m_pool, goesOn).value(); }
    void compareWithLibrary(const MatrixXd& matrix) {
        const VectorXd expected = test::singularVectors(matrix).values;
        const VectorXd values = valuesOf(matrix);
        QCOMPARE(values.size(), expected.size());
        const double largest = expected.size() > 0 ? expected(0) : 0;
        for (Index i = 0; i < values.size(); ++i) {
            QVERIFY2(std::abs(values(i) - expected(i)) <= 1e-13 * largest,
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(values(i)).arg(expected(i))));
        }
    }
    WorkerPool m_pool{3};

  private slots:
    void byHand() {
        MatrixXd matrix(2, 3);
        matrix << 3, 0, 0, 0, 0, -4;
        const VectorXd values = valuesOf(matrix);
        QCOMPARE(values.size(), Index(2));
        QVERIFY(std::abs(values(0) - 4) < 1e-15 && std::abs(values(1) - 3) < 1e-15);
    }

    void equalTheLibrarys_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const auto& [rows, columns] :
             {std::pair(1, 1), std::pair(1, 5), std::pair(2, 2), std::pair(40, 7), std::pair(7, 40),
              std::pair(60, 60), std::pair(300, 200), std::pair(1200, 90)}) {
            QTest::addRow("%d x %d", rows, columns) << rows << columns;
        }
    }

    void equalTheLibrarys() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        compareWithLibrary(randomMatrix(rows, columns, 3));
    }

    void ofMatricesOfLowRank() {
        compareWithLibrary(MatrixXd::Zero(5, 4));
        compareWithLibrary(MatrixXd::Ones(30, 20));
        compareWithLibrary(MatrixXd::Identity(25, 25));
        compareWithLibrary(test::product(randomMatrix(50, 3, 1), randomMatrix(3, 40, 2)));
    }

    void doNotDependOnScale() {
        const MatrixXd matrix = randomMatrix(30, 20, 8);
        const VectorXd values = valuesOf(matrix);
        for (const double scale : {1e-200, 1e200}) {
            const VectorXd scaled = valuesOf(matrix * scale) / scale;
            QVERIFY((scaled - values).cwiseAbs().maxCoeff() < 1e-13 * values(0));
        }
    }

    void ofNothing() { QCOMPARE(valuesOf(MatrixXd(0, 4)).size(), Index(0)); }

    void stops() {
        int asked = 0;
        const Result<VectorXd> result =
            singularValues(randomMatrix(50, 40, 1), m_pool, [&asked] { return ++asked > 5; });
        QVERIFY(!result.ok() && result.error().code == ErrorCode::Cancelled);
        QCOMPARE(asked, 6);
    }
};

QTEST_GUILESS_MAIN(SingularValuesTest)
#include "singular_values_test.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/singular_values.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

namespace lexiscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A piece of work for one thread is worth its hand-over from about this many numbers on.
constexpr Index numbersPerPiece = 64 * 1024;

std::size_t grainOf(Index line) {
    return static_cast<std::size_t>(std::max<Index>(1, numbersPerPiece / std::max<Index>(1, line)));
}

/// I - beta v vᵀ turns a vector into (alpha, 0, …, 0).
struct Reflector {
    VectorXd vector;
    double beta = 0;
    double alpha = 0;
};

Reflector reflectorOf(const VectorXd& from) {
    Reflector reflector{from, 0, 0};
    const double largest = from.cwiseAbs().maxCoeff();
    if (largest == 0) {
        return reflector;
    }
    reflector.vector /= largest;
    const double norm = reflector.vector.norm();
    const double alpha = reflector.vector(0) > 0 ? -norm : norm;
    reflector.vector(0) -= alpha;
    reflector.beta = 2 / reflector.vector.squaredNorm();
    reflector.alpha = alpha * largest;
    return reflector;
}

/// The bidiagonal matrix that a tall matrix is turned into from both sides: diagonal and the numbers right of
/// it.
struct Bidiagonal {
    VectorXd diagonal;
    VectorXd above;
};

/// The columns right of `column` are turned from the left: one reading and writing of them.
void turnColumns(MatrixXd& a, Index column, const Reflector& left, WorkerPool& pool) {
    const Index height = a.rows() - column;
    const Index first = column + 1;
    pool.parallelFor(
        static_cast<std::size_t>(a.cols() - first), grainOf(height),
        [&](std::size_t begin, std::size_t end) {
            for (Index j = first + static_cast<Index>(begin); j < first + static_cast<Index>(end); ++j) {
                const double share = left.beta * left.vector.dot(a.col(j).tail(height));
                a.col(j).tail(height) -= share * left.vector;
            }
        },
        Priority::Normal);
}

/// The rows below `row` are turned from the right.
void turnRows(MatrixXd& a, Index row, const Reflector& right, WorkerPool& pool) {
    const Index width = a.cols() - row - 1;
    const Index first = row + 1;
    pool.parallelFor(
        static_cast<std::size_t>(a.rows() - first), std::max<std::size_t>(16, grainOf(width)),
        [&](std::size_t begin, std::size_t end) {
            Eigen::Ref<MatrixXd> part =
                a.block(first + static_cast<Index>(begin), row + 1, static_cast<Index>(end - begin), width);
            const VectorXd shares = part * right.vector * right.beta;
            part.noalias() -= shares * right.vector.transpose();
        },
        Priority::Normal);
}

Result<Bidiagonal> bidiagonalOf(MatrixXd& a, WorkerPool& pool, const std::function<bool()>& stop) {
    const Index size = a.cols();
    Bidiagonal result{VectorXd::Zero(size), VectorXd::Zero(std::max<Index>(0, size - 1))};
    for (Index k = 0; k < size; ++k) {
        if (stop()) {
            return cancelled();
        }
        const Reflector left = reflectorOf(a.col(k).tail(a.rows() - k));
        result.diagonal(k) = left.alpha;
        if (k + 1 == size) {
            break;
        }
        turnColumns(a, k, left, pool);
        const Reflector right = reflectorOf(a.row(k).tail(size - k - 1).transpose());
        result.above(k) = right.alpha;
        turnRows(a, k, right, pool);
    }
    return result;
}

}  // namespace

Result<VectorXd> singularValues(MatrixXd matrix, WorkerPool& pool, const std::function<bool()>& stop) {
    if (matrix.cols() > matrix.rows()) {
        matrix.transposeInPlace();
    }
    const Index size = matrix.cols();
    if (size == 0) {
        return VectorXd();
    }
    const double largest = matrix.cwiseAbs().maxCoeff();
    if (largest == 0) {
        return VectorXd(VectorXd::Zero(size));
    }
    matrix /= largest;  // squares neither overflow nor vanish
    const Result<Bidiagonal> bidiagonal = bidiagonalOf(matrix, pool, stop);
    if (!bidiagonal.ok()) {
        return bidiagonal.error();
    }
    // Golub–Kahan: the tridiagonal matrix with zeros on its diagonal and d1, e1, d2, e2, … beside it has the
    // singular values and their negatives as eigenvalues; nothing is squared.
    VectorXd beside(2 * size - 1);
    for (Index i = 0; i < size; ++i) {
        beside(2 * i) = bidiagonal.value().diagonal(i);
        if (i + 1 < size) {
            beside(2 * i + 1) = bidiagonal.value().above(i);
        }
    }
    Eigen::SelfAdjointEigenSolver<MatrixXd> solver;
    solver.computeFromTridiagonal(VectorXd::Zero(2 * size), beside, Eigen::EigenvaluesOnly);
    if (solver.info() != Eigen::Success) {
        return Error{ErrorCode::Broken, {}, "the singular values did not converge", {}};
    }
    return VectorXd(solver.eigenvalues().tail(size).reverse().cwiseMax(0) * largest);
}

}  // namespace lexiscope

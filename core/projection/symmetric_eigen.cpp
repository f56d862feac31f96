// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/symmetric_eigen.h"

#include <algorithm>
#include <random>

#include <Eigen/Eigenvalues>

namespace lexiscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Up to here the whole solution takes less than half a second.
constexpr Index solvedWhole = 400;
constexpr Index blockWidth = 6;
constexpr double tolerance = 1e-11;
/// Never reached by data met so far; beyond it the whole solution is slower but certain.
constexpr Index mostSteps = 5000;

EigenPairs lastPairs(const Eigen::SelfAdjointEigenSolver<MatrixXd>& solver, Index count) {
    return {solver.eigenvalues().tail(count).reverse(),
            solver.eigenvectors().rightCols(count).rowwise().reverse()};
}

/// Grows an orthonormal basis Q together with A·Q and Qᵀ·A·Q.
class KrylovSpace {
  public:
    KrylovSpace(const MatrixXd& matrix, Index wanted, WorkerPool& pool)
        : m_matrix(matrix),
          m_pool(pool),
          m_wanted(wanted),
          m_capacity(std::min(matrix.rows(), std::max<Index>(6 * wanted, 600) + blockWidth)),
          m_basis(matrix.rows(), m_capacity),
          m_image(matrix.rows(), m_capacity),
          m_small(MatrixXd::Zero(m_capacity, m_capacity)),
          m_next(matrix.rows(), blockWidth) {
        fillAtRandom();
    }

    Index size() const { return m_size; }
    bool isWholeSpace() const { return m_size == m_matrix.rows(); }

    /// Starts a new direction that owes nothing to the ones so far: finds further copies of a multiple
    /// eigenvalue.
    void fillAtRandom() {
        std::normal_distribution<double> normal;
        m_next.resize(m_matrix.rows(), blockWidth);
        for (Index column = 0; column < m_next.cols(); ++column) {
            for (Index row = 0; row < m_next.rows(); ++row) {
                m_next(row, column) = normal(m_random);
            }
        }
    }

    void grow() {
        if (m_size + blockWidth > m_capacity && m_capacity < m_matrix.rows()) {
            restart();
        }
        const Index added = takeNext();
        if (added == 0) {
            fillAtRandom();
            return;
        }
        multiply(m_size - added, added);
        m_small.topRows(m_size).middleCols(m_size - added, added) =
            m_basis.leftCols(m_size).transpose() * m_image.middleCols(m_size - added, added);
        m_small.middleRows(m_size - added, added).leftCols(m_size) =
            m_small.topRows(m_size).middleCols(m_size - added, added).transpose().eval();
        m_next = m_image.middleCols(m_size - added, added);
    }

    /// The best approximations in the space.
    void project() { m_ritz.compute(m_small.topLeftCorner(m_size, m_size)); }
    EigenPairs pairs() const {
        EigenPairs small = lastPairs(m_ritz, m_wanted);
        return {small.values, m_basis.leftCols(m_size) * small.vectors};
    }
    bool hasConverged() const {
        const EigenPairs small = lastPairs(m_ritz, m_wanted);
        const MatrixXd residuals = m_image.leftCols(m_size) * small.vectors -
                                   m_basis.leftCols(m_size) * (small.vectors * small.values.asDiagonal());
        return residuals.colwise().norm().maxCoeff() <= tolerance * std::max(small.values[0], 0.0);
    }

  private:
    /// Appends what is new in m_next to the basis; returns how many directions that were.
    Index takeNext() {
        Index added = 0;
        for (Index column = 0; column < m_next.cols() && m_size < m_capacity; ++column) {
            VectorXd vector = m_next.col(column);
            const double before = vector.norm();
            // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
            for (int pass = 0; pass < 2 && m_size > 0; ++pass) {
                const VectorXd inside = m_basis.leftCols(m_size).transpose() * vector;
                vector.noalias() -= m_basis.leftCols(m_size) * inside;
            }
            const double after = vector.norm();
            if (after > 1e-10 * before && after > 0) {
                // What little is left may be rounding along the basis: once more makes it orthogonal for
                // certain.
                vector /= after;
                if (m_size > 0) {
                    const VectorXd inside = m_basis.leftCols(m_size).transpose() * vector;
                    vector.noalias() -= m_basis.leftCols(m_size) * inside;
                }
                m_basis.col(m_size) = vector.normalized();
                ++m_size;
                ++added;
            }
        }
        return added;
    }

    void multiply(Index first, Index count) {
        const MatrixXd block = m_basis.middleCols(first, count);
        const Index size = m_matrix.rows();
        m_pool.parallelFor(
            static_cast<std::size_t>(size), 256,
            [&](std::size_t begin, std::size_t end) {
                const Index from = static_cast<Index>(begin);
                const Index rows = static_cast<Index>(end - begin);
                // The matrix is symmetric: a column is a row, and columns lie together in memory.
                m_image.middleCols(first, count).middleRows(from, rows).noalias() =
                    m_matrix.middleCols(from, rows).transpose() * block;
            },
            Priority::Normal);
    }

    /// Keeps the best part of a space that has become too large (Stewart, A Krylov–Schur algorithm, 2001).
    void restart() {
        project();
        // What goes on from here has to be new to the whole old space, not only to what is kept of it.
        m_next -= m_basis.leftCols(m_size) * (m_basis.leftCols(m_size).transpose() * m_next).eval();
        const Index kept = std::min(m_size, 2 * m_wanted + 8 * blockWidth);
        const EigenPairs small = lastPairs(m_ritz, kept);
        const MatrixXd basis = m_basis.leftCols(m_size) * small.vectors;
        const MatrixXd image = m_image.leftCols(m_size) * small.vectors;
        m_basis.leftCols(kept) = basis;
        m_image.leftCols(kept) = image;
        m_small.setZero();
        m_small.topLeftCorner(kept, kept) = small.values.asDiagonal();
        m_size = kept;
    }

    const MatrixXd& m_matrix;
    WorkerPool& m_pool;
    Index m_wanted;
    Index m_capacity;
    Index m_size = 0;
    MatrixXd m_basis;
    MatrixXd m_image;
    MatrixXd m_small;
    MatrixXd m_next;
    Eigen::SelfAdjointEigenSolver<MatrixXd> m_ritz;
    std::mt19937_64 m_random{20031};
};

}  // namespace

Result<EigenPairs> largestEigenpairs(const MatrixXd& matrix, std::size_t count, WorkerPool& pool,
                                     const std::function<bool()>& stop) {
    const Index wanted = static_cast<Index>(count);
    if (matrix.rows() <= solvedWhole) {
        return lastPairs(Eigen::SelfAdjointEigenSolver<MatrixXd>(matrix), wanted);
    }
    KrylovSpace space(matrix, wanted, pool);
    bool foundOnce = false;
    Index nextCheck = (wanted + 4 * blockWidth) / blockWidth;
    for (Index step = 1; step < mostSteps; ++step) {
        if (stop()) {
            return cancelled();
        }
        space.grow();
        if (step < nextCheck && !space.isWholeSpace()) {
            continue;
        }
        space.project();
        const bool converged = space.hasConverged();
        if (space.isWholeSpace() || (converged && foundOnce)) {
            return space.pairs();
        }
        nextCheck = step + std::max<Index>(3, space.size() / (8 * blockWidth));
        if (converged) {
            // A space grown from one block holds no more copies of an eigenvalue than the block is wide.
            foundOnce = true;
            space.fillAtRandom();
            nextCheck = step + std::max<Index>(3, step / 2);
        }
    }
    return lastPairs(Eigen::SelfAdjointEigenSolver<MatrixXd>(matrix), wanted);
}

}  // namespace lexiscope

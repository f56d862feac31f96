// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

/// What Eigen's own solvers say, for tests to compare with. Compiled once, optimised and without sanitizers:
/// in the tests themselves, which are neither, its templates take minutes to compile or to run.
namespace lexiscope::test {

struct SingularVectors {
    Eigen::VectorXd values;  ///< largest first, min(rows, columns) of them
    Eigen::MatrixXd right;   ///< one column each, orthonormal
};

/// By Jacobi rotations, exact to the last places.
SingularVectors singularVectors(const Eigen::MatrixXd& matrix);

/// The orthogonal factor of a square matrix's QR decomposition.
Eigen::MatrixXd orthogonalFactor(const Eigen::MatrixXd& matrix);

Eigen::MatrixXd product(const Eigen::MatrixXd& first, const Eigen::MatrixXd& second);

}  // namespace lexiscope::test

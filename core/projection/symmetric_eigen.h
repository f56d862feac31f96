// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <cstddef>
#include <functional>

#include <Eigen/Core>

namespace lexiscope {

struct EigenPairs {
    Eigen::VectorXd values;   ///< largest first
    Eigen::MatrixXd vectors;  ///< one column each, orthonormal
};

/// The `count` largest eigenvalues of a symmetric positive semidefinite matrix, with vectors; count <=
/// matrix.rows(). Small matrices are solved whole; for large ones a block Krylov space grows, fully
/// orthogonalised, until each residual |A v - λ v| is below 1e-11 of the largest eigenvalue (Saad, Numerical
/// Methods for Large Eigenvalue Problems, chapter 6). The start is fixed: the same matrix gives the same
/// answer. Cancelled soon after `stop` says so.
Result<EigenPairs> largestEigenpairs(const Eigen::MatrixXd& matrix, std::size_t count, WorkerPool& pool,
                                     const std::function<bool()>& stop);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <functional>

#include <Eigen/Core>

namespace lexiscope {

/// All singular values of a matrix, largest first: min(rows, columns) numbers, each off by a few roundings of
/// the largest. Householder bidiagonalisation (Golub and Van Loan, Matrix Computations, 4th ed., section
/// 5.4.8), then the eigenvalues ±σ of the Golub–Kahan matrix. Unlike a library's, it asks `stop` before each
/// column: large ones take minutes. The matrix holds no NaN or infinity. Cancelled; Broken when the
/// eigenvalues do not converge.
Result<Eigen::VectorXd> singularValues(Eigen::MatrixXd matrix, WorkerPool& pool,
                                       const std::function<bool()>& stop);

}  // namespace lexiscope

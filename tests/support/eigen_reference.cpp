// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/eigen_reference.h"

#include <Eigen/QR>
#include <Eigen/SVD>

namespace lexiscope::test {

SingularVectors singularVectors(const Eigen::MatrixXd& matrix) {
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(matrix, Eigen::ComputeThinV);
    return {svd.singularValues(), svd.matrixV()};
}

Eigen::MatrixXd orthogonalFactor(const Eigen::MatrixXd& matrix) {
    return Eigen::HouseholderQR<Eigen::MatrixXd>(matrix).householderQ();
}

Eigen::MatrixXd product(const Eigen::MatrixXd& first, const Eigen::MatrixXd& second) {
    return first * second;
}

}  // namespace lexiscope::test

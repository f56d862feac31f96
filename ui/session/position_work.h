// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/position_results.h"

namespace lexiscope {

// What PositionAnalysis runs in the background. Each returns the error of the core's function, or Cancelled.

using PositionMatrixValue = std::shared_ptr<const PositionMatrix>;

/// Of learned positions the rows that tokens use, so that row p is position p.
Result<PositionMatrixValue> makePositionMatrix(PositionKind kind, const PositionInputs& inputs,
                                               WorkerPool& pool, Progress& progress);

/// `most` bounds the positions that are compared. The matrix is one of vectors.
Result<std::shared_ptr<const PositionSimilarityResult>> comparePositions(const PositionMatrixValue& matrix,
                                                                         std::size_t most, WorkerPool& pool,
                                                                         Progress& progress);
Result<std::shared_ptr<const PositionDecayResult>> decayOfPositions(const PositionMatrixValue& matrix,
                                                                    std::size_t most, WorkerPool& pool,
                                                                    Progress& progress);
Result<std::shared_ptr<const PositionCurveResult>> curveOfPositions(const PositionMatrixValue& matrix,
                                                                    std::size_t most, WorkerPool& pool,
                                                                    Progress& progress);

}  // namespace lexiscope

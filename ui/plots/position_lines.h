// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve_plot.h"
#include "ui/plots/line_plot.h"
#include "ui/session/position_results.h"

#include <memory>
#include <vector>

namespace lexiscope {

/// "Sinusoidal", "Learned", "Rotary", "ALiBi", "T5 buckets"
QString positionKindName(PositionKind kind);

/// How two positions count for each other, over their distance. Of vectors the mean cosine, and the dot
/// product as a share of what it is at no distance; of rotary ones the score of equal rows and RoFormer's
/// bound as a share of what that is there. `isShared`: one line alone, the cosine or the score, named after
/// the kind, to stand beside that of another kind.
LineFigure decayFigure(const PositionDecayResult& result, bool isShared);
/// -slope · distance of all heads up to a few, the shown one first.
LineFigure alibiDecayFigure(const AlibiOptions& options, std::size_t head);
/// The bucket of a key so many places behind or ahead.
LineFigure bucketFigure(std::size_t length);

/// Positions for a whole wave, by pair, on a logarithmic axis; the length is marked. Scaled rotary waves have
/// the unscaled ones beside them. Matrices without waves are left out.
LineFigure wavelengthFigure(const std::vector<std::shared_ptr<const PositionMatrix>>& matrices);

CurveFigure curveFigure(const PositionCurveResult& result);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/heat_map.h"
#include "ui/plots/sum_strips.h"
#include "ui/plots/wave_plot.h"
#include "ui/session/position_results.h"

#include <cstddef>
#include <vector>

#include <QString>

namespace lexiscope {

/// The positions in view: rows of the matrix, broken numbers while it is scrolled.
struct PositionView {
    double first = 0;
    double count = 0;
};

/// The stretch of the matrix in view, for a map that many device pixels high. The figure points into the
/// matrix, nothing is copied. Selected and hovered rows are left to the caller.
HeatMapFigure positionMap(const std::shared_ptr<const PositionMatrix>& matrix, PositionView view,
                          int mapHeight);

/// "position 4 · dimension 12 · sin(4 / 10000^(12/128)) · = sin(1.687) = 0.9933"; of several cells the
/// largest.
QString positionReadOut(const PositionMatrix& matrix, const HeatMapCell& cell);

/// The same stretch of the similarity matrix. Its rows and columns are the positions that were compared:
/// every step-th one.
HeatMapFigure similarityMap(const std::shared_ptr<const PositionSimilarityResult>& result, PositionView view);
QString similarityReadOut(const PositionSimilarity& similarity, const HeatMapCell& cell);

/// Up to four dimensions, of sines, whose waves differ well over so many positions: about four, two, one and
/// a third of a period. The same for a little more or less, so that scrolling changes nothing.
std::vector<std::size_t> tellingDimensions(double positions, std::size_t dimension, double base);

/// Columns of a matrix of vectors with such waves, as its layout and scaling have them.
std::vector<std::size_t> tellingColumns(const PositionMatrix& matrix, double positions);

/// Those dimensions over the positions in view, and the one under the pointer (-1: none). The axis holds all
/// values shown.
WaveFigure positionWaves(const PositionMatrix& matrix, PositionView view,
                         const std::vector<std::size_t>& dimensions, long long pointedAt);

/// Token row plus position row. Sizes are equal.
SumFigure positionSum(std::vector<float> token, std::vector<float> position);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/matrix_levels.h"
#include "core/model.h"
#include "core/position/alibi.h"
#include "core/position/position_decay.h"
#include "core/position/position_similarity.h"
#include "core/position/rotary.h"
#include "core/position/sinusoidal.h"
#include "core/projection/pca.h"

#include <array>
#include <cstddef>
#include <memory>

namespace lexiscope {

enum class PositionKind { Sinusoidal, Learned, Rotary, Alibi, T5 };
inline constexpr std::array positionKinds = {PositionKind::Sinusoidal, PositionKind::Learned,
                                             PositionKind::Rotary, PositionKind::Alibi, PositionKind::T5};

/// Whether a position is a vector of its own. The others are a number for each query and key.
constexpr bool hasVectors(PositionKind kind) {
    return kind != PositionKind::Alibi && kind != PositionKind::T5;
}

/// What the positions of every kind are made from.
struct PositionInputs {
    std::shared_ptr<const Model> model;  ///< whose learned ones are meant; null for none
    SinusoidalOptions sinusoidal;
    RotaryOptions rotary;
    AlibiOptions alibi;
    std::size_t head = 0;            ///< of ALiBi, the one shown
    std::size_t bucketLength = 128;  ///< positions of T5

    bool operator==(const PositionInputs&) const = default;
};

/// Positions as a matrix in memory: one row each, or of ALiBi and T5 one row for each query and a column for
/// each key.
struct PositionMatrix {
    PositionKind kind = PositionKind::Sinusoidal;
    SinusoidalOptions options;           ///< of sinusoidal ones
    std::shared_ptr<const Model> model;  ///< whose they are, when learned
    std::shared_ptr<const MatrixLevels> levels;
    double limit = 1;  ///< of its colour scale
    RotaryOptions rotary = {};
    RotaryWaves waves = {};
    std::size_t head = 0;
    double slope = 0;  ///< of ALiBi's head
};

/// The similarity of the positions of a matrix.
struct PositionSimilarityResult {
    std::shared_ptr<const PositionMatrix> matrix;
    PositionSimilarity similarity;
};

/// How their likeness falls with their distance.
struct PositionDecayResult {
    std::shared_ptr<const PositionMatrix> matrix;
    PositionDecay decay;  ///< of sinusoidal and learned ones
    RotaryDecay rotary;   ///< of rotary ones
};

/// Their rows, every step-th one, in the two directions of their largest spread.
struct PositionCurveResult {
    std::shared_ptr<const PositionMatrix> matrix;
    std::size_t step = 1;
    std::shared_ptr<const PcaResult> projection;
};

}  // namespace lexiscope

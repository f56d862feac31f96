// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/position/position_limits.h"
#include "core/position/rotary_settings.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace lexiscope {

/// Rotary positions (Su et al., RoFormer, 2021, section 3.2.2): the pair i of a query or key at position p is
/// turned by the angle p · base^(-2i / D).
///
/// With θ = base^(-2i / D), the radians that pair i turns from one position to the next, the factor s, the
/// original length T and the length L, a scaled pair turns by
///
///     linear    θ / s
///     dynamic   b^(-2i / D),  b = base · (s · max(L, T) / T - (s - 1))^(D / (D - 2))
///     yarn      (1 - r) · θ + r · θ / s,  r = (i - low) / (high - low) held within 0 … 1,
///               low = max(0, ⌊c(betaFast)⌋), high = min(D - 1, ⌈c(betaSlow)⌉), and 0.001 more if those are
///               equal;  c(β) = D · ln(T / (2π · β)) / (2 · ln base)
///     llama3    (1 - m) · θ / s + m · θ,  m = (T · θ / 2π - lowFrequencyFactor) /
///               (highFrequencyFactor - lowFrequencyFactor) held within 0 … 1
///
/// Linear: Chen et al., Extending Context Window of Large Language Models via Positional Interpolation
/// (2023). Dynamic: Peng et al., YaRN (2023), sections 3.1 and 3.3, in the form that Hugging Face
/// Transformers computes; with D = 2 the only pair stays as it is. Yarn: the same paper, sections 3.2
/// and 3.4, with the ramp over the pairs as in the authors' program, where the paper has it over the turns.
/// Llama3: the models' own program (Llama 3.1).
struct RotaryOptions {
    std::size_t length = 128;     ///< positions L: 1 … mostPositions
    std::size_t dimension = 128;  ///< numbers of one head D, even: 2 … mostPositionDimensions
    double base = 10000;          ///< above 0; with yarn above 1
    RotaryLayout layout = RotaryLayout::Split;
    RotaryScaling scaling = {};

    bool operator==(const RotaryOptions&) const = default;
};

/// InvalidArgument when a field that counts is out of its range, D is odd, or L × D above mostPositionValues.
Result<Done> validate(const RotaryOptions& options);

/// How fast the pairs turn.
struct RotaryWaves {
    std::vector<double> divisors;  ///< D/2: positions for each radian, so that the angle is p / divisor
    double amplitude = 1;          ///< what cosines and sines are multiplied by: yarn's attention factor
};

/// The options are valid.
RotaryWaves rotaryWaves(const RotaryOptions& options);

/// Positions for a whole turn of each pair, 2π · divisor.
std::vector<double> wavelengths(const RotaryWaves& waves);

/// The numbers of a head that pair i < D/2 turns, which are the columns of its cosine and sine too.
std::pair<std::size_t, std::size_t> rotaryPair(const RotaryOptions& options, std::size_t pair);

/// One value of the table, and what it was computed from.
struct RotaryTerm {
    bool isCosine = true;
    std::size_t pair = 0;  ///< i
    double divisor = 1;
    double angle = 0;  ///< p / divisor, in radians
    double value = 0;  ///< amplitude times its cosine or sine
};

/// `waves` are those of the options; `column` is below D, `position` may lie beyond the length.
RotaryTerm rotaryTerm(const RotaryOptions& options, const RotaryWaves& waves, std::size_t position,
                      std::size_t column);

/// A query or key as attention has it at that position, both of D numbers: each pair (a, b) becomes
/// amplitude · (a · cos - b · sin, a · sin + b · cos) of its angle.
void turnRow(const RotaryOptions& options, const RotaryWaves& waves, std::size_t position,
             std::span<const float> row, std::span<double> out);

/// L × D: of each position the cosines and sines of its angles, computed in double precision and rounded
/// once. The error of validate(), or Cancelled.
Result<PositionArray> rotaryTable(const RotaryOptions& options, WorkerPool& pool, Progress& progress);

/// How two equal rows whose pairs all have the length 1 score as they are moved apart.
struct RotaryDecay {
    std::size_t step = 1;       ///< distances 0, step, 2 · step, … below the length
    std::vector<double> score;  ///< amplitude² · 2/D · Σ cos(d / divisor): as a cosine is, 1 for equal rows
    std::vector<double> bound;  ///< 2/D · Σ |S_j| for j = 1 … D/2, with S_j the sum of the first j of
                                ///< e^(i · d / divisor): how large the score of any two rows can be, up to a
                                ///< factor of theirs (RoFormer, section 3.4.3)
};

/// At most `most` (> 0) distances. The options are valid.
RotaryDecay rotaryDecay(const RotaryOptions& options, std::size_t most);

}  // namespace lexiscope

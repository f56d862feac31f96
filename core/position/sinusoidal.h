// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// Where sine and cosine of one pair stand in a row.
enum class SinusoidalLayout {
    Interleaved,  ///< beside each other: sin, cos, sin, cos, …, as the paper writes it
    Split,        ///< all sines first, then all cosines, as many programs keep them
};

/// Sinusoidal positions of Vaswani et al., Attention Is All You Need (2017), section 3.5:
///
///     PE(p, 2i)     = sin(p / base^(2i / D))
///     PE(p, 2i + 1) = cos(p / base^(2i / D))
///
/// p counts from 0 to length - 1, D is the dimension. An odd D has one sine without its cosine: the last pair
/// is cut in half, in both layouts.
struct SinusoidalOptions {
    std::size_t length = 128;     ///< positions L, the rows: 1 … mostPositions
    std::size_t dimension = 128;  ///< numbers for each position D: 1 … mostPositionDimensions
    double base = 10000;          ///< the longest wave is just under 2π · base positions long; above 0
    SinusoidalLayout layout = SinusoidalLayout::Interleaved;

    bool operator==(const SinusoidalOptions&) const = default;
};

/// InvalidArgument when a field is out of its range, or L × D above mostPositionValues.
Result<Done> validate(const SinusoidalOptions& options);

/// One value, and what it was computed from.
struct SinusoidalTerm {
    bool isSine = true;
    std::size_t pair = 0;  ///< i
    double exponent = 0;   ///< 2i / D
    double angle = 0;      ///< p / base^exponent, in radians
    double value = 0;      ///< its sine or cosine
};

/// `position` may lie beyond the length; `dimension` must be below options.dimension. The options are valid.
SinusoidalTerm sinusoidalTerm(const SinusoidalOptions& options, std::size_t position, std::size_t dimension);

/// One row, computed in double precision and rounded once. out.size() == options.dimension; the options are
/// valid.
void sinusoidalRow(const SinusoidalOptions& options, std::size_t position, std::span<float> out);

/// Positions for a whole period of each pair, 2π · base^(2i / D); of an odd D the half pair counts as one.
std::vector<double> wavelengths(const SinusoidalOptions& options);

/// All rows, L × D, row-major. The error of validate(), or Cancelled.
Result<std::vector<float>> sinusoidalMatrix(const SinusoidalOptions& options, WorkerPool& pool,
                                            Progress& progress);

}  // namespace lexiscope

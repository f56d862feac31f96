// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace lexiscope {

// Of two lists of one length. NaN when one of them has no spread: fewer than two numbers, or all of them
// equal.

/// Pearson's r. A list whose numbers differ by `rounding` or less (their standard deviation) has no spread.
double pearsonCorrelation(std::span<const double> x, std::span<const double> y, double rounding = 0);
/// Spearman's ρ: Pearson's of the ranks, equal numbers sharing the mean of theirs, as scipy.stats.spearmanr.
double spearmanCorrelation(std::span<const double> x, std::span<const double> y);

}  // namespace lexiscope

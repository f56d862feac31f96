// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/position/rotary.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

// The score of attention for a query and a key that rotary positions have turned, each where it stands (Su et
// al., RoFormer, 2021, section 3.4.1, whose equation 16 says why the difference of the positions is all that
// counts). In double precision. Query and key have options.dimension numbers; the options are valid.

/// Both are turned, then multiplied: amplitude² and the softmax's scale aside, what the model computes.
double rotaryScore(const RotaryOptions& options, std::span<const float> query, std::size_t queryPosition,
                   std::span<const float> key, std::size_t keyPosition);

/// The same without turning either: of each pair, with d = (queryPosition - keyPosition) / divisor,
///
///     (q₁k₁ + q₂k₂) · cos d + (q₁k₂ - q₂k₁) · sin d
///
/// for the differences -reach … reach: 2 · reach + 1 numbers.
std::vector<double> rotaryScores(const RotaryOptions& options, std::span<const float> query,
                                 std::span<const float> key, std::size_t reach);

/// The scores while both move together from where the earlier of them stands at 0 to where the later one
/// stands at `last`, which is at least their distance; each by turning both.
std::vector<double> rotarySlide(const RotaryOptions& options, std::span<const float> query,
                                std::size_t queryPosition, std::span<const float> key,
                                std::size_t keyPosition, std::size_t last);

/// The pair that can add most to a score: with the largest product of its lengths in query and key.
std::size_t tellingPair(const RotaryOptions& options, std::span<const float> query,
                        std::span<const float> key);

}  // namespace lexiscope

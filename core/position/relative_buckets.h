// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/position/position_limits.h"

#include <cstddef>

namespace lexiscope {

inline constexpr std::size_t relativeBucketCount = 32;
inline constexpr std::size_t relativeBucketReach = 128;  ///< distances from here on share the last bucket

/// Relative positions of T5 (Raffel et al., 2020, section 2.1, and the authors' program): the number of the
/// learned bias that the score of query i for key j takes. This is the encoder's form, which looks both ways,
/// with T5's own 32 buckets and a reach of 128. With d = |j - i|:
///
///     d < 8                  d
///     8 ≤ d < 128            8 + ⌊8 · log(d / 8) / log(128 / 8)⌋
///     d ≥ 128                15
///
/// and 16 more where the key comes after the query (j > i).
std::size_t relativeBucket(std::size_t query, std::size_t key);

/// L × L bucket numbers. InvalidArgument when the length is 0, above mostPositions, or L × L above
/// mostPositionValues.
Result<PositionArray> relativeBuckets(std::size_t length);

}  // namespace lexiscope

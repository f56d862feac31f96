// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/compare/shared_vectors.h"
#include "core/embedding/table_pass.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lexiscope {

/// How many neighbours are compared.
inline constexpr std::array<std::size_t, 3> overlapSizes = {1, 10, 100};

/// The nearest words of each word among the others of its model, by cosine.
struct NeighborSets {
    std::size_t count = 0;  ///< words
    std::size_t kept = 0;   ///< neighbours of each: 100, or all others where there are fewer
    /// count × kept word numbers: the first is the nearest, the first ten are the ten nearest, and so on;
    /// within each of these sizes the order means nothing.
    std::vector<std::uint32_t> nearest;

    std::span<const std::uint32_t> of(std::size_t word) const {
        return std::span(nearest).subspan(word * kept, kept);
    }
};

/// Exact: every word is compared with every other. Blocks of products in float tell which words are out of
/// question, with a bound on their rounding; where float cannot decide which words belong to a set, cosines
/// in double precision do. Equal cosines: the word of lower number is nearer. The same on any number of
/// threads.
/// Adds count² / 2 · dimension (rounded) to `progress`. Holds one more copy of the vectors, and about 2 KB a
/// word. Cancelled.
Result<NeighborSets> neighborSets(const SharedVectors& vectors, WorkerPool& pool, SharedProgress& progress);

/// How many of their `size` nearest a word has in common in two models; of as many as are kept where that is
/// fewer.
std::uint32_t commonNeighbors(const NeighborSets& first, const NeighborSets& second, std::size_t word,
                              std::size_t size);

}  // namespace lexiscope

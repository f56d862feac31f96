// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/alibi.h"

#include <array>
#include <bit>
#include <cmath>

namespace lexiscope {
namespace {

/// The k-th slope, from 1, of a power of two of heads.
double slopeOf(std::size_t heads, std::size_t k) {
    return std::exp2(-8.0 * static_cast<double>(k) / static_cast<double>(heads));
}

}  // namespace

Result<Done> validate(const AlibiOptions& options) {
    const Result<Done> length = checkPositionCount("length", options.length, mostPositions);
    if (!length.ok()) {
        return length;
    }
    const Result<Done> heads = checkPositionCount("heads", options.heads, mostHeads);
    if (!heads.ok()) {
        return heads;
    }
    return checkPositionShape(std::array{options.heads, options.length, options.length});
}

std::vector<double> alibiSlopes(std::size_t heads) {
    const std::size_t power = std::bit_floor(heads);
    std::vector<double> slopes;
    for (std::size_t k = 1; k <= power; ++k) {
        slopes.push_back(slopeOf(power, k));
    }
    for (std::size_t k = 1; slopes.size() < heads; k += 2) {
        slopes.push_back(slopeOf(2 * power, k));
    }
    return slopes;
}

Result<PositionArray> alibiBias(const AlibiOptions& options) {
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    const std::size_t length = options.length;
    PositionArray bias{{options.heads, length, length}, {}};
    bias.values.reserve(options.heads * length * length);
    for (const double slope : alibiSlopes(options.heads)) {
        for (std::size_t query = 0; query < length; ++query) {
            for (std::size_t key = 0; key < length; ++key) {
                const std::size_t distance = query > key ? query - key : key - query;
                // No "-0" on the diagonal.
                bias.values.push_back(
                    distance == 0 ? 0.0F : static_cast<float>(-slope * static_cast<double>(distance)));
            }
        }
    }
    return bias;
}

}  // namespace lexiscope

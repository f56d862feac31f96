// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/alibi.h"

#include "core/base/grouped.h"

#include <array>
#include <bit>
#include <cmath>

namespace lexiscope {
namespace {

/// The k-th slope, from 1, of a power of two of heads.
double slopeOf(std::size_t heads, std::size_t k) {
    return std::exp2(-8.0 * static_cast<double>(k) / static_cast<double>(heads));
}

Result<Done> checkCounts(const AlibiOptions& options) {
    const Result<Done> length = checkPositionCount("length", options.length, mostPositions);
    return length.ok() ? checkPositionCount("heads", options.heads, mostHeads) : length;
}

void appendHead(std::size_t length, double slope, std::vector<float>& out) {
    for (std::size_t query = 0; query < length; ++query) {
        for (std::size_t key = 0; key < length; ++key) {
            const std::size_t distance = query > key ? query - key : key - query;
            // No "-0" on the diagonal.
            out.push_back(distance == 0 ? 0.0F : static_cast<float>(-slope * static_cast<double>(distance)));
        }
    }
}

}  // namespace

Result<Done> validate(const AlibiOptions& options) {
    const Result<Done> counts = checkCounts(options);
    return counts.ok() ? checkPositionShape(std::array{options.heads, options.length, options.length})
                       : counts;
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
    PositionArray bias{{options.heads, options.length, options.length}, {}};
    bias.values.reserve(options.heads * options.length * options.length);
    for (const double slope : alibiSlopes(options.heads)) {
        appendHead(options.length, slope, bias.values);
    }
    return bias;
}

Result<PositionArray> alibiBias(const AlibiOptions& options, std::size_t head) {
    if (const Result<Done> sound = checkCounts(options); !sound.ok()) {
        return sound.error();
    }
    if (head >= options.heads) {
        return Error{ErrorCode::InvalidArgument, "head",
                     "there is no head " + grouped(head) + " of " + grouped(options.heads),
                     "they are counted from 0"};
    }
    PositionArray bias{{options.length, options.length}, {}};
    if (const Result<Done> fits = checkPositionShape(bias.shape); !fits.ok()) {
        return fits.error();
    }
    bias.values.reserve(options.length * options.length);
    appendHead(options.length, alibiSlopes(options.heads)[head], bias.values);
    return bias;
}

}  // namespace lexiscope

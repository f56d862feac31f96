// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/relative_buckets.h"

#include <array>
#include <bit>

namespace lexiscope {
namespace {

constexpr std::size_t perDirection = relativeBucketCount / 2;
constexpr std::size_t exact = perDirection / 2;  // distances with a bucket of their own

// 8 · log(d / 8) / log(16) = 2 · log2(d / 8) = log2(d² / 64): with these numbers the formula is one of whole
// numbers, and no rounding moves a distance into the bucket beside.
static_assert(exact == 8 && relativeBucketReach / exact == 16);

std::size_t distanceBucket(std::size_t distance) {
    if (distance < exact) {
        return distance;
    }
    if (distance >= relativeBucketReach) {
        return perDirection - 1;
    }
    return exact + static_cast<std::size_t>(std::bit_width(distance * distance / (exact * exact)) - 1);
}

}  // namespace

std::size_t relativeBucket(std::size_t query, std::size_t key) {
    return key > query ? perDirection + distanceBucket(key - query) : distanceBucket(query - key);
}

Result<PositionArray> relativeBuckets(std::size_t length) {
    if (const Result<Done> sound = checkPositionCount("length", length, mostPositions); !sound.ok()) {
        return sound.error();
    }
    if (const Result<Done> fits = checkPositionShape(std::array{length, length}); !fits.ok()) {
        return fits.error();
    }
    PositionArray buckets{{length, length}, {}};
    buckets.values.reserve(length * length);
    for (std::size_t query = 0; query < length; ++query) {
        for (std::size_t key = 0; key < length; ++key) {
            buckets.values.push_back(static_cast<float>(relativeBucket(query, key)));
        }
    }
    return buckets;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/distances.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace lexiscope {
namespace {

/// Several sums side by side, so that additions do not wait for each other. The order of adding is fixed:
/// equal vectors give equal sums to the last bit.
constexpr std::size_t lanes = 8;

template <typename Term>
double sum(std::size_t count, Term term) {
    std::array<double, lanes> sums = {};
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            sums[lane] += term(i + lane);
        }
    }
    for (; i < count; ++i) {
        sums[i % lanes] += term(i);
    }
    double total = 0;
    for (const double part : sums) {
        total += part;
    }
    return total;
}

}  // namespace

double dot(std::span<const float> a, std::span<const float> b) {
    assert(a.size() == b.size());
    return sum(a.size(),
               [a, b](std::size_t i) { return static_cast<double>(a[i]) * static_cast<double>(b[i]); });
}

double norm(std::span<const float> a) {
    return std::sqrt(dot(a, a));
}

double euclidean(std::span<const float> a, std::span<const float> b) {
    assert(a.size() == b.size());
    return std::sqrt(sum(a.size(), [a, b](std::size_t i) {
        const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
        return difference * difference;
    }));
}

double cosine(std::span<const float> a, std::span<const float> b) {
    // Rounding must not lead out of what a cosine can be; NaN stays.
    return std::clamp(dot(a, b) / (norm(a) * norm(b)), -1.0, 1.0);
}

}  // namespace lexiscope

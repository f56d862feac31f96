// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/rotary_score.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace lexiscope {
namespace {

double turnedScore(const RotaryOptions& options, const RotaryWaves& waves, std::span<const float> query,
                   std::size_t queryPosition, std::span<const float> key, std::size_t keyPosition) {
    assert(query.size() == options.dimension && key.size() == options.dimension);
    std::vector<double> left(query.size());
    std::vector<double> right(key.size());
    turnRow(options, waves, queryPosition, query, left);
    turnRow(options, waves, keyPosition, key, right);
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

}  // namespace

double rotaryScore(const RotaryOptions& options, std::span<const float> query, std::size_t queryPosition,
                   std::span<const float> key, std::size_t keyPosition) {
    return turnedScore(options, rotaryWaves(options), query, queryPosition, key, keyPosition);
}

std::vector<double> rotaryScores(const RotaryOptions& options, std::span<const float> query,
                                 std::span<const float> key, std::size_t reach) {
    assert(query.size() == options.dimension && key.size() == options.dimension);
    const RotaryWaves waves = rotaryWaves(options);
    const double scale = waves.amplitude * waves.amplitude;
    std::vector<double> scores(2 * reach + 1);
    for (std::size_t pair = 0; pair < waves.divisors.size(); ++pair) {
        const auto [first, second] = rotaryPair(options, pair);
        const double q1 = static_cast<double>(query[first]);
        const double q2 = static_cast<double>(query[second]);
        const double k1 = static_cast<double>(key[first]);
        const double k2 = static_cast<double>(key[second]);
        const double along = scale * (q1 * k1 + q2 * k2);
        const double across = scale * (q1 * k2 - q2 * k1);
        scores[reach] += along;
        for (std::size_t distance = 1; distance <= reach; ++distance) {
            const double angle = static_cast<double>(distance) / waves.divisors[pair];
            const double even = along * std::cos(angle);
            const double odd = across * std::sin(angle);
            scores[reach + distance] += even + odd;
            scores[reach - distance] += even - odd;
        }
    }
    return scores;
}

std::vector<double> rotarySlide(const RotaryOptions& options, std::span<const float> query,
                                std::size_t queryPosition, std::span<const float> key,
                                std::size_t keyPosition, std::size_t last) {
    const std::size_t earlier = std::min(queryPosition, keyPosition);
    const std::size_t later = std::max(queryPosition, keyPosition);
    assert(last >= later - earlier);
    const RotaryWaves waves = rotaryWaves(options);
    std::vector<double> scores;
    for (std::size_t start = 0; start + (later - earlier) <= last; ++start) {
        scores.push_back(turnedScore(options, waves, query, start + (queryPosition - earlier), key,
                                     start + (keyPosition - earlier)));
    }
    return scores;
}

std::size_t tellingPair(const RotaryOptions& options, std::span<const float> query,
                        std::span<const float> key) {
    std::size_t telling = 0;
    double most = -1;
    for (std::size_t pair = 0; pair < options.dimension / 2; ++pair) {
        const auto [first, second] = rotaryPair(options, pair);
        const auto length = [first = first, second = second](std::span<const float> row) {
            return std::hypot(static_cast<double>(row[first]), static_cast<double>(row[second]));
        };
        const double product = length(query) * length(key);
        if (product > most) {
            most = product;
            telling = pair;
        }
    }
    return telling;
}

}  // namespace lexiscope

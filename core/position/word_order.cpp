// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/word_order.h"

#include "core/base/random_source.h"
#include "core/embedding/distances.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <compare>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace lexiscope {
namespace {

/// The same for every order of the terms, which it sorts. NaN has a place in that order too.
double sumOf(std::vector<double>& terms) {
    std::sort(terms.begin(), terms.end(),
              [](double a, double b) { return std::is_lt(std::strong_order(a, b)); });
    return std::accumulate(terms.begin(), terms.end(), 0.0);
}

std::span<const float> rowAt(std::span<const float> rows, std::size_t index, std::size_t dimension) {
    return rows.subspan(index * dimension, dimension);
}

/// The largest of the distances of a row of `a` to the nearest of `b`.
double directedDistance(std::span<const float> a, std::span<const float> b, std::size_t dimension) {
    double largest = 0;
    for (std::size_t i = 0; i * dimension < a.size(); ++i) {
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k * dimension < b.size(); ++k) {
            const double found = euclidean(rowAt(a, i, dimension), rowAt(b, k, dimension));
            if (std::isnan(found)) {
                return found;
            }
            nearest = std::min(nearest, found);
        }
        largest = std::max(largest, nearest);
    }
    return largest;
}

/// The rows' bytes, sorted: the same for every order of the same rows.
std::vector<std::span<const float>> sortedRows(std::span<const float> rows, std::size_t dimension) {
    std::vector<std::span<const float>> sorted;
    for (std::size_t i = 0; i * dimension < rows.size(); ++i) {
        sorted.push_back(rowAt(rows, i, dimension));
    }
    std::sort(sorted.begin(), sorted.end(), [](std::span<const float> a, std::span<const float> b) {
        return std::memcmp(a.data(), b.data(), a.size_bytes()) < 0;
    });
    return sorted;
}

/// The sum of the rows, each times its weight.
std::vector<double> weightedSum(std::span<const float> rows, std::span<const double> weights,
                                std::size_t dimension) {
    std::vector<double> sum(dimension);
    std::vector<double> terms(weights.size());
    for (std::size_t column = 0; column < dimension; ++column) {
        for (std::size_t i = 0; i < weights.size(); ++i) {
            terms[i] = weights[i] * static_cast<double>(rows[i * dimension + column]);
        }
        sum[column] = sumOf(terms);
    }
    return sum;
}

}  // namespace

bool isSameBag(std::span<const TokenId> a, std::span<const TokenId> b) {
    return a.size() == b.size() && surplus(a, b).empty();
}

std::vector<TokenId> surplus(std::span<const TokenId> a, std::span<const TokenId> b) {
    const std::vector<std::optional<std::size_t>> places = placesIn(a, b);
    std::vector<TokenId> left;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!places[i]) {
            left.push_back(a[i]);
        }
    }
    return left;
}

std::vector<std::optional<std::size_t>> placesIn(std::span<const TokenId> a, std::span<const TokenId> b) {
    std::map<TokenId, std::vector<std::size_t>> found;  // from the last to the first
    for (std::size_t k = b.size(); k > 0; --k) {
        found[b[k - 1]].push_back(k - 1);
    }
    std::vector<std::optional<std::size_t>> places(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto token = found.find(a[i]);
        if (token != found.end() && !token->second.empty()) {
            places[i] = token->second.back();
            token->second.pop_back();
        }
    }
    return places;
}

std::vector<std::size_t> shuffledPlaces(std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> places(count);
    std::iota(places.begin(), places.end(), std::size_t(0));
    RandomSource random(seed);
    for (std::size_t left = count; left > 1; --left) {
        std::swap(places[left - 1], places[random.below(static_cast<std::uint32_t>(left))]);
    }
    return places;
}

std::vector<double> meanRow(std::span<const float> rows, std::size_t dimension) {
    assert(dimension > 0 && rows.size() >= dimension);
    const std::size_t count = rows.size() / dimension;
    std::vector<double> mean = weightedSum(rows, std::vector<double>(count, 1), dimension);
    for (double& value : mean) {
        value /= static_cast<double>(count);
    }
    return mean;
}

bool areSameRows(std::span<const float> a, std::span<const float> b, std::size_t dimension) {
    if (a.size() != b.size()) {
        return false;
    }
    const std::vector<std::span<const float>> left = sortedRows(a, dimension);
    const std::vector<std::span<const float>> right = sortedRows(b, dimension);
    return std::equal(left.begin(), left.end(), right.begin(),
                      [](std::span<const float> x, std::span<const float> y) {
                          return std::memcmp(x.data(), y.data(), x.size_bytes()) == 0;
                      });
}

double setDistance(std::span<const float> a, std::span<const float> b, std::size_t dimension) {
    assert(dimension > 0 && a.size() >= dimension && b.size() >= dimension);
    const double there = directedDistance(a, b, dimension);
    const double back = directedDistance(b, a, dimension);
    return std::isnan(there) ? there : std::max(there, back);
}

std::vector<double> placeDistances(std::span<const float> a, std::span<const float> b,
                                   std::size_t dimension) {
    std::vector<double> distances;
    for (std::size_t i = 0; (i + 1) * dimension <= std::min(a.size(), b.size()); ++i) {
        distances.push_back(euclidean(rowAt(a, i, dimension), rowAt(b, i, dimension)));
    }
    return distances;
}

Attended attend(std::span<const float> query, std::span<const float> rows) {
    const std::size_t dimension = query.size();
    assert(dimension > 0 && rows.size() >= dimension);
    Attended result;
    const double unit = std::sqrt(static_cast<double>(dimension));
    for (std::size_t i = 0; i * dimension < rows.size(); ++i) {
        result.weights.push_back(dot(query, rowAt(rows, i, dimension)) / unit);
    }
    // Without the largest score the exponential could overflow; it cancels out.
    const double largest = *std::max_element(result.weights.begin(), result.weights.end());
    for (double& weight : result.weights) {
        weight = std::exp(weight - largest);
    }
    std::vector<double> terms = result.weights;
    const double all = sumOf(terms);
    for (double& weight : result.weights) {
        weight /= all;
    }
    result.output = weightedSum(rows, result.weights, dimension);
    return result;
}

std::vector<double> runningStates(std::span<const float> rows, std::size_t dimension, double decay) {
    std::vector<double> states(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double before = i < dimension ? 0 : states[i - dimension];
        states[i] = decay * before + static_cast<double>(rows[i]);
    }
    return states;
}

double distance(std::span<const double> a, std::span<const double> b) {
    assert(a.size() == b.size());
    double squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return std::sqrt(squares);
}

OrderDistances orderDistances(std::span<const float> a, std::span<const float> b,
                              std::span<const float> query, double decay) {
    const std::size_t dimension = query.size();
    const auto lastState = [dimension, decay](std::span<const float> rows) {
        const std::vector<double> states = runningStates(rows, dimension, decay);
        return std::vector<double>(states.end() - static_cast<std::ptrdiff_t>(dimension), states.end());
    };
    return {areSameRows(a, b, dimension), setDistance(a, b, dimension),
            distance(meanRow(a, dimension), meanRow(b, dimension)),
            distance(attend(query, a).output, attend(query, b).output), distance(lastState(a), lastState(b))};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lexiscope {

// What a network that reads all tokens of a text at once has before it: a set of rows, of which nothing says
// in which order they stand. Rows are whole rows of D numbers, row-major. Whatever does not depend on their
// order here does not depend on it in its last bit either: sums are formed in double precision from the least
// number to the largest. NaN in a row makes the result NaN.

/// Whether the two hold the same tokens, each as often: the same bag of words.
bool isSameBag(std::span<const TokenId> a, std::span<const TokenId> b);

/// What is left of `a` when each token of `b` has been taken away once, in the order of `a`.
std::vector<TokenId> surplus(std::span<const TokenId> a, std::span<const TokenId> b);

/// For each place of `a` that of the same token in `b`, of equal ones the first to the first, the second to
/// the second; none where `b` has no more of them.
std::vector<std::optional<std::size_t>> placesIn(std::span<const TokenId> a, std::span<const TokenId> b);

/// The numbers 0 … count - 1 in an order that the seed decides, each order as likely (Fisher & Yates, as in
/// Knuth, volume 2, 3.4.2 P).
std::vector<std::size_t> shuffledPlaces(std::size_t count, std::uint64_t seed);

/// D numbers; there is at least one row.
std::vector<double> meanRow(std::span<const float> rows, std::size_t dimension);

/// Whether the two hold the same rows bit for bit, each as often, in whatever order.
bool areSameRows(std::span<const float> a, std::span<const float> b, std::size_t dimension);

/// How far the two are from each other as sets: the largest of the distances of a row of either to the
/// nearest row of the other (Hausdorff's distance, Euclidean). 0 where each row stands in both. Each has at
/// least one row.
double setDistance(std::span<const float> a, std::span<const float> b, std::size_t dimension);

/// The Euclidean distance of the first rows, of the second, …, as far as both have them.
std::vector<double> placeDistances(std::span<const float> a, std::span<const float> b, std::size_t dimension);

/// What one query of attention takes from the rows, which are keys and values alike (Vaswani et al. 2017,
/// section 3.2.1, without the learned projections): row i has the weight softmax(query · row_i / √D).
struct Attended {
    std::vector<double> weights;  ///< of each row; they add up to 1
    std::vector<double> output;   ///< D: the sum of the rows, each times its weight
};
/// The query has D numbers; there is at least one row.
Attended attend(std::span<const float> query, std::span<const float> rows);

/// Reading one row after the other: h_t = decay · h_(t-1) + row_t, beginning with zeros. n × D: the state
/// after each row. It depends on the order unless the decay is 1.
std::vector<double> runningStates(std::span<const float> rows, std::size_t dimension, double decay);

double distance(std::span<const double> a, std::span<const double> b);

/// How far the rows of two texts are from each other, asked in ways that do not look at their order, and in
/// one that does.
struct OrderDistances {
    bool areSameRows = false;
    double sets = 0;        ///< setDistance()
    double means = 0;       ///< of their mean rows
    double attentions = 0;  ///< of what the query takes from either
    double states = 0;      ///< of what runningStates() ends with
};
/// Each has at least one row.
OrderDistances orderDistances(std::span<const float> a, std::span<const float> b,
                              std::span<const float> query, double decay);

}  // namespace lexiscope

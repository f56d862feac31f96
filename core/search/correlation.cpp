// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/correlation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <vector>

namespace lexiscope {
namespace {

bool isConstant(std::span<const double> values) {
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

double meanOf(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> ranksOf(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        for (std::size_t i = begin; i < end; ++i) {
            ranks[order[i]] = static_cast<double>(begin + end - 1) / 2;
        }
        begin = end;
    }
    return ranks;
}

}  // namespace

double pearsonCorrelation(std::span<const double> x, std::span<const double> y, double rounding) {
    if (isConstant(x) || isConstant(y)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double meanX = meanOf(x);
    const double meanY = meanOf(y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - meanX) * (x[i] - meanX);
        yy += (y[i] - meanY) * (y[i] - meanY);
        xy += (x[i] - meanX) * (y[i] - meanY);
    }
    const double least = rounding * rounding * static_cast<double>(x.size());
    if (rounding > 0 && (xx <= least || yy <= least)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return std::clamp(xy / (std::sqrt(xx) * std::sqrt(yy)), -1.0, 1.0);
}

double spearmanCorrelation(std::span<const double> x, std::span<const double> y) {
    return pearsonCorrelation(ranksOf(x), ranksOf(y));
}

}  // namespace lexiscope

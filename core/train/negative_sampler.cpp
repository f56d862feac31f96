// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/negative_sampler.h"

#include <cmath>
#include <cstddef>
#include <limits>

namespace lexiscope {
namespace {

constexpr std::uint32_t wholeColumn = std::numeric_limits<std::uint32_t>::max();

/// Shares of a mean column, so that they add up to their number.
std::vector<double> columnShares(std::span<const std::uint64_t> counts, double exponent) {
    std::vector<double> shares;
    shares.reserve(counts.size());
    double sum = 0;
    for (const std::uint64_t count : counts) {
        shares.push_back(std::pow(static_cast<double>(count), exponent));
        sum += shares.back();
    }
    for (double& share : shares) {
        share *= static_cast<double>(counts.size()) / sum;
    }
    return shares;
}

}  // namespace

NegativeSampler::NegativeSampler(std::span<const std::uint64_t> counts, double exponent)
    : m_columns(counts.size()) {
    std::vector<double> shares = columnShares(counts, exponent);
    std::vector<std::uint32_t> small;
    std::vector<std::uint32_t> large;
    for (std::uint32_t i = 0; i < shares.size(); ++i) {
        m_columns[i] = {wholeColumn, i};
        (shares[i] < 1 ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
        const std::uint32_t poor = small.back();
        const std::uint32_t rich = large.back();
        small.pop_back();
        m_columns[poor] = {static_cast<std::uint32_t>(shares[poor] * 0x1p32), rich};
        shares[rich] -= 1 - shares[poor];
        if (shares[rich] < 1) {
            large.pop_back();
            small.push_back(rich);
        }
    }
}

std::vector<double> chancesOfDraw(std::span<const std::uint64_t> counts, std::span<const std::uint32_t> words,
                                  double exponent) {
    double sum = 0;
    for (const std::uint64_t count : counts) {
        sum += std::pow(static_cast<double>(count), exponent);
    }
    std::vector<double> chances;
    chances.reserve(words.size());
    for (const std::uint32_t word : words) {
        chances.push_back(std::pow(static_cast<double>(counts[word]), exponent) / sum);
    }
    return chances;
}

}  // namespace lexiscope

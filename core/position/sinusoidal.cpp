// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/sinusoidal.h"

#include "core/embedding/table_pass.h"
#include "core/position/position_limits.h"

#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace lexiscope {
namespace {

constexpr std::size_t pieceBytes = 256 * 1024;

std::size_t pairCount(std::size_t dimension) {
    return (dimension + 1) / 2;
}

double exponentOf(const SinusoidalOptions& options, std::size_t pair) {
    return 2.0 * static_cast<double>(pair) / static_cast<double>(options.dimension);
}

double angleOf(const SinusoidalOptions& options, std::size_t position, std::size_t pair) {
    return static_cast<double>(position) / std::pow(options.base, exponentOf(options, pair));
}

/// The divisors of all pairs: the same for every row, and a power each.
std::vector<double> divisorsOf(const SinusoidalOptions& options) {
    std::vector<double> divisors(pairCount(options.dimension));
    for (std::size_t pair = 0; pair < divisors.size(); ++pair) {
        divisors[pair] = std::pow(options.base, exponentOf(options, pair));
    }
    return divisors;
}

void fillRow(const SinusoidalOptions& options, std::span<const double> divisors, std::size_t position,
             std::span<float> out) {
    const std::size_t pairs = divisors.size();
    const bool split = options.layout == SinusoidalLayout::Split;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const double angle = static_cast<double>(position) / divisors[pair];
        out[split ? pair : 2 * pair] = static_cast<float>(std::sin(angle));
        const std::size_t cosine = split ? pairs + pair : 2 * pair + 1;
        if (cosine < out.size()) {
            out[cosine] = static_cast<float>(std::cos(angle));
        }
    }
}

}  // namespace

Result<Done> validate(const SinusoidalOptions& options) {
    const std::array checks = {checkPositionCount("length", options.length, mostPositions),
                               checkPositionCount("dimension", options.dimension, mostPositionDimensions),
                               checkPositionBase(options.base)};
    for (const Result<Done>& check : checks) {
        if (!check.ok()) {
            return check;
        }
    }
    return checkPositionShape(std::array{options.length, options.dimension});
}

SinusoidalTerm sinusoidalTerm(const SinusoidalOptions& options, std::size_t position, std::size_t dimension) {
    assert(dimension < options.dimension);
    const std::size_t pairs = pairCount(options.dimension);
    const bool split = options.layout == SinusoidalLayout::Split;
    SinusoidalTerm term;
    term.isSine = split ? dimension < pairs : dimension % 2 == 0;
    term.pair = split ? dimension % pairs : dimension / 2;
    term.exponent = exponentOf(options, term.pair);
    term.angle = angleOf(options, position, term.pair);
    term.value = term.isSine ? std::sin(term.angle) : std::cos(term.angle);
    return term;
}

void sinusoidalRow(const SinusoidalOptions& options, std::size_t position, std::span<float> out) {
    assert(out.size() == options.dimension);
    fillRow(options, divisorsOf(options), position, out);
}

std::vector<double> wavelengths(const SinusoidalOptions& options) {
    std::vector<double> lengths = divisorsOf(options);
    for (double& length : lengths) {
        length *= 2 * std::numbers::pi;
    }
    return lengths;
}

Result<std::vector<float>> sinusoidalMatrix(const SinusoidalOptions& options, WorkerPool& pool,
                                            Progress& progress) {
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    const std::vector<double> divisors = divisorsOf(options);
    std::vector<float> values(options.length * options.dimension);
    SharedProgress shared(progress, options.length, "positions");
    pool.parallelFor(
        options.length, rowsOfBytes(options.dimension, pieceBytes),
        [&](std::size_t first, std::size_t last) {
            if (shared.stopRequested()) {
                return;
            }
            for (std::size_t position = first; position < last; ++position) {
                fillRow(options, divisors, position,
                        std::span(values).subspan(position * options.dimension, options.dimension));
            }
            shared.add(last - first);
        },
        Priority::Normal);
    if (shared.stopRequested()) {
        return cancelled();
    }
    return values;
}

}  // namespace lexiscope

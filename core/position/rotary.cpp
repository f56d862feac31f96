// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/position/rotary.h"

#include "core/base/grouped.h"
#include "core/embedding/table_pass.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <complex>
#include <numbers>
#include <string>

namespace lexiscope {
namespace {

constexpr std::size_t pieceBytes = std::size_t(256) << 10;

Error refused(std::string where, std::string what, std::string hint) {
    return {ErrorCode::InvalidArgument, std::move(where), std::move(what), std::move(hint)};
}

bool isAbove(double value, double least) {
    return std::isfinite(value) && value > least;
}

Result<Done> validateYarn(const RotaryOptions& options) {
    const RotaryScaling& scaling = options.scaling;
    if (options.base <= 1) {
        return refused("base", "is not above 1, which yarn needs", "10000 in the paper");
    }
    if (!isAbove(scaling.betaSlow, 0) || !isAbove(scaling.betaFast, scaling.betaSlow)) {
        return refused("beta", "fast must be above slow, and that above 0", "32 and 1 in the paper");
    }
    if (scaling.attentionFactor && !isAbove(*scaling.attentionFactor, 0)) {
        return refused("attention factor", "is no number above 0", "leave it out for 0.1 · ln s + 1");
    }
    return Done{};
}

Result<Done> validateScaling(const RotaryOptions& options) {
    const RotaryScaling& scaling = options.scaling;
    if (scaling.kind == RotaryScalingKind::None) {
        return Done{};
    }
    if (!std::isfinite(scaling.factor) || scaling.factor < 1) {
        return refused("factor", "is no number from 1 up", "how many times as long the texts are");
    }
    if (scaling.kind == RotaryScalingKind::Linear) {
        return Done{};
    }
    const Result<Done> original =
        checkPositionCount("original length", scaling.originalLength, mostPositions);
    if (!original.ok()) {
        return original;
    }
    const double low = scaling.lowFrequencyFactor;
    if (scaling.kind == RotaryScalingKind::Llama3 &&
        (!isAbove(low, 0) || !isAbove(scaling.highFrequencyFactor, low))) {
        return refused("frequency factor", "high must be above low, and that above 0",
                       "4 and 1 in Llama 3.1");
    }
    return scaling.kind == RotaryScalingKind::Yarn ? validateYarn(options) : Done{};
}

double exponentOf(const RotaryOptions& options, std::size_t pair) {
    return 2.0 * static_cast<double>(pair) / static_cast<double>(options.dimension);
}

/// The base that the text's length asks for.
double dynamicBase(const RotaryOptions& options) {
    if (options.dimension == 2) {
        return options.base;
    }
    const double original = static_cast<double>(options.scaling.originalLength);
    const double length = std::max(static_cast<double>(options.length), original);
    const double factor = options.scaling.factor;
    const double dimension = static_cast<double>(options.dimension);
    return options.base * std::pow(factor * length / original - (factor - 1), dimension / (dimension - 2));
}

/// The pairs between which more and more of the factor is taken.
struct YarnRamp {
    double low = 0;
    double high = 1;

    double shareOf(std::size_t pair) const {
        return std::clamp((static_cast<double>(pair) - low) / (high - low), 0.0, 1.0);
    }
};

YarnRamp yarnRamp(const RotaryOptions& options) {
    const double dimension = static_cast<double>(options.dimension);
    const auto pairTurning = [&](double turns) {
        const double original = static_cast<double>(options.scaling.originalLength);
        return dimension * std::log(original / (turns * 2 * std::numbers::pi)) / (2 * std::log(options.base));
    };
    YarnRamp ramp{std::max(std::floor(pairTurning(options.scaling.betaFast)), 0.0),
                  std::min(std::ceil(pairTurning(options.scaling.betaSlow)), dimension - 1)};
    if (ramp.low == ramp.high) {
        ramp.high += 0.001;
    }
    return ramp;
}

double llama3Share(const RotaryScaling& scaling, double divisor) {
    const double turns = static_cast<double>(scaling.originalLength) / (2 * std::numbers::pi * divisor);
    return std::clamp(
        (turns - scaling.lowFrequencyFactor) / (scaling.highFrequencyFactor - scaling.lowFrequencyFactor),
        0.0, 1.0);
}

/// `divisor` slowed by the factor, and not at all for the share `kept` of its speed.
double blended(double divisor, double factor, double kept) {
    return divisor / (kept + (1 - kept) / factor);
}

}  // namespace

Result<Done> validate(const RotaryOptions& options) {
    const std::array checks = {checkPositionCount("length", options.length, mostPositions),
                               checkPositionCount("dimension", options.dimension, mostPositionDimensions),
                               checkPositionBase(options.base)};
    for (const Result<Done>& check : checks) {
        if (!check.ok()) {
            return check;
        }
    }
    if (options.dimension % 2 != 0) {
        return refused("dimension", grouped(options.dimension) + " is odd, and rotary positions turn pairs",
                       "take an even number");
    }
    if (const Result<Done> scaling = validateScaling(options); !scaling.ok()) {
        return scaling;
    }
    return checkPositionShape(std::array{options.length, options.dimension});
}

RotaryWaves rotaryWaves(const RotaryOptions& options) {
    const RotaryScaling& scaling = options.scaling;
    const bool isYarn = scaling.kind == RotaryScalingKind::Yarn;
    const double base = scaling.kind == RotaryScalingKind::Dynamic ? dynamicBase(options) : options.base;
    const YarnRamp ramp = isYarn ? yarnRamp(options) : YarnRamp();
    RotaryWaves waves;
    for (std::size_t pair = 0; pair < options.dimension / 2; ++pair) {
        const double divisor = std::pow(base, exponentOf(options, pair));
        switch (scaling.kind) {
            case RotaryScalingKind::None:
            case RotaryScalingKind::Dynamic:
                waves.divisors.push_back(divisor);
                break;
            case RotaryScalingKind::Linear:
                waves.divisors.push_back(divisor * scaling.factor);
                break;
            case RotaryScalingKind::Yarn:
                waves.divisors.push_back(blended(divisor, scaling.factor, 1 - ramp.shareOf(pair)));
                break;
            case RotaryScalingKind::Llama3:
                waves.divisors.push_back(blended(divisor, scaling.factor, llama3Share(scaling, divisor)));
                break;
        }
    }
    if (isYarn) {
        waves.amplitude = scaling.attentionFactor.value_or(0.1 * std::log(scaling.factor) + 1);
    }
    return waves;
}

std::vector<double> wavelengths(const RotaryWaves& waves) {
    std::vector<double> lengths(waves.divisors);
    for (double& length : lengths) {
        length *= 2 * std::numbers::pi;
    }
    return lengths;
}

std::pair<std::size_t, std::size_t> rotaryPair(const RotaryOptions& options, std::size_t pair) {
    assert(pair < options.dimension / 2);
    return options.layout == RotaryLayout::Split ? std::pair(pair, pair + options.dimension / 2)
                                                 : std::pair(2 * pair, 2 * pair + 1);
}

RotaryTerm rotaryTerm(const RotaryOptions& options, const RotaryWaves& waves, std::size_t position,
                      std::size_t column) {
    assert(column < options.dimension);
    const std::size_t pairs = options.dimension / 2;
    const bool split = options.layout == RotaryLayout::Split;
    RotaryTerm term;
    term.isCosine = split ? column < pairs : column % 2 == 0;
    term.pair = split ? column % pairs : column / 2;
    term.divisor = waves.divisors[term.pair];
    term.angle = static_cast<double>(position) / term.divisor;
    term.value = waves.amplitude * (term.isCosine ? std::cos(term.angle) : std::sin(term.angle));
    return term;
}

void turnRow(const RotaryOptions& options, const RotaryWaves& waves, std::size_t position,
             std::span<const float> row, std::span<double> out) {
    assert(row.size() == options.dimension && out.size() == options.dimension);
    for (std::size_t pair = 0; pair < waves.divisors.size(); ++pair) {
        const auto [first, second] = rotaryPair(options, pair);
        const double angle = static_cast<double>(position) / waves.divisors[pair];
        const double cosine = waves.amplitude * std::cos(angle);
        const double sine = waves.amplitude * std::sin(angle);
        const double a = static_cast<double>(row[first]);
        const double b = static_cast<double>(row[second]);
        out[first] = a * cosine - b * sine;
        out[second] = a * sine + b * cosine;
    }
}

Result<PositionArray> rotaryTable(const RotaryOptions& options, WorkerPool& pool, Progress& progress) {
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    const RotaryWaves waves = rotaryWaves(options);
    PositionArray table{{options.length, options.dimension},
                        std::vector<float>(options.length * options.dimension)};
    SharedProgress shared(progress, options.length, "positions");
    const auto fill = [&](std::size_t position) {
        float* row = table.values.data() + position * options.dimension;
        for (std::size_t pair = 0; pair < waves.divisors.size(); ++pair) {
            const auto [cosine, sine] = rotaryPair(options, pair);
            const double angle = static_cast<double>(position) / waves.divisors[pair];
            row[cosine] = static_cast<float>(waves.amplitude * std::cos(angle));
            row[sine] = static_cast<float>(waves.amplitude * std::sin(angle));
        }
    };
    pool.parallelFor(
        options.length, rowsOfBytes(options.dimension, pieceBytes),
        [&](std::size_t first, std::size_t last) {
            if (shared.stopRequested()) {
                return;
            }
            for (std::size_t position = first; position < last; ++position) {
                fill(position);
            }
            shared.add(last - first);
        },
        Priority::Normal);
    if (shared.stopRequested()) {
        return cancelled();
    }
    return table;
}

RotaryDecay rotaryDecay(const RotaryOptions& options, std::size_t most) {
    assert(most > 0);
    const RotaryWaves waves = rotaryWaves(options);
    const double pairs = static_cast<double>(waves.divisors.size());
    RotaryDecay decay;
    decay.step = (options.length + most - 1) / most;
    for (std::size_t distance = 0; distance < options.length; distance += decay.step) {
        std::complex<double> sum = 0;
        double bound = 0;
        for (const double divisor : waves.divisors) {
            sum += std::polar(1.0, static_cast<double>(distance) / divisor);
            bound += std::abs(sum);
        }
        decay.score.push_back(waves.amplitude * waves.amplitude * sum.real() / pairs);
        decay.bound.push_back(bound / pairs);
    }
    return decay;
}

}  // namespace lexiscope

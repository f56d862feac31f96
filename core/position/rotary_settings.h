// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lexiscope {

/// How the angles of rotary positions are changed so that a model reads longer texts than it learned from.
enum class RotaryScalingKind : std::uint8_t {
    None,
    Linear,      ///< positions divided by the factor (Chen et al. 2023, arXiv:2306.15595)
    Ntk,         ///< the base grown by factor^(D / (D - 2))
    DynamicNtk,  ///< the same, from a length beyond the original one on, by as much as that length needs
    Yarn,        ///< short waves as they are, long ones as Linear, a ramp between (Peng et al. 2023,
                 ///< arXiv:2309.00071)
    Llama3,      ///< likewise, with the bounds that Llama 3.1 sets
};

/// As configurations name it: "default", "linear", "ntk", "dynamic", "yarn", "llama3".
constexpr std::string_view name(RotaryScalingKind kind) {
    switch (kind) {
        case RotaryScalingKind::None:
            return "default";
        case RotaryScalingKind::Linear:
            return "linear";
        case RotaryScalingKind::Ntk:
            return "ntk";
        case RotaryScalingKind::DynamicNtk:
            return "dynamic";
        case RotaryScalingKind::Yarn:
            return "yarn";
        case RotaryScalingKind::Llama3:
            return "llama3";
    }
    return {};
}

struct RotaryScaling {
    RotaryScalingKind kind = RotaryScalingKind::None;
    double factor = 1;               ///< how many times as long texts get; above 0
    std::size_t originalLength = 0;  ///< positions that the model learned from; 0: not known
    // Of Llama3: waves that turn at least `high` times in the original length stay, those that turn at most
    // `low` times are stretched by the factor. 0 < low < high.
    double lowFrequencyFactor = 1;
    double highFrequencyFactor = 4;
    // Of Yarn: likewise, in turns. 0 < slow < fast.
    double betaFast = 32;
    double betaSlow = 1;
    /// Of Yarn: what cosines and sines are multiplied by; nothing: 0.1 · ln(factor) + 1, and 1 for a factor
    /// of at most 1.
    std::optional<double> attentionFactor = {};

    bool operator==(const RotaryScaling&) const = default;
};

/// The rotary positions of one model, as its configuration says them.
struct RotarySettings {
    std::size_t headDimension = 0;  ///< numbers of one head
    std::size_t dimension = 0;   ///< how many of them, the first ones, are turned: even, 2 … headDimension
    double base = 10000;         ///< above 0
    bool isInterleaved = false;  ///< pairs are neighbours; else i and i + dimension / 2 are one
    RotaryScaling scaling = {};
    std::size_t longest = 0;  ///< positions the model is made for; 0: not said

    bool operator==(const RotarySettings&) const = default;
};

}  // namespace lexiscope

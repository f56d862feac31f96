// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lexiscope {

/// Which two numbers of a head are turned together. In a row of the table the cosine of their angle stands
/// where the first of them does, the sine where the second does.
enum class RotaryLayout {
    Interleaved,  ///< 2i and 2i + 1, as the paper writes it and the authors of Llama have it
    Split,        ///< i and i + D/2, as GPT-NeoX has it and Llama in the files of Hugging Face
};

/// How waves are slowed so that a model reads texts longer than those it was trained on; named as `rope_type`
/// in the config.json of Llama and its kin.
enum class RotaryScalingKind { None, Linear, Dynamic, Yarn, Llama3 };

/// "default", "linear", "dynamic", "yarn", "llama3"
constexpr std::string_view name(RotaryScalingKind kind) {
    switch (kind) {
        case RotaryScalingKind::None:
            return "default";
        case RotaryScalingKind::Linear:
            return "linear";
        case RotaryScalingKind::Dynamic:
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
    double factor = 1;                  ///< s: how many times as long the texts are, from 1
    std::size_t originalLength = 2048;  ///< T, positions, of all but linear
    /// Yarn multiplies cosines and sines by it; above 0. None: 0.1 · ln s + 1.
    std::optional<double> attentionFactor = {};
    double betaFast = 32;            ///< yarn: pairs that turn more often over T stay as they are
    double betaSlow = 1;             ///< yarn: those that turn less often are slowed by all of s; above 0
    double lowFrequencyFactor = 1;   ///< llama3: as betaSlow
    double highFrequencyFactor = 4;  ///< llama3: as betaFast

    bool operator==(const RotaryScaling&) const = default;
};

/// The rotary positions of one model, as its configuration says them.
struct RotarySettings {
    std::size_t headDimension = 0;  ///< numbers of one head
    std::size_t dimension = 0;  ///< D, how many of them, the first ones, are turned: even, 2 … headDimension
    double base = 10000;        ///< above 0
    RotaryLayout layout = RotaryLayout::Split;
    RotaryScaling scaling = {};
    std::size_t longest = 0;  ///< positions that the model is made for; 0: not said

    bool operator==(const RotarySettings&) const = default;
};

}  // namespace lexiscope

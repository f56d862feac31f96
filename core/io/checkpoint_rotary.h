// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/checkpoint_config.h"
#include "core/io/checkpoint_family.h"
#include "core/position/rotary_settings.h"

#include <cstddef>
#include <optional>
#include <string>

namespace lexiscope {

/// The rotary positions that a config.json asks for, or what keeps them from being known.
struct RotaryReading {
    std::optional<RotarySettings> settings;
    std::string unknown;  ///< without settings: "the rotary scaling “longrope” is not known here"
};

/// For a model of a rotary family whose rows have `dimension` numbers. Reads head_dim, or else
/// num_attention_heads; the base and the turned part of a head by the family's keys, or rotary_dim; and
/// rope_scaling or rope_parameters, whose kind is called rope_type or type. A kind that is not known or a
/// number that cannot be is never guessed around.
RotaryReading readRotary(const CheckpointConfig& config, const CheckpointFamily& family,
                         std::size_t dimension);

/// "base 500,000, scaled “llama3” × 8"
std::string rotaryText(const RotarySettings& settings);

}  // namespace lexiscope

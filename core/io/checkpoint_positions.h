// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/io/checkpoint_config.h"
#include "core/io/checkpoint_family.h"
#include "core/io/checkpoint_weights.h"
#include "core/model.h"

#include <optional>
#include <string>

namespace lexiscope {

/// What is known of a checkpoint before its positions are read.
struct PositionSource {
    const CheckpointConfig& config;
    const CheckpointFamily& family;
    bool isKnown = true;  ///< the family is it and no other; else positions are not guessed
};

/// Fills what the model has of positions: their table and the row that the first token takes, or the rotary
/// setting, or the sentence that says what there is instead. Its token rows have been read, from the tensor
/// `tokens`. An error when a table of positions is there but cannot be the model's: Broken where its rows
/// have another length than the tokens', or pad_token_id leaves none for a token.
std::optional<Error> readPositions(Model& model, const PositionSource& source, CheckpointWeights& weights,
                                   const std::string& tokens);

}  // namespace lexiscope

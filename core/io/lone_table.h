// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/checkpoint_weights.h"
#include "core/io/loader.h"
#include "core/model.h"

#include <memory>

namespace lexiscope {

/// Is it one file with one tensor of rows and columns alone, which has no name that a family of models gives
/// its tokens?
bool isLoneTable(const CheckpointWeights& weights);

/// The rows of such a file, under the words that lie beside it, one a line, in a file of the same name that
/// ends in .txt; without as many words as rows, under their numbers, which is said. Errors as tableOf() and
/// CheckpointWeights::find() have them.
Result<std::shared_ptr<const Model>> loadLoneTable(const Source& source, CheckpointWeights& weights);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/token_traits.h"
#include "core/model.h"

namespace lexiscope {

/// Of the vocabulary of a model, whose tokenizer, if it has one, tells which tokens stand for a byte.
/// Cancelled.
Result<std::shared_ptr<const TokenTraits>> traitsOfTokens(const Model& model, WorkerPool& pool,
                                                          Progress& progress);

}  // namespace lexiscope

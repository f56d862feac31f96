// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/tokenizer.h"

#include <string_view>

namespace lexiscope {

/// The tokens of `text`, which is `before` with one stretch of it changed, where those of `before` are known:
/// only what lies between the word cuts around the change is encoded. The result is that of
/// Tokenizer::encode() with the same options, which `known` was made with.
///
/// Where the tokenizer sums words, what follows the change is encoded anew as far as the other sum before it
/// may lead to other tokens: until both sums are equal, or go on alike (ScoreSums), and again around each
/// power of two that they pass. Where it neither keeps words apart nor sums them all is encoded.
Result<Encoding> encodeChanged(const Tokenizer& tokenizer, std::string_view before, const Encoding& known,
                               std::string_view text, const EncodeOptions& options, Progress& progress);

}  // namespace lexiscope

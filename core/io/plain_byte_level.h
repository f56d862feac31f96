// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/added_tokens.h"
#include "core/tokenize/byte_level_bpe.h"

#include <span>

namespace lexiscope {

/// Adds the tokens beside the model's own to a byte-level BPE. False, and nothing added, where the stages one
/// after the other (makePipeline()) might make something else of a text: one of the tokens is only taken
/// where it stands alone or takes the white space behind it, is looked for in another stage than the rest, is
/// special and also what text becomes, or is not spelled as the bytes it stands for.
bool addToPlain(ByteLevelBpeParts& parts, std::span<const AddedToken> added);

}  // namespace lexiscope

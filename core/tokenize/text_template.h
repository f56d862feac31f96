// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/tokenizer.h"

#include <memory>
#include <vector>

namespace lexiscope {

/// What stands in a template: the text's tokens, or special ones.
struct TemplatePart {
    bool isText = false;
    std::vector<TokenId> special;  ///< where it is no text
};

/// A tokenizer, and around it a template that has the text more than once, or not at all; it may be another
/// one where no special tokens are added. Tokens of the text that stand there again, and special ones, have
/// an empty source behind the text, or before it where no text stands before them. `tokenizer` adds none
/// itself.
std::shared_ptr<const Tokenizer> makeTemplated(std::shared_ptr<const Tokenizer> tokenizer,
                                               std::vector<TemplatePart> withSpecial,
                                               std::vector<TemplatePart> without);

}  // namespace lexiscope

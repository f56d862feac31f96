// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/tokenizer_json_events.h"
#include "core/tokenize/added_tokens.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What a tokenizer.json names: the entries of its model and its added tokens in one row of IDs.
struct TokenizerJsonVocabulary {
    std::vector<std::string>
        spellings;                ///< entry i is the spelling of ID i; "[unused i]" where nobody uses it
    std::size_t ofModel = 0;      ///< entries that are the model's own
    std::vector<bool> isOfModel;  ///< by ID; not those that stand there again under a higher one
    std::vector<AddedToken> added;
    std::vector<std::string> warnings;
};

/// The error of a damaged file, in that part of it ("model.vocab").
Error brokenTokenizerJson(std::string_view name, std::string_view part, std::string what);

/// Takes them from a file that has been read, with a warning of added tokens without content, which are left
/// out, and of pieces that stand in a list twice, of which the later one counts. Broken, with the part of the
/// file: no entries, an added token that stands there twice, or in the model under another ID; an ID twice,
/// or far beyond the others.
Result<TokenizerJsonVocabulary> readTokenizerJsonVocabulary(TokenizerJsonEvents& file, std::string_view name);

}  // namespace lexiscope

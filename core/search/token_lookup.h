// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What was found for a word that a person typed.
struct FoundToken {
    Row row;
    bool asWritten = true;  ///< false: found with a word-start mark, as a phrase, in another case, or through
                            ///< the tokenizer
};

/// Looked up as written, in the file's spelling or as the text that it stands for; then, if the vocabulary
/// marks word starts, with that mark; then, in a vocabulary of words, as a phrase whose words have "_"
/// between them
/// ("New York" is "New_York" in word2vec's files); then either with another case; else as the single token
/// that the tokenizer gives. A text without characters is found only as written. NotFound carries the three
/// closest spellings in its hint, as the vocabulary writes them.
Result<FoundToken> findToken(const Model& model, std::string_view text);

/// The `count` spellings with the fewest edits (Levenshtein over characters, word-start mark ignored),
/// nearest first, of equally near ones the earlier row. None for a text of more than 128 characters: no token
/// is meant by it.
std::vector<Row> closestSpellings(const Vocabulary& vocabulary, std::string_view text, std::size_t count);

/// Rows whose text, without word-start mark, begins with `prefix`: exact case first, then any case, each in
/// row order; at most `limit`. In a vocabulary of words a space in the prefix also stands for "_". Cancelled.
Result<std::vector<Row>> completions(const Vocabulary& vocabulary, std::string_view prefix, std::size_t limit,
                                     Progress& progress);

/// The row of `to` that means the same token: by bare text, exact first, then by case. Where several rows of
/// `to` share that text, one with a word start is preferred if the original has one; in a vocabulary without
/// marks every entry is a word and counts as having one.
std::optional<Row> matchToken(const Vocabulary& from, Row row, const Vocabulary& to);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace lexiscope {

// Where a text can be cut so that each side is tokenized by itself: before a space that stands between an
// ASCII letter or digit and an ASCII letter ("to| be"). No pattern in use joins what such a place parts, and
// whether it is one shows in three bytes. Tokenizer::keepsWordsApart() tells whether it holds for all that a
// tokenizer does.

/// The first cut at `from` or behind it; text.size() where there is none.
std::size_t wordCutFrom(std::string_view text, std::size_t from);
/// The last cut at `from` or before it; 0 where there is none.
std::size_t wordCutUpTo(std::string_view text, std::size_t from);

/// Where the word of text[begin, end) ends: the first place behind `begin` with a space or "▁" that stands
/// behind an ASCII letter or digit, or `end`.
std::size_t endOfWord(std::string_view text, std::size_t begin, std::size_t end);

/// Of ASCII, as they stand beside a cut.
bool isLetterOrDigit(char byte);

/// Can what stands in a text like this reach over a cut? Where `marksSpaces`, a space may be spelled "▁".
bool reachesOverWordCut(std::string_view spelling, bool marksSpaces = true);

}  // namespace lexiscope

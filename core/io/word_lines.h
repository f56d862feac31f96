// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace lexiscope {

/// The lines of a file that holds one word each, as BERT's vocab.txt does: line r is the word of row r,
/// whatever bytes it has, and an empty line is an empty word. A line ends with a newline, or with a carriage
/// return and one; the last may end with the file. Points into the text.
std::vector<std::string_view> wordLines(std::string_view text);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

// The files that word vectors are measured by, as people share them. Lines end in a newline, a carriage
// return before it counts for nothing; words are parted by ASCII spaces and tabs.

/// Lines that were passed over because they are not what such a file is made of.
struct OddLines {
    std::size_t count = 0;
    std::size_t first = 0;  ///< number of the first one, from 1
};

/// The first word is to the second as the third is to the fourth.
using AnalogyQuestion = std::array<std::string, 4>;

struct AnalogySection {
    std::string name;
    std::vector<AnalogyQuestion> questions;
};

struct AnalogyQuestions {
    std::vector<AnalogySection> sections;  ///< an empty one too, in the file's order
    OddLines oddLines;                     ///< not empty, and not four words
};

/// word2vec's questions-words.txt: four words a line, ": NAME" before each section. Broken, with the line,
/// for a question before the first section, and when there is no question at all. `name` is what errors call
/// the file.
Result<AnalogyQuestions> parseAnalogyQuestions(std::string_view text, std::string_view name);

/// Two words, and how alike people find them.
struct JudgedPair {
    std::string first;
    std::string second;
    double score = 0;
};

struct JudgedPairs {
    std::vector<JudgedPair> pairs;
    OddLines oddLines;  ///< not empty, no comment, and not two words and a number
};

/// WordSim-353 and its like: two words and a number a line, parted by single tabs, or by spaces in a line
/// without tabs; lines that begin with "#" are comments. Broken when there is no pair at all.
Result<JudgedPairs> parseJudgedPairs(std::string_view text, std::string_view name);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/known_patterns.h"

#include "core/tokenize/split_scheme.h"

#include <algorithm>
#include <array>
#include <string>

namespace lexiscope {
namespace {

// No match holds both a letter or digit and a space behind it, and none looks back.
constexpr std::array cutting = {patterns::deepSeek, patterns::bloom,   patterns::tekken,
                                patterns::qwen35,   patterns::bailing, patterns::seedCoder,
                                patterns::youtu,    patterns::kimiK2,  patterns::jais2,
                                patterns::miniCpm5, patterns::spark,   patterns::ufakzeka};
constexpr std::array keeping = {patterns::digit,
                                patterns::threeDigits,
                                patterns::chineseAndKana,
                                patterns::lineBreak,
                                patterns::spacedLetters,
                                patterns::spacedPunctuation,
                                patterns::chineseAndHangul,
                                patterns::signs,
                                patterns::eachThreeDigits,
                                patterns::spacedAlphabets,
                                patterns::spacedSigns,
                                patterns::spacesAtEnd,
                                patterns::numbers,
                                patterns::eastAsian,
                                patterns::sentinel,
                                patterns::imageToken,
                                patterns::blanks,
                                patterns::sign,
                                patterns::asianScripts,
                                patterns::lines};

}  // namespace

AtWordCut atWordCutOf(std::string_view written) {
    const std::string pattern = withBreaksSpelled(written);
    if (std::find(cutting.begin(), cutting.end(), pattern) != cutting.end()) {
        return AtWordCut::Cuts;
    }
    return std::find(keeping.begin(), keeping.end(), pattern) != keeping.end() ? AtWordCut::Keeps
                                                                               : AtWordCut::Unknown;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/word_cuts.h"

#include <algorithm>

namespace lexiscope {
namespace {

constexpr std::string_view spaceSign = "\u2581";

bool isLetter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
/// 0 < place, place + 1 < text.size()
bool isCut(std::string_view text, std::size_t place) {
    return text[place] == ' ' && isLetterOrDigit(text[place - 1]) && isLetter(text[place + 1]);
}

}  // namespace

bool isLetterOrDigit(char byte) {
    return isLetter(byte) || (byte >= '0' && byte <= '9');
}

std::size_t wordCutFrom(std::string_view text, std::size_t from) {
    // Byte by byte: from space to space takes as long in words, and longer where all is spaces.
    for (std::size_t place = std::max<std::size_t>(from, 1); place + 1 < text.size(); ++place) {
        if (isCut(text, place)) {
            return place;
        }
    }
    return text.size();
}

std::size_t wordCutUpTo(std::string_view text, std::size_t from) {
    if (text.size() < 3) {
        return 0;
    }
    for (std::size_t place = std::min(from, text.size() - 2); place > 0; --place) {
        if (isCut(text, place)) {
            return place;
        }
    }
    return 0;
}

std::size_t endOfWord(std::string_view text, std::size_t begin, std::size_t end) {
    for (std::size_t place = begin + 1; place < end; ++place) {
        const bool maySpace = text[place] == ' ' || text[place] == spaceSign.front();
        if (maySpace && isLetterOrDigit(text[place - 1]) &&
            (text[place] == ' ' || text.substr(place, end - place).starts_with(spaceSign))) {
            return place;
        }
    }
    return end;
}

bool reachesOverWordCut(std::string_view spelling, bool marksSpaces) {
    for (std::size_t place = 1; place < spelling.size(); ++place) {
        const std::string_view rest = spelling.substr(place);
        if (isLetterOrDigit(spelling[place - 1]) &&
            (rest.front() == ' ' || (marksSpaces && rest.starts_with(spaceSign)))) {
            return true;
        }
    }
    return false;
}

}  // namespace lexiscope

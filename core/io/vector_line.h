// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lexiscope {

/// Why a line is no row, and where in it.
struct LineFault {
    std::size_t offset = 0;  ///< bytes from the line's begin
    std::string what;
    std::string hint;
};

/// A word, and what is odd about its line though it can be read.
struct VectorLine {
    std::string_view word;  ///< bytes of the line
    bool hasCarriageReturn = false;
    /// The word's last part is made like a number ("windows 95", "over 1,000"): where it begins in the line.
    /// It may be one number too many.
    std::optional<std::size_t> numberInWord;
};

/// The line without what may follow its numbers: spaces, tabs, and the carriage return of a line that ends as
/// on Windows.
std::string_view withoutLineEnd(std::string_view line);

/// Reads a row of a text file of vectors: a word, then numbers.size() numbers, with one space or tab before
/// each. The numbers are counted from the right, so that a word may hold spaces. `line` comes from
/// withoutLineEnd() and is not empty; `said` tells who says how many numbers there are ("line 1 says"). A
/// fault: fewer numbers; more (the word's last part is a number with a point or an exponent); what is no
/// number; a carriage return where a row seems to end.
std::optional<LineFault> readVectorLine(std::string_view line, std::string_view said, VectorLine& row,
                                        std::span<float> numbers);

/// The fault of a line that is too short for so many numbers.
LineFault tooFewNumbers(std::string_view line, std::size_t wanted, std::string_view said);

/// How many fields the line has, and how many at its end are numbers or look like ones ("0,25", "1.2.3"): for
/// telling files of vectors from others, broken ones included. Never all of them: the first is the word.
struct LineShape {
    std::size_t fields = 0;
    std::size_t numbers = 0;
    bool beginsWithNumber = false;
    bool firstHasPoint = false;    ///< the first field has a point, a comma or an exponent
    bool othersHavePoint = false;  ///< one of the numbers at the end has
};
LineShape shapeOfLine(std::string_view line);

}  // namespace lexiscope

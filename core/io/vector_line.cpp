// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vector_line.h"

#include "core/base/grouped.h"
#include "core/io/decimal.h"
#include "core/io/vocab_json.h"

#include <algorithm>

namespace lexiscope {
namespace {

constexpr std::string_view separators = " \t";

bool isFraction(std::string_view field) {
    return isDecimal(field) && field.find_first_of("0123456789") != std::string_view::npos &&
           field.find_first_of(".eE") != std::string_view::npos;
}

/// Made of what numbers are made of, whether or not it is one.
bool looksLikeNumber(std::string_view field) {
    return isDecimal(field) || (field.find_first_not_of("0123456789+-.,eE") == std::string_view::npos &&
                                field.find_first_of("0123456789") != std::string_view::npos);
}

std::size_t countFields(std::string_view line) {
    return 1 + static_cast<std::size_t>(std::count_if(line.begin(), line.end(), separatesFields));
}

std::string numbersText(std::size_t count) {
    return grouped(count) + (count == 1 ? " number" : " numbers");
}

LineFault wrongCount(std::size_t offset, std::size_t count, std::size_t wanted, std::string_view said) {
    return {offset,
            "this row has " + numbersText(count) + ", but " + std::string(said) + " " + grouped(wanted),
            "each row has as many; the file may be damaged: fetch it again"};
}

LineFault noNumber(std::string_view field, std::size_t offset) {
    if (field.empty()) {
        return {offset, "two spaces stand where one belongs",
                "the fields of a row have one space between them"};
    }
    std::string point(field);
    std::replace(point.begin(), point.end(), ',', '.');
    std::string hint =
        isDecimal(point) ? "decimals are written with a point" : "the file may be damaged: fetch it again";
    return {offset, quotedForError(field) + " is no number", std::move(hint)};
}

LineFault loneCarriageReturn(std::size_t offset) {
    return {offset, "a carriage return stands alone, where lines end with a newline",
            "save the file with line ends as on Unix or Windows"};
}

/// Most lines: the word ends at the first space, and after it there are as many numbers as there must be.
/// False, having promised nothing, for any other.
bool readPlainLine(std::string_view line, std::string_view& word, std::span<float> numbers) {
    const std::size_t wordEnd = std::min(line.find(' '), line.size());
    const char* const end = line.data() + line.size();
    word = line.substr(0, wordEnd);
    return readDecimals(line.data() + wordEnd, end, numbers) == end;
}

/// From the right, saying what is wrong.
std::optional<LineFault> readFromRight(std::string_view line, std::string_view said, std::string_view& word,
                                       std::span<float> numbers) {
    std::size_t end = line.size();
    for (std::size_t left = numbers.size(); left-- > 0;) {
        const std::size_t separator =
            end == 0 ? std::string_view::npos : line.find_last_of(separators, end - 1);
        const std::size_t begin = separator == std::string_view::npos ? 0 : separator + 1;
        const std::string_view field = line.substr(begin, end - begin);
        const bool isNumber = isDecimal(field);
        if (separator == std::string_view::npos || (!isNumber && countFields(line) <= numbers.size())) {
            return tooFewNumbers(line, numbers.size(), said);
        }
        if (!isNumber) {
            const std::size_t lone = field.find('\r');
            return lone == std::string_view::npos ? noNumber(field, begin) : loneCarriageReturn(begin + lone);
        }
        readDecimal(field.data(), field.data() + field.size(), numbers[left]);
        end = separator;
    }
    word = line.substr(0, end);
    return std::nullopt;
}

std::string_view lastPart(std::string_view text) {
    const std::size_t separator = text.find_last_of(separators);
    return separator == std::string_view::npos ? std::string_view() : text.substr(separator + 1);
}

/// What a word may hold, and what looks as if it were not of the word.
std::optional<LineFault> lookAtWord(std::string_view line, std::string_view said, std::size_t numbers,
                                    VectorLine& row) {
    const std::string_view last = lastPart(row.word);
    if (!last.empty() && looksLikeNumber(last)) {
        const auto offset = static_cast<std::size_t>(last.data() - line.data());
        if (isFraction(last)) {
            return wrongCount(offset, numbers + 1, numbers, said);
        }
        row.numberInWord = offset;
    }
    const std::size_t lone = row.word.find('\r');
    if (lone == std::string_view::npos) {
        return std::nullopt;
    }
    row.hasCarriageReturn = true;
    const std::string_view before = lastPart(row.word.substr(0, lone));
    return !before.empty() && looksLikeNumber(before) ? std::optional(loneCarriageReturn(lone))
                                                      : std::nullopt;
}

}  // namespace

std::string_view withoutLineEnd(std::string_view line) {
    const std::size_t last = line.find_last_not_of(" \t\r");
    return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::optional<LineFault> readVectorLine(std::string_view line, std::string_view said, VectorLine& row,
                                        std::span<float> numbers) {
    row = {};
    if (!readPlainLine(line, row.word, numbers)) {
        if (std::optional<LineFault> fault = readFromRight(line, said, row.word, numbers)) {
            return fault;
        }
    }
    return lookAtWord(line, said, numbers.size(), row);
}

LineFault tooFewNumbers(std::string_view line, std::size_t wanted, std::string_view said) {
    if (const std::size_t lone = line.find('\r'); lone != std::string_view::npos) {
        return loneCarriageReturn(lone);
    }
    return wrongCount(line.size(), countFields(line) - 1, wanted, said);
}

LineShape shapeOfLine(std::string_view line) {
    LineShape shape;
    shape.fields = countFields(line);
    const std::size_t firstEnd = std::min(line.find_first_of(separators), line.size());
    shape.beginsWithNumber = looksLikeNumber(line.substr(0, firstEnd));
    const auto hasPoint = [](std::string_view field) {
        return field.find_first_of(".,eE") != std::string_view::npos;
    };
    shape.firstHasPoint = hasPoint(line.substr(0, firstEnd));
    for (std::size_t end = line.size(); end > firstEnd;) {
        const std::size_t separator = line.find_last_of(separators, end - 1);
        const std::string_view field = line.substr(separator + 1, end - separator - 1);
        if (!looksLikeNumber(field)) {
            break;
        }
        ++shape.numbers;
        shape.othersHavePoint = shape.othersHavePoint || hasPoint(field);
        end = separator;
    }
    return shape;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_vector_format.h"

#include "core/io/vector_line.h"
#include "core/io/word2vec_binary.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t linesLookedAt = 64;
/// No prose and few tables end a line in so many numbers, so that whatever stands before them is a word.
constexpr std::size_t manyNumbers = 16;

/// The first lines that are not empty, whatever ends them; the one that the sample cuts only if it is the
/// first, and then without its last field.
std::vector<LineShape> firstLines(std::string_view text, bool isWhole) {
    std::vector<LineShape> lines;
    while (!text.empty() && lines.size() < linesLookedAt) {
        const std::size_t end = text.find_first_of("\n\r");
        std::string_view line = text.substr(0, end);
        if (end == std::string_view::npos && !isWhole) {
            if (!lines.empty()) {
                break;
            }
            const std::size_t separator = line.find_last_of(" \t");
            line = line.substr(0, separator == std::string_view::npos ? 0 : separator);
        }
        line = withoutLineEnd(line);
        if (!line.empty()) {
            lines.push_back(shapeOfLine(line));
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

bool isRow(const LineShape& line) {
    return (line.numbers >= 2 && line.numbers + 1 == line.fields) || line.numbers >= manyNumbers;
}

bool areMost(std::size_t some, std::size_t all) {
    return some * 2 > all;
}

/// What most of the rows have.
std::size_t usualNumbers(const std::vector<LineShape>& lines) {
    std::map<std::size_t, std::size_t> counts;
    for (const LineShape& line : lines) {
        counts[line.numbers] += isRow(line) ? 1 : 0;
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? 0 : most->first;
}

std::size_t dimensionOf(const Word2VecHeader& header) {
    std::size_t dimension = 0;
    const char* const end = header.dimension.data() + header.dimension.size();
    const char* begin = header.dimension.data() + (header.dimension.starts_with('+') ? 1 : 0);
    const std::from_chars_result result = std::from_chars(begin, end, dimension);
    return result.ec == std::errc{} && result.ptr == end ? dimension : 0;
}

TextKind kindAfterHeader(const std::vector<LineShape>& lines, std::size_t dimension) {
    const auto rows = std::count_if(lines.begin(), lines.end(), [dimension](const LineShape& line) {
        return line.numbers >= 2 || (line.numbers == 1 && dimension == 1);
    });
    return areMost(static_cast<std::size_t>(rows), lines.size()) ? TextKind::Vectors : TextKind::Other;
}

TextKind kindWithoutHeader(const std::vector<LineShape>& lines) {
    std::size_t rows = 0;
    std::size_t rowsOfNumbers = 0;
    std::size_t longest = 0;
    bool firstHasPoint = false;
    bool othersHavePoint = false;
    for (const LineShape& line : lines) {
        rows += isRow(line) ? 1 : 0;
        rowsOfNumbers += isRow(line) && line.beginsWithNumber ? 1 : 0;
        longest = std::max(longest, line.numbers);
        firstHasPoint = firstHasPoint || (line.beginsWithNumber && line.firstHasPoint);
        othersHavePoint = othersHavePoint || line.othersHavePoint;
    }
    const std::size_t fewest = longest >= manyNumbers ? 1 : othersHavePoint ? 2 : 3;
    if (rows < fewest || !areMost(rows, lines.size())) {
        return TextKind::Other;
    }
    const bool hasNoWords = rowsOfNumbers == rows && (firstHasPoint || !othersHavePoint);
    return hasNoWords ? TextKind::NumbersAlone : TextKind::Vectors;
}

std::string_view withoutMark(std::string_view sample) {
    return sample.substr(sample.starts_with(byteOrderMark) ? byteOrderMark.size() : 0);
}

}  // namespace

TextKind kindOfText(std::string_view sample, bool isWhole) {
    const std::string_view text = withoutMark(sample);
    const std::optional<Word2VecHeader> header = word2VecHeader(text);
    if (header) {
        const std::vector<LineShape> lines = firstLines(text.substr(header->size), isWhole);
        return kindAfterHeader(lines, dimensionOf(*header));
    }
    if (text.find('\0') != std::string_view::npos) {
        return TextKind::Other;
    }
    return kindWithoutHeader(firstLines(text, isWhole));
}

TextVectorFormat textVectorFormat(std::string_view sample, bool isWhole) {
    TextVectorFormat format;
    const std::string_view text = withoutMark(sample);
    format.begin = sample.size() - text.size();
    format.hasByteOrderMark = format.begin != 0;
    if (const std::optional<Word2VecHeader> header = word2VecHeader(text)) {
        format.header = {std::string(header->rows), std::string(header->dimension)};
        format.dimension = dimensionOf(*header);
        format.begin += header->size;
    } else {
        format.dimension = usualNumbers(firstLines(text, isWhole));
    }
    return format;
}

}  // namespace lexiscope

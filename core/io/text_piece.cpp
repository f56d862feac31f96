// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_piece.h"

#include "core/base/utf8.h"
#include "core/io/decimal.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace lexiscope {
namespace {

std::uint64_t columnOf(std::string_view line, std::size_t offset) {
    return countCharacters(line.substr(0, offset)) + 1;
}

std::size_t firstNotUtf8(std::string_view text) {
    std::size_t offset = 0;
    for (CodePoint point = codePointAt(text, 0); point.valid; point = codePointAt(text, offset)) {
        offset += point.size;
    }
    return offset;
}

/// Where the field begins that has so many fields after it.
std::size_t fieldFromRight(std::string_view line, std::size_t after) {
    std::size_t begin = line.size();
    for (std::size_t left = after + 1; left > 0 && begin > 0;) {
        --begin;
        left -= separatesFields(line[begin]) ? 1 : 0;
    }
    return begin + 1;
}

}  // namespace

void TextPiece::read(std::string_view text, std::size_t dimension, std::string_view said) {
    words.clear();
    values.clear();
    lines = 0;
    odd = {};
    fault.reset();
    while (!text.empty() && !fault) {
        const std::size_t end = text.find('\n');
        ++lines;
        readLine(withoutLineEnd(text.substr(0, end)), dimension, said);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

void TextPiece::readLine(std::string_view line, std::size_t dimension, std::string_view said) {
    if (line.empty()) {
        note(Oddity::EmptyLine, line, 0);
        return;
    }
    // A number takes two bytes at the least, so a line that is too short asks for no room.
    const std::size_t before = values.size();
    const std::size_t room = std::min(dimension, line.size() / 2 + 1);
    values.resize(before + room);
    VectorLine row;
    const std::span<float> numbers = std::span(values).subspan(before);
    std::optional<LineFault> found =
        room == dimension ? readVectorLine(line, said, row, numbers) : tooFewNumbers(line, dimension, said);
    if (found) {
        values.resize(before);
        fault = {{lines, columnOf(line, found->offset)}, *std::move(found)};
        return;
    }
    words.push_back(row.word);
    lookAt(row, line, dimension);
}

void TextPiece::lookAt(const VectorLine& row, std::string_view line, std::size_t dimension) {
    if (row.word.empty()) {
        note(Oddity::EmptyWord, line, 0);
    } else if (!isUtf8(row.word)) {
        note(Oddity::NotUtf8, line, firstNotUtf8(row.word));
    }
    if (row.hasCarriageReturn) {
        note(Oddity::CarriageReturn, line, line.find('\r'));
    }
    if (row.numberInWord) {
        note(Oddity::NumberInWord, line, *row.numberInWord);
    }
    const std::span<const float> numbers = std::span(values).last(dimension);
    const auto notFinite =
        std::find_if(numbers.begin(), numbers.end(), [](float value) { return !std::isfinite(value); });
    if (notFinite != numbers.end()) {
        note(Oddity::NotFinite, line,
             fieldFromRight(line, static_cast<std::size_t>(numbers.end() - notFinite) - 1));
    }
}

void TextPiece::note(Oddity oddity, std::string_view line, std::size_t offset) {
    Odd& noted = odd[static_cast<std::size_t>(oddity)];
    if (noted.count++ == 0) {
        noted.first = {lines, columnOf(line, offset)};
    }
}

}  // namespace lexiscope

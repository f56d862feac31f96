// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/gpt2_split.h"

#include "core/base/utf8.h"

#include <array>
#include <cstdint>

namespace lexiscope {
namespace {

enum class PieceClass : std::uint8_t { Letter, Number, Space, Rest };

struct Step {
    PieceClass pieceClass;
    std::uint8_t size;
};

PieceClass pieceClassOf(char32_t character) {
    switch (classOf(character)) {
        case CharacterClass::Letter:
            return PieceClass::Letter;
        case CharacterClass::Number:
            return PieceClass::Number;
        case CharacterClass::Space:
            return PieceClass::Space;
        default:
            return PieceClass::Rest;
    }
}

std::array<PieceClass, 128> asciiClasses() {
    std::array<PieceClass, 128> classes{};
    for (std::size_t i = 0; i < classes.size(); ++i) {
        classes[i] = pieceClassOf(static_cast<char32_t>(i));
    }
    return classes;
}

const std::array<PieceClass, 128> asciiClass = asciiClasses();

Step stepAt(std::string_view text, std::size_t offset) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    if (byte < 128) {
        return {asciiClass[byte], 1};
    }
    const CodePoint point = codePointAt(text, offset);
    return {point.valid ? pieceClassOf(point.value) : PieceClass::Rest,
            static_cast<std::uint8_t>(point.size)};
}

std::size_t endOfRun(std::string_view text, std::size_t offset, PieceClass pieceClass) {
    while (offset < text.size()) {
        const Step step = stepAt(text, offset);
        if (step.pieceClass != pieceClass) {
            break;
        }
        offset += step.size;
    }
    return offset;
}

/// Bytes of 's, 't, 're, 've, 'm, 'll or 'd at `begin`, or 0.
std::size_t contractionAt(std::string_view text, std::size_t begin) {
    const char first = begin + 1 < text.size() ? text[begin + 1] : '\0';
    const char second = begin + 2 < text.size() ? text[begin + 2] : '\0';
    switch (first) {
        case 's':
        case 't':
        case 'm':
        case 'd':
            return 2;
        case 'r':
        case 'v':
            return second == 'e' ? 3 : 0;
        case 'l':
            return second == 'l' ? 3 : 0;
        default:
            return 0;
    }
}

/// A run of white space leaves its last character to what follows, unless it ends the text or is that
/// character.
std::size_t endOfSpaces(std::string_view text, std::size_t begin) {
    std::size_t lastBegin = begin;
    std::size_t end = begin;
    while (end < text.size()) {
        const Step step = stepAt(text, end);
        if (step.pieceClass != PieceClass::Space) {
            return lastBegin > begin ? lastBegin : end;
        }
        lastBegin = end;
        end += step.size;
    }
    return end;
}

}  // namespace

std::size_t endOfGpt2Piece(std::string_view text, std::size_t begin) {
    if (text[begin] == '\'') {
        if (const std::size_t size = contractionAt(text, begin); size > 0) {
            return begin + size;
        }
    }
    std::size_t body = begin;
    if (text[begin] == ' ' && begin + 1 < text.size()) {
        ++body;
    }
    const Step first = stepAt(text, body);
    if (first.pieceClass == PieceClass::Space) {
        return endOfSpaces(text, begin);
    }
    return endOfRun(text, body + first.size, first.pieceClass);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_classes.h"

#include "core/base/utf8.h"

#include <vector>

#include <utf8proc.h>

namespace lexiscope {
namespace {

constexpr char32_t endOfTable = 0x10000;  // beyond it are rare scripts, emoji and names in Chinese

SplitClass computeClass(char32_t character) {
    if (character == U'\r' || character == U'\n') {
        return SplitClass::Break;
    }
    switch (classOf(character)) {
        case CharacterClass::Number:
            return SplitClass::Number;
        case CharacterClass::Space:
            return SplitClass::Space;
        default:
            break;
    }
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LT:
            return SplitClass::Upper;
        case UTF8PROC_CATEGORY_LL:
            return SplitClass::Lower;
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
            return SplitClass::Letter;
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
            return SplitClass::Mark;
        default:
            return SplitClass::Rest;
    }
}

std::vector<SplitClass> makeTable() {
    std::vector<SplitClass> table;
    table.reserve(endOfTable);
    for (char32_t character = 0; character < endOfTable; ++character) {
        table.push_back(computeClass(character));
    }
    return table;
}

/// Looked up for each character of a text that is not ASCII; asking the library each time takes three times
/// as long.
const std::vector<SplitClass>& table() {
    static const std::vector<SplitClass> classes = makeTable();
    return classes;
}

}  // namespace

SplitStep splitStepBeyondAscii(std::string_view text, std::size_t offset) {
    static const SplitClass* const classes = table().data();
    const CodePoint point = codePointAt(text, offset);
    if (!point.valid) {
        return {SplitClass::Rest, 1};
    }
    return {point.value < endOfTable ? classes[point.value] : computeClass(point.value), point.size};
}

}  // namespace lexiscope

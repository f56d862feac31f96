// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/script.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace lexiscope {
namespace {

bool isBopomofo(Script script) {
    static const auto place =
        std::find(scriptNames().begin(), scriptNames().end(), "Bopomofo") - scriptNames().begin();
    return static_cast<std::ptrdiff_t>(script) == place;
}

/// Do Chinese characters stand among its letters?
bool goesWithHan(Script script) {
    return script == Script::Kana || script == Script::Hangul || isBopomofo(script);
}

/// Of letters beside each other; nothing where they are of several scripts.
std::optional<Script> together(Script one, Script other) {
    if (one == other || (other == Script::Han && goesWithHan(one))) {
        return one;
    }
    return one == Script::Han && goesWithHan(other) ? std::optional(other) : std::nullopt;
}

}  // namespace

Script scriptOf(std::string_view text) {
    std::optional<Script> letters;
    bool anyLetter = false;
    bool anyDigit = false;
    bool anyMark = false;
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint point = codePointAt(text, offset);
        offset += point.size;
        const CharacterClass kind = point.valid ? classOf(point.value) : CharacterClass::Other;
        anyLetter = anyLetter || kind == CharacterClass::Letter;
        anyDigit = anyDigit || kind == CharacterClass::Number;
        anyMark = anyMark || kind == CharacterClass::Punctuation;
        const std::optional<Script> script =
            kind == CharacterClass::Letter ? scriptOfLetter(point.value) : std::nullopt;
        if (script) {
            letters = letters ? together(*letters, *script) : script;
            if (!letters) {
                return Script::Other;
            }
        }
    }
    if (anyLetter) {
        return letters.value_or(Script::OtherLetters);
    }
    return anyDigit ? Script::Digits : anyMark ? Script::Punctuation : Script::Other;
}

ScriptGroup groupOf(Script script) {
    switch (script) {
        case Script::Latin:
            return ScriptGroup::Latin;
        case Script::Cyrillic:
            return ScriptGroup::Cyrillic;
        case Script::Greek:
            return ScriptGroup::Greek;
        case Script::Arabic:
            return ScriptGroup::Arabic;
        case Script::Digits:
            return ScriptGroup::Digits;
        case Script::Punctuation:
            return ScriptGroup::Punctuation;
        case Script::Other:
            return ScriptGroup::Other;
        default:
            return script == Script::Han || goesWithHan(script) ? ScriptGroup::Cjk
                                                                : ScriptGroup::OtherLetters;
    }
}

}  // namespace lexiscope

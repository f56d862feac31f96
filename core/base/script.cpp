// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/script.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lexiscope {
namespace {

/// Whose letters a stretch of code points holds; nothing is said of what else stands there.
struct Stretch {
    char32_t first;
    char32_t last;
    std::optional<Script> script;  // none: shared by several
};

constexpr std::optional<Script> shared = std::nullopt;

constexpr std::array stretches = {
    Stretch{0x41, 0xAA, Script::Latin},
    Stretch{0xB5, 0xB5, shared},
    Stretch{0xBA, 0x2B8, Script::Latin},
    Stretch{0x2B9, 0x2D1, shared},
    Stretch{0x2E0, 0x2E4, Script::Latin},
    Stretch{0x2EC, 0x2EE, shared},
    Stretch{0x370, 0x373, Script::Greek},
    Stretch{0x374, 0x374, shared},
    Stretch{0x376, 0x3E1, Script::Greek},
    Stretch{0x3F0, 0x3FF, Script::Greek},
    Stretch{0x400, 0x52F, Script::Cyrillic},
    Stretch{0x620, 0x63F, Script::Arabic},
    Stretch{0x640, 0x640, shared},
    Stretch{0x641, 0x6FF, Script::Arabic},
    Stretch{0x750, 0x77F, Script::Arabic},
    Stretch{0x870, 0x8FF, Script::Arabic},
    Stretch{0x1100, 0x11FF, Script::Cjk},
    Stretch{0x1C80, 0x1C8A, Script::Cyrillic},
    Stretch{0x1CE9, 0x1CFA, shared},
    Stretch{0x1D00, 0x1D25, Script::Latin},
    Stretch{0x1D26, 0x1D2A, Script::Greek},
    Stretch{0x1D2B, 0x1D2B, Script::Cyrillic},
    Stretch{0x1D2C, 0x1D5C, Script::Latin},
    Stretch{0x1D5D, 0x1D61, Script::Greek},
    Stretch{0x1D62, 0x1D65, Script::Latin},
    Stretch{0x1D66, 0x1D6A, Script::Greek},
    Stretch{0x1D6B, 0x1D77, Script::Latin},
    Stretch{0x1D78, 0x1D78, Script::Cyrillic},
    Stretch{0x1D79, 0x1DBE, Script::Latin},
    Stretch{0x1DBF, 0x1DBF, Script::Greek},
    Stretch{0x1E00, 0x1EFF, Script::Latin},
    Stretch{0x1F00, 0x1FFC, Script::Greek},
    Stretch{0x2071, 0x209C, Script::Latin},
    Stretch{0x2102, 0x2124, shared},
    Stretch{0x2126, 0x2126, Script::Greek},
    Stretch{0x2128, 0x2128, shared},
    Stretch{0x212A, 0x212B, Script::Latin},
    Stretch{0x212C, 0x2131, shared},
    Stretch{0x2132, 0x2132, Script::Latin},
    Stretch{0x2133, 0x2149, shared},
    Stretch{0x214E, 0x2184, Script::Latin},
    Stretch{0x2C60, 0x2C7F, Script::Latin},
    Stretch{0x2E2F, 0x2E2F, shared},
    Stretch{0x3005, 0x3005, Script::Cjk},
    Stretch{0x3006, 0x3035, shared},
    Stretch{0x303B, 0x303B, Script::Cjk},
    Stretch{0x303C, 0x303C, shared},
    Stretch{0x3041, 0x30FA, Script::Cjk},
    Stretch{0x30FC, 0x30FC, shared},
    Stretch{0x30FD, 0x9FFF, Script::Cjk},
    Stretch{0xA640, 0xA69D, Script::Cyrillic},
    Stretch{0xA717, 0xA71F, shared},
    Stretch{0xA722, 0xA787, Script::Latin},
    Stretch{0xA788, 0xA788, shared},
    Stretch{0xA78B, 0xA7FF, Script::Latin},
    Stretch{0xA960, 0xA97C, Script::Cjk},
    Stretch{0xA9CF, 0xA9CF, shared},
    Stretch{0xAB30, 0xAB64, Script::Latin},
    Stretch{0xAB65, 0xAB65, Script::Greek},
    Stretch{0xAB66, 0xAB69, Script::Latin},
    Stretch{0xAC00, 0xFAD9, Script::Cjk},
    Stretch{0xFB00, 0xFB06, Script::Latin},
    Stretch{0xFB50, 0xFEFC, Script::Arabic},
    Stretch{0xFF21, 0xFF5A, Script::Latin},
    Stretch{0xFF66, 0xFF6F, Script::Cjk},
    Stretch{0xFF70, 0xFF70, shared},
    Stretch{0xFF71, 0xFF9D, Script::Cjk},
    Stretch{0xFF9E, 0xFF9F, shared},
    Stretch{0xFFA0, 0xFFDC, Script::Cjk},
    Stretch{0x10780, 0x107BA, Script::Latin},
    Stretch{0x16FE3, 0x16FE3, Script::Cjk},
    Stretch{0x1AFF0, 0x1B16F, Script::Cjk},
    Stretch{0x1D400, 0x1D7CB, shared},
    Stretch{0x1DF00, 0x1DF2A, Script::Latin},
    Stretch{0x1E030, 0x1E06D, Script::Cyrillic},
    Stretch{0x1EE00, 0x1EEBB, Script::Arabic},
    Stretch{0x20000, 0x323AF, Script::Cjk},
};

/// Of a letter; none where several scripts share it.
std::optional<Script> scriptOfLetter(char32_t letter) {
    if (letter < 0x80) {
        return Script::Latin;
    }
    const auto* const found =
        std::lower_bound(stretches.begin(), stretches.end(), letter,
                         [](const Stretch& stretch, char32_t value) { return stretch.last < value; });
    return found != stretches.end() && found->first <= letter ? found->script : Script::OtherLetters;
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
        if (letters && script && *script != *letters) {
            return Script::Other;
        }
        letters = script ? script : letters;
    }
    if (anyLetter) {
        return letters.value_or(Script::OtherLetters);
    }
    return anyDigit ? Script::Digits : anyMark ? Script::Punctuation : Script::Other;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"

#include <array>
#include <cstdio>

#include <utf8proc.h>

namespace lexiscope {
namespace {

unsigned byteAt(std::string_view text, std::size_t offset) {
    return static_cast<unsigned char>(text[offset]);
}

bool continues(std::string_view text, std::size_t offset) {
    return offset < text.size() && (byteAt(text, offset) & 0xC0U) == 0x80U;
}

unsigned payload(std::string_view text, std::size_t offset) {
    return byteAt(text, offset) & 0x3FU;
}

void appendHex(std::string& out, const char* format, unsigned value) {
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), format, value);
    out += digits.data();
}

bool isJoiner(char32_t character) {
    return character == 0x200C || character == 0x200D || (character >= 0xFE00 && character <= 0xFE0F);
}

// Joiners and variation selectors, the soft parts of emoji and of Arabic, are left to the font where they
// stand between characters: there they are what makes it look right. At an edge of a token nobody would see
// them.
bool joinsNothing(std::string_view text, std::size_t offset, const CodePoint& point) {
    const bool isFirst = offset == 0;
    const bool isLast = offset + point.size == text.size();
    return isJoiner(point.value) && (isFirst || (isLast && point.value <= 0x200D));
}

bool isInvisibleAlone(char32_t character) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return true;
        default:
            return character == 0xAD || character == 0x200B || character == 0x200E || character == 0x200F ||
                   (character >= 0x202A && character <= 0x202E) ||
                   (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
    }
}

void appendVisible(std::string& out, std::string_view text, std::size_t offset, const CodePoint& point) {
    switch (point.value) {
        case U' ':
            out += "·";
            return;
        case U'\n':
            out += "⏎";
            return;
        case U'\r':
            out += "␍";
            return;
        case U'\t':
            out += "⇥";
            return;
        default:
            break;
    }
    if (isInvisibleAlone(point.value) || joinsNothing(text, offset, point)) {
        appendHex(out, "‹U+%04X", static_cast<unsigned>(point.value));
        out += "›";
    } else {
        out += text.substr(offset, point.size);
    }
}

}  // namespace

CodePoint codePointAt(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) {
        return {};
    }
    const unsigned lead = byteAt(text, offset);
    if (lead < 0x80) {
        return {lead, 1, true};
    }
    const CodePoint broken{lead, 1, false};
    if (lead < 0xC2 || lead > 0xF4 || !continues(text, offset + 1)) {
        return broken;
    }
    const unsigned second = payload(text, offset + 1);
    if (lead < 0xE0) {
        return {((lead & 0x1FU) << 6U) | second, 2, true};
    }
    if (!continues(text, offset + 2)) {
        return broken;
    }
    const unsigned third = payload(text, offset + 2);
    if (lead < 0xF0) {
        const char32_t value = ((lead & 0x0FU) << 12U) | (second << 6U) | third;
        const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
        return value < 0x800 || surrogate ? broken : CodePoint{value, 3, true};
    }
    if (!continues(text, offset + 3)) {
        return broken;
    }
    const char32_t value =
        ((lead & 0x07U) << 18U) | (second << 12U) | (third << 6U) | payload(text, offset + 3);
    return value < 0x10000 || value > 0x10FFFF ? broken : CodePoint{value, 4, true};
}

CharacterClass classOf(char32_t character) {
    // White_Space is the separators and these controls (PropList.txt); no letter or number among them.
    if ((character >= 0x09 && character <= 0x0D) || character == 0x85) {
        return CharacterClass::Space;
    }
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(character));
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
        return CharacterClass::Letter;
    }
    if (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) {
        return CharacterClass::Number;
    }
    if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_SO) {
        return CharacterClass::Punctuation;
    }
    if (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP) {
        return CharacterClass::Space;
    }
    return CharacterClass::Other;
}

void appendUtf8(std::string& out, char32_t character) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes.data());
    for (utf8proc_ssize_t i = 0; i < size; ++i) {
        out += static_cast<char>(bytes[static_cast<std::size_t>(i)]);
    }
}

CodePoint codePointBefore(std::string_view text, std::size_t end) {
    constexpr std::size_t longest = 4;
    for (std::size_t size = 1; size <= longest && size <= end; ++size) {
        const CodePoint point = codePointAt(text.substr(0, end), end - size);
        if (point.valid && point.size == size) {
            return point;
        }
    }
    return {byteAt(text, end - 1), 1, false};
}

std::size_t beginOfSpaces(std::string_view text, std::size_t from, std::size_t end) {
    while (end > from && isSpace(codePointBefore(text, end))) {
        end -= codePointBefore(text, end).size;
    }
    return end;
}

bool isUtf8(std::string_view bytes) {
    for (std::size_t offset = 0; offset < bytes.size();) {
        const CodePoint point = codePointAt(bytes, offset);
        if (!point.valid) {
            return false;
        }
        offset += point.size;
    }
    return true;
}

std::size_t countCharacters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < text.size(); offset += codePointAt(text, offset).size) {
        ++count;
    }
    return count;
}

std::string withReplacementCharacters(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t offset = 0; offset < bytes.size();) {
        const CodePoint point = codePointAt(bytes, offset);
        out += point.valid ? bytes.substr(offset, point.size) : std::string_view("\uFFFD");
        offset += point.size;
    }
    return out;
}

std::string displayText(std::string_view bytes) {
    std::string out;
    bool bracketOpen = false;
    for (std::size_t offset = 0; offset < bytes.size();) {
        const CodePoint point = codePointAt(bytes, offset);
        if (!point.valid) {
            appendHex(out, bracketOpen ? " %02X" : "‹%02X", static_cast<unsigned>(point.value));
            bracketOpen = true;
        } else {
            if (bracketOpen) {
                out += "›";
                bracketOpen = false;
            }
            appendVisible(out, bytes, offset, point);
        }
        offset += point.size;
    }
    return bracketOpen ? out + "›" : out;
}

std::string toLower(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint point = codePointAt(text, offset);
        const auto lower =
            point.valid ? static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point.value)))
                        : point.value;
        if (lower == point.value) {
            out += text.substr(offset, point.size);
        } else {
            appendUtf8(out, lower);
        }
        offset += point.size;
    }
    return out;
}

std::string foldCase(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint point = codePointAt(text, offset);
        std::array<utf8proc_int32_t, 4> folded{};  // Unicode needs three
        int ignored = 0;
        const utf8proc_ssize_t count =
            point.valid ? utf8proc_decompose_char(static_cast<utf8proc_int32_t>(point.value), folded.data(),
                                                  folded.size(), UTF8PROC_CASEFOLD, &ignored)
                        : 0;
        if (count <= 0) {
            out += text.substr(offset, point.size);
        }
        for (std::size_t i = 0; i < folded.size() && static_cast<utf8proc_ssize_t>(i) < count; ++i) {
            appendUtf8(out, static_cast<char32_t>(folded[i]));
        }
        offset += point.size;
    }
    return out;
}

}  // namespace lexiscope

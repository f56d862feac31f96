// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text_output.h"

#include "core/base/utf8.h"

#include <array>
#include <charconv>
#include <cmath>

namespace lexiscope {
namespace {

// The longest shortest form of a double has 24 characters; fixed() of the largest one about 330.
using Digits = std::array<char, 512>;

template <typename Number>
std::string shortestOf(Number value) {
    if (std::isnan(value)) {
        return "nan";
    }
    if (std::isinf(value)) {
        return value < 0 ? "-inf" : "inf";
    }
    Digits digits;
    const std::to_chars_result end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    std::string text(digits.data(), end.ptr);
    if (text.find_first_of(".e") == std::string::npos) {
        text += ".0";
    }
    return text;
}

void appendHex(std::string& out, unsigned char byte) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += "\\x";
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// U+0080 … U+009F are control characters too, and terminals obey some of them.
bool isControl(const CodePoint& point) {
    return point.valid && (point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0));
}

void appendControl(std::string& out, char c) {
    switch (c) {
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            appendHex(out, static_cast<unsigned char>(c));
    }
}

}  // namespace

std::string shortest(float value) {
    return shortestOf(value);
}

std::string shortest(double value) {
    return shortestOf(value);
}

std::string fixed(double value, int digits) {
    if (!std::isfinite(value)) {
        return shortest(value);
    }
    Digits text;
    const std::to_chars_result end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits);
    return {text.data(), end.ptr};
}

std::string fileSizeText(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 4> units = {" kB", " MB", " GB", " TB"};
    if (bytes < 1000) {
        return std::to_string(bytes) + " bytes";
    }
    double size = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (size >= 999.95 && unit + 1 < units.size()) {
        size /= 1000;
        ++unit;
    }
    return fixed(size, 1).append(units[unit]);
}

std::string padLeft(std::string_view text, std::size_t width) {
    const std::size_t length = countCharacters(text);
    return std::string(length < width ? width - length : 0, ' ').append(text);
}

std::string padRight(std::string_view text, std::size_t width) {
    const std::size_t length = countCharacters(text);
    return std::string(text).append(length < width ? width - length : 0, ' ');
}

std::string oneLine(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = codePointAt(text, at);
        const std::string_view bytes = text.substr(at, point.size);
        if (!point.valid) {
            line += "\xEF\xBF\xBD";
        } else if (isControl(point)) {
            appendControl(line, static_cast<char>(point.value));
        } else {
            line += bytes;
        }
        at += point.size;
    }
    return line;
}

std::string tableCell(std::string_view bytes) {
    if (bytes.empty()) {
        return "\\empty";
    }
    std::string cell;
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint point = codePointAt(bytes, at);
        const bool atEdge = at == 0 || at + 1 == bytes.size();
        const char first = bytes[at];
        if (!point.valid || (first == ' ' && atEdge)) {
            appendHex(cell, static_cast<unsigned char>(first));
        } else if (first == '\\') {
            cell += "\\\\";
        } else if (isControl(first)) {
            appendControl(cell, first);
        } else {
            cell += bytes.substr(at, point.size);
        }
        at += point.size;
    }
    return cell;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/json_output.h"

#include "app/text_output.h"
#include "core/base/utf8.h"

#include <cmath>
#include <utility>

namespace lexiscope {
namespace {

void appendQuoted(std::string& out, std::string_view bytes) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : withReplacementCharacters(bytes)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace

void JsonWriter::separate() {
    if (m_needsComma) {
        m_out += ',';
    }
    m_needsComma = true;
}

JsonWriter& JsonWriter::beginObject() {
    separate();
    m_out += '{';
    m_needsComma = false;
    return *this;
}

JsonWriter& JsonWriter::endObject() {
    m_out += '}';
    m_needsComma = true;
    return *this;
}

JsonWriter& JsonWriter::beginArray() {
    separate();
    m_out += '[';
    m_needsComma = false;
    return *this;
}

JsonWriter& JsonWriter::endArray() {
    m_out += ']';
    m_needsComma = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    appendQuoted(m_out, name);
    m_out += ':';
    m_needsComma = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view bytes) {
    separate();
    appendQuoted(m_out, bytes);
    return *this;
}

JsonWriter& JsonWriter::count(std::uint64_t value) {
    separate();
    m_out += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::number(float value) {
    return std::isfinite(value) ? (appendNumber(shortest(value)), *this) : null();
}

JsonWriter& JsonWriter::number(double value) {
    return std::isfinite(value) ? (appendNumber(shortest(value)), *this) : null();
}

JsonWriter& JsonWriter::null() {
    separate();
    m_out += "null";
    return *this;
}

void JsonWriter::appendNumber(const std::string& digits) {
    separate();
    m_out += digits;
}

std::string JsonWriter::line() && {
    m_out += '\n';
    return std::move(m_out);
}

}  // namespace lexiscope

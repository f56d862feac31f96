// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_reader.h"

#include "core/base/utf8.h"

#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::string placeText(std::uint64_t line, std::uint64_t column) {
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

Error broken(std::uint64_t line, std::uint64_t column, std::string what, std::string hint) {
    return {ErrorCode::Broken, placeText(line, column), std::move(what), std::move(hint)};
}

}  // namespace

char csvSeparator(std::string_view text) {
    bool quoted = false;
    char found = ',';
    for (const char c : text) {
        quoted = c == '"' ? !quoted : quoted;
        if (quoted) {
            continue;
        }
        if (c == ',') {
            return ',';
        }
        if (c == '\n' || c == '\r') {
            break;
        }
        if ((c == ';' || c == '\t') && found == ',') {
            found = c;
        }
    }
    return found;
}

std::string csvPlace(const CsvField& field) {
    return placeText(field.line, field.column);
}

CsvReader::CsvReader(std::string_view text, char separator) : m_text(text), m_separator(separator) {
    if (m_text.starts_with(byteOrderMark)) {
        m_text.remove_prefix(byteOrderMark.size());
    }
}

bool CsvReader::atLineEnd() const {
    return m_at < m_text.size() && (m_text[m_at] == '\n' || m_text[m_at] == '\r');
}

void CsvReader::skipLineEnd() {
    const bool isPair = m_text[m_at] == '\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '\n';
    m_at += isPair ? 2 : 1;
    m_lineBegin = m_at;
    ++m_line;
}

CsvField CsvReader::fieldHere() const {
    return {{}, m_line, countCharacters(m_text.substr(m_lineBegin, m_at - m_lineBegin)) + 1};
}

CsvField CsvReader::plainField() {
    CsvField field = fieldHere();
    const char ends[] = {m_separator, '\n', '\r'};
    const std::size_t end = m_text.find_first_of(std::string_view(ends, sizeof ends), m_at);
    field.text = m_text.substr(m_at, end == std::string_view::npos ? end : end - m_at);
    m_at += field.text.size();
    return field;
}

Result<CsvField> CsvReader::quotedField() {
    CsvField field = fieldHere();
    ++m_at;
    while (m_at < m_text.size()) {
        if (m_text[m_at] == '"') {
            if (m_at + 1 == m_text.size() || m_text[m_at + 1] != '"') {
                break;
            }
            field.text += '"';
            m_at += 2;
        } else if (atLineEnd()) {
            const std::size_t begin = m_at;
            skipLineEnd();
            field.text += m_text.substr(begin, m_at - begin);
        } else {
            field.text += m_text[m_at++];
        }
    }
    if (m_at == m_text.size()) {
        return broken(field.line, field.column, "a quote begins here that has no end", "close it");
    }
    ++m_at;
    if (m_at < m_text.size() && m_text[m_at] != m_separator && !atLineEnd()) {
        const CsvField rest = fieldHere();
        return broken(rest.line, rest.column, "there is more after the quote that ends the field",
                      "double each quote that belongs to a text");
    }
    return field;
}

Result<std::optional<CsvRecord>> CsvReader::next() {
    while (atLineEnd()) {
        skipLineEnd();
    }
    if (m_at == m_text.size()) {
        return std::optional<CsvRecord>();
    }
    CsvRecord record;
    while (true) {
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            Result<CsvField> field = quotedField();
            if (!field.ok()) {
                m_at = m_text.size();
                return field.error();
            }
            record.push_back(std::move(field).value());
        } else {
            record.push_back(plainField());
        }
        if (m_at == m_text.size() || m_text[m_at] != m_separator) {
            break;
        }
        ++m_at;
    }
    if (atLineEnd()) {
        skipLineEnd();
    }
    return std::optional(std::move(record));
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_line.h"

#include "core/base/utf8.h"
#include "core/io/decimal.h"

#include <array>
#include <charconv>
#include <cmath>

namespace lexiscope {
namespace {

/// The longest double is "-2.2250738585072014e-308".
constexpr std::size_t longestNumber = 32;

bool needsQuotes(std::string_view text) {
    return text.empty() || text.front() == ' ' || text.back() == ' ' ||
           text.find_first_of(",\"\r\n") != std::string_view::npos;
}

}  // namespace

void CsvLine::separate() {
    if (!m_isFirst) {
        m_out += ',';
    }
    m_isFirst = false;
}

CsvLine& CsvLine::text(std::string_view bytes) {
    separate();
    const std::string text = withReplacementCharacters(bytes);
    if (!needsQuotes(text)) {
        m_out += text;
        return *this;
    }
    m_out += '"';
    for (const char c : text) {
        m_out.append(c == '"' ? 2 : 1, c);
    }
    m_out += '"';
    return *this;
}

CsvLine& CsvLine::count(std::uint64_t value) {
    separate();
    m_out += std::to_string(value);
    return *this;
}

CsvLine& CsvLine::number(float value) {
    separate();
    if (std::isnan(value)) {
        m_out += "nan";  // it may have a sign, which says nothing
        return *this;
    }
    std::array<char, longestDecimal> digits;
    m_out.append(digits.data(), writeDecimal(digits.data(), value));
    return *this;
}

CsvLine& CsvLine::number(double value) {
    separate();
    if (std::isnan(value)) {
        m_out += "nan";
        return *this;
    }
    std::array<char, longestNumber> digits;
    m_out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
    return *this;
}

CsvLine& CsvLine::numbers(std::span<const float> values) {
    for (const float value : values) {
        number(value);
    }
    return *this;
}

CsvLine& CsvLine::none() {
    separate();
    return *this;
}

void CsvLine::end() {
    m_out += "\r\n";
    m_isFirst = true;
}

}  // namespace lexiscope

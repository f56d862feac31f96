// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// One field, without the quotes it stood in.
struct CsvField {
    std::string text;
    std::uint64_t line = 0;    ///< where it begins, from 1
    std::uint64_t column = 0;  ///< from 1, in characters
};
using CsvRecord = std::vector<CsvField>;

/// Reads a CSV text record by record (RFC 4180): fields between separators; a field that begins with a quote
/// ends at the next single one, and may hold separators, lines' ends and doubled quotes, each of which stands
/// for one. A line ends with a newline, a carriage return or both. Empty lines are left out; a byte order
/// mark before the first is stepped over. Bytes need not be UTF-8.
class CsvReader {
  public:
    CsvReader(std::string_view text, char separator);

    /// The next record, or none at the end. Broken, with line and column as `where`: a quote without its
    /// partner, or something between a closing quote and the separator. Nothing is read after an error.
    Result<std::optional<CsvRecord>> next();

  private:
    Result<CsvField> quotedField();
    CsvField plainField();
    bool atLineEnd() const;
    void skipLineEnd();
    CsvField fieldHere() const;

    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    std::uint64_t m_line = 1;
    std::size_t m_lineBegin = 0;
};

/// What separates the fields of a CSV text, by its first line: a comma, else a semicolon (as spreadsheets
/// write where decimals have a comma) or a tab. Quoted fields do not count.
char csvSeparator(std::string_view text);

/// "line 3, column 12"
std::string csvPlace(const CsvField& field);

}  // namespace lexiscope

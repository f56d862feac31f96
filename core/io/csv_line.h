// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lexiscope {

/// Appends one line of a CSV file (RFC 4180): fields between commas, ended by carriage return and newline.
///
/// A text stands in quotes, its own quotes doubled, where it is empty, holds a comma, a quote or a line's
/// end, or begins or ends with a space, which some readers would drop. It may be any bytes: those that are no
/// UTF-8 become U+FFFD. Numbers have the fewest digits that read back as the same float or double, and no
/// locale is asked: "0.1", "nan", "-inf".
class CsvLine {
  public:
    explicit CsvLine(std::string& out) : m_out(out) {}

    CsvLine& text(std::string_view bytes);
    CsvLine& count(std::uint64_t value);
    CsvLine& number(float value);
    CsvLine& number(double value);
    CsvLine& numbers(std::span<const float> values);
    /// Nothing, not even an empty text.
    CsvLine& none();
    void end();

  private:
    void separate();

    std::string& m_out;
    bool m_isFirst = true;
};

}  // namespace lexiscope

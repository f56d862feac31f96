// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lexiscope {

// How numbers and words are written for people and for files. No locale is asked.

/// The shortest digits that read back as the same number: "0.1", "-0.0", "3.0", "1e-07", "nan", "inf". There
/// is always a point or an exponent, so that readers take it for a number with a fraction.
std::string shortest(float value);
std::string shortest(double value);

/// "0.7051", "nan": `digits` places after the point.
std::string fixed(double value, int digits);

/// "9.7 MB" (powers of 1,000); "512 bytes" below one thousand.
std::string fileSizeText(std::uint64_t bytes);

/// Filled up with spaces to `width` characters; longer texts stay whole.
std::string padLeft(std::string_view text, std::size_t width);
std::string padRight(std::string_view text, std::size_t width);

/// One line that no terminal takes for a command: newlines and other control characters as "\n", "\x1b";
/// bytes that are no UTF-8 as U+FFFD.
std::string oneLine(std::string_view text);

/// A cell of a tab-separated table. Reversible, always one line of UTF-8, and never empty or blank at an end
/// (readers drop that): a backslash is "\\", tab, newline and carriage return are "\t", "\n", "\r", other
/// control characters and bytes that are no UTF-8 are "\xHH", as is a space at either end, and an empty cell
/// is "\empty".
std::string tableCell(std::string_view bytes);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace lexiscope {

/// What stands between the fields of a line.
constexpr bool separatesFields(char c) {
    return c == ' ' || c == '\t';
}

/// Reads the decimal number that fills [at, end) up to the next space or tab, and gives where it ends; null
/// when these bytes are none. Digits with at most one point and an exponent, a sign before them; also "nan",
/// "inf" and "infinity" in any case. No locale is asked.
///
/// The value is the double nearest to the number, then the float nearest to that double, as
/// numpy.float32(text) gives it. For one number in some hundred millions that is the neighbour of the float
/// nearest to the number. Numbers too large for a double are infinite, those too small are zero.
const char* readDecimal(const char* at, const char* end, float& value);

/// Reads numbers.size() of them, each after one separator, which `at` stands on; gives where the last ends,
/// or null.
const char* readDecimals(const char* at, const char* end, std::span<float> numbers);

/// The same for a field that has nothing after its number.
bool isDecimal(std::string_view field);

/// Writes the fewest digits that give the same float back, whether they are read as a float at once or by way
/// of a double as readDecimal() does: "0.1", "-1e-05", "nan", "-inf". Gives where they end; `out` has room
/// for longestDecimal characters.
constexpr std::size_t longestDecimal = 24;
char* writeDecimal(char* out, float value);

}  // namespace lexiscope

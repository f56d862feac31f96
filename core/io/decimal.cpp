// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/decimal.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace lexiscope {
namespace {

/// All powers of ten that a double holds exactly.
constexpr std::array<double, 23> powersOfTen = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr auto largestExactPower = static_cast<std::ptrdiff_t>(powersOfTen.size()) - 1;
/// Whole numbers up to here are doubles.
constexpr std::uint64_t largestExactWhole = std::uint64_t{1} << 53U;
/// So many digits never overflow 64 bits.
constexpr std::ptrdiff_t digitsThatFit = 19;
/// Exponents are read no further than this; no finite double comes near it.
constexpr std::ptrdiff_t farExponent = 100000;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isSign(char c) {
    return c == '-' || c == '+';
}

/// "e-05" at `p`: its value; `p` moves behind it. Zero, and `p` stays, when there is none.
std::ptrdiff_t readExponent(const char*& p, const char* end) {
    if (p == end || (*p != 'e' && *p != 'E')) {
        return 0;
    }
    const char* digit = p + 1;
    const bool negative = digit != end && *digit == '-';
    digit += digit != end && isSign(*digit) ? 1 : 0;
    if (digit == end || !isDigit(*digit)) {
        return 0;
    }
    std::ptrdiff_t exponent = 0;
    for (; digit != end && isDigit(*digit); ++digit) {
        exponent = exponent < farExponent ? exponent * 10 + (*digit - '0') : exponent;
    }
    p = digit;
    return negative ? -exponent : exponent;
}

/// Digits at `p`, eight at a time where there is room to read them: they are told from what follows without a
/// branch for each, which a processor would guess wrong once a number. `p` moves behind them; `digits` gets
/// them appended.
void readDigits(const char*& p, const char* end, std::uint64_t& digits) {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::array<std::uint64_t, 9> tens = {1,      10,      100,      1000,     10000,
                                                   100000, 1000000, 10000000, 100000000};
    if (end - p >= 8) {
        std::uint64_t values = 0;
        std::memcpy(&values, p, 8);
        values ^= 0x3030303030303030;  // each digit is now its value
        // The high bit of each byte that is no digit; a carry only reaches bytes behind the first of them.
        const std::uint64_t others = ((values + 0x7676767676767676) | values) & 0x8080808080808080;
        const auto count = static_cast<unsigned>(std::countr_zero(others)) / 8;
        if (count == 0) {
            return;
        }
        // Zeros before the digits, then neighbours joined: to pairs, fours, and all eight.
        values <<= 8 * (8 - count);
        values = (values * 10 + (values >> 8)) & 0x00FF00FF00FF00FF;
        values = (values * 100 + (values >> 16)) & 0x0000FFFF0000FFFF;
        values = (values * 10000 + (values >> 32)) & 0x00000000FFFFFFFF;
        digits = digits * tens[count] + values;
        p += count;
        if (count < 8) {
            return;
        }
    }
    for (; p != end && isDigit(*p); ++p) {
        digits = digits * 10 + static_cast<unsigned>(*p - '0');
    }
}

bool equalsInAnyCase(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((text[i] | 0x20) != lower[i]) {
            return false;
        }
    }
    return true;
}

/// A number of digits that no double comes near: infinite if its first digit that counts stands before the
/// point.
double beyondDouble(std::string_view digits) {
    std::ptrdiff_t power = 0;  // of ten, of the first digit that is not 0
    bool found = false;
    bool afterPoint = false;
    const char* p = digits.data();
    const char* const end = p + digits.size();
    for (; p != end && (isDigit(*p) || *p == '.'); ++p) {
        if (*p == '.') {
            afterPoint = true;
            continue;
        }
        found = found || *p != '0';
        if (afterPoint) {
            power -= found ? 0 : 1;
        } else {
            power += found ? 1 : 0;
        }
    }
    return power + readExponent(p, end) > 0 ? std::numeric_limits<double>::infinity() : 0;
}

bool readUnsigned(std::string_view field, double& value) {
    if (field.empty()) {
        return false;
    }
    if (!isDigit(field[0]) && field[0] != '.') {
        if (equalsInAnyCase(field, "nan")) {
            value = std::numeric_limits<double>::quiet_NaN();
            return true;
        }
        value = std::numeric_limits<double>::infinity();
        return equalsInAnyCase(field, "inf") || equalsInAnyCase(field, "infinity");
    }
    const char* const end = field.data() + field.size();
    const std::from_chars_result result = std::from_chars(field.data(), end, value);
    if (result.ec == std::errc::result_out_of_range) {
        value = beyondDouble(field);
    }
    return result.ec != std::errc::invalid_argument && result.ptr == end;
}

/// Any number, by the standard library.
const char* readSlowly(const char* at, const char* end, float& value) {
    const char* fieldEnd = at;
    while (fieldEnd != end && !separatesFields(*fieldEnd)) {
        ++fieldEnd;
    }
    std::string_view field(at, static_cast<std::size_t>(fieldEnd - at));
    const bool negative = field.starts_with('-');
    field.remove_prefix(!field.empty() && isSign(field[0]) ? 1 : 0);
    double magnitude = 0;
    if (!readUnsigned(field, magnitude)) {
        return nullptr;
    }
    value = static_cast<float>(negative ? -magnitude : magnitude);
    return fieldEnd;
}

}  // namespace

const char* readDecimal(const char* at, const char* end, float& value) {
    // Where digits and power of ten are both exact as doubles, one division rounds as the standard demands
    // (Clinger 1990, "How to read floating point numbers accurately"). Nearly all numbers of real files are
    // such.
    const char* p = at;
    const bool negative = p != end && *p == '-';
    p += p != end && isSign(*p) ? 1 : 0;
    std::uint64_t digits = 0;
    const char* first = p;
    for (; p != end && isDigit(*p); ++p) {
        digits = digits * 10 + static_cast<unsigned>(*p - '0');
    }
    std::ptrdiff_t count = p - first;
    std::ptrdiff_t power = 0;
    if (p != end && *p == '.') {
        first = ++p;
        readDigits(p, end, digits);
        power = first - p;
        count -= power;
    }
    power += readExponent(p, end);
    const bool isExact = count > 0 && count <= digitsThatFit && digits <= largestExactWhole &&
                         power <= largestExactPower && power >= -largestExactPower;
    if (!isExact || (p != end && !separatesFields(*p))) {
        return readSlowly(at, end, value);
    }
    const auto whole = static_cast<double>(digits);
    const double magnitude = power < 0 ? whole / powersOfTen[static_cast<std::size_t>(-power)]
                                       : whole * powersOfTen[static_cast<std::size_t>(power)];
    value = static_cast<float>(negative ? -magnitude : magnitude);
    return p;
}

const char* readDecimals(const char* at, const char* end, std::span<float> numbers) {
    for (float& number : numbers) {
        if (at == end) {
            return nullptr;
        }
        at = readDecimal(at + 1, end, number);
        if (at == nullptr) {
            return nullptr;
        }
    }
    return at;
}

char* writeDecimal(char* out, float value) {
    // Of all floats this one alone has shortest digits (7.038531e-26) that lead to its neighbour by way of a
    // double; all of them have been tried. One digit more leads back.
    constexpr std::uint32_t misled = 0x15AE43FD;
    constexpr std::uint32_t signBit = 0x80000000;
    if ((std::bit_cast<std::uint32_t>(value) & ~signBit) == misled) {
        constexpr int digitsAfterPoint = 7;
        return std::to_chars(out, out + longestDecimal, value, std::chars_format::scientific,
                             digitsAfterPoint)
            .ptr;
    }
    return std::to_chars(out, out + longestDecimal, value).ptr;
}

bool isDecimal(std::string_view field) {
    float ignored = 0;
    const char* const end = field.data() + field.size();
    return readDecimal(field.data(), end, ignored) == end;
}

}  // namespace lexiscope

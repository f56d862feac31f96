// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>

namespace lexiscope {

/// Sums of scores, rounded each time one is added, as the ways through a lattice have them: which of them go
/// on alike?
///
/// Numbers of at least 2^e and less than 2^(e+1) stand 2^(e-23) apart as float32, 2^(e-52) as float64. While
/// a sum stays among those, adding a score takes it the same number of steps further wherever it stands, but
/// where the score ends just between two steps: then it matters whether the sum is an odd number of steps. So
/// from two sums of one class the same scores lead to the same comparisons, and equally far, as long as both
/// stay among those numbers.
class ScoreSums {
  public:
    /// Knows no classes.
    ScoreSums() = default;
    /// Of these scores and no others; there are classes only if none is greater than 0. `keepsFloats`: sums
    /// are kept as float32 and compared unrounded, as float64; else all is float64.
    ScoreSums(std::span<const double> scores, bool keepsFloats);

    bool hasClasses() const { return m_last >= firstExponent; }

    /// Fewer than 2^7; nothing where little is known of a sum: a small one, for it soon leaves its numbers,
    /// and one so great that not even float64 tells all sums apart.
    std::optional<unsigned> classOf(double sum) const {
        const int exponent = exponentOf(sum);
        if (!(sum < 0) || exponent < firstExponent || exponent > m_last) {
            return std::nullopt;
        }
        const auto place = static_cast<unsigned>(exponent - firstExponent);
        const bool isOdd = ((std::bit_cast<std::uint64_t>(sum) >> m_bitsBelowStep) & 1U) != 0;
        return 2 * place + (m_mayTie[place] && isOdd ? 1 : 0);
    }

    /// Are both among the same numbers, and so is what is a step below `lower`?
    bool isWithin(double sum, double lower) const {
        return exponentOf(sum) == exponentOf(lower) && exponentOf(lower * withRoom) == exponentOf(sum);
    }

    /// Whether what has been added to `before`, where no sum on the way was less than `lowest`, leads to the
    /// same from `now`.
    bool goesOnAlike(double before, double lowest, double now) const {
        const std::optional<unsigned> one = classOf(before);
        return before == now || (one && one == classOf(now) && isWithin(before, lowest) &&
                                 isWithin(now, now + (lowest - before)));
    }

  private:
    static constexpr int firstExponent = 6;
    static constexpr int mostExponents = 64;
    static constexpr double withRoom = 1 + 0x1p-20;

    static int exponentOf(double number) {
        return static_cast<int>((std::bit_cast<std::uint64_t>(number) >> 52U) & 0x7FFU) - 1023;
    }

    int m_last = firstExponent - 1;
    unsigned m_bitsBelowStep = 0;  // of a float64, less than the step between two sums
    std::array<bool, mostExponents> m_mayTie{};
};

}  // namespace lexiscope

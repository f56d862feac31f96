// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/score_sums.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {

ScoreSums::ScoreSums(std::span<const double> scores, bool keepsFloats) {
    constexpr int bitsOfDouble = 52;
    constexpr int bitsOfFloat = 23;
    const int bits = keepsFloats ? bitsOfFloat : bitsOfDouble;
    int last = firstExponent + mostExponents - 1;
    for (const double score : scores) {
        if (!(score <= 0) || (score != 0 && !std::isnormal(score))) {
            return;
        }
        if (score == 0) {
            continue;
        }
        const std::uint64_t mantissa =
            (std::bit_cast<std::uint64_t>(score) & ((std::uint64_t{1} << 52U) - 1)) |
            (std::uint64_t{1} << 52U);
        const int leastBit = exponentOf(score) - bitsOfDouble + std::countr_zero(mantissa);
        // Half a step between sums of this exponent.
        const int tied = leastBit + 1 + bits;
        if (tied >= firstExponent && tied < firstExponent + mostExponents) {
            m_mayTie[static_cast<std::size_t>(tied - firstExponent)] = true;
        }
        if (keepsFloats) {
            // A float32 and a score are to have an exact sum, which may be of the next exponent.
            last = std::min(last, leastBit + bitsOfDouble - 1);
        }
    }
    m_last = last;
    m_bitsBelowStep = static_cast<unsigned>(bitsOfDouble - bits);
}

}  // namespace lexiscope

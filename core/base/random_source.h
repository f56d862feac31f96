// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace lexiscope {

/// SplitMix64 (Steele, Lea & Flood, Fast Splittable Pseudorandom Number Generators, 2014): a word of state, a
/// few instructions a number, and the same numbers on every machine.
class RandomSource {
  public:
    explicit RandomSource(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// 0 … count - 1, each as likely but for 2^-32; count is at least 1 and below 2^32.
    std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((next() >> 32U) * count) >> 32U);
    }
    /// [0, 1), a multiple of 2^-24, so that it is exact in float.
    float unit() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }

  private:
    std::uint64_t m_state;
};

}  // namespace lexiscope

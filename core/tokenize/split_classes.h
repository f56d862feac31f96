// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lexiscope {

/// What the split patterns of tokenizers tell apart.
enum class SplitClass : std::uint8_t {
    Upper,   ///< general categories Lu and Lt
    Lower,   ///< Ll
    Letter,  ///< Lm and Lo: letters without case
    Mark,    ///< M
    Number,  ///< N
    Break,   ///< carriage return and line feed
    Space,   ///< the rest of White_Space
    Rest,    ///< everything else, and each byte that is no UTF-8
};

/// A set of classes.
class SplitClasses {
  public:
    template <typename... Classes>
    constexpr explicit SplitClasses(Classes... classes)
        : m_bits((0U | ... | (1U << static_cast<unsigned>(classes)))) {}
    constexpr bool has(SplitClass one) const { return ((m_bits >> static_cast<unsigned>(one)) & 1U) != 0; }

  private:
    unsigned m_bits;
};

struct SplitStep {
    SplitClass splitClass;
    std::size_t size;  ///< bytes of the character, 1 for one that is no UTF-8
};

/// The character that begins there. offset < text.size().
SplitStep splitStepAt(std::string_view text, std::size_t offset);

/// Where the run of such characters ends that begins at `offset`, `most` of them at most.
std::size_t endOfRun(std::string_view text, std::size_t offset, SplitClasses classes,
                     std::size_t most = std::string_view::npos);

}  // namespace lexiscope

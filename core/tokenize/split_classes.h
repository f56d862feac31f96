// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
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

// Asked for every character of a text, so what ASCII needs stands here, for the compiler to see.

constexpr std::array<SplitClass, 128> makeAsciiSplitClasses() {
    std::array<SplitClass, 128> classes{};
    for (unsigned byte = 0; byte < classes.size(); ++byte) {
        const bool isSpace = byte == ' ' || (byte >= '\t' && byte <= '\r');
        classes[byte] = byte == '\r' || byte == '\n' ? SplitClass::Break
                        : isSpace                    ? SplitClass::Space
                        : byte >= '0' && byte <= '9' ? SplitClass::Number
                        : byte >= 'A' && byte <= 'Z' ? SplitClass::Upper
                        : byte >= 'a' && byte <= 'z' ? SplitClass::Lower
                                                     : SplitClass::Rest;
    }
    return classes;
}
inline constexpr std::array<SplitClass, 128> asciiSplitClasses = makeAsciiSplitClasses();

/// The same for a character that is not ASCII.
SplitStep splitStepBeyondAscii(std::string_view text, std::size_t offset);

/// The character that begins there. offset < text.size().
inline SplitStep splitStepAt(std::string_view text, std::size_t offset) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    return byte < asciiSplitClasses.size() ? SplitStep{asciiSplitClasses[byte], 1}
                                           : splitStepBeyondAscii(text, offset);
}

/// Where the run of such characters ends that begins at `offset`, `most` of them at most.
inline std::size_t endOfRun(std::string_view text, std::size_t offset, SplitClasses classes,
                            std::size_t most = std::string_view::npos) {
    for (; offset < text.size() && most > 0; --most) {
        const SplitStep step = splitStepAt(text, offset);
        if (!classes.has(step.splitClass)) {
            break;
        }
        offset += step.size;
    }
    return offset;
}

}  // namespace lexiscope

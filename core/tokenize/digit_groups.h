// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/pre_tokenizer.h"

#include <array>
#include <optional>
#include <string_view>

namespace lexiscope {

/// Splits that cut numbers in groups of three counted from their end: "1|234|567". Their patterns look ahead
/// to the end of the number for each group; done here they take no longer for long numbers than for short
/// ones.
enum class DigitGroups {
    Numbers,           ///< of the general category N, each group isolated (AFMoE)
    DigitsBeforeEdge,  ///< of decimal digits no letter follows, each isolated (Tiny Aya)
    CutsOfDigits,      ///< of decimal digits, cut before each group of three alone (SuperBPE)
};

inline constexpr std::array allDigitGroups = {DigitGroups::Numbers, DigitGroups::DigitsBeforeEdge,
                                              DigitGroups::CutsOfDigits};

/// As files have it.
std::string_view patternOf(DigitGroups groups);
std::optional<DigitGroups> digitGroupsOf(std::string_view pattern);

/// The same as the pattern, its matches isolated, in time linear in the text.
PreTokenizerPtr makeSplit(DigitGroups groups);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lexiscope {

/// The versions of Unicode that decide what is a letter, what a space: they differ in which characters they
/// know.
struct UnicodeVersions {
    std::string characters;  ///< of utf8proc: normal forms, case, classes of characters: "15.0.0"
    std::string patterns;    ///< of PCRE2: split patterns that a file spells out: "14.0.0"
};
UnicodeVersions unicodeVersions();

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace lexiscope {

/// A regular expression in Oniguruma's syntax for Ruby, in which Hugging Face's files write theirs, in that
/// of PCRE2 (10.40 or later, with its options UTF, UCP and MULTILINE). Source: Oniguruma's document RE.
///
/// What the two read differently: sets within brackets ("[a[bc]]", "[\w&&[^\d]]"), \s, \w, \W, \b, \B, \h,
/// \H, \v, \uHHHH, the option m, and names of scripts, which PCRE2 would widen to characters that several
/// scripts use. All else goes through as it stands, mistakes too: PCRE2 then says what is wrong.
///
/// Unsupported when brackets nest deeper than 32, or are not closed.
Result<std::string> toPcre(std::string_view pattern);

}  // namespace lexiscope

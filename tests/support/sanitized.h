// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexiscope::test {

/// Built with a sanitizer, where all takes many times as long. What it seeks does not hide in one size, theme
/// or repetition and not in another: a walk through many of them then takes fewer steps, but through all the
/// code.
#ifdef LEXISCOPE_SANITIZED
inline constexpr bool isSanitized = true;
#else
inline constexpr bool isSanitized = false;
#endif

}  // namespace lexiscope::test

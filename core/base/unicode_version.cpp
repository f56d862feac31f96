// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/unicode_version.h"

#include <cstddef>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>

namespace lexiscope {

UnicodeVersions unicodeVersions() {
    // With its terminating zero.
    const int size = pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, nullptr);
    std::string patterns(static_cast<std::size_t>(size > 0 ? size : 1), '\0');
    if (size > 0) {
        pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, patterns.data());
    }
    patterns.pop_back();
    return {utf8proc_unicode_version(), patterns};
}

}  // namespace lexiscope

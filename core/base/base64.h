// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// The bytes that base64 (RFC 4648, section 4) stands for. Nothing when the text is none: another character,
/// a length that is no multiple of four, padding anywhere but at the end.
std::optional<std::string> bytesOfBase64(std::string_view text);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string_view>

namespace lexiscope {

/// Are these, the first bytes of a file, UTF-8 without a zero byte? A character may be cut by their end.
bool looksLikeText(std::string_view sample);

/// Does it begin as an object or a list of JSON does?
bool beginsAsJson(std::string_view text);

/// Why a file that no loader takes for its own cannot be opened: names the format if its first bytes tell
/// (Unsupported).
Error refusal(const std::filesystem::path& path, std::string_view bytes);

}  // namespace lexiscope

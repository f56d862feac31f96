// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string_view>

namespace lexiscope {

/// Why a file that no loader takes for its own cannot be opened: names the format if its first bytes tell
/// (Unsupported).
Error refusal(const std::filesystem::path& path, std::string_view bytes);

}  // namespace lexiscope

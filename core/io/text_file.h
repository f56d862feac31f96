// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lexiscope {

/// More than this is no text that somebody wants to see cut into tokens.
constexpr std::uint64_t longestText = 16 << 20;

/// The bytes of a file that is a text, to be asked of files that loadModel() calls Unsupported: one that is
/// called so
/// (.txt, .text, .md), whatever its bytes, or that begins as UTF-8; but no JSON, which belongs to models.
/// Nothing when it is none. Unsupported when it is longer than longestText; NotFound, Unreadable.
Result<std::optional<std::string>> readText(const std::filesystem::path& path);

}  // namespace lexiscope

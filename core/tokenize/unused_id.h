// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace lexiscope {

/// How an ID that no token has is spelled where each ID has a spelling.
inline std::string nameOfUnused(std::size_t id) {
    return "[unused " + std::to_string(id) + "]";
}

}  // namespace lexiscope

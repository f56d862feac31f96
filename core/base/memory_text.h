// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace lexiscope {

/// So much memory in powers of 1,024, to one decimal: "384 bytes", "1.5 KiB", "147.2 MiB".
std::string memoryText(std::uint64_t bytes);

}  // namespace lexiscope

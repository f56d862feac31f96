// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace lexiscope {

/// A count as people read it: 3000000 is "3,000,000".
std::string grouped(std::uint64_t count);

}  // namespace lexiscope

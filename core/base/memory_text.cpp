// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory_text.h"

#include "core/base/grouped.h"

#include <array>
#include <cmath>

namespace lexiscope {

std::string memoryText(std::uint64_t bytes) {
    constexpr std::uint64_t kilo = 1024;
    if (bytes < kilo) {
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    }
    constexpr std::array units = {" KiB", " MiB", " GiB", " TiB"};
    double size = static_cast<double>(bytes) / kilo;
    std::size_t unit = 0;
    while (std::round(size * 10) >= 10 * kilo && unit + 1 < units.size()) {
        size /= kilo;
        ++unit;
    }
    const auto tenths = static_cast<std::uint64_t>(std::llround(size * 10));
    return grouped(tenths / 10) + '.' + std::to_string(tenths % 10) + units.at(unit);
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/grouped.h"

namespace lexiscope {

std::string grouped(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t place = digits.size(); place > 3;) {
        place -= 3;
        digits.insert(place, ",");
    }
    return digits;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include <QString>

namespace lexiscope {

/// "20 71 E6": the one way in which the window spells bytes. Of more than `longest` the first ones and "…".
QString hexText(std::string_view bytes, std::size_t longest = std::string_view::npos);

}  // namespace lexiscope

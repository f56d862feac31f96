// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace lexiscope {

/// Says what the settings ask for that is of many texts together, and not done: truncation and padding.
void addNotesOfBatches(const nlohmann::json& settings, std::vector<std::string>& notes);

}  // namespace lexiscope

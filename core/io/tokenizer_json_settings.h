// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace lexiscope {

/// Says what the settings ask for that is of many texts together, and not done: truncation and padding. The
/// errors of stages (tokenizer_stages.h) where one of the two lacks what it must have.
Result<std::vector<std::string>> readBatchSettings(const nlohmann::json& settings);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace lexiscope {

/// Everything in a tokenizer.json but what is large (vocabulary, merges, added tokens), and what is nested
/// deeper than any stage is: values are copied one within the other. No settings where it is no object.
nlohmann::json tokenizerJsonSettings(std::string_view text);

/// Says what the settings ask for that is of many texts together, and not done: truncation and padding.
void addWarningsOfBatches(const nlohmann::json& settings, std::vector<std::string>& warnings);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_settings.h"

#include "core/base/grouped.h"

#include <cstdint>

namespace lexiscope {

using nlohmann::json;

void addNotesOfBatches(const json& settings, std::vector<std::string>& notes) {
    if (settings.contains("truncation") && settings["truncation"].is_object()) {
        const json most = settings["truncation"].value("max_length", json());
        notes.push_back("its truncation" +
                        (most.is_number_unsigned() ? " to " + grouped(most.get<std::uint64_t>()) + " tokens"
                                                   : std::string()) +
                        " is left out: texts are cut to their end");
    }
    if (settings.contains("padding") && !settings["padding"].is_null()) {
        notes.emplace_back("its padding is left out: nothing is added to short texts");
    }
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/stage_settings.h"

namespace lexiscope {

std::string inList(const std::string& place, std::size_t index) {
    return place + "[" + std::to_string(index) + "]";
}

Result<StagePattern> readPattern(JsonStage& stage) {
    StagePattern pattern;
    const nlohmann::json* found = stage.has("pattern") ? &stage.part("pattern") : nullptr;
    const bool isObject = found != nullptr && found->is_object();
    if (isObject && found->contains("String") && (*found)["String"].is_string()) {
        pattern.literal = (*found)["String"].get<std::string>();
        if (pattern.literal.empty()) {
            pattern.regex = SplitRegex::compile("").value();
        }
    } else if (isObject && found->contains("Regex") && (*found)["Regex"].is_string()) {
        auto regex = SplitRegex::compile((*found)["Regex"].get<std::string>());
        if (!regex.ok()) {
            stage.fail(regex.error().code, regex.error().what);
        } else {
            pattern.regex = std::move(regex).value();
        }
    } else {
        stage.fail(ErrorCode::Broken, "pattern is neither a String nor a Regex");
    }
    return finish(stage, std::move(pattern));
}

PrependScheme readPrepend(JsonStage& stage) {
    const std::string name =
        stage.text("prepend_scheme", stage.flag("add_prefix_space", true) ? "always" : "never");
    if (name != "always" && name != "first" && name != "never") {
        stage.fail(ErrorCode::Unsupported, "the prepend_scheme " + quotedForError(name) + " is not known");
    }
    return name == "first"   ? PrependScheme::First
           : name == "never" ? PrependScheme::Never
                             : PrependScheme::Always;
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/stage_settings.h"

namespace lexiscope {

std::string inList(const std::string& place, std::size_t index) {
    return place + "[" + std::to_string(index) + "]";
}

Error nullInList(std::string place) {
    return {ErrorCode::Broken, std::move(place), "is no object", "the file may be damaged: fetch it again"};
}

Result<StagePattern> readPattern(JsonStage& stage) {
    StagePattern pattern;
    const nlohmann::json* found = stage.has("pattern") ? &stage.part("pattern") : nullptr;
    const bool isObject = found != nullptr && found->is_object() && found->size() == 1;
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

ByteLevelOptions readByteLevel(JsonStage& stage) {
    ByteLevelOptions options;
    options.addPrefixSpace = stage.flag("add_prefix_space");
    stage.flag("trim_offsets");  // of places in the text, which are kept in another way
    options.useRegex = stage.flag("use_regex", true);
    return options;
}

MetaspaceOptions readMetaspace(JsonStage& stage) {
    MetaspaceOptions options;
    options.replacement = stage.character("replacement");
    options.split = stage.flagOrNull("split", true);
    stage.textOrNull("str_rep");
    const bool adds = stage.flagOrNull("add_prefix_space", true);
    const std::string name = stage.text("prepend_scheme", adds ? "always" : "never");
    if (name != "always" && name != "first" && name != "never") {
        stage.fail(ErrorCode::Unsupported, "the prepend_scheme " + quotedForError(name) + " is not known");
    } else if (!adds && name != "never") {
        stage.fail(ErrorCode::Broken,
                   "add_prefix_space is false, but prepend_scheme is " + quotedForError(name));
    }
    options.prepend = name == "first"   ? PrependScheme::First
                      : name == "never" ? PrependScheme::Never
                                        : PrependScheme::Always;
    return options;
}

}  // namespace lexiscope

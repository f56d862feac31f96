// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_settings.h"

#include "core/base/grouped.h"
#include "core/io/json_stage.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

namespace lexiscope {
namespace {

using nlohmann::json;

void readName(JsonStage& stage, const char* setting, std::optional<std::string> usual,
              std::initializer_list<std::string_view> known) {
    const std::string name = stage.text(setting, std::move(usual));
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        stage.fail(ErrorCode::Unsupported,
                   "the " + std::string(setting) + " " + quotedForError(name) + " is not known");
    }
}

Result<std::string> readTruncation(const json& settings) {
    JsonStage stage(settings, "truncation");
    readName(stage, "direction", "Right", {"Left", "Right"});
    readName(stage, "strategy", std::nullopt, {"LongestFirst", "OnlyFirst", "OnlySecond"});
    stage.count("stride");
    const std::size_t most = stage.count("max_length");
    return finish(stage, "its truncation to " + grouped(most) + (most == 1 ? " token" : " tokens") +
                             " is left out: texts are cut to their end");
}

Result<std::string> readPadding(const json& settings) {
    JsonStage stage(settings, "padding");
    readName(stage, "direction", std::nullopt, {"Left", "Right"});
    if (stage.has("strategy") && stage.part("strategy").is_object()) {
        JsonStage strategy(stage.part("strategy"), "padding.strategy");
        strategy.count("Fixed");
        if (stage.part("strategy").size() != 1) {
            strategy.fail(ErrorCode::Broken, "has more than Fixed");
        }
        if (strategy.error()) {
            return *strategy.error();
        }
    } else {
        readName(stage, "strategy", std::nullopt, {"BatchLongest"});
    }
    if (stage.has("pad_to_multiple_of")) {
        stage.count("pad_to_multiple_of");
    }
    stage.count("pad_id");
    stage.count("pad_type_id");
    stage.text("pad_token");
    return finish(stage, std::string("its padding is left out: nothing is added to short texts"));
}

}  // namespace

Result<std::vector<std::string>> readBatchSettings(const json& settings) {
    std::vector<std::string> notes;
    const auto add = [&](const char* name, Result<std::string> (*read)(const json&)) {
        if (!settings.contains(name) || settings[name].is_null()) {
            return std::optional<Error>();
        }
        Result<std::string> note = read(settings[name]);
        if (!note.ok()) {
            return std::optional<Error>(note.error());
        }
        notes.push_back(std::move(note).value());
        return std::optional<Error>();
    };
    if (std::optional<Error> error = add("truncation", &readTruncation)) {
        return *std::move(error);
    }
    if (std::optional<Error> error = add("padding", &readPadding)) {
        return *std::move(error);
    }
    return notes;
}

}  // namespace lexiscope

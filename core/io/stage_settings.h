// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json_stage.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/tokenize/split_regex.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {

// Settings that several kinds of stages have in common.

/// "normalizer[2]"
std::string inList(const std::string& place, std::size_t index);

/// The error of null where a list has its stages.
Error nullInList(std::string place);

/// The stages in a list.
template <typename T, typename ReadOne>
Result<std::vector<T>> readAll(JsonStage& stage, const char* name, ReadOne readOne) {
    std::vector<T> parts;
    const nlohmann::json& list = stage.list(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<T> part = readOne(list[i], inList(stage.place(), i));
        if (!part.ok()) {
            return part.error();
        }
        if (list[i].is_null()) {
            return nullInList(inList(stage.place(), i));
        }
        parts.push_back(std::move(part).value());
    }
    return finish(stage, std::move(parts));
}

/// {"String": "x"} or {"Regex": "x"}. An empty String is an empty Regex, which matches beside each character.
struct StagePattern {
    std::string literal;
    std::shared_ptr<const SplitRegex> regex;
};

Result<StagePattern> readPattern(JsonStage& stage);

/// Those of ByteLevel, which is a pre-tokenizer, a post-processor and a decoder.
ByteLevelOptions readByteLevel(JsonStage& stage);

/// Those of Metaspace, which is a pre-tokenizer and a decoder: today's and those of old.
MetaspaceOptions readMetaspace(JsonStage& stage);

}  // namespace lexiscope

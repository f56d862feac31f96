// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/stage_settings.h"
#include "core/io/tokenizer_stages.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace lexiscope {
namespace {

using nlohmann::json;

Result<DecoderPtr> readReplaceDecoder(JsonStage& stage) {
    Result<StagePattern> pattern = readPattern(stage);
    stage.require({"content"});
    const std::string content = stage.text("content", "");
    if (!pattern.ok()) {
        return pattern.error();
    }
    return finish(stage, pattern.value().regex ? makeReplaceDecoder(pattern.value().regex, content)
                                               : makeReplaceDecoder(pattern.value().literal, content));
}

Result<DecoderPtr> readCtc(JsonStage& stage) {
    CtcDecoderOptions options;
    options.pad = stage.text("pad_token", options.pad);
    options.word = stage.text("word_delimiter_token", options.word);
    options.cleansUp = stage.flag("cleanup", options.cleansUp);
    return finish(stage, makeCtcDecoder(options));
}

/// ["[CLS]", 101]
std::optional<TokenId> readNamedId(JsonStage& stage, const char* name) {
    const json& pair = stage.list(name);
    if (pair.size() != 2 || !pair[1].is_number_unsigned() || pair[1].get<std::uint64_t>() > 0xFFFFFFFE) {
        stage.fail(ErrorCode::Broken, std::string(name) + " is no token with its ID");
        return std::nullopt;
    }
    return TokenId{pair[1].get<std::uint32_t>()};
}

/// The IDs that a template's special token stands for.
void addTemplateIds(JsonStage& stage, const json& item, std::vector<TokenId>& ids) {
    const json& name = item.contains("id") ? item["id"] : json();
    if (!name.is_string() || !stage.has("special_tokens") || !stage.part("special_tokens").is_object() ||
        !stage.part("special_tokens").contains(name.get<std::string>())) {
        return stage.fail(ErrorCode::Broken, "the template has a special token without IDs");
    }
    const json& token = stage.part("special_tokens")[name.get<std::string>()];
    if (!token.is_object() || !token.contains("ids") || !token["ids"].is_array()) {
        return stage.fail(ErrorCode::Broken, "the template has a special token without IDs");
    }
    for (const json& id : token["ids"]) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() > 0xFFFFFFFE) {
            return stage.fail(ErrorCode::Broken, "the template has an ID that is no whole number");
        }
        ids.push_back(TokenId{id.get<std::uint32_t>()});
    }
}

Result<TextTemplate> readTemplate(JsonStage& stage) {
    TextTemplate result;
    std::size_t texts = 0;
    for (const json& item : stage.list("single")) {
        if (item.is_object() && item.contains("Sequence")) {
            ++texts;
        } else if (item.is_object() && item.contains("SpecialToken")) {
            addTemplateIds(stage, item["SpecialToken"], texts > 0 ? result.after : result.before);
        } else {
            stage.fail(ErrorCode::Broken,
                       "the template has an item that is neither Sequence nor SpecialToken");
        }
    }
    if (texts != 1 && !stage.error()) {
        result = {};
        result.warning = "its template for one text has it " + std::to_string(texts) +
                         " times instead of once, and is left out: no special tokens are added";
    }
    return finish(stage, std::move(result));
}

}  // namespace

Result<DecoderPtr> readDecoder(const json& json, const std::string& place) {
    if (json.is_null()) {
        return DecoderPtr();
    }
    JsonStage stage(json, place);
    const std::string& type = stage.type();
    if (type == "Sequence") {
        auto parts = readAll<DecoderPtr>(stage, "decoders", &readDecoder);
        return parts.ok() ? Result<DecoderPtr>(makeDecoderSequence(std::move(parts).value())) : parts.error();
    }
    if (type == "ByteLevel") {
        return makeByteLevelDecoder();
    }
    if (type == "ByteFallback") {
        return makeByteFallbackDecoder();
    }
    if (type == "Fuse") {
        return makeFuseDecoder();
    }
    if (type == "Metaspace") {
        const std::string replacement = stage.text("replacement", "\u2581");
        return finish(stage, makeMetaspaceDecoder(replacement, readPrepend(stage) != PrependScheme::Never));
    }
    if (type == "WordPiece") {
        const std::string prefix = stage.text("prefix", "##");
        return finish(stage, makeWordPieceDecoder(prefix, stage.flag("cleanup", true)));
    }
    if (type == "BPEDecoder") {
        return finish(stage, makeBpeDecoder(stage.text("suffix", "</w>")));
    }
    if (type == "Strip") {
        stage.require({"content", "start", "stop"});
        const std::string content = stage.text("content", " ");
        const std::size_t begin = stage.count("start", 0);
        return finish(stage, makeStripDecoder(content, begin, stage.count("stop", 0)));
    }
    if (type == "Replace") {
        return readReplaceDecoder(stage);
    }
    return type == "CTC" ? readCtc(stage) : stage.unknownType();
}

Result<TextTemplate> readPostProcessor(const json& json, const std::string& place) {
    if (json.is_null()) {
        return TextTemplate();
    }
    JsonStage stage(json, place);
    const std::string& type = stage.type();
    TextTemplate result;
    if (type == "Sequence") {
        const auto& list = stage.list("processors");
        for (std::size_t i = 0; i < list.size(); ++i) {
            Result<TextTemplate> part = readPostProcessor(list[i], inList(place, i));
            if (!part.ok()) {
                return part;
            }
            // Each goes around what the one before it has made.
            const TextTemplate& own = part.value();
            result.warning += result.warning.empty() ? own.warning : "";
            result.before.insert(result.before.begin(), own.before.begin(), own.before.end());
            result.after.insert(result.after.end(), own.after.begin(), own.after.end());
        }
        return finish(stage, std::move(result));
    }
    if (type == "ByteLevel") {
        return result;  // trims what it says of places in the text, and changes no ID
    }
    if (type == "BertProcessing" || type == "RobertaProcessing") {
        const std::optional<TokenId> first = readNamedId(stage, "cls");
        const std::optional<TokenId> last = readNamedId(stage, "sep");
        if (first && last) {
            result = {{*first}, {*last}, {}};
        }
        return finish(stage, std::move(result));
    }
    return type == "TemplateProcessing" ? readTemplate(stage) : stage.unknownType();
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/io/stage_settings.h"
#include "core/io/tokenizer_stages.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

using nlohmann::json;

Result<DecoderPtr> readReplaceDecoder(JsonStage& stage) {
    Result<StagePattern> pattern = readPattern(stage);
    const std::string content = stage.text("content");
    if (!pattern.ok()) {
        return pattern.error();
    }
    return finish(stage, pattern.value().regex ? makeReplaceDecoder(pattern.value().regex, content)
                                               : makeReplaceDecoder(pattern.value().literal, content));
}

Result<DecoderPtr> readCtc(JsonStage& stage) {
    CtcDecoderOptions options;
    options.pad = stage.text("pad_token");
    options.word = stage.text("word_delimiter_token");
    options.cleansUp = stage.flag("cleanup");
    return finish(stage, makeCtcDecoder(options));
}

std::optional<TokenId> idOf(const json& number) {
    return number.is_number_unsigned() && number.get<std::uint64_t>() <= 0xFFFFFFFE
               ? std::optional(TokenId{number.get<std::uint32_t>()})
               : std::nullopt;
}

/// ["[CLS]", 101]
std::optional<TokenId> readNamedId(JsonStage& stage, const char* name) {
    const json& pair = stage.list(name);
    const std::optional<TokenId> id = pair.size() == 2 && pair[0].is_string() ? idOf(pair[1]) : std::nullopt;
    if (!id) {
        stage.fail(ErrorCode::Broken, std::string(name) + " is no token with its ID");
    }
    return id;
}

using IdsByName = std::map<std::string, std::vector<TokenId>>;

/// The special tokens of a template, each of which may stand for several.
Result<IdsByName> readTemplateTokens(JsonStage& stage) {
    if (!stage.has("special_tokens") || !stage.part("special_tokens").is_object()) {
        stage.fail(ErrorCode::Broken, "special_tokens is no object");
        return *stage.error();
    }
    IdsByName tokens;
    for (const auto& [name, value] : stage.part("special_tokens").items()) {
        JsonStage token(value, stage.place() + ".special_tokens." + displayText(name));
        token.text("id");
        for (const json& spelling : token.list("tokens")) {
            if (!spelling.is_string()) {
                token.fail(ErrorCode::Broken, "tokens has one that is not a text");
            }
        }
        std::vector<TokenId>& ids = tokens[name];
        for (const json& number : token.list("ids")) {
            const std::optional<TokenId> id = idOf(number);
            if (!id) {
                token.fail(ErrorCode::Broken, "ids has one that is no whole number from 0 on");
            }
            ids.push_back(id.value_or(TokenId{}));
        }
        if (token.error()) {
            return *token.error();
        }
    }
    return finish(stage, std::move(tokens));
}

/// The text that stands there ("A", "B"), or the special token.
struct TemplatePiece {
    bool isText = false;
    std::string name;
};

Result<TemplatePiece> readPiece(const json& item, const std::string& place) {
    const auto isOnly = [&item](const char* key) {
        return item.is_object() && item.size() == 1 && item.contains(key);
    };
    const bool isText = isOnly("Sequence");
    if (!isText && !isOnly("SpecialToken")) {
        return Error{ErrorCode::Broken, place, "is neither a Sequence nor a SpecialToken",
                     "the file may be damaged: fetch it again"};
    }
    JsonStage stage(item[isText ? "Sequence" : "SpecialToken"], place);
    stage.count("type_id");
    TemplatePiece piece{isText, stage.text("id")};
    if (isText && piece.name != "A" && piece.name != "B") {
        stage.fail(ErrorCode::Broken, "the text " + quotedForError(piece.name) + " is neither A nor B");
    }
    return finish(stage, std::move(piece));
}

Result<std::vector<TemplatePiece>> readPieces(JsonStage& stage, const char* name) {
    std::vector<TemplatePiece> pieces;
    const json& list = stage.list(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<TemplatePiece> piece = readPiece(list[i], inList(stage.place() + "." + name, i));
        if (!piece.ok()) {
            return piece.error();
        }
        pieces.push_back(std::move(piece).value());
    }
    return finish(stage, std::move(pieces));
}

/// What a post-processor leaves: the text with what stands around it, or special tokens alone. The next one
/// of a sequence treats the first of them as one text and a second as the other text of a pair.
struct Part {
    std::vector<TokenId> before;
    bool hasText = false;
    std::vector<TokenId> after;
};

struct Ending {
    bool addsSpecial = true;  ///< else special tokens are passed over, and later ones find fewer parts
    std::vector<Part> parts = {{{}, true, {}}};
    std::string warning;  ///< the first
};

void warn(Ending& ending, std::string warning) {
    if (ending.warning.empty()) {
        ending.warning = std::move(warning);
    }
}

/// What a template makes of a text grows by each of them, and templates may stand behind each other.
constexpr std::ptrdiff_t mostTexts = 64;

std::string warningOfTexts(std::ptrdiff_t texts) {
    return "its template has the text " + std::to_string(texts) + " times, and " + std::to_string(mostTexts) +
           " at most are given; it is left out";
}

std::optional<Error> useTemplate(JsonStage& stage, Ending& ending) {
    const Result<IdsByName> tokens = readTemplateTokens(stage);
    const Result<std::vector<TemplatePiece>> single = readPieces(stage, "single");
    const Result<std::vector<TemplatePiece>> pair = readPieces(stage, "pair");
    if (!tokens.ok() || !single.ok() || !pair.ok()) {
        return !tokens.ok() ? tokens.error() : !single.ok() ? single.error() : pair.error();
    }
    const bool hasSecond =
        std::any_of(single.value().begin(), single.value().end(),
                    [](const TemplatePiece& piece) { return piece.name == "B" && piece.isText; });
    if (hasSecond) {
        stage.fail(ErrorCode::Broken, "single, the template for one text, has a second one");
        return stage.error();
    }
    if (ending.parts.empty() || ending.parts.size() > 2) {
        warn(ending, "its template stands behind other post-processors, which leave " +
                         std::to_string(ending.parts.size()) +
                         " parts where it is for one or two; it is left out");
        return stage.error();
    }
    std::vector<Part> parts;
    for (const TemplatePiece& piece : (ending.parts.size() == 1 ? single : pair).value()) {
        if (piece.isText) {
            parts.push_back(ending.parts[piece.name == "A" ? 0 : 1]);
            continue;
        }
        const auto found = tokens.value().find(piece.name);
        if (found == tokens.value().end()) {
            stage.fail(ErrorCode::Broken,
                       "the template has a special token without IDs, " + quotedForError(piece.name));
            return stage.error();
        }
        if (ending.addsSpecial) {
            parts.push_back({found->second, false, {}});
        }
    }
    const auto texts =
        std::count_if(parts.begin(), parts.end(), [](const Part& part) { return part.hasText; });
    if (texts <= mostTexts) {
        ending.parts = std::move(parts);
    } else {
        warn(ending, warningOfTexts(texts));
    }
    return stage.error();
}

void useBert(JsonStage& stage, bool isRoberta, Ending& ending) {
    const std::optional<TokenId> first = readNamedId(stage, "cls");
    const std::optional<TokenId> last = readNamedId(stage, "sep");
    if (!first || !last || !ending.addsSpecial) {
        return;
    }
    for (std::size_t i = 0; i < ending.parts.size(); ++i) {
        Part& part = ending.parts[i];
        if (i == 0 || isRoberta) {
            part.before.insert(part.before.begin(), i == 0 ? *first : *last);
        }
        part.after.push_back(*last);
    }
}

std::vector<TemplatePart> templateParts(const Ending& ending) {
    std::vector<TemplatePart> parts;
    for (const Part& part : ending.parts) {
        parts.push_back({false, part.before});
        if (part.hasText) {
            parts.push_back({true, {}});
        }
        parts.push_back({false, part.after});
    }
    return parts;
}

std::optional<Error> usePostProcessor(const json& processor, const std::string& place, Ending& ending) {
    JsonStage stage(processor, place);
    stage.typeBySettings({{"sep", "BertProcessing"}, {"single", "TemplateProcessing"}});
    const std::string& type = stage.type();
    if (type == "Sequence") {
        const auto& list = stage.list("processors");
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (list[i].is_null()) {
                return nullInList(inList(place, i));
            }
            if (std::optional<Error> error = usePostProcessor(list[i], inList(place, i), ending)) {
                return error;
            }
        }
    } else if (type == "ByteLevel") {
        readByteLevel(stage);  // trims what it says of places in the text, and changes no ID
    } else if (type == "BertProcessing" || type == "RobertaProcessing") {
        useBert(stage, type == "RobertaProcessing", ending);
    } else if (type == "TemplateProcessing") {
        return useTemplate(stage, ending);
    } else {
        return stage.unknownType();
    }
    return stage.error();
}

}  // namespace

Result<DecoderPtr> readDecoder(const json& json, const std::string& place) {
    if (json.is_null()) {
        return DecoderPtr();
    }
    JsonStage stage(json, place);
    stage.typeBySettings({{"suffix", "BPEDecoder"},
                          {"prefix", "WordPiece"},
                          {"pad_token", "CTC"},
                          {"start", "Strip"},
                          {"pattern", "Replace"}});
    const std::string& type = stage.type();
    if (type == "Sequence") {
        auto parts = readAll<DecoderPtr>(stage, "decoders", &readDecoder);
        return parts.ok() ? Result<DecoderPtr>(makeDecoderSequence(std::move(parts).value())) : parts.error();
    }
    if (type == "ByteLevel") {
        readByteLevel(stage);
        return finish(stage, makeByteLevelDecoder());
    }
    if (type == "ByteFallback") {
        return makeByteFallbackDecoder();
    }
    if (type == "Fuse") {
        return makeFuseDecoder();
    }
    if (type == "Metaspace") {
        const MetaspaceOptions options = readMetaspace(stage);
        return finish(stage,
                      makeMetaspaceDecoder(options.replacement, options.prepend != PrependScheme::Never));
    }
    if (type == "WordPiece") {
        const std::string prefix = stage.text("prefix");
        return finish(stage, makeWordPieceDecoder(prefix, stage.flag("cleanup")));
    }
    if (type == "BPEDecoder") {
        return finish(stage, makeBpeDecoder(stage.text("suffix")));
    }
    if (type == "Strip") {
        const std::string content = stage.character("content");
        const std::size_t begin = stage.count("start");
        return finish(stage, makeStripDecoder(content, begin, stage.count("stop")));
    }
    if (type == "Replace") {
        return readReplaceDecoder(stage);
    }
    return type == "CTC" ? readCtc(stage) : stage.unknownType();
}

Result<TextTemplate> readPostProcessor(const json& json, const std::string& place) {
    Ending withSpecial;
    Ending without;
    without.addsSpecial = false;
    for (Ending* ending : {&withSpecial, &without}) {
        std::optional<Error> error = json.is_null() ? std::nullopt : usePostProcessor(json, place, *ending);
        if (error) {
            return *std::move(error);
        }
    }
    return TextTemplate{templateParts(withSpecial), templateParts(without), std::move(withSpecial.warning)};
}

}  // namespace lexiscope

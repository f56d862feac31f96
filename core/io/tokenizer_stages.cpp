// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_stages.h"

#include "core/base/base64.h"
#include "core/base/utf8.h"
#include "core/io/json_stage.h"
#include "core/tokenize/character_map.h"
#include "core/tokenize/split_regex.h"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace lexiscope {
namespace {

using nlohmann::json;

std::string inList(const std::string& place, std::size_t index) {
    return place + "[" + std::to_string(index) + "]";
}

template <typename T>
Result<std::vector<T>> readAll(JsonStage& stage, const char* name,
                               Result<T> (*readOne)(const json& json, const std::string& place)) {
    std::vector<T> parts;
    const json& list = stage.list(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<T> part = readOne(list[i], inList(stage.place(), i));
        if (!part.ok()) {
            return part.error();
        }
        if (part.value()) {
            parts.push_back(std::move(part).value());
        }
    }
    return finish(stage, std::move(parts));
}

/// {"String": "x"} or {"Regex": "x"}
struct Pattern {
    std::string literal;
    std::shared_ptr<const SplitRegex> regex;
};

Result<Pattern> readPattern(JsonStage& stage) {
    Pattern pattern;
    const json* found = stage.has("pattern") ? &stage.part("pattern") : nullptr;
    const bool isObject = found != nullptr && found->is_object();
    if (isObject && found->contains("String") && (*found)["String"].is_string()) {
        pattern.literal = (*found)["String"].get<std::string>();
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

Result<NormalizerPtr> readReplace(JsonStage& stage) {
    Result<Pattern> pattern = readPattern(stage);
    const std::string content = stage.text("content", "");
    if (!pattern.ok()) {
        return pattern.error();
    }
    if (pattern.value().regex) {
        return finish(stage, makeReplace(pattern.value().regex, content));
    }
    if (pattern.value().literal.empty()) {
        stage.fail(ErrorCode::Broken, "pattern is empty");
        return *stage.error();
    }
    return finish(stage, makeReplace(pattern.value().literal, content));
}

Result<NormalizerPtr> readPrecompiled(JsonStage& stage) {
    const std::string packed = stage.text("precompiled_charsmap", "");
    if (packed.empty()) {
        return finish(stage, NormalizerPtr());
    }
    const std::optional<std::string> bytes = bytesOfBase64(packed);
    if (!bytes) {
        stage.fail(ErrorCode::Broken, "precompiled_charsmap is no base64");
        return *stage.error();
    }
    auto map = CharacterMap::parse(*bytes);
    if (!map.ok()) {
        stage.fail(map.error().code, map.error().where + " " + map.error().what);
        return *stage.error();
    }
    return finish(stage, makePrecompiled(std::move(map).value()));
}

Result<NormalizerPtr> readBertNormalizer(JsonStage& stage) {
    BertNormalizerOptions options;
    options.cleanText = stage.flag("clean_text", true);
    options.separateChinese = stage.flag("handle_chinese_chars", true);
    if (stage.has("strip_accents")) {
        options.stripAccents = stage.flag("strip_accents", true);
    }
    options.lowercase = stage.flag("lowercase", true);
    return finish(stage, makeBertNormalizer(options));
}

std::optional<SplitBehavior> behaviorNamed(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, SplitBehavior>, 5> all = {{
        {"Removed", SplitBehavior::Removed},
        {"Isolated", SplitBehavior::Isolated},
        {"MergedWithPrevious", SplitBehavior::MergedWithPrevious},
        {"MergedWithNext", SplitBehavior::MergedWithNext},
        {"Contiguous", SplitBehavior::Contiguous},
    }};
    for (const auto& [known, behavior] : all) {
        if (name == known) {
            return behavior;
        }
    }
    return std::nullopt;
}

SplitBehavior readBehavior(JsonStage& stage) {
    const std::string name = stage.text("behavior", "Isolated");
    const std::optional<SplitBehavior> behavior = behaviorNamed(name);
    if (!behavior) {
        stage.fail(ErrorCode::Unsupported, "the behavior " + quotedForError(name) + " is not known");
    }
    return behavior.value_or(SplitBehavior::Isolated);
}

Result<PreTokenizerPtr> readSplit(JsonStage& stage) {
    Result<Pattern> pattern = readPattern(stage);
    const SplitBehavior behavior = readBehavior(stage);
    const bool invert = stage.flag("invert", false);
    if (!pattern.ok()) {
        return pattern.error();
    }
    if (!pattern.value().regex) {
        return finish(stage, makeSplit(pattern.value().literal, behavior, invert));
    }
    const std::optional<SplitScheme> scheme = schemeOf(pattern.value().regex->pattern());
    // The known patterns match all there is, so that nothing lies between their matches.
    const bool isWhole =
        behavior == SplitBehavior::Isolated || (behavior == SplitBehavior::Removed && invert);
    if (scheme && isWhole) {
        return finish(stage, makeSplit(*scheme));
    }
    return finish(stage, makeSplit(pattern.value().regex, behavior, invert));
}

/// How Metaspace and the decoder of that name say it, today and before.
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

Result<PreTokenizerPtr> readMetaspace(JsonStage& stage) {
    MetaspaceOptions options;
    options.replacement = stage.text("replacement", options.replacement);
    options.prepend = readPrepend(stage);
    options.split = stage.flag("split", true);
    if (countCharacters(options.replacement) != 1) {
        stage.fail(ErrorCode::Broken, "replacement is not one character");
    }
    return finish(stage, makeMetaspace(options));
}

Result<PreTokenizerPtr> readDelimiter(JsonStage& stage) {
    const std::string delimiter = stage.text("delimiter", "");
    const CodePoint point = codePointAt(delimiter, 0);
    if (delimiter.empty() || !point.valid || point.size != delimiter.size()) {
        stage.fail(ErrorCode::Broken, "delimiter is not one character");
    }
    return finish(stage, makeCharDelimiterSplit(point.value));
}

Result<DecoderPtr> readReplaceDecoder(JsonStage& stage) {
    Result<Pattern> pattern = readPattern(stage);
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
    bool isBehind = false;
    for (const json& item : stage.list("single")) {
        if (item.is_object() && item.contains("Sequence")) {
            isBehind = true;
        } else if (item.is_object() && item.contains("SpecialToken")) {
            addTemplateIds(stage, item["SpecialToken"], isBehind ? result.after : result.before);
        } else {
            stage.fail(ErrorCode::Broken,
                       "the template has an item that is neither Sequence nor SpecialToken");
        }
    }
    return finish(stage, std::move(result));
}

}  // namespace

Result<NormalizerPtr> readNormalizer(const json& json, const std::string& place) {
    if (json.is_null()) {
        return NormalizerPtr();
    }
    JsonStage stage(json, place);
    const std::string& type = stage.type();
    if (type == "Sequence") {
        auto parts = readAll(stage, "normalizers", &readNormalizer);
        return parts.ok() ? Result<NormalizerPtr>(makeNormalizerSequence(std::move(parts).value()))
                          : parts.error();
    }
    constexpr std::array<std::pair<std::string_view, UnicodeForm>, 4> forms = {{{"NFC", UnicodeForm::Nfc},
                                                                                {"NFD", UnicodeForm::Nfd},
                                                                                {"NFKC", UnicodeForm::Nfkc},
                                                                                {"NFKD", UnicodeForm::Nfkd}}};
    for (const auto& [name, form] : forms) {
        if (type == name) {
            return makeUnicodeForm(form);
        }
    }
    if (type == "Lowercase") {
        return makeLowercase();
    }
    if (type == "StripAccents") {
        return makeStripAccents();
    }
    if (type == "Strip") {
        const bool left = stage.flag("strip_left", true);
        return finish(stage, makeStrip(left, stage.flag("strip_right", true)));
    }
    if (type == "Prepend") {
        return finish(stage, makePrepend(stage.text("prepend", "")));
    }
    if (type == "Replace") {
        return readReplace(stage);
    }
    if (type == "BertNormalizer") {
        return readBertNormalizer(stage);
    }
    return type == "Precompiled" ? readPrecompiled(stage) : stage.unknownType();
}

Result<PreTokenizerPtr> readPreTokenizer(const json& json, const std::string& place) {
    if (json.is_null()) {
        return PreTokenizerPtr();
    }
    JsonStage stage(json, place);
    const std::string& type = stage.type();
    if (type == "Sequence") {
        auto parts = readAll(stage, "pretokenizers", &readPreTokenizer);
        return parts.ok() ? Result<PreTokenizerPtr>(makePreTokenizerSequence(std::move(parts).value()))
                          : parts.error();
    }
    if (type == "ByteLevel") {
        ByteLevelOptions options;
        options.addPrefixSpace = stage.flag("add_prefix_space", true);
        options.useRegex = stage.flag("use_regex", true);
        return finish(stage, makeByteLevel(options));
    }
    if (type == "Metaspace") {
        return readMetaspace(stage);
    }
    if (type == "Split") {
        return readSplit(stage);
    }
    if (type == "BertPreTokenizer") {
        return makeBertPreTokenizer();
    }
    if (type == "Whitespace") {
        return makeWhitespace();
    }
    if (type == "WhitespaceSplit") {
        return makeWhitespaceSplit();
    }
    if (type == "Punctuation") {
        return finish(stage, makePunctuation(readBehavior(stage)));
    }
    if (type == "Digits") {
        return finish(stage, makeDigits(stage.flag("individual_digits", false)));
    }
    return type == "CharDelimiterSplit" ? readDelimiter(stage) : stage.unknownType();
}

Result<DecoderPtr> readDecoder(const json& json, const std::string& place) {
    if (json.is_null()) {
        return DecoderPtr();
    }
    JsonStage stage(json, place);
    const std::string& type = stage.type();
    if (type == "Sequence") {
        auto parts = readAll(stage, "decoders", &readDecoder);
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
            result = {{*first}, {*last}};
        }
        return finish(stage, std::move(result));
    }
    return type == "TemplateProcessing" ? readTemplate(stage) : stage.unknownType();
}

std::optional<SplitScheme> plainScheme(const json& preTokenizer) {
    const auto typeOf = [](const json& one) {
        return one.is_object() && one.contains("type") && one["type"].is_string()
                   ? one["type"].get<std::string>()
                   : std::string();
    };
    const auto isPlainByteLevel = [&](const json& one, bool useRegex) {
        return typeOf(one) == "ByteLevel" && one.value("add_prefix_space", json(true)) == json(false) &&
               one.value("use_regex", json(true)) == json(useRegex);
    };
    if (isPlainByteLevel(preTokenizer, true)) {
        return SplitScheme::Gpt2;
    }
    if (typeOf(preTokenizer) != "Sequence" || !preTokenizer.contains("pretokenizers")) {
        return std::nullopt;
    }
    const json& parts = preTokenizer["pretokenizers"];
    if (!parts.is_array() || parts.size() != 2 || typeOf(parts[0]) != "Split" ||
        !isPlainByteLevel(parts[1], false)) {
        return std::nullopt;
    }
    const json pattern = parts[0].value("pattern", json());
    const bool isIsolated = parts[0].value("behavior", json()) == json("Isolated") &&
                            parts[0].value("invert", json(false)) == json(false);
    const bool isInverted = parts[0].value("behavior", json()) == json("Removed") &&
                            parts[0].value("invert", json(false)) == json(true);
    if (!(isIsolated || isInverted) || !pattern.is_object() || !pattern.contains("Regex") ||
        !pattern["Regex"].is_string()) {
        return std::nullopt;
    }
    return schemeOf(pattern["Regex"].get<std::string>());
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_stages.h"

#include "core/base/base64.h"
#include "core/base/utf8.h"
#include "core/io/stage_settings.h"
#include "core/tokenize/character_map.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace lexiscope {
namespace {

using nlohmann::json;

Result<NormalizerPtr> readReplace(JsonStage& stage) {
    Result<StagePattern> pattern = readPattern(stage);
    const std::string content = stage.text("content");
    if (!pattern.ok()) {
        return pattern.error();
    }
    if (pattern.value().regex) {
        return finish(stage, makeReplace(pattern.value().regex, content));
    }
    return finish(stage, makeReplace(pattern.value().literal, content));
}

Result<NormalizerPtr> readPrecompiled(JsonStage& stage) {
    const std::string packed = stage.text("precompiled_charsmap");
    if (stage.error()) {
        return *stage.error();
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
    options.cleanText = stage.flag("clean_text");
    options.separateChinese = stage.flag("handle_chinese_chars");
    if (stage.has("strip_accents")) {
        options.stripAccents = stage.flag("strip_accents");
    }
    options.lowercase = stage.flag("lowercase");
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

SplitBehavior readBehavior(JsonStage& stage, std::optional<std::string> usual = std::nullopt) {
    const std::string name = stage.text("behavior", std::move(usual));
    const std::optional<SplitBehavior> behavior = behaviorNamed(name);
    if (!behavior) {
        stage.fail(ErrorCode::Unsupported, "the behavior " + quotedForError(name) + " is not known");
    }
    return behavior.value_or(SplitBehavior::Isolated);
}

Result<PreTokenizerPtr> readSplit(JsonStage& stage) {
    Result<StagePattern> pattern = readPattern(stage);
    const SplitBehavior behavior = readBehavior(stage);
    const bool invert = stage.flag("invert");
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

Result<PreTokenizerPtr> readFixedLength(JsonStage& stage) {
    constexpr std::size_t usual = 5;
    const std::size_t length = stage.count("length", usual);
    if (length == 0) {
        stage.fail(ErrorCode::Broken, "length is 0");
    }
    return finish(stage, makeFixedLength(length));
}

Result<PreTokenizerPtr> readDelimiter(JsonStage& stage) {
    const std::string delimiter = stage.character("delimiter");
    return stage.error() ? Result<PreTokenizerPtr>(*stage.error())
                         : makeCharDelimiterSplit(codePointAt(delimiter, 0).value);
}

/// Those of a sequence. What stands behind a ByteLevel that leaves bytes cuts their spelling all the same.
Result<PreTokenizerPtr> readPreTokenizers(JsonStage& stage, bool spellsBytes) {
    auto read = readAll<PreTokenizerPtr>(
        stage, "pretokenizers",
        [=](const json& part, const std::string& at) { return readPreTokenizer(part, at, spellsBytes); });
    if (!read.ok()) {
        return read.error();
    }
    std::vector<PreTokenizerPtr> parts = std::move(read).value();
    const auto isByteLevel = [](const PreTokenizerPtr& part) { return part->name() == "ByteLevel"; };
    auto part = spellsBytes ? parts.end() : std::find_if(parts.begin(), parts.end(), isByteLevel);
    for (part += part == parts.end() ? 0 : 1; part != parts.end(); ++part) {
        *part = makeOnByteAlphabet(*part);
    }
    return finish(stage, makePreTokenizerSequence(std::move(parts)));
}

std::string typeOf(const json& stage) {
    return stage.is_object() && stage.contains("type") && stage["type"].is_string()
               ? stage["type"].get<std::string>()
               : std::string();
}

}  // namespace

Result<NormalizerPtr> readNormalizer(const json& json, const std::string& place) {
    if (json.is_null()) {
        return NormalizerPtr();
    }
    JsonStage stage(json, place);
    stage.typeBySettings({{"clean_text", "BertNormalizer"},
                          {"strip_left", "Strip"},
                          {"normalizers", "Sequence"},
                          {"pattern", "Replace"},
                          {"prepend", "Prepend"}});
    const std::string& type = stage.type();
    if (type == "Sequence") {
        auto parts = readAll<NormalizerPtr>(stage, "normalizers", &readNormalizer);
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
        const bool left = stage.flag("strip_left");
        return finish(stage, makeStrip(left, stage.flag("strip_right")));
    }
    if (type == "Prepend") {
        return finish(stage, makePrepend(stage.text("prepend")));
    }
    if (type == "Replace") {
        return readReplace(stage);
    }
    if (type == "BertNormalizer") {
        return readBertNormalizer(stage);
    }
    if (type == "Nmt") {
        return makeNmt();
    }
    if (type == "ByteLevel") {
        return makeByteSpelling();
    }
    return type == "Precompiled" ? readPrecompiled(stage) : stage.unknownType();
}

Result<PreTokenizerPtr> readPreTokenizer(const json& json, const std::string& place, bool spellsBytes) {
    if (json.is_null()) {
        return PreTokenizerPtr();
    }
    JsonStage stage(json, place);
    const std::string& type = stage.type();
    if (type == "Sequence") {
        return readPreTokenizers(stage, spellsBytes);
    }
    if (type == "ByteLevel") {
        ByteLevelOptions options = readByteLevel(stage);
        options.spellsBytes = spellsBytes;
        return finish(stage, makeByteLevel(options));
    }
    if (type == "Metaspace") {
        return finish(stage, makeMetaspace(readMetaspace(stage)));
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
    if (type == "UnicodeScripts") {
        return makeUnicodeScripts();
    }
    if (type == "Punctuation") {
        return finish(stage, makePunctuation(readBehavior(stage, "Isolated")));
    }
    if (type == "Digits") {
        return finish(stage, makeDigits(stage.flag("individual_digits")));
    }
    if (type == "FixedLength") {
        return readFixedLength(stage);
    }
    return type == "CharDelimiterSplit" ? readDelimiter(stage) : stage.unknownType();
}

bool hasStage(const json& stage, std::string_view type) {
    const auto isIn = [&](const char* list) {
        return stage.contains(list) && stage[list].is_array() &&
               std::any_of(stage[list].begin(), stage[list].end(),
                           [&](const json& part) { return hasStage(part, type); });
    };
    return stage.is_object() && (typeOf(stage) == type || isIn("pretokenizers") || isIn("normalizers"));
}

bool canLeaveBytes(const json& preTokenizer) {
    if (typeOf(preTokenizer) == "ByteLevel") {
        return true;
    }
    if (typeOf(preTokenizer) != "Sequence" || !preTokenizer.contains("pretokenizers") ||
        !preTokenizer["pretokenizers"].is_array()) {
        return false;
    }
    const json& parts = preTokenizer["pretokenizers"];
    bool isFound = false;
    for (const json& part : parts) {
        const std::string type = typeOf(part);
        if (type == "Sequence" || (isFound && (type == "ByteLevel" || type == "Metaspace"))) {
            return false;
        }
        isFound = isFound || type == "ByteLevel";
    }
    return isFound;
}

std::optional<SplitScheme> plainScheme(const json& preTokenizer) {
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_writer.h"

#include "core/base/safe_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include <nlohmann/json.hpp>

namespace lexiscope {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view mark = "\u2581";

std::optional<std::size_t> idOf(const LearnedTokenizer& learned, std::string_view spelling) {
    const auto found = std::find(learned.spellings.begin(), learned.spellings.end(), spelling);
    return found == learned.spellings.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - learned.spellings.begin()));
}

Json byteLevel(bool useRegex) {
    return {
        {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", useRegex}};
}

Json metaspace() {
    return {{"type", "Metaspace"},
            {"replacement", mark},
            {"add_prefix_space", true},
            {"prepend_scheme", "always"}};
}

Json sequence(const char* key, Json parts) {
    return {{"type", "Sequence"}, {key, std::move(parts)}};
}

Json normalizer(const TokenizerTrainingOptions& options) {
    switch (options.kind) {
        case TokenizerKind::WordPiece:
            return {{"type", "BertNormalizer"},
                    {"clean_text", true},
                    {"handle_chinese_chars", true},
                    {"strip_accents", nullptr},
                    {"lowercase", !options.isCased}};
        case TokenizerKind::Unigram:
            return {{"type", "NFKC"}};
        case TokenizerKind::Bpe:
            break;
    }
    return nullptr;
}

Json preTokenizer(const TokenizerTrainingOptions& options) {
    switch (options.kind) {
        case TokenizerKind::WordPiece:
            return {{"type", "BertPreTokenizer"}};
        case TokenizerKind::Unigram:
            return sequence("pretokenizers", Json::array({{{"type", "WhitespaceSplit"}}, metaspace()}));
        case TokenizerKind::Bpe:
            break;
    }
    if (options.split == SplitScheme::Gpt2) {
        return byteLevel(true);
    }
    return sequence("pretokenizers", Json::array({{{"type", "Split"},
                                                   {"pattern", {{"Regex", patternOf(options.split)}}},
                                                   {"behavior", "Isolated"},
                                                   {"invert", false}},
                                                  byteLevel(false)}));
}

Json specialInTemplate(std::string_view token) {
    return {{"SpecialToken", {{"id", token}, {"type_id", 0}}}};
}

Json postProcessor(const LearnedTokenizer& learned) {
    const std::optional<std::size_t> begin = idOf(learned, "[CLS]");
    const std::optional<std::size_t> end = idOf(learned, "[SEP]");
    if (learned.options.kind != TokenizerKind::WordPiece || !begin || !end) {
        return nullptr;
    }
    const Json first = {{"Sequence", {{"id", "A"}, {"type_id", 0}}}};
    const Json second = {{"Sequence", {{"id", "B"}, {"type_id", 1}}}};
    Json lastOfPair = specialInTemplate("[SEP]");
    lastOfPair["SpecialToken"]["type_id"] = 1;
    const auto token = [](const char* text, std::size_t id) {
        return Json{{"id", text}, {"ids", Json::array({id})}, {"tokens", Json::array({text})}};
    };
    return {{"type", "TemplateProcessing"},
            {"single", Json::array({specialInTemplate("[CLS]"), first, specialInTemplate("[SEP]")})},
            {"pair", Json::array({specialInTemplate("[CLS]"), first, specialInTemplate("[SEP]"), second,
                                  lastOfPair})},
            {"special_tokens", {{"[CLS]", token("[CLS]", *begin)}, {"[SEP]", token("[SEP]", *end)}}}};
}

Json decoder(const TokenizerTrainingOptions& options) {
    switch (options.kind) {
        case TokenizerKind::WordPiece:
            return {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
        case TokenizerKind::Unigram:
            return metaspace();
        case TokenizerKind::Bpe:
            break;
    }
    return byteLevel(true);
}

Json addedTokens(const LearnedTokenizer& learned) {
    Json all = Json::array();
    for (std::size_t id = 0; id < learned.spellings.size(); ++id) {
        const std::string& spelling = learned.spellings[id];
        if (std::find(learned.specials.begin(), learned.specials.end(), spelling) != learned.specials.end()) {
            all.push_back({{"id", id},
                           {"content", spelling},
                           {"single_word", false},
                           {"lstrip", false},
                           {"rstrip", false},
                           {"normalized", false},
                           {"special", true}});
        }
    }
    return all;
}

std::string jsonText(std::string_view text) {
    return Json(text).dump();
}

/// {"a":0,"b":1}, a line each. Json would look each key up among all before it.
std::string vocabularyOfIds(const std::vector<std::string>& spellings) {
    std::string text = "{";
    for (std::size_t id = 0; id < spellings.size(); ++id) {
        text += (id == 0 ? "\n" : ",\n") + jsonText(spellings[id]) + ":" + std::to_string(id);
    }
    return text + "\n}";
}

std::string number(double value) {
    std::array<char, 32> digits{};
    const std::to_chars_result end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    std::string text(digits.data(), end.ptr);
    // A reader may take a whole number for one of another kind.
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string vocabularyOfScores(const LearnedTokenizer& learned) {
    std::string text = "[";
    for (std::size_t id = 0; id < learned.spellings.size(); ++id) {
        text += (id == 0 ? "\n[" : ",\n[") + jsonText(learned.spellings[id]) + "," +
                number(learned.scores[id]) + "]";
    }
    return text + "\n]";
}

std::string mergeLines(const LearnedTokenizer& learned) {
    std::string text = "[";
    for (const BpeMerge& merge : learned.merges) {
        text += (text.size() == 1 ? "\n" : ",\n") +
                jsonText(learned.spellings[merge.left.value] + " " + learned.spellings[merge.right.value]);
    }
    return text + "\n]";
}

std::string modelJson(const LearnedTokenizer& learned) {
    switch (learned.options.kind) {
        case TokenizerKind::WordPiece:
            return R"({"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",)"
                   R"("max_input_chars_per_word":100,"vocab":)" +
                   vocabularyOfIds(learned.spellings) + "}";
        case TokenizerKind::Unigram:
            return R"({"type":"Unigram","unk_id":)" + std::to_string(*idOf(learned, "<unk>")) +
                   R"(,"vocab":)" + vocabularyOfScores(learned) + R"(,"byte_fallback":false})";
        case TokenizerKind::Bpe:
            break;
    }
    return R"({"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,)"
           R"("end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,"vocab":)" +
           vocabularyOfIds(learned.spellings) + R"(,"merges":)" + mergeLines(learned) + "}";
}

}  // namespace

std::string tokenizerJson(const LearnedTokenizer& learned) {
    const TokenizerTrainingOptions& options = learned.options;
    std::string text = "{\n\"version\":\"1.0\",\n\"truncation\":null,\n\"padding\":null,\n";
    const auto add = [&text](const char* key, const Json& value) {
        text += jsonText(key) + ":" + value.dump() + ",\n";
    };
    add("added_tokens", addedTokens(learned));
    add("normalizer", normalizer(options));
    add("pre_tokenizer", preTokenizer(options));
    add("post_processor", postProcessor(learned));
    add("decoder", decoder(options));
    return text + "\"model\":" + modelJson(learned) + "\n}\n";
}

Result<Done> writeTokenizerJson(const LearnedTokenizer& learned, const std::filesystem::path& file) {
    const std::filesystem::path folder = file.parent_path();
    std::error_code failed;
    if (!folder.empty()) {
        std::filesystem::create_directories(folder, failed);
    }
    if (failed && !std::filesystem::is_directory(folder)) {
        return Error{
            ErrorCode::Unreadable, folder.string(), "the folder could not be made: " + failed.message(), {}};
    }
    const std::string text = tokenizerJson(learned);
    return writeFileSafely(file, [&](const WriteBytes& write) { return write(text); });
}

}  // namespace lexiscope

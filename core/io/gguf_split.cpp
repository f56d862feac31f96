// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gguf_split.h"

#include "core/tokenize/digit_groups.h"
#include "core/tokenize/known_patterns.h"
#include "core/tokenize/split_regex.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// What a name says beside the cuts.
struct Flags {
    bool takesWhole = false;
    bool addsBegin = false;
    bool isRawText = false;
    bool mustAddBegin = false;
};
constexpr Flags asLlama3{true, true};
constexpr Flags takesWhole{true};
constexpr Flags addsBegin{false, true};
constexpr Flags ofRawText{false, false, true};
constexpr Flags asGemma4{false, false, true, true};

struct NamedScheme {
    SplitScheme scheme;
    Flags flags;
    std::array<std::string_view, 20> names;
};
constexpr std::array namedSchemes = {
    NamedScheme{SplitScheme::Gpt2,
                {},
                {"gpt-2", "phi-2", "jina-es", "jina-de", "jina-v1-en", "jina-v2-es", "jina-v2-de",
                 "jina-v2-code", "gigachat", "a.x-4.0", "mellum", "modern-bert", "roberta-bpe", "mpt", "olmo",
                 "jais", "trillion", "granite-docling", "exaone4"}},
    NamedScheme{SplitScheme::Cl100k,
                asLlama3,
                {"llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2",
                 "jina-v5-nano"}},
    NamedScheme{SplitScheme::Cl100k, {}, {"dbrx", "smaug-bpe", "glm4", "chatglm-bpe"}},
    NamedScheme{SplitScheme::Qwen2,
                {},
                {"qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan",
                 "solar-open", "grok-2"}},
    NamedScheme{SplitScheme::O200k, {}, {"gpt-4o", "llama4", "kanana2", "minimax-m2", "talkie"}},
    NamedScheme{SplitScheme::O200k, takesWhole, {"granite-embed-multi-97m"}},
};

// Stand for schemes among the patterns.
constexpr std::string_view asGpt2 = "gpt2";
constexpr std::string_view asQwen2 = "qwen2";
constexpr std::string_view asO200k = "o200k_base";
// And for groups of digits.
constexpr std::string_view asNumberGroups = "numbers in groups";
constexpr std::string_view asDigitGroups = "digits in groups";
constexpr std::string_view asDigitCuts = "digits cut in groups";

constexpr std::array<std::string_view, 4> stepsOfNothing = {R"([\p{P}\$\+<=>\^~\|]+)", asGpt2,
                                                            patterns::numbers, patterns::eachThreeDigits};

struct NamedSteps {
    std::array<std::string_view, 8> names;
    std::array<std::string_view, 6> steps;
    Flags flags = {};
};
constexpr std::array namedSteps = {
    NamedSteps{{"default"}, {stepsOfNothing[0], stepsOfNothing[1], stepsOfNothing[2], stepsOfNothing[3]}},
    NamedSteps{{"starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b", "mellum2"},
               {patterns::digit, asGpt2}},
    NamedSteps{{"deepseek-llm"},
               {patterns::lineBreak, patterns::spacedAlphabets, patterns::spacedSigns, patterns::spacesAtEnd,
                patterns::chineseAndHangul, patterns::numbers}},
    NamedSteps{{"deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"},
               {patterns::threeDigits, patterns::chineseAndKana, patterns::deepSeek}},
    NamedSteps{{"deepseek-coder"},
               {patterns::lineBreak, patterns::spacedLetters, patterns::spacedPunctuation,
                patterns::chineseAndHangul, patterns::digit}},
    NamedSteps{{"spark2_5"},
               {patterns::threeDigits, patterns::chineseAndKana, patterns::spark, patterns::digit}},
    NamedSteps{{"falcon"}, {patterns::signs, asGpt2, patterns::eachThreeDigits}},
    NamedSteps{{"poro-chat", "bloom", "gpt3-finnish"}, {patterns::bloom}},
    NamedSteps{{"viking"}, {patterns::bloom, patterns::digit}},
    NamedSteps{{"tekken"}, {patterns::tekken}, asLlama3},
    NamedSteps{{"qwen35"}, {patterns::qwen35}},
    NamedSteps{{"bailingmoe", "bailingmoe2", "llada-moe"}, {patterns::bailing}},
    NamedSteps{{"seed-coder"}, {patterns::seedCoder}},
    NamedSteps{{"youtu"}, {patterns::eastAsian, patterns::youtu}, takesWhole},
    NamedSteps{{"kimi-k2"}, {patterns::kimiK2}},
    NamedSteps{{"superbpe"}, {patterns::numbers, asDigitCuts}},
    NamedSteps{
        {"chameleon"},
        {patterns::sentinel, patterns::imageToken, patterns::blanks, patterns::digit, patterns::sign, asGpt2},
        addsBegin},
    NamedSteps{{"jais-2"}, {patterns::jais2}},
    NamedSteps{{"exaone-moe"}, {patterns::exaoneMoe}},
    NamedSteps{{"tiny_aya", "cohere2moe"}, {asDigitGroups, asO200k}},
    NamedSteps{{"afmoe"}, {asNumberGroups, patterns::asianScripts, patterns::deepSeek}},
    NamedSteps{{"laguna"}, {patterns::lines, asQwen2}},
    NamedSteps{{"minicpm5"}, {patterns::threeDigits, patterns::miniCpm5}, takesWhole},
    NamedSteps{{"ufakzeka"}, {patterns::ufakzeka}},
    NamedSteps{{"gemma4", "granite-embed-multi-311m"}, {patterns::lines}, asGemma4},
    NamedSteps{{"sarvam-moe"}, {patterns::lines}, ofRawText},
};

PreTokenizerPtr stepOf(std::string_view step) {
    if (step == asGpt2 || step == asQwen2 || step == asO200k) {
        return makeSplit(step == asGpt2    ? SplitScheme::Gpt2
                         : step == asQwen2 ? SplitScheme::Qwen2
                                           : SplitScheme::O200k);
    }
    if (step == asNumberGroups || step == asDigitGroups || step == asDigitCuts) {
        return makeSplit(step == asNumberGroups  ? DigitGroups::Numbers
                         : step == asDigitGroups ? DigitGroups::DigitsBeforeEdge
                                                 : DigitGroups::CutsOfDigits);
    }
    return makeSplit(SplitRegex::compile(step).value(), SplitBehavior::Isolated, false);
}

PreTokenizerPtr preTokenizerOf(std::span<const std::string_view> steps) {
    std::vector<PreTokenizerPtr> parts;
    for (const std::string_view step : steps) {
        if (!step.empty()) {
            parts.push_back(stepOf(step));
        }
    }
    return parts.size() == 1 ? parts.front() : makePreTokenizerSequence(std::move(parts));
}

GgufSplit splitWith(PreTokenizerPtr preTokenizer, const Flags& flags) {
    GgufSplit split;
    split.preTokenizer = std::move(preTokenizer);
    split.ignoresMerges = flags.takesWhole;
    split.addsBegin = flags.addsBegin;
    split.isRawText = flags.isRawText;
    split.mustAddBegin = flags.mustAddBegin;
    return split;
}

bool isAmong(std::span<const std::string_view> names, std::string_view name) {
    return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::optional<GgufSplit> ggufSplitNamed(std::string_view name) {
    for (const NamedScheme& one : namedSchemes) {
        if (isAmong(one.names, name)) {
            GgufSplit split = splitWith(makeSplit(one.scheme), one.flags);
            split.scheme = one.scheme;
            return split;
        }
    }
    for (const NamedSteps& one : namedSteps) {
        if (isAmong(one.names, name)) {
            return splitWith(preTokenizerOf(one.steps), one.flags);
        }
    }
    return std::nullopt;
}

GgufSplit ggufSplitOfNothing() {
    return splitWith(preTokenizerOf(stepsOfNothing), {});
}

}  // namespace lexiscope

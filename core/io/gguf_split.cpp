// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gguf_split.h"

#include "core/tokenize/known_patterns.h"
#include "core/tokenize/split_regex.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

struct NamedScheme {
    SplitScheme scheme;
    bool isLlama3;  ///< takes entries whole and begins texts, as Llama 3 does
    std::array<std::string_view, 20> names;
};
constexpr std::array namedSchemes = {
    NamedScheme{SplitScheme::Gpt2,
                false,
                {"gpt-2", "phi-2", "jina-es", "jina-de", "jina-v1-en", "jina-v2-es", "jina-v2-de",
                 "jina-v2-code", "gigachat", "a.x-4.0", "mellum", "modern-bert", "roberta-bpe", "mpt", "olmo",
                 "jais", "trillion", "granite-docling", "exaone4"}},
    NamedScheme{SplitScheme::Cl100k,
                true,
                {"llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"}},
    NamedScheme{SplitScheme::Cl100k, false, {"dbrx", "smaug-bpe", "glm4", "chatglm-bpe"}},
    NamedScheme{SplitScheme::Qwen2,
                false,
                {"qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan",
                 "solar-open", "grok-2"}},
    NamedScheme{SplitScheme::O200k, false, {"gpt-4o", "llama4", "kanana2", "minimax-m2"}},
};

/// Stands for GPT-2's own cuts among the patterns.
constexpr std::string_view asGpt2 = "gpt2";

struct NamedSteps {
    std::array<std::string_view, 8> names;
    std::array<std::string_view, 5> steps;
    bool isLlama3 = false;
};
constexpr std::array namedSteps = {
    NamedSteps{{"starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b", "mellum2"},
               {patterns::digit, asGpt2}},
    NamedSteps{{"deepseek-v3", "hunyuan-dense", "joyai-llm"},
               {patterns::threeDigits, patterns::chineseAndKana, patterns::deepSeek}},
    NamedSteps{{"deepseek-coder"},
               {patterns::lineBreak, patterns::spacedLetters, patterns::spacedPunctuation,
                patterns::chineseAndHangul, patterns::digit}},
    NamedSteps{{"falcon"}, {patterns::signs, asGpt2, patterns::eachThreeDigits}},
    NamedSteps{{"poro-chat", "bloom", "gpt3-finnish"}, {patterns::bloom}},
    NamedSteps{{"viking"}, {patterns::bloom, patterns::digit}},
    NamedSteps{{"tekken"}, {patterns::tekken}, true},
    NamedSteps{{"qwen35"}, {patterns::qwen35}},
    NamedSteps{{"bailingmoe", "bailingmoe2", "llada-moe"}, {patterns::bailing}},
    NamedSteps{{"seed-coder"}, {patterns::seedCoder}},
};

PreTokenizerPtr preTokenizerOf(std::span<const std::string_view> steps) {
    std::vector<PreTokenizerPtr> parts;
    for (const std::string_view step : steps) {
        if (step == asGpt2) {
            parts.push_back(makeSplit(SplitScheme::Gpt2));
        } else if (!step.empty()) {
            parts.push_back(makeSplit(SplitRegex::compile(step).value(), SplitBehavior::Isolated, false));
        }
    }
    return parts.size() == 1 ? parts.front() : makePreTokenizerSequence(std::move(parts));
}

bool isAmong(std::span<const std::string_view> names, std::string_view name) {
    return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::optional<GgufSplit> ggufSplitNamed(std::string_view name) {
    for (const NamedScheme& one : namedSchemes) {
        if (isAmong(one.names, name)) {
            return GgufSplit{makeSplit(one.scheme), one.isLlama3, one.isLlama3};
        }
    }
    for (const NamedSteps& one : namedSteps) {
        if (isAmong(one.names, name)) {
            return GgufSplit{preTokenizerOf(one.steps), one.isLlama3, one.isLlama3};
        }
    }
    return std::nullopt;
}

GgufSplit ggufSplitOfNothing() {
    constexpr std::array<std::string_view, 4> steps = {R"([\p{P}\$\+<=>\^~\|]+)", asGpt2, R"(\p{N}+)",
                                                       patterns::eachThreeDigits};
    return {preTokenizerOf(steps)};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_family.h"

#include <algorithm>
#include <array>

namespace lexiscope {
namespace {

using enum PositionScheme;
using enum TokenFiles;

constexpr std::string_view bertTokens = "embeddings.word_embeddings.weight";
constexpr std::string_view bertPositions = "embeddings.position_embeddings.weight";
constexpr std::string_view llamaTokens = "embed_tokens.weight";
constexpr std::string_view gpt2Tokens = "wte.weight";
constexpr std::string_view gpt2Positions = "wpe.weight";
constexpr std::string_view usualPositions = "max_position_embeddings";

/// A family that computes with rotary positions and is laid out as Llama is.
constexpr CheckpointFamily likeLlama(std::string_view type, std::string_view name, RotaryKeys rotary = {}) {
    return {type,          name,           "model", llamaTokens,   {},
            "hidden_size", usualPositions, Rotary,  TokenizerJson, rotary};
}

/// A family of encoders that is laid out as BERT is.
constexpr CheckpointFamily likeBert(std::string_view type, std::string_view name, std::string_view prefix,
                                    std::string_view dimensionKey, PositionScheme scheme, TokenFiles files) {
    return {type, name, prefix, bertTokens, bertPositions, dimensionKey, usualPositions, scheme, files, {}};
}

/// A new family is a line here. Sources: the configuration and modelling files of Hugging Face's Transformers
/// (https://huggingface.co/docs/transformers) and the published checkpoints.
constexpr std::array families = {
    CheckpointFamily{"gpt2", "GPT-2", "transformer", gpt2Tokens, gpt2Positions, "n_embd", "n_positions",
                     Learned, Gpt2Pair},
    CheckpointFamily{"gpt_neo", "GPT-Neo", "transformer", gpt2Tokens, gpt2Positions, "hidden_size",
                     usualPositions, Learned, Gpt2Pair},
    likeBert("bert", "BERT", "bert", "hidden_size", Learned, WordPiece),
    likeBert("distilbert", "DistilBERT", "distilbert", "dim", Learned, WordPiece),
    likeBert("electra", "ELECTRA", "electra", "embedding_size", Learned, WordPiece),
    likeBert("albert", "ALBERT", "albert", "embedding_size", Learned, TokenizerJson),
    likeBert("roberta", "RoBERTa", "roberta", "hidden_size", LearnedAfterPadding, RobertaPair),
    likeBert("xlm-roberta", "XLM-RoBERTa", "roberta", "hidden_size", LearnedAfterPadding, TokenizerJson),
    likeBert("camembert", "CamemBERT", "roberta", "hidden_size", LearnedAfterPadding, TokenizerJson),
    likeBert("mpnet", "MPNet", "mpnet", "hidden_size", LearnedAfterPadding, WordPiece),
    likeLlama("llama", "Llama"),
    likeLlama("mistral", "Mistral"),
    likeLlama("mixtral", "Mixtral", {.usualBase = 1e6}),
    likeLlama("qwen2", "Qwen2"),
    likeLlama("qwen3", "Qwen3"),
    likeLlama("gemma", "Gemma"),
    likeLlama("gemma2", "Gemma 2"),
    likeLlama("phi", "Phi", {.usualFraction = 0.5}),
    likeLlama("phi3", "Phi-3"),
    likeLlama("stablelm", "StableLM", {.usualFraction = 0.25}),
    likeLlama("cohere", "Command R", {.isInterleaved = true}),
    CheckpointFamily{"gpt_neox",
                     "GPT-NeoX",
                     "gpt_neox",
                     "embed_in.weight",
                     {},
                     "hidden_size",
                     usualPositions,
                     Rotary,
                     TokenizerJson,
                     {"rotary_emb_base", 10000, "rotary_pct", 0.25}},
    CheckpointFamily{"gptj",
                     "GPT-J",
                     "transformer",
                     gpt2Tokens,
                     {},
                     "n_embd",
                     "n_positions",
                     Rotary,
                     Gpt2Pair,
                     {.isInterleaved = true}},
    CheckpointFamily{"falcon",
                     "Falcon",
                     "transformer",
                     "word_embeddings.weight",
                     {},
                     "hidden_size",
                     usualPositions,
                     RotaryOrAlibi},
    CheckpointFamily{
        "bloom", "BLOOM", "transformer", "word_embeddings.weight", {}, "hidden_size", "seq_length", Alibi},
    CheckpointFamily{
        "t5", "T5", "transformer", "shared.weight", {}, "d_model", "n_positions", RelativeBuckets},
};

bool means(std::string_view name, std::string_view wanted) {
    return name == wanted || (name.ends_with(wanted) && name[name.size() - wanted.size() - 1] == '.');
}

}  // namespace

std::span<const CheckpointFamily> checkpointFamilies() {
    return families;
}

const CheckpointFamily* familyOfType(std::string_view type) {
    const auto* const found = std::find_if(families.begin(), families.end(),
                                           [type](const auto& family) { return family.type == type; });
    return found == families.end() ? nullptr : found;
}

std::string knownTypes() {
    std::string list;
    for (const CheckpointFamily& family : families) {
        list += (list.empty() ? "" : ", ") + std::string(family.type);
    }
    return list;
}

std::vector<std::string_view> namesMeaning(std::string_view wanted, std::span<const std::string> names) {
    std::vector<std::string_view> found;
    std::copy_if(names.begin(), names.end(), std::back_inserter(found),
                 [wanted](std::string_view name) { return means(name, wanted); });
    return found;
}

std::optional<FamilyByNames> familyByNames(std::span<const std::string> names) {
    std::optional<FamilyByNames> best;
    for (const CheckpointFamily& family : families) {
        const std::vector<std::string_view> found = namesMeaning(family.tokens, names);
        if (found.empty()) {
            continue;
        }
        const std::string_view name = found.front();
        const bool isItsOwn = name.size() > family.tokens.size() && name.starts_with(family.prefix) &&
                              name.size() == family.prefix.size() + 1 + family.tokens.size();
        // All that call their tokens as GPT-2 does and have a table of positions count from its row 0.
        const bool knows =
            family.scheme == PositionScheme::Learned && (isItsOwn || family.tokens == gpt2Tokens);
        const bool isBetter = !best || family.tokens.size() > best->family->tokens.size() ||
                              (family.tokens == best->family->tokens && knows && !best->knowsPositions);
        if (isBetter) {
            best = FamilyByNames{&family, knows};
        }
    }
    return best;
}

}  // namespace lexiscope

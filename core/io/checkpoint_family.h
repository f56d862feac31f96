// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// How a family of models tells where a token stands.
enum class PositionScheme : std::uint8_t {
    Learned,              ///< a row of a table is added, the first token's is row 0
    LearnedAfterPadding,  ///< likewise, the first token's is the row after that of padding
    Rotary,               ///< queries and keys are turned
    RotaryOrAlibi,        ///< one or the other, as config.json says ("alibi")
    Alibi,                ///< each head weighs by distance
    RelativeBuckets,      ///< each head learns a number for each stretch of distances
};

/// Which files hold a family's tokens, and what cuts a text into them.
enum class TokenFiles : std::uint8_t {
    Gpt2Pair,       ///< vocab.json and merges.txt, which mean what GPT-2's mean
    RobertaPair,    ///< likewise, with RoBERTa's special tokens
    WordPiece,      ///< vocab.txt
    TokenizerJson,  ///< tokenizer.json, which says what it is; other files are names alone
};

/// Where config.json says how far a pair is turned, and what holds when it does not.
struct RotaryKeys {
    std::string_view base = "rope_theta";
    double usualBase = 10000;
    std::string_view fraction = "partial_rotary_factor";  ///< which part of a head is turned
    double usualFraction = 1;
    bool isInterleaved = false;
};

/// Models that are laid out alike in their files.
struct CheckpointFamily {
    std::string_view type;          ///< model_type in config.json
    std::string_view name;          ///< for people
    std::string_view prefix;        ///< what its models with a head write before a tensor's name
    std::string_view tokens;        ///< the tensor of token rows, without the prefix that a head adds
    std::string_view positions;     ///< that of position rows; empty: none
    std::string_view dimensionKey;  ///< what config.json calls D
    std::string_view positionsKey;  ///< and how many positions there are
    PositionScheme scheme = PositionScheme::Learned;
    TokenFiles files = TokenFiles::TokenizerJson;
    RotaryKeys rotary = {};

    /// Do vocab.json and merges.txt mean what GPT-2's mean?
    bool hasGpt2Pair() const { return files == TokenFiles::Gpt2Pair || files == TokenFiles::RobertaPair; }
    bool isRotary() const {
        return scheme == PositionScheme::Rotary || scheme == PositionScheme::RotaryOrAlibi;
    }
};

/// All that are known.
std::span<const CheckpointFamily> checkpointFamilies();

/// Null when none is of that type.
const CheckpointFamily* familyOfType(std::string_view type);

/// Their types, for people: "gpt2, bert, …".
std::string knownTypes();

/// All of `names` that mean `wanted`: it itself, and those in which something stands before it, as in
/// "transformer.wte.weight".
std::vector<std::string_view> namesMeaning(std::string_view wanted, std::span<const std::string> names);

/// What the names of tensors tell where no config.json does.
struct FamilyByNames {
    const CheckpointFamily* family = nullptr;  ///< the first of several that name their tokens alike
    bool knowsPositions = false;  ///< it is that family and no other, or those others have the same positions
};
/// Nothing when no table of tokens is among `names` by any name that is known.
std::optional<FamilyByNames> familyByNames(std::span<const std::string> names);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// What config.json of a Hugging Face folder says about the shape of a GPT-2 model; absent where it says
/// nothing.
struct Gpt2Config {
    std::optional<std::string> modelType;
    std::optional<std::uint64_t> vocabSize;
    std::optional<std::uint64_t> embeddingSize;  ///< n_embd
    std::optional<std::uint64_t> positions;      ///< n_positions
};

/// Reads it from the file's content; `name` is what errors call it. Broken (byte) when it is no JSON object
/// or one of these fields is of another kind.
Result<Gpt2Config> parseGpt2Config(std::string_view json, const std::string& name);

}  // namespace lexiscope

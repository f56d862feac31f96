// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tokenize/decoder.h"
#include "core/tokenize/normalizer.h"
#include "core/tokenize/pre_tokenizer.h"
#include "core/tokenize/text_template.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace lexiscope {

// The stages of a tokenizer.json, each an object with a `type`, which files of old leave out where its
// settings tell it. null and absent are no stage. `place` is what errors call it ("normalizer"); Unsupported
// names a type or a setting that is not known, Broken a setting that must be there and is not, or a value
// that is of another kind than the format has there. Which must be there is as in Hugging Face's program.

Result<NormalizerPtr> readNormalizer(const nlohmann::json& json, const std::string& place);
/// `spellsBytes`: ByteLevel rewrites the text, as the model needs it (ByteLevelOptions).
Result<PreTokenizerPtr> readPreTokenizer(const nlohmann::json& json, const std::string& place,
                                         bool spellsBytes = false);
/// Does a stage of that type stand anywhere in it?
bool hasStage(const nlohmann::json& stage, std::string_view type);
/// Whether the model can be one of bytes, for which ByteLevel need not rewrite the text: it stands there
/// once, and what is behind it rewrites nothing.
bool canLeaveBytes(const nlohmann::json& preTokenizer);
Result<DecoderPtr> readDecoder(const nlohmann::json& json, const std::string& place);

/// What a post-processor makes of one text.
struct TextTemplate {
    std::vector<TemplatePart> withSpecial;
    std::vector<TemplatePart> without;  ///< where no special tokens are added
    std::string warning;                ///< empty, or what it asks for that is not done
};
Result<TextTemplate> readPostProcessor(const nlohmann::json& json, const std::string& place);

/// The cuts of a pre-tokenizer that is nothing but one known scheme over bytes without a space added:
/// ByteLevel by itself, or a Split by a known pattern before one without. Nothing for others.
std::optional<SplitScheme> plainScheme(const nlohmann::json& preTokenizer);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/pipeline.h"
#include "core/tokenize/stage_trace.h"

#include <string_view>

namespace lexiscope {

/// What the pipeline of these parts does to a text, stage by stage: each normalizer and each pre-tokenizer of
/// a sequence is one. The added tokens are those looked for in the source and in the normalized text.
struct PipelineStages {
    const PipelineParts& parts;
    const AddedTokens& inSource;
    const AddedTokens& inNormalized;
};
Result<StageTrace> tracePipeline(const PipelineStages& stages, std::string_view text,
                                 const EncodeOptions& options, Progress& progress);

}  // namespace lexiscope

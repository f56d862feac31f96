// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/pre_tokenizer.h"

#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// What a value of `tokenizer.ggml.pre` stands for in a GGUF file with byte-level BPE.
struct GgufSplit {
    PreTokenizerPtr preTokenizer;
    std::optional<SplitScheme> scheme;  ///< where that is all the pre-tokenizer does
    bool ignoresMerges = false;         ///< a piece that is an entry is that entry
    bool addsBegin = false;     ///< addSpecial adds the token that begins a text, where the file does not say
    bool mustAddBegin = false;  ///< likewise, whatever the file says
    /// No byte alphabet: the vocabulary spells texts as they are, but "▁" for a space, and has bytes as
    /// "<0x0A>" for characters it does not know.
    bool isRawText = false;
};

/// Nothing for a name that is not known.
std::optional<GgufSplit> ggufSplitNamed(std::string_view name);

/// How llama.cpp cuts where a file names nothing.
GgufSplit ggufSplitOfNothing();

}  // namespace lexiscope

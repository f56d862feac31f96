// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/train/tokenizer_training.h"

#include <filesystem>
#include <string>

namespace lexiscope {

/// The tokenizer.json of a learned tokenizer, which readTokenizerJson() and Hugging Face's program read with
/// the same IDs (format: https://huggingface.co/docs/tokenizers, version "1.0"):
///
/// - Bpe: ByteLevel alone for GPT-2's cuts, else a Split by the scheme's pattern before it.
/// - WordPiece: BertNormalizer, BertPreTokenizer, and [CLS] and [SEP] around a text where there are both.
/// - Unigram: NFKC, WhitespaceSplit and Metaspace.
std::string tokenizerJson(const LearnedTokenizer& learned);

/// Writes it, whole or not at all, and makes the folder that the file lies in where there is none. Unreadable
/// where the system refuses.
Result<Done> writeTokenizerJson(const LearnedTokenizer& learned, const std::filesystem::path& file);

}  // namespace lexiscope

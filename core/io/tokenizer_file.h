// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>

namespace lexiscope {

/// Is it a file that holds nothing but a tokenizer? Told by its first bytes: GGUF, .tiktoken, SentencePiece;
/// and by its name: .tiktoken, vocab.txt, or …vocab.txt that begins with [PAD] or [UNK]; tokenizer.json.
bool isTokenizerFile(const std::filesystem::path& path);

/// Reads it, whichever it is: the readers of those formats say what may be wrong. Unsupported when it is none
/// of them.
Result<std::shared_ptr<const Tokenizer>> readTokenizerFile(const std::filesystem::path& path,
                                                           Progress& progress);

}  // namespace lexiscope

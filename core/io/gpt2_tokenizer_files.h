// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

/// Which tokens are special, and what they do.
enum class Gpt2Specials {
    Gpt2,     ///< those that stand in brackets; nothing but be there
    Roberta,  ///< "<s>" and "</s>", which addSpecial puts around a text, "<mask>", which takes the white
              ///< space before it, "<pad>" and "<unk>"; where the vocabulary has them, and no others
};

/// GPT-2's pair of files: vocab.json, one object of spelling → ID, the IDs being 0 … V - 1 without
/// repetition; and merges.txt, one "left right" pair a line in order of rank, after an optional "#version"
/// line. IDs that are left out, and pairs that stand there twice, of which the later one counts, are warned
/// of. NotFound, Unreadable, Cancelled; Broken (file and line or byte), also when more tokens are reached
/// by no merge than by one: merges.txt has then been cut short, and text would get wrong IDs without a word.
/// A few such tokens are sound, for people add their own to a vocabulary.
Result<std::shared_ptr<const Tokenizer>> readGpt2Tokenizer(const std::filesystem::path& vocabJson,
                                                           const std::filesystem::path& mergesTxt,
                                                           Progress& progress,
                                                           Gpt2Specials specials = Gpt2Specials::Gpt2);

/// The same from the files' contents, however few the merges are; `vocabName` and `mergesName` are what
/// errors call them.
Result<std::shared_ptr<const Tokenizer>> parseGpt2Tokenizer(std::string_view vocabJson,
                                                            std::string_view mergesTxt,
                                                            std::string_view vocabName,
                                                            std::string_view mergesName, Progress& progress,
                                                            Gpt2Specials specials = Gpt2Specials::Gpt2);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// The vocab.json of GPT-2 and its kin: one object of spelling → ID, in any order, the IDs being 0 … V - 1
/// without repetition. Entry i of the result is the spelling of ID i, as nameUnusedIds() has it where none
/// has that ID: then `warnings`, where it is not null, gets the sentence. `name` is what errors call the
/// file. Broken (with the byte), Cancelled. An object of nothing is Broken.
Result<std::vector<std::string>> parseVocabJson(std::string_view json, std::string_view name,
                                                Progress& progress,
                                                std::vector<std::string>* warnings = nullptr);

/// A token and its ID, as a file gives them.
struct VocabEntry {
    std::string spelling;
    std::uint32_t id = 0;
    std::string place;  ///< what an error says about where, after the file's name: ", byte 17"
};

/// Adds an entry "[unused N]" for each ID below the highest that none of them has, and says how many these
/// are and which is the first. Nothing, and nothing added, where none is missing, or so many are that the
/// highest ID must be wrong.
std::optional<std::string> nameUnusedIds(std::vector<VocabEntry>& entries);

enum class SpelledTwice { IsBroken, IsKept };

/// Entry i of the result is the spelling of ID i. Broken unless the IDs are 0 … V - 1, each once, and where a
/// spelling stands twice, unless it may.
Result<std::vector<std::string>> spellingsById(std::vector<VocabEntry> entries, std::string_view name,
                                               SpelledTwice twice = SpelledTwice::IsBroken);

/// A token or line from a file, for an error: in quotes, control characters and broken bytes made visible,
/// cut when long.
std::string quotedForError(std::string_view text);

}  // namespace lexiscope

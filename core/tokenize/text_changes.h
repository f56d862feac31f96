// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <span>
#include <string_view>
#include <vector>

namespace lexiscope {

/// What became of a stretch of a text.
enum class ChangeKind {
    Kept,
    Replaced,
    Inserted,  ///< nothing of the text before
    Removed,   ///< nothing in the text after
};

struct TextChange {
    ChangeKind kind = ChangeKind::Kept;
    ByteSpan before;  ///< of the text before
    ByteSpan after;   ///< of the text after
    bool operator==(const TextChange&) const = default;
};

/// A character of a text on its way, and what it stands for.
struct AlignedCharacter {
    ByteSpan span;    ///< of its text
    ByteSpan source;  ///< empty for what was added
};

/// A text as characters that cover it in order.
struct CharacterText {
    std::string_view text;
    std::span<const AlignedCharacter> characters;
};

/// What has changed between two states of one source. Characters belong together where they stand for the
/// same bytes of the source: what has the same text in both is kept. The changes come in order and cover both
/// texts; those of one kind beside each other are one, but for Replaced. Characters that changed places are
/// one Replaced with all between them. Linear time.
std::vector<TextChange> changesBetween(const CharacterText& before, const CharacterText& after);

/// Where a stretch of the text before stands in the text after. What was inserted at its ends is left out;
/// what was replaced counts as a whole.
ByteSpan followed(std::span<const TextChange> changes, const ByteSpan& before);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/embedding/vocabulary.h"

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// One word that stands in two vocabularies.
struct SharedWord {
    Row first;             ///< its row in the first vocabulary
    Row second;            ///< its row in the second
    bool sameCase = true;  ///< false: the two texts differ in case
    bool operator==(const SharedWord&) const = default;
};

/// The words that both vocabularies have, in row order of the first. Two rows are the same word when their
/// bare texts are equal and both begin a word or neither does; a vocabulary without marks holds words alone
/// (see beginsWord), so pieces that only stand inside words ("ing") match nothing there. Exact texts are
/// matched first; of what is left, texts that are equal but for case. Each row is used once: of several that
/// would do, the first on either side. Swapping the vocabularies gives the same pairs.
/// NotFound when there is none; Cancelled. Works in time proportional to both sizes.
Result<std::vector<SharedWord>> sharedWords(const Vocabulary& first, const Vocabulary& second,
                                            Progress& progress);

/// One word that stands in two lists: its places there.
struct SharedPlace {
    std::size_t first = 0;
    std::size_t second = 0;
    bool operator==(const SharedPlace&) const = default;
};

/// The words that two short lists of rows, as neighbours are, have in common, in order of the first list: by
/// bare text, exact first, then by case; whether a token begins a word does not count. Each place is used
/// once: of several that would do, the first on either side.
std::vector<SharedPlace> sharedPlaces(const Vocabulary& first, std::span<const Row> firstRows,
                                      const Vocabulary& second, std::span<const Row> secondRows);

}  // namespace lexiscope

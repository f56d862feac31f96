// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"

#include <vector>

#include <QString>

namespace lexiscope {

/// Two sentences to hold against each other.
struct SentencePair {
    QString first;
    QString second;

    bool operator==(const SentencePair&) const = default;
};

/// Pairs to try: most of the same words in another order, the last of other words.
const std::vector<SentencePair>& sentencePairs();

/// The first of those of which the model has all words. Where it has those of none, words of its own, from
/// the first rows on, in one order and the other.
SentencePair firstSentences(const Model& model);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/vocabulary.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope::test {

/// These words, in this order.
inline Vocabulary vocabularyOf(const std::vector<std::string>& words, WordMark mark = WordMark::None) {
    Vocabulary::Builder builder;
    for (const std::string& word : words) {
        builder.add(word);
    }
    return std::move(builder).build(mark);
}

/// The same, as models and tokenizers hold it.
inline std::shared_ptr<const Vocabulary> sharedVocabulary(const std::vector<std::string>& words,
                                                          WordMark mark = WordMark::None) {
    return std::make_shared<const Vocabulary>(vocabularyOf(words, mark));
}

}  // namespace lexiscope::test

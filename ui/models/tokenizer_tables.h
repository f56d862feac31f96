// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/data_table.h"
#include "ui/session/tokenizer_analysis.h"

#include <string>
#include <vector>

namespace lexiscope {

/// A tokenizer that is compared with others.
struct TokenizerColumn {
    QString letter;  ///< "a": what its column is called
    std::string name;
    std::size_t slot = 0;
};

/// A line for each tokenizer: slot, name, tokens, unknown, characters, words, characters_per_token,
/// tokens_per_word.
DataTable tokenizerTable(const QString& title, const std::vector<TokenizerColumn>& tokenizers,
                         const std::shared_ptr<const ComparedTexts>& texts);

/// A line for each language: language, text, characters, then tokens_a, tokens_b, … of each tokenizer.
DataTable languageTable(const QString& title, const std::vector<TokenizerColumn>& tokenizers,
                        const std::shared_ptr<const LanguageCosts>& costs);

}  // namespace lexiscope

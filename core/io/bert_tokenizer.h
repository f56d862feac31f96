// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/embedding/vocabulary.h"
#include "core/tokenize/added_tokens.h"
#include "core/tokenize/tokenizer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// BERT's tokenizer (Devlin et al. 2018, tokenization.py): BertNormalizer, words and punctuation apart,
/// WordPiece with "##".
struct BertTokenizerParts {
    std::shared_ptr<const Vocabulary> vocabulary;  ///< row i is ID i
    std::optional<TokenId> unknown;
    std::vector<AddedToken> added;
    std::vector<TokenId> before;  ///< of addSpecial
    std::vector<TokenId> after;
    bool lowercase = true;
    std::optional<bool> stripAccents = std::nullopt;  ///< nothing: where texts are put in lower case
    std::vector<std::string> warnings = {};           ///< of the file
};
std::shared_ptr<const Tokenizer> makeBertTokenizer(BertTokenizerParts parts);

/// BERT's vocab.txt: on line i + 1 the token of ID i. [UNK], [CLS], [SEP], [PAD] and [MASK] are special where
/// they stand there; [CLS] and [SEP] go around a text. Texts are put in lower case unless some token that is
/// no special one has a capital letter of ASCII. The tokenizer warns where [UNK], [CLS] or
/// [SEP] is missing and where a token is no UTF-8. Broken (line): empty, or a token twice. NotFound,
/// Unreadable, Cancelled.
Result<std::shared_ptr<const Tokenizer>> readVocabTxt(const std::filesystem::path& path, Progress& progress);

/// The same from the file's content; `name` is what errors call it.
Result<std::shared_ptr<const Tokenizer>> parseVocabTxt(std::string_view text, std::string_view name,
                                                       Progress& progress);

}  // namespace lexiscope

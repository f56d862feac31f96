// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/script.h"
#include "core/base/worker_pool.h"
#include "core/embedding/token_traits.h"
#include "core/embedding/vocabulary.h"
#include "core/search/unproduced_tokens.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

enum class VocabularyOrder {
    ById,
    ByText,        ///< by the bytes that the tokens stand for, without word-start marks
    LongestFirst,  ///< by characters; of equal length the lower ID
};

/// Which tokens of a vocabulary are to be listed, and how.
struct VocabularyQuery {
    std::string text;              ///< in the token's text, whatever the case, or its ID; empty: all
    std::optional<Script> script;  ///< none: all
    bool isNeverProduced = false;  ///< those alone that no text becomes
    VocabularyOrder order = VocabularyOrder::ById;
    bool operator==(const VocabularyQuery&) const = default;
};

/// The rows that a query asks for, in its order.
struct VocabularyList {
    std::vector<Row> rows;
    std::array<std::size_t, scriptCount> perScript{};  ///< of all tokens, asked for or not
};

/// `traits` are those of the vocabulary; `produced`, whose IDs are its rows, may be null unless the query
/// asks for it. In the query's text a space also stands for a word-start mark. Cancelled.
Result<VocabularyList> listVocabulary(const Vocabulary& vocabulary, const TokenTraits& traits,
                                      const ProducedTokens* produced, const VocabularyQuery& query,
                                      WorkerPool& pool, Progress& progress);

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"
#include "core/search/folded_words.h"

#include <cstdint>
#include <span>
#include <vector>

namespace lexiscope {

/// "a is to b as c is to ?", by the numbers of words.
struct KnownQuestion {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;
};

/// The word that answers each question by the rules of evaluateAnalogies(), or FoldedWords::none. All
/// questions are answered in one pass over the rows: what they have in common is the cosines of few words,
/// which one matrix product gives for a block of rows. Sums in float tell which rows may be the answer,
/// double precision which one is. Reports rows; Cancelled, the table's check().
Result<std::vector<std::uint32_t>> answerAnalogies(const EmbeddingTable& table, const FoldedWords& words,
                                                   std::span<const KnownQuestion> questions, WorkerPool& pool,
                                                   Progress& progress);

}  // namespace lexiscope

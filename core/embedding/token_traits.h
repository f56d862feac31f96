// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/script.h"
#include "core/base/worker_pool.h"
#include "core/embedding/number_scale.h"
#include "core/embedding/vocabulary.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace lexiscope {

/// What can be seen of each token without its vector; all by row.
struct TokenTraits {
    std::vector<std::uint16_t>
        lengths;                  ///< code points of bareText(), each byte that is no UTF-8 one; ≤ 65,535
    NumberScale lengthScale;      ///< scaleOf() the lengths
    std::vector<Script> scripts;  ///< scriptOf() of bareText(); Other for a token that stands for a byte
    /// 1 where textOf() begins with a space, or beginsWord() under WordPiece, else 0; empty where the
    /// vocabulary marks neither starts nor insides of words.
    std::vector<std::uint8_t> starts;

    /// Which rows stand for one byte, whatever they are spelled like: "<0x0A>".
    using IsByte = std::function<bool(Row)>;
    /// One pass over all words. `isByte`, which may be empty, is asked from several threads. Cancelled.
    static Result<std::shared_ptr<const TokenTraits>> of(const Vocabulary& vocabulary, const IsByte& isByte,
                                                         WorkerPool& pool, Progress& progress);
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/worker_pool.h"
#include "core/tokenize/tokenizer.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Encodes long texts in parts that are cut between words (word_cuts.h), so that memory does not grow with
/// the text, and on several threads where there is a pool. The tokens are those of Tokenizer::encode(), given
/// in order and on the calling thread. A text without a place to cut is one part, and so is every text where
/// the tokenizer neither keeps words apart nor sums them.
///
/// Where it sums words, a part depends on the sum before it, which is not known while the parts before are
/// under way on other threads. It is encoded from a guessed sum; that is right where it goes on alike from
/// the true one (Tokenizer::goesOnAlike()), as it mostly does, and else the part is encoded anew.
class PartwiseEncoder final : public Encoder {
  public:
    /// Both must outlive it; `pool` may be null. Parts are of `partSize` bytes or a little more, but where
    /// cuts are further from each other.
    explicit PartwiseEncoder(const Tokenizer& tokenizer, WorkerPool* pool = nullptr,
                             std::size_t partSize = usualPartSize);
    static constexpr std::size_t usualPartSize = std::size_t{1} << 18U;

    Result<Done> encode(std::string_view text, const EncodeOptions& options, const TakeTokens& take,
                        Progress& progress) override;

  private:
    struct Job;
    class Line;

    std::size_t endOfPart(std::string_view text, std::size_t begin) const;
    Result<Done> encodeInTurn(const Job& job, const TakeTokens& take);
    Result<Done> encodeOnThreads(const Job& job, const TakeTokens& take);
    std::unique_ptr<Encoder> borrow();
    void giveBack(std::unique_ptr<Encoder> encoder);  // may be null

    const Tokenizer& m_tokenizer;
    WorkerPool* m_pool;
    std::size_t m_partSize;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Encoder>> m_idle;  // no thread uses them now
};

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/tokenize/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lexiscope {

/// Which tokens a tokenizer makes of texts.
///
/// A token is produced if some text, which is UTF-8 and read without special tokens, is cut so that it is
/// among its tokens. That is tried: the text that the token stands for is encoded alone and in surroundings
/// before and behind it (spaces, letters of several scripts, digits, signs, line ends, a character that no
/// vocabulary has); a token that begins or ends inside a character is made whole in many ways first. It
/// counts as never produced when the token comes out of none of them.
///
/// What is found produced, is. What is not might be in a text that has not been tried, but hardly is: what
/// stands around a token does not change how byte-pair encoding and Unigram cut the token's own text, unless
/// it becomes a part of the same token, and longest matches depend on what stands before them alone.
struct ProducedTokens {
    enum class Answer : std::uint8_t {
        Produced,
        Never,
        NotAsked,  ///< special, or the one for the unknown: they stand for no text of their own
    };
    std::vector<Answer> answers;  ///< by ID
    std::size_t never = 0;        ///< how many of them

    /// Cancelled; what encode() fails with, in a text of which that may be said.
    static Result<std::shared_ptr<const ProducedTokens>> of(const Tokenizer& tokenizer, WorkerPool& pool,
                                                            Progress& progress);
};

/// The texts in which a token that stands for these bytes is looked for, the likeliest first: each is UTF-8
/// and holds them. None where no character can be made of them.
std::vector<std::string> textsAround(const std::string& bytes);

}  // namespace lexiscope

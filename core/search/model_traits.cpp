// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/model_traits.h"

namespace lexiscope {

Result<std::shared_ptr<const TokenTraits>> traitsOfTokens(const Model& model, WorkerPool& pool,
                                                          Progress& progress) {
    const Tokenizer* tokenizer = model.tokenizer.get();
    const auto isByte = [tokenizer](Row row) {
        return tokenizer != nullptr && row.value < tokenizer->vocabularySize() &&
               tokenizer->tokenKind(tokenIdOf(row)) == TokenKind::Byte;
    };
    return TokenTraits::of(*model.vocabulary, isByte, pool, progress);
}

}  // namespace lexiscope

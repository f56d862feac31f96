// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/io/gguf_metadata.h"
#include "core/io/gguf_split.h"
#include "core/tokenize/scored_pieces.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// The special tokens that a GGUF file names by ID, and what llama.cpp takes where it names none, or one that
/// is not there: the IDs of Llama 2, BERT and T5.
struct GgufSpecials {
    std::optional<TokenId> unknown;
    std::vector<TokenId> before;  ///< of addSpecial
    std::vector<TokenId> after;
    std::vector<std::string> warnings;  ///< of IDs that are not those of the file
};

/// `model`: its tokenizer.ggml.model; `kinds`: of its tokens, one of which may be that for the unknown.
GgufSpecials readGgufSpecials(const GgufMetadata& data, std::string_view model,
                              const std::vector<PieceKind>& kinds, const GgufSplit& split);

/// Makes special tokens of normal ones whose spelling ends or fills a text in models that llama.cpp knows;
/// users' tokens and "</s>", of which it does the same, stay what the model's own program has them for. The
/// warning names the first; nothing where there is none.
std::optional<std::string> correctGgufKinds(const std::vector<std::string_view>& tokens,
                                            std::vector<PieceKind>& kinds);

/// Which special tokens take the white space beside them out of the text. GGUF files do not say it: llama.cpp
/// knows the models by their names.
class GgufWhiteSpace {
  public:
    explicit GgufWhiteSpace(const GgufMetadata& data);
    bool isTakenLeftOf(std::string_view token) const { return !token.empty() && token == m_mask; }
    bool isTakenRightOf(std::string_view token) const;

  private:
    std::string_view m_mask;
    bool m_isPhi3 = false;
};

}  // namespace lexiscope

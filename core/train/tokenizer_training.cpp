// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/tokenizer_training.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace lexiscope {
namespace {

/// A vocabulary of fewer tokens beside the special ones teaches nothing, but it works.
std::size_t leastTokens(TokenizerKind kind) {
    return kind == TokenizerKind::Bpe ? 256 : 16;
}

}  // namespace

std::string_view name(TokenizerKind kind) {
    switch (kind) {
        case TokenizerKind::Bpe:
            return "bpe";
        case TokenizerKind::WordPiece:
            return "wordpiece";
        case TokenizerKind::Unigram:
            return "unigram";
    }
    return {};
}

std::vector<std::string> usualSpecials(TokenizerKind kind) {
    switch (kind) {
        case TokenizerKind::Bpe:
            return {"<|endoftext|>"};
        case TokenizerKind::WordPiece:
            return {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
        case TokenizerKind::Unigram:
            return {"<unk>"};
    }
    return {};
}

std::string_view unknownOf(TokenizerKind kind) {
    return kind == TokenizerKind::Bpe ? "" : kind == TokenizerKind::WordPiece ? "[UNK]" : "<unk>";
}

std::vector<std::string> specialsOf(const TokenizerTrainingOptions& options) {
    std::vector<std::string> specials = options.specials;
    const std::string_view unknown = unknownOf(options.kind);
    if (!unknown.empty() && std::find(specials.begin(), specials.end(), unknown) == specials.end()) {
        specials.insert(specials.begin(), std::string(unknown));
    }
    return specials;
}

Result<Done> validate(const TokenizerTrainingOptions& options) {
    const auto wrong = [](const std::string& where, const std::string& what) {
        return Error{ErrorCode::InvalidArgument, where, what, {}};
    };
    if (options.minCount < 1) {
        return wrong("min-count", "it must be 1 or more");
    }
    const std::vector<std::string> specials = specialsOf(options);
    std::vector<std::string> sorted = specials;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
        return wrong("special", "a special token stands twice");
    }
    for (const std::string& special : specials) {
        // One character may be of the alphabet.
        if (special.size() > mostTokenBytes || countCharacters(special) < 2 || !isUtf8(special)) {
            return wrong("special", "a special token is 2 characters to " + std::to_string(mostTokenBytes) +
                                        " bytes of UTF-8");
        }
    }
    const std::size_t least = leastTokens(options.kind) + specials.size();
    if (options.vocabulary < least || options.vocabulary > mostTrainedTokens) {
        return wrong("vocab", "it must be " + grouped(least) + " to " + grouped(mostTrainedTokens) +
                                  ": special tokens and an alphabet take the first");
    }
    return Done{};
}

}  // namespace lexiscope

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/split_scheme.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

enum class TokenizerKind : std::uint8_t {
    Bpe,        ///< byte-level byte-pair encoding, as GPT-2 has it
    WordPiece,  ///< as BERT has it
    Unigram,    ///< as T5 has it
};

/// "bpe", "wordpiece", "unigram"
std::string_view name(TokenizerKind kind);

inline constexpr std::size_t mostTrainedTokens = 1'000'000;
/// Longer tokens are not made, however often their text is met.
inline constexpr std::size_t mostTokenBytes = 256;

/// How a tokenizer is learned from a text.
struct TokenizerTrainingOptions {
    TokenizerKind kind = TokenizerKind::Bpe;
    /// IDs in all, special tokens and the alphabet included: up to mostTrainedTokens. There are fewer where
    /// the text gives no more.
    std::size_t vocabulary = 32'000;
    /// Of BPE and WordPiece: a pair met less often is not merged. At least 1.
    std::uint64_t minCount = 2;
    SplitScheme split = SplitScheme::Gpt2;  ///< of BPE alone: no token reaches over these cuts
    bool isCased = false;                   ///< of WordPiece alone: else all is lower case without accents
    /// Tokens that stand for no text. Of BPE they are the last IDs, of the others the first. None is empty or
    /// stands twice; unknownOf() is added where the kind needs it and it is not among them.
    std::vector<std::string> specials = {};

    bool operator==(const TokenizerTrainingOptions&) const = default;
};

/// What tokenizers of that kind commonly have: "<|endoftext|>"; "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]";
/// "<unk>".
std::vector<std::string> usualSpecials(TokenizerKind kind);

/// What stands for text that the tokenizer has no token for: "[UNK]", "<unk>"; empty for BPE, which has all
/// bytes.
std::string_view unknownOf(TokenizerKind kind);

/// The special tokens it will have, the unknown one included.
std::vector<std::string> specialsOf(const TokenizerTrainingOptions& options);

/// InvalidArgument when a field is out of its range, or the vocabulary has no room for the special tokens and
/// an alphabet.
Result<Done> validate(const TokenizerTrainingOptions& options);

/// What was learned.
struct LearnedTokenizer {
    TokenizerTrainingOptions options;
    std::vector<std::string> specials;  ///< as specialsOf() gives them
    std::vector<std::string>
        spellings;                 ///< entry i is ID i, spelled as the kind does: "Ġking", "##ing", "▁a"
    std::vector<BpeMerge> merges;  ///< of Bpe, in order of rank
    std::vector<double> scores;    ///< of Unigram, log-probabilities, one for each ID; of specials 0
};

/// One token found by merging, as it is found.
struct FoundMerge {
    std::string left;  ///< as spelled: "Ġth"
    std::string right;
    std::string merged;
    std::uint64_t count = 0;  ///< how often the two stand side by side in the text then
};

/// One round of learning a unigram model.
struct UnigramRound {
    std::size_t pieces = 0;       ///< in the vocabulary then
    double bitsPerCharacter = 0;  ///< of the text under the model: -log2 of its probability, by characters
};

/// Is told what is found, from the thread that finds it.
class TokenizerWatcher {
  public:
    virtual ~TokenizerWatcher() = default;
    virtual void found(const FoundMerge& merge) = 0;
    virtual void finished(const UnigramRound& round) = 0;
};

}  // namespace lexiscope

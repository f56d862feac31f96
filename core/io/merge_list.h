// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/embedding/vocabulary.h"
#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lexiscope {

/// Turns merges that a file spells out into those of IDs, in order of rank.
class MergeList {
  public:
    struct Fault {
        std::string what;
        std::string hint;
    };

    /// What becomes of a pair that has been there.
    enum class Again { TakesItsPlace, IsLeftOut };

    /// `unit` is what the file counts merges in ("line"). A right part that begins with `prefix` is merged
    /// without it.
    MergeList(const std::vector<std::string>& spellings, std::string_view unit, Again again,
              std::string prefix = {});

    /// `number` is which one it is, for sentences. A fault: one of the two is empty, one of them or both
    /// together are no token.
    std::optional<Fault> add(std::string_view left, std::string_view right, std::size_t number);

    /// Of pairs that stand there twice, the one that counts.
    std::vector<BpeMerge> take();
    /// Says the first pair that stands there twice and how many do; nothing where none does.
    std::optional<std::string> warning() const;

  private:
    std::string_view m_unit;
    std::string m_prefix;
    Vocabulary m_index;
    Again m_again;
    /// Of a pair that has been there.
    struct Earlier {
        std::size_t number;
        std::size_t place;  // in m_merges
    };
    std::unordered_map<std::uint64_t, Earlier> m_earlier;
    std::vector<std::size_t> m_leftOut;  // places in m_merges
    std::string m_firstAgain;
    std::string m_merged;
    std::vector<BpeMerge> m_merges;
};

/// Most tokens of a sound vocabulary are merged from others. Broken (in `name`) where more are reached by no
/// merge than by one: the merges have then been cut short, and text would get wrong IDs without a word.
std::optional<Error> tooFewMerges(const Tokenizer& tokenizer, const std::string& name);

}  // namespace lexiscope

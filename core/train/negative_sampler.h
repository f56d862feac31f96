// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random_source.h"

#include <cstdint>
#include <span>
#include <vector>

namespace lexiscope {

/// Draws words with a probability in proportion to count^exponent: 3/4 in word2vec (Mikolov et al.,
/// Distributed Representations of Words and Phrases, 2013, section 2.2). One random number and one memory
/// access a word, by the alias method (Walker 1977; Vose 1991), where word2vec keeps a table of 400 MB.
class NegativeSampler {
  public:
    /// At least one count, none 0.
    explicit NegativeSampler(std::span<const std::uint64_t> counts, double exponent = 0.75);

    std::uint32_t draw(RandomSource& random) const {
        const std::uint64_t number = random.next();
        const auto place = static_cast<std::uint32_t>(((number >> 32U) * m_columns.size()) >> 32U);
        const Column& column = m_columns[place];
        return static_cast<std::uint32_t>(number) < column.share ? place : column.alias;
    }

  private:
    struct Column {
        std::uint32_t share = 0;  // of 2^32, that the word of this place takes
        std::uint32_t alias = 0;  // who takes the rest
    };
    std::vector<Column> m_columns;
};

/// The probability that a draw is each of these words: count^exponent of all counts' sum of that. Words are
/// indices of counts.
std::vector<double> chancesOfDraw(std::span<const std::uint64_t> counts, std::span<const std::uint32_t> words,
                                  double exponent = 0.75);

}  // namespace lexiscope

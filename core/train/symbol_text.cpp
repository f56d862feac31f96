// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/symbol_text.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::uint64_t fewest = 2;  // of a string's places

/// Sorts the suffixes of all words by their first `longest` symbols.
class SuffixOrder {
  public:
    SuffixOrder(const SymbolText& text, std::size_t longest)
        : m_symbols(text.symbols()),
          m_longest(longest),
          m_bits(static_cast<std::size_t>(std::bit_width(text.alphabet().size()))),
          m_inKey(64 / m_bits) {
        m_ends.resize(m_symbols.size());
        std::size_t begin = 0;
        for (std::size_t word = 0; word < text.words(); ++word) {
            const std::size_t end = begin + text.word(word).size();
            std::fill(m_ends.begin() + static_cast<std::ptrdiff_t>(begin),
                      m_ends.begin() + static_cast<std::ptrdiff_t>(end), static_cast<std::uint32_t>(end));
            begin = end;
        }
        m_suffixes.reserve(m_symbols.size());
        for (std::uint32_t place = 0; place < m_symbols.size(); ++place) {
            m_suffixes.push_back({keyAt(place, 0), place});
        }
        sort(0, m_suffixes.size(), 0);
    }

    std::size_t size() const { return m_suffixes.size(); }
    std::uint32_t place(std::size_t i) const { return m_suffixes[i].place; }
    std::size_t length(std::size_t i) const {
        return std::min<std::size_t>(m_longest, m_ends[place(i)] - place(i));
    }
    /// How many symbols it shares with the one before it.
    std::size_t shared(std::size_t i) const {
        const std::size_t most = i == 0 ? 0 : std::min(length(i - 1), length(i));
        std::size_t count = 0;
        while (count < most && m_symbols[place(i - 1) + count] == m_symbols[place(i) + count]) {
            ++count;
        }
        return count;
    }

  private:
    struct Suffix {
        std::uint64_t key;
        std::uint32_t place;
    };

    /// The symbols from `depth` on, as many as a number holds; 0 stands for the word's end.
    std::uint64_t keyAt(std::uint32_t place, std::size_t depth) const {
        std::uint64_t key = 0;
        for (std::size_t i = 0; i < m_inKey; ++i) {
            const std::size_t at = place + depth + i;
            const bool isIn = depth + i < m_longest && at < m_ends[place];
            key = (key << m_bits) | (isIn ? m_symbols[at] + 1 : 0);
        }
        return key;
    }

    void sort(std::size_t first, std::size_t last, std::size_t depth) {
        const auto begin = m_suffixes.begin();
        std::sort(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
                  [](const Suffix& a, const Suffix& b) {
                      return a.key != b.key ? a.key < b.key : a.place < b.place;
                  });
        depth += m_inKey;
        if (depth >= m_longest) {
            return;
        }
        const std::uint64_t lastSymbol = (std::uint64_t{1} << m_bits) - 1;
        for (std::size_t i = first; i < last;) {
            std::size_t end = i + 1;
            while (end < last && m_suffixes[end].key == m_suffixes[i].key) {
                ++end;
            }
            // One that has ended within the key is the same to its end.
            if (end - i > 1 && (m_suffixes[i].key & lastSymbol) != 0) {
                for (std::size_t j = i; j < end; ++j) {
                    m_suffixes[j].key = keyAt(m_suffixes[j].place, depth);
                }
                sort(i, end, depth);
            }
            i = end;
        }
    }

    std::span<const std::uint32_t> m_symbols;
    std::size_t m_longest;
    std::size_t m_bits;
    std::size_t m_inKey;
    std::vector<std::uint32_t> m_ends;  // of the word that each place is of
    std::vector<Suffix> m_suffixes;
};

/// Walks the suffixes in order and hands on each string that ends differently.
class IntervalWalk {
  public:
    IntervalWalk(const SymbolText& text, const SuffixOrder& order) : m_order(order) {
        m_weights.reserve(text.size());
        for (std::size_t word = 0; word < text.words(); ++word) {
            m_weights.insert(m_weights.end(), text.word(word).size(), text.weight(word));
        }
    }

    std::vector<FrequentString> strings() {
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            close(i, m_order.shared(i));
            const std::size_t length = m_order.length(i);
            const std::uint64_t weight = m_weights[m_order.place(i)];
            if (!m_open.empty() && m_open.back().depth == length) {
                m_open.back().count += weight;
            } else {
                m_open.push_back({length, weight});
            }
        }
        close(m_order.size(), 0);
        return std::move(m_found);
    }

  private:
    struct Open {
        std::size_t depth;
        std::uint64_t count;
    };

    /// Ends the strings that suffix i does not begin with: those of suffix i - 1 longer than `shared`.
    void close(std::size_t i, std::size_t shared) {
        while (!m_open.empty() && m_open.back().depth > shared) {
            const Open closed = m_open.back();
            m_open.pop_back();
            if (closed.depth >= 2 && closed.count >= fewest) {
                m_found.push_back({m_order.place(i - 1), closed.depth, closed.count});
            }
            if (!m_open.empty() && m_open.back().depth >= shared) {
                m_open.back().count += closed.count;
            } else if (shared > 0) {
                m_open.push_back({shared, closed.count});
            }
        }
    }

    const SuffixOrder& m_order;
    std::vector<std::uint64_t> m_weights;  // of the word that each place is of
    std::vector<Open> m_open;
    std::vector<FrequentString> m_found;
};

}  // namespace

SymbolText::SymbolText(const PieceCounts& words, std::vector<std::string> alphabet)
    : m_alphabet(std::move(alphabet)) {
    std::sort(m_alphabet.begin(), m_alphabet.end());
    std::unordered_map<char32_t, std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < m_alphabet.size(); ++i) {
        numbers[codePointAt(m_alphabet[i], 0).value] = i;
    }
    std::vector<std::size_t> order(words.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return words.piece(a) < words.piece(b); });
    m_symbols.reserve(words.bytes());
    for (const std::size_t index : order) {
        const std::string_view word = words.piece(index);
        for (std::size_t place = 0; place < word.size();) {
            const CodePoint point = codePointAt(word, place);
            const auto found = point.valid ? numbers.find(point.value) : numbers.end();
            if (found == numbers.end()) {
                endWord(words.count(index));
            } else {
                m_symbols.push_back(found->second);
            }
            place += point.size;
            if (m_symbols.size() - m_begins.back() == longestWord) {
                endWord(words.count(index));
            }
        }
        endWord(words.count(index));
    }
}

void SymbolText::endWord(std::uint64_t weight) {
    if (m_symbols.size() > m_begins.back()) {
        m_begins.push_back(m_symbols.size());
        m_weights.push_back(weight);
    }
}

std::string SymbolText::spelling(std::span<const std::uint32_t> symbols) const {
    std::string text;
    for (const std::uint32_t symbol : symbols) {
        text += m_alphabet[symbol];
    }
    return text;
}

std::vector<FrequentString> frequentStrings(const SymbolText& text, std::size_t longest, std::size_t most) {
    const SuffixOrder order(text, longest);
    std::vector<FrequentString> all = IntervalWalk(text, order).strings();
    if (all.size() > most) {
        std::vector<std::uint32_t> best(all.size());
        std::iota(best.begin(), best.end(), 0U);
        std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(most), best.end(),
                         [&](std::uint32_t a, std::uint32_t b) {
                             const std::uint64_t scoreA = all[a].count * all[a].size;
                             const std::uint64_t scoreB = all[b].count * all[b].size;
                             return scoreA != scoreB ? scoreA > scoreB : a < b;
                         });
        best.resize(most);
        std::sort(best.begin(), best.end());
        std::vector<FrequentString> kept;
        kept.reserve(most);
        for (const std::uint32_t index : best) {
            kept.push_back(all[index]);
        }
        all = std::move(kept);
    }
    return all;
}

}  // namespace lexiscope

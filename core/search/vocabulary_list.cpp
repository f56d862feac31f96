// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/vocabulary_list.h"

#include "core/base/utf8.h"
#include "core/embedding/table_pass.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdint>

namespace lexiscope {
namespace {

constexpr std::size_t pieceRows = 4096;

/// The number that the text is, if it is nothing else.
std::optional<std::uint32_t> numberIn(const std::string& text) {
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end && !text.empty() ? std::optional(number) : std::nullopt;
}

class Filter {
  public:
    Filter(const Vocabulary& vocabulary, const TokenTraits& traits, const ProducedTokens* produced,
           const VocabularyQuery& query)
        : m_vocabulary(vocabulary),
          m_traits(traits),
          m_produced(query.isNeverProduced ? produced : nullptr),
          m_query(query),
          m_text(foldCase(query.text)),
          m_number(numberIn(query.text)) {}

    bool takes(Row row) const {
        if (m_query.script && m_traits.scripts[row.value] != *m_query.script) {
            return false;
        }
        if (m_produced != nullptr && (row.value >= m_produced->answers.size() ||
                                      m_produced->answers[row.value] != ProducedTokens::Answer::Never)) {
            return false;
        }
        return m_text.empty() || m_number == row.value ||
               foldCase(textOf(m_vocabulary, row)).find(m_text) != std::string::npos ||
               foldCase(m_vocabulary.spelling(row)).find(m_text) != std::string::npos;
    }

  private:
    const Vocabulary& m_vocabulary;
    const TokenTraits& m_traits;
    const ProducedTokens* m_produced;
    const VocabularyQuery& m_query;
    std::string m_text;
    std::optional<std::uint32_t> m_number;
};

void sortByText(const Vocabulary& vocabulary, std::vector<Row>& rows) {
    std::vector<std::pair<std::string, Row>> texts;
    texts.reserve(rows.size());
    for (const Row row : rows) {
        texts.emplace_back(bareText(vocabulary, row), row);
    }
    std::sort(texts.begin(), texts.end());
    std::transform(texts.begin(), texts.end(), rows.begin(), [](const auto& text) { return text.second; });
}

}  // namespace

Result<VocabularyList> listVocabulary(const Vocabulary& vocabulary, const TokenTraits& traits,
                                      const ProducedTokens* produced, const VocabularyQuery& query,
                                      WorkerPool& pool, Progress& progress) {
    assert(traits.lengths.size() == vocabulary.size());
    assert(produced != nullptr || !query.isNeverProduced);
    VocabularyList list;
    for (const Script script : traits.scripts) {
        ++list.perScript[static_cast<std::size_t>(script)];
    }
    const Filter filter(vocabulary, traits, produced, query);
    SharedProgress shared(progress, vocabulary.size(), "tokens");
    std::vector<std::uint8_t> isTaken(vocabulary.size());
    pool.parallelFor(vocabulary.size(), pieceRows, [&](std::size_t first, std::size_t last) {
        if (shared.stopRequested()) {
            return;
        }
        for (std::size_t row = first; row < last; ++row) {
            isTaken[row] = filter.takes(Row{static_cast<std::uint32_t>(row)}) ? 1 : 0;
        }
        shared.add(last - first);
    });
    if (shared.stopRequested()) {
        return cancelled();
    }
    for (std::uint32_t row = 0; row < isTaken.size(); ++row) {
        if (isTaken[row] != 0) {
            list.rows.push_back(Row{row});
        }
    }
    if (query.order == VocabularyOrder::LongestFirst) {
        std::stable_sort(list.rows.begin(), list.rows.end(), [&traits](Row a, Row b) {
            return traits.lengths[a.value] > traits.lengths[b.value];
        });
    } else if (query.order == VocabularyOrder::ByText) {
        sortByText(vocabulary, list.rows);
    }
    return list;
}

}  // namespace lexiscope

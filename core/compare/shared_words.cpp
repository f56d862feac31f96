// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/shared_words.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t rowsPerQuestion = 1U << 14U;

using RowsByText = std::unordered_map<std::string, Row>;

/// The bare text, told apart by whether it begins a word.
std::string keyOf(const Vocabulary& vocabulary, Row row) {
    return (beginsWord(vocabulary, row) ? 'w' : 'p') + bareText(vocabulary, row);
}

/// Counts rows, and says once per block whether to go on.
class Walk {
  public:
    Walk(Progress& progress, std::size_t total) : m_progress(progress), m_total(total) {}

    bool goesOn() {
        if (m_done++ % rowsPerQuestion == 0) {
            m_progress.report(m_done, m_total, "words");
            m_stopped = m_stopped || m_progress.stopRequested();
        }
        return !m_stopped;
    }

  private:
    Progress& m_progress;
    std::size_t m_total;
    std::size_t m_done = 0;
    bool m_stopped = false;
};

/// Row by text; the first row of equal texts.
bool collect(const Vocabulary& vocabulary, Walk& walk, RowsByText& rows) {
    rows.reserve(vocabulary.size());
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        if (!walk.goesOn()) {
            return false;
        }
        const Row row{static_cast<std::uint32_t>(i)};
        rows.emplace(keyOf(vocabulary, row), row);
    }
    return true;
}

/// What found no equal: row and text, in row order.
using Unmatched = std::vector<std::pair<Row, std::string>>;

void matchByCase(const Unmatched& first, const Unmatched& second, std::vector<SharedWord>& words) {
    RowsByText byFolded;
    for (const auto& [row, text] : second) {
        byFolded.emplace(toLower(text), row);
    }
    for (const auto& [row, text] : first) {
        const auto found = byFolded.find(toLower(text));
        if (found != byFolded.end()) {
            words.push_back({row, found->second, false});
            byFolded.erase(found);  // used
        }
    }
}

}  // namespace

Result<std::vector<SharedWord>> sharedWords(const Vocabulary& first, const Vocabulary& second,
                                            Progress& progress) {
    Walk walk(progress, first.size() + second.size());
    RowsByText rows;
    if (!collect(second, walk, rows)) {
        return cancelled();
    }
    std::vector<SharedWord> words;
    std::vector<bool> isUsed(second.size(), false);
    Unmatched left;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (!walk.goesOn()) {
            return cancelled();
        }
        const Row row{static_cast<std::uint32_t>(i)};
        std::string text = keyOf(first, row);
        const auto found = rows.find(text);
        if (found == rows.end()) {
            left.emplace_back(row, std::move(text));
        } else if (!isUsed[found->second.value]) {
            words.push_back({row, found->second, true});
            isUsed[found->second.value] = true;
        }
    }
    Unmatched leftThere;
    for (auto& [text, row] : rows) {
        if (!isUsed[row.value]) {
            leftThere.emplace_back(row, text);
        }
    }
    std::sort(leftThere.begin(), leftThere.end());
    matchByCase(left, leftThere, words);
    if (words.empty()) {
        return Error{ErrorCode::NotFound,
                     {},
                     "the two models have no word in common",
                     "compare models whose vocabularies hold words of one language"};
    }
    std::sort(words.begin(), words.end(),
              [](const SharedWord& a, const SharedWord& b) { return a.first < b.first; });
    return words;
}

std::vector<SharedPlace> sharedPlaces(const Vocabulary& first, std::span<const Row> firstRows,
                                      const Vocabulary& second, std::span<const Row> secondRows) {
    std::vector<SharedPlace> shared;
    std::vector<bool> isUsed(firstRows.size(), false);
    std::vector<bool> isUsedThere(secondRows.size(), false);
    for (const bool folded : {false, true}) {
        const auto textOfRow = [folded](const Vocabulary& vocabulary, Row row) {
            std::string text = bareText(vocabulary, row);
            return folded ? toLower(text) : text;
        };
        std::unordered_map<std::string, std::size_t> places;
        for (std::size_t place = 0; place < secondRows.size(); ++place) {
            if (!isUsedThere[place]) {
                places.emplace(textOfRow(second, secondRows[place]), place);
            }
        }
        for (std::size_t place = 0; place < firstRows.size(); ++place) {
            const auto found = isUsed[place] ? places.end() : places.find(textOfRow(first, firstRows[place]));
            if (found != places.end()) {
                shared.push_back({place, found->second});
                isUsed[place] = true;
                isUsedThere[found->second] = true;
                places.erase(found);
            }
        }
    }
    std::sort(shared.begin(), shared.end(),
              [](const SharedPlace& a, const SharedPlace& b) { return a.first < b.first; });
    return shared;
}

}  // namespace lexiscope

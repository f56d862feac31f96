// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/folded_words.h"

#include "core/base/utf8.h"

#include <string>

namespace lexiscope {

FoldedWords::FoldedWords(const Vocabulary& vocabulary, std::size_t rows) {
    m_words.reserve(rows);
    for (std::uint32_t i = 0; i < rows; ++i) {
        if (!beginsWord(vocabulary, Row{i})) {
            m_words.push_back(none);
            continue;
        }
        const bool isPlain = vocabulary.wordMark() == WordMark::None;
        const std::string folded =
            foldCase(isPlain ? vocabulary.spelling(Row{i}) : std::string_view(bareText(vocabulary, Row{i})));
        const std::optional<Row> known = m_folded.find(folded);
        m_words.push_back(known ? known->value : static_cast<std::uint32_t>(m_firstRows.size()));
        if (!known) {
            m_folded.add(folded);
            m_firstRows.push_back(Row{i});
        }
    }
}

std::optional<std::uint32_t> FoldedWords::find(std::string_view word) const {
    const std::optional<Row> found = m_folded.find(foldCase(word));
    return found ? std::optional<std::uint32_t>(found->value) : std::nullopt;
}

}  // namespace lexiscope
